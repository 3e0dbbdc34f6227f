"""Documents in the chat: the quick way, all fields, files, what is sent back, old buttons, wrong input."""

from typing import Any

import pytest

from bot.db.documents import DocumentKind
from bot.ui.documents import DocCard
from tests.chat import Chat, Telegram
from tests.documents.papers import confirm, put_in
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, STARK, School


def photo(number: int, album: str | None = None) -> dict[str, Any]:
    """A photo as it comes, perhaps one of an album."""
    size = {"width": 9, "height": 9}
    file = {"file_id": f"photo{number}", "file_unique_id": f"u{number}", "file_size": 100, **size}
    return {"photo": [file], **({"media_group_id": album} if album else {})}


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
def berg(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(BERG)


class TestAdding:
    async def test_an_agreement_costs_four_presses_and_a_title(self, director: Chat) -> None:
        await director.says("/documents")
        await director.presses("Добавить документ")
        await director.presses("Соглашение с организацией")
        await director.says("Центр «Точка роста» <и> ещё")
        await director.presses("Вчера")
        assert "Дата: 13 октября" in director.last.text
        await director.presses("Сохранить")
        assert "Сохранено" in director.last.text and "&lt;и&gt;" in director.last.text
        home = await director.says("/documents")
        assert home and "Соглашения (1)" in home.buttons

    async def test_everything_from_the_preview(self, director: Chat) -> None:
        await director.says("/documents")
        await director.presses("Добавить документ")
        await director.presses("Программа внеурочной деятельности")
        await director.says("Трудные случаи")
        await director.says("1 сентября")
        await director.presses("Номер")
        await director.says("12/3")
        await director.presses("Срок")
        await director.presses("1 год")
        assert "Действует по 1 сентября 2027" in director.last.text
        await director.presses("Срок")
        await director.says("31.08.2027")
        await director.presses("➖ В поддержку предмета")
        assert "Поддерживает учебный предмет" in director.last.text
        await director.presses("Название")
        await director.says("Трудные случаи орфографии")
        await director.presses("Дата")
        await director.presses("Сегодня")
        for number in range(3):
            await director.says(**photo(number, "album" if number else None))
        text = director.last.text
        assert "Файлы принимаю" in text and sum("Файлы принимаю" in m.text for m in director.messages) == 1
        for words in ("№ 12/3", "Действует по 31 августа 2027", "орфографии", "14 октября"):
            assert words in text
        await director.presses("Сохранить")
        await director.says("/documents")
        await director.presses("Внеурочные программы (1)")
        card = await director.presses("✅ 14.10.26 · Трудные случаи орфографии")
        assert "Действует, принято 14 октября" in card.text
        before = len(director.messages)
        await director.presses("📎 3 файла")
        assert [m.file for m in director.messages[before:-1]] == [("photo", f"photo{n}") for n in range(3)]

    async def test_ten_files_and_no_more(self, director: Chat) -> None:
        await director.says("/documents")
        await director.presses("Добавить документ")
        await director.presses("Протокол")
        await director.says("Педсовет")
        await director.presses("Сегодня")
        for number in range(13):
            await director.says(**photo(number, "album"))
        said = [m.text for m in director.messages if "не больше 10 файлов" in m.text]
        assert len(said) == 1
        await director.says("просто слова")
        assert "Сейчас жду файл" in director.last.text
        on = next(m for m in reversed(director.messages) if "Всё верно?" in m.text)
        await director.presses("Сохранить", on=on)
        await director.says("/documents")
        await director.presses("Протоколы (1)")
        card = await director.presses("Педсовет")
        assert "📎 10 файлов" in card.buttons

    async def test_wrong_days(self, director: Chat) -> None:
        await director.says("/documents")
        await director.presses("Добавить документ")
        await director.presses("Обучение педагога")
        await director.says("Курсы")
        for typed, said in (
            ("когда-то", "Не понял, какой это день"),
            ("15.10.2026", "ещё не наступил"),
            ("01.10.2023", "больше трёх лет"),
            ("01.10.1998", "с 2000 года"),
        ):
            await director.says(typed)
            assert said in director.last.text, typed
        await director.says("20.12")  # the last such day
        assert "Кто учился?" in director.last.text
        await director.presses("Штарк О.П.")
        assert "Действует по 20 декабря 2028" in director.last.text
        assert "Срок" not in director.last.buttons

    async def test_local_acts_are_added_where_they_are_missing(self, director: Chat) -> None:
        await director.says("/documents")
        await director.presses("Локальные акты (0 из 5)")
        await director.presses("➕ 3.")
        await director.presses("Сегодня")
        assert "Положение о школьном ППК" in director.last.text
        await director.presses("Сохранить")
        await director.says("/documents")
        acts = await director.presses("Локальные акты (1 из 5)")
        assert "✅ 3. Положение о школьном ППК" in acts.text and "➖ 1." in acts.text

    async def test_old_buttons_and_double_presses(self, director: Chat) -> None:
        await director.says("/documents")
        await director.presses("Добавить документ")
        await director.presses("Протокол")
        await director.says("Педсовет")
        shown = await director.presses("Сегодня")
        data = [shown.data(label) for label in ("Сохранить", "Номер", "Дата")]
        await director.presses("Сохранить")
        for old in data:
            await director.forges(old)
            assert "уже сохранён" in director.toast
        home = await director.says("/documents")
        assert home and "Протоколы (1)" in home.buttons


class TestTeacher:
    async def test_a_practice_goes_to_the_bank_by_an_admin(
        self, telegram: Telegram, berg: Chat, director: Chat
    ) -> None:
        """Sent, sent back with a word, mended, accepted, read by a colleague."""
        await berg.says("/documents")
        await berg.presses("Добавить свою практику")
        await berg.says("Взаимопроверка")
        await berg.presses("Сегодня")
        await berg.presses("Отправить")
        assert "Отправлено на проверку" in berg.last.text
        menu = await director.says("/menu")
        assert menu and "Документы и практики (1)" in menu.buttons
        await director.presses("Документы и практики")
        await director.presses("⏳ Ждут вашего решения (1)")
        await director.presses("Взаимопроверка")
        await director.presses("Вернуть")
        await director.says("Приложите <план>")
        assert "Нужно исправить" in director.last.text
        await telegram.deliver()
        assert "Приложите &lt;план&gt;" in berg.last.text
        await berg.presses("Исправить")
        await berg.says(**photo(1))
        assert "Приложен 1 файл" in berg.last.text
        await berg.presses("Отправить")
        await director.says("/documents")
        await director.presses("⏳ Ждут")
        await director.presses("Взаимопроверка")
        await director.presses("Принять")
        assert "Действует, принято 14 октября" in director.last.text
        await telegram.deliver()
        assert "принята и теперь в банке" in berg.last.text
        stark = telegram.chat(STARK)
        await stark.says("/documents")
        await stark.presses("Банк практик (1)")
        card = await stark.presses("Взаимопроверка · Берг А.И.")
        assert "Автор: Берг А.И." in card.text and card.buttons[0] == "📎 1 файл"
        assert "Больше не действует" not in card.buttons

    async def test_what_waits_can_be_taken_back(self, berg: Chat, telegram: Telegram, school: School) -> None:
        await put_in(telegram, school, BERG, DocumentKind.TRAINING, "Курсы")
        await berg.says("/documents")
        await berg.presses("Мои практики")
        card = await berg.presses("⏳ 01.10.26 · Курсы")
        await berg.presses("Убрать")
        assert "Не действует с 14 октября" in card.text


class TestWithdrawing:
    async def test_today_or_later_and_never_earlier(
        self, telegram: Telegram, school: School, director: Chat, clock: StoppedClock
    ) -> None:
        id_ = await put_in(telegram, school, DIRECTOR, DocumentKind.AGREEMENT, "Соглашение")
        await director.says("/menu")
        await director.forges(DocCard(document_id=id_, action="open").pack())
        await director.presses("Больше не действует")
        await director.says("13.10.2026")
        assert "Задним числом нельзя" in director.last.text
        await director.says("20.10.2026")
        assert "Перестанет действовать с 20 октября" in director.last.text
        clock.move(days=7)
        await director.forges(DocCard(document_id=id_, action="open").pack())
        assert "Не действует с 20 октября" in director.last.text

    async def test_from_today(self, telegram: Telegram, school: School, director: Chat) -> None:
        id_ = await put_in(telegram, school, BERG, DocumentKind.PRACTICE, "В парах")
        await confirm(telegram, school, id_)
        await director.says("/menu")
        await director.forges(DocCard(document_id=id_, action="open").pack())
        ended = (await director.presses("Больше не действует")).data("С сегодняшнего дня")
        await director.presses("С сегодняшнего дня")
        assert "Не действует с 14 октября" in director.last.text
        await director.forges(ended)
        assert "уже отмечен" in director.toast

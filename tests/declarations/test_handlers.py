"""Declaring and visits in the chat: the quick way, old buttons, double presses, wrong input."""

import pytest

from bot.db.declarations import Practice
from tests.chat import Chat, Telegram
from tests.declarations.made import declare, visit
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, STARK, School


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
def berg(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(BERG)


class TestDeclaring:
    async def test_three_ticks_and_done(self, berg: Chat) -> None:
        menu = await berg.says("/menu")
        assert menu and "Что я применяю (1)" in menu.buttons
        await berg.presses("Что я применяю")
        for label in ("Сферум", "Практики ЕМД", "Сферум", "РЭШ"):
            await berg.presses(label)
        assert "✅ Практики ЕМД" in berg.last.buttons and "▫️ Сферум" in berg.last.buttons
        done = berg.last.data("Готово")
        await berg.presses("Готово")
        assert "Записано: РЭШ, Практики ЕМД" in berg.last.text
        await berg.forges(done)
        menu = await berg.says("/menu")
        assert menu and "Что я применяю" in menu.buttons

    async def test_corrected_until_the_quarter_ends(
        self, telegram: Telegram, school: School, berg: Chat, clock: StoppedClock
    ) -> None:
        await declare(telegram, school, BERG, Practice.RESH)
        form = await berg.says("/declare")
        assert form and "Исправить можно по 31 октября" in form.text and "✅ РЭШ" in form.buttons
        await berg.presses("РЭШ")
        old, tick = form.data("Готово"), form.data("Сферум")
        await berg.presses("Готово")
        assert "пока ничего из этого" in berg.last.text
        clock.move(days=30)
        for data in (old, tick):
            await berg.forges(data)
            assert "четверть уже закончилась" in berg.toast
        form = await berg.says("/declare")
        assert form and "2-я четверть" in form.text and "✅ РЭШ" not in form.buttons

    async def test_an_admin_sees_who_has_declared_what(
        self, telegram: Telegram, school: School, director: Chat
    ) -> None:
        await declare(telegram, school, BERG, Practice.EMD, Practice.COK)
        await visit(telegram, school, STARK, Practice.EMD)
        await director.says("/documents")
        found = await director.presses("Что применяют учителя")
        assert "Заполнили 1 из 2" in found.text
        assert "Практики ЕМД: <b>1</b>, на уроках видели: 1" in found.text
        assert not any("Заполнить за себя" in label for label in found.buttons)
        who = await director.presses("Практики ЕМД")
        assert "· Берг А.И.\n" in who.text and "· Штарк О.П. 👁" in who.text
        await director.presses("Назад")
        silent = await director.presses("Ещё не заполнили (1)")
        assert "Штарк О.П." in silent.text and "Берг" not in silent.text


class TestVisits:
    async def test_a_visit_and_the_teacher_reads_it(self, telegram: Telegram, director: Chat) -> None:
        await director.says("/declare")
        await director.presses("Записать посещение урока")
        await director.presses("Штарк О.П.")
        await director.presses("9Б")
        assert not any(label == "Записать" for label in director.last.buttons)
        await director.presses("Формирующее оценивание")
        await director.says("Хорошо <работают> в парах")
        assert "&lt;работают&gt;" in director.last.text
        await director.presses("📅")
        await director.presses("Вчера")
        assert "13 октября" in director.last.text
        save = director.last.data("Записать")
        await director.presses("Записать")
        assert "Учитель получит ваши слова" in director.last.text
        await director.forges(save)
        assert "уже записано" in director.toast
        await telegram.deliver()
        stark = telegram.chat(STARK)
        assert "Динер Н.М. о вашем уроке: <b>9Б</b>, 13 октября" in stark.last.text
        assert "Формирующее оценивание" in stark.last.text and "&lt;работают&gt;" in stark.last.text
        await stark.says("/declare")
        await stark.presses("Посещения моих уроков (1)")
        card = await stark.presses("13 октября · 9Б · Динер Н.М.")
        assert "Видели на уроке: Формирующее оценивание" in card.text
        assert not any("ошибка" in label for label in card.buttons)

    async def test_days_typed_and_a_mistake_taken_back(self, director: Chat) -> None:
        await director.says("/declare")
        await director.presses("Записать посещение урока")
        await director.presses("Берг А.И.")
        await director.presses("5А")
        await director.presses("ЦОК")
        await director.presses("📅")
        for typed, said in (
            ("когда-то", "Не понял, какой это день"),
            ("15.10.2026", "ещё не наступил"),
            ("20.12", "прошлый учебный год"),  # the last such day
        ):
            await director.says(typed)
            assert said in director.last.text, typed
        await director.says("1 октября")
        await director.presses("Записать")
        await director.presses("Это ошибка")
        sure = director.last.data("Да, убрать")
        await director.presses("Да, убрать")
        assert "Пока ни одного" in director.last.text
        await director.forges(sure)
        assert "не ваше" in director.toast

"""Marks in the chat: a file, whom it proposes, what a person decides."""

import pytest

from bot.config import Settings
from bot.db.base import Database
from bot.ui.risk.marks import MarksAt
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.marks.school import ALL, MASHA_GAP, bring, file
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, STARK, School

OPEN = MarksAt(at=0).pack()


async def opens(telegram: Telegram, who: int) -> Chat:
    chat = telegram.chat(who)
    await chat.says("/menu")
    await chat.forges(OPEN)
    return chat


@pytest.fixture
async def director(telegram: Telegram, school: School) -> Chat:
    return await opens(telegram, DIRECTOR)


class TestLoading:
    async def test_look_load_and_see_whom_it_proposes(self, director: Chat, telegram: Telegram) -> None:
        assert "ни на кого не указывают" in director.last.text
        asked = await director.presses("Загрузить оценки")
        assert "класс, фамилия, имя, отчество, предмет, текущая оценка, внешняя оценка, дата" in asked.text
        plan = await director.sends_file("marks.csv", file(*ALL))
        assert "Новых записей с оценками: 3" in plan.text
        done = await director.presses("Загрузить")
        assert "оценки загружены" in done.text
        card = await director.presses("Посмотреть")
        assert "<b>Лебедева Маша</b>, 5А" in card.text and "1 из 2" in card.text
        await telegram.deliver()
        told = telegram.chat(BERG).last
        assert "У 1 ученика" in told.text and "Маша" not in told.text  # no name outside the bot
        assert not any("Загружены новые" in m.text for m in director.messages)  # they see it themselves

    async def test_a_second_press_loads_nothing_twice(self, director: Chat) -> None:
        await director.presses("Загрузить оценки")
        plan = await director.sends_file("marks.csv", file(*ALL))
        data = plan.data("Загрузить")
        await director.presses("Загрузить")
        await director.forges(data)
        assert "уже загружен" in director.toast
        await director.forges(OPEN)
        await director.presses("Загрузить оценки")
        again = await director.sends_file("marks.csv", file(*ALL))
        assert "Менять нечего" in again.text and "Загрузить" not in again.buttons

    async def test_corrections_are_shown(self, director: Chat) -> None:
        for line in (MASHA_GAP, MASHA_GAP.replace("4,5", "4")):
            await director.forges(OPEN)
            await director.presses("Загрузить оценки")
            plan = await director.sends_file("marks.csv", file(line))
            await director.presses("Загрузить")
        assert (
            "Лебедева Маша, Математика, 10 октября: в школе 4,5, внешняя 3,5 → в школе 4, внешняя 3,5"
            in plan.text
        )

    async def test_mistakes_are_named_and_nothing_is_loaded(self, director: Chat) -> None:
        await director.presses("Загрузить оценки")
        bad = file(
            MASHA_GAP, "5А;Лебедева;<b>;Математика;7;;10.10.2026", "9Б;Лебедева;Маша;Физика;4;;10.10.2026"
        )
        broken = await director.sends_file("marks.csv", bad)
        assert "«7» не похоже на оценку" in broken.text and "&lt;b&gt;" in broken.text
        elsewhere = await director.sends_file("m.csv", file("9Б;Лебедева;Маша;Физика;4;;10.10.2026"))
        assert "в классе 9Б нет ученика «Лебедева Маша», есть в классе 5А" in elsewhere.text
        plan = await director.sends_file("m.csv", file(MASHA_GAP))  # mended and sent again at once
        assert "Новых записей с оценками: 1" in plan.text

    async def test_something_that_is_no_file(self, director: Chat) -> None:
        await director.presses("Загрузить оценки")
        await director.says("вот оценки")
        assert "Жду файл" in director.last.text
        await director.says(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
        assert "Жду файл" in director.last.text
        huge = {"file_id": "x", "file_unique_id": "x", "file_size": 60 * 2**20}
        await director.says(document=huge)
        assert "слишком большой" in director.last.text


class TestDeciding:
    @pytest.fixture(autouse=True)
    async def marks(
        self, database: Database, settings: Settings, clock: StoppedClock, school: School
    ) -> None:
        await bring(database, settings, clock.now(), *ALL)

    async def test_a_proposal_explains_itself_by_its_numbers(self, telegram: Telegram) -> None:
        chat = await opens(telegram, PSYCHOLOGIST)
        card = chat.last
        assert "Внешняя проверка строже школьных оценок: в среднем 3,5 против 4,5" in card.text
        assert "· Математика: в школе 4,5, внешняя 3,5" in card.text
        second = await chat.presses("→")
        assert "<b>Котов Ваня</b>, 9Б" in second.text
        assert "Физика: появилась двойка (1-я четверть, оценка 2)" in second.text

    async def test_not_needed(self, telegram: Telegram) -> None:
        chat = await opens(telegram, BERG)
        card = chat.last
        data = card.data("Не нужно")
        nobody = await chat.presses("Не нужно")
        assert "больше не предложу" in chat.toast and "ни на кого не указывают" in nobody.text
        await chat.forges(data)
        assert "всё изменилось" in chat.toast

    async def test_on_the_register(self, telegram: Telegram) -> None:
        chat = await opens(telegram, BERG)
        await chat.presses("В список поддержки")
        assert "Добавлено в список поддержки" in chat.toast
        register = await chat.says("/risk")
        assert register and "Лебедева Маша" in register.text

    async def test_who_leads_no_class_is_shown_nobody(self, telegram: Telegram) -> None:
        chat = await opens(telegram, STARK)
        assert "ни на кого не указывают" in chat.last.text
        assert "Загрузить оценки" not in chat.last.buttons

    async def test_in_english(self, telegram: Telegram, database: Database) -> None:
        chat = telegram.chat(DIRECTOR)
        await chat.says("/language")
        await chat.presses("English")
        card = await chat.forges(OPEN)
        assert "The external test is stricter than school marks: 3.5 on average against 4.5" in card.text

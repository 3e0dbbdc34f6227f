"""/roster in the chat: classes, a file, what it would change, loading it."""

from collections.abc import AsyncGenerator

import pytest
from aiohttp import ClientPayloadError
from sqlalchemy import func, select

from bot.config import Settings
from bot.db.base import Database
from bot.db.roster import Pupil
from bot.ui.roster import RosterClass, RosterLoad
from tests.chat import Chat, Telegram
from tests.roster.test_rules import csv, xlsx
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, School

FILE = csv("6В;Дятлов;Ян;;Дятлова Вера;мать;;")


async def pupils(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Pupil)) or 0


@pytest.fixture
async def director(telegram: Telegram, school: School) -> Chat:
    chat = telegram.chat(DIRECTOR)
    await chat.says("/roster")
    return chat


class TestLooking:
    async def test_classes_in_numbers(self, director: Chat) -> None:
        assert "5А</b>: 2 ученика, родителей с ботом 2 из 3" in director.last.text
        card = await director.presses("5А")
        assert "Лебедева Маша\n✅ Лебедева Ирина Олеговна, мать\n⏳ Лебедев Игорь Львович, отец" in card.text

    async def test_a_pupil_without_guardians_is_marked(self, director: Chat) -> None:
        card = await director.presses("9Б")
        assert "Рыбина Лена — родителей в списке нет" in card.text


class TestLoading:
    async def test_look_then_load(self, director: Chat, database: Database) -> None:
        before = await pupils(database)
        plan = await director.sends_file("6в.csv", FILE)
        assert "Новые классы: 6В" in plan.text and "Новых учеников: 1" in plan.text
        assert await pupils(database) == before  # nothing yet
        done = await director.presses("Загрузить")
        assert "списки загружены" in done.text
        assert await pupils(database) == before + 1

    async def test_xlsx(self, director: Chat, database: Database) -> None:
        await director.sends_file("6.xlsx", xlsx(["класс", "фамилия", "имя"], ["6В", "Дятлов", "Ян"]))
        await director.presses("Загрузить")
        assert "списки загружены" in director.last.text

    async def test_a_second_press_loads_nothing_twice(self, director: Chat, database: Database) -> None:
        plan = await director.sends_file("6в.csv", FILE)
        data = plan.data("Загрузить")
        await director.presses("Загрузить")
        after = await pupils(database)
        await director.forges(data)
        assert "уже загружен" in director.toast
        assert await pupils(database) == after

    async def test_the_same_file_again_changes_nothing(self, director: Chat) -> None:
        await director.sends_file("6в.csv", FILE)
        await director.presses("Загрузить")
        await director.says("/roster")
        again = await director.sends_file("6в.csv", FILE)
        assert "Менять нечего" in again.text and "Загрузить" not in again.buttons

    async def test_mistakes_are_named_and_nothing_is_loaded(self, director: Chat, database: Database) -> None:
        before = await pupils(database)
        broken = await director.sends_file("x.csv", csv("12;<b>Кот</b>;Ваня;;;;;", *["13;Кот;Ян;;;;;"] * 20))
        assert "Строка 2, столбец «класс»: «12» не похоже на класс" in broken.text
        assert "&lt;b&gt;Кот" in broken.text and "…и ещё 7" in broken.text
        assert await pupils(database) == before
        plan = await director.sends_file("6в.csv", FILE)  # mended and sent again at once
        assert "Новых учеников: 1" in plan.text

    async def test_something_that_is_no_file(self, director: Chat) -> None:
        await director.says("вот список")
        assert "Жду файл" in director.last.text
        huge = {"file_id": "x", "file_unique_id": "x", "file_size": 6 * 2**20}
        await director.says(document=huge)
        assert "слишком большой" in director.last.text

    async def test_a_restart_between_looking_and_loading(
        self, director: Chat, telegram: Telegram, settings: Settings, database: Database
    ) -> None:
        plan = await director.sends_file("6в.csv", FILE)
        again = Telegram(settings, database, telegram.clock, telegram.wire)
        again._update_id = telegram._update_id
        assert "списки загружены" in (await again.chat(DIRECTOR).presses("Загрузить", plan)).text

    async def test_the_button_of_another_file(self, director: Chat, database: Database) -> None:
        before = await pupils(database)
        first = (await director.sends_file("6в.csv", FILE)).data("Загрузить")
        await director.sends_file("7.csv", csv("7;Котов;Лев;;;;;"))
        await director.forges(first)
        assert "уже загружен" in director.toast and await pupils(database) == before

    @pytest.mark.parametrize("error", [ClientPayloadError("cut"), TimeoutError()])
    async def test_a_download_that_breaks_off_can_be_tried_again(
        self, director: Chat, telegram: Telegram, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        async def breaks(*_: object, **__: object) -> AsyncGenerator[bytes, None]:
            yield FILE[:10]
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(telegram.wire, "stream_content", breaks)
            await director.sends_file("6в.csv", FILE)
            assert "Не получилось скачать" in director.last.text
        assert "Новых учеников: 1" in (await director.sends_file("6в.csv", FILE)).text

    async def test_cancel(self, director: Chat, database: Database) -> None:
        before = await pupils(database)
        plan = await director.sends_file("6в.csv", FILE)
        data = plan.data("Загрузить")
        await director.presses("Отменить")
        await director.forges(data)
        assert "отменён" in director.toast and await pupils(database) == before


@pytest.mark.parametrize("who", [BERG, STARK, PSYCHOLOGIST, MASHA_MOTHER])
async def test_nobody_else(telegram: Telegram, school: School, database: Database, who: int) -> None:
    chat = telegram.chat(who)
    before = await pupils(database)
    await chat.says("/roster")
    assert "Не понял" in chat.last.text
    await chat.sends_file("6в.csv", FILE)
    forged = (RosterLoad(message_id=1).pack(), RosterClass(class_id=school.classes["9Б"]).pack(), "go:roster")
    for number, data in enumerate(forged, 1):
        await chat.forges(data)
        assert len(telegram.wire.toasts[who]) == number and "не ваше" in chat.toast
    assert not any("Рыбина" in message.text for message in chat.messages)
    assert await pupils(database) == before

"""From the reminder, without a command: evidence, another date, "not mine"; and what the director does."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from aiogram.methods import SendMediaGroup, SendPhoto
from icalendar import Calendar as Ics
from sqlalchemy import select

from bot.db.activities import ActivityReport, Assignment, DateRequest
from bot.db.base import Database
from bot.features.activities import reporting
from bot.ui.activities import PartGive, PartPick, PartTo, TaskDay, TaskDo
from tests.activities.conftest import DEPUTY, METHODIST
from tests.activities.people import Run, local, part_of
from tests.activities.test_handlers import plain
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, STARK, School


def photo(number: int) -> dict[str, Any]:
    size = {"file_id": f"photo-{number}", "file_unique_id": f"p{number}", "width": 9, "height": 9}
    return {"photo": [{**size, "file_size": 1000}]}


@pytest.fixture
async def begun(staffed: School, run_tick: Run, telegram: Telegram) -> School:
    await run_tick()
    await telegram.deliver()
    return staffed


@pytest.fixture
def methodist(telegram: Telegram, begun: School) -> Chat:
    return telegram.chat(METHODIST)


@pytest.fixture
def director(telegram: Telegram, begun: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
async def part(database: Database, begun: School) -> int:
    return await part_of(database, "learning_routes", METHODIST, begun)


async def row(database: Database, part: int) -> Assignment:
    async with database.read() as session:
        return await session.get_one(Assignment, part)


def do(part: int, action: str) -> str:
    return TaskDo.model_validate({"assignment_id": part, "action": action}).pack()


def albums(chat: Chat) -> list[int]:
    """How many pictures each album has that somebody was sent."""
    calls = [call for call in chat.telegram.wire.calls if isinstance(call, SendMediaGroup)]
    return [len(call.media) for call in calls if call.chat_id == chat.telegram_id]


class TestEvidence:
    async def test_an_album_of_12_keeps_ten_and_is_answered_once(
        self, methodist: Chat, director: Chat, telegram: Telegram, database: Database, part: int
    ) -> None:
        await methodist.forges(do(part, "done"))
        seen = len(methodist.messages)
        for number in range(10):
            await methodist.says(None, **photo(number), media_group_id="one")
        assert len(methodist.messages) == seen + 1
        assert "напишите, что сделано" in methodist.last.text
        assert methodist.last.buttons == ["Отменить"]
        for number in (10, 11):
            await methodist.says(None, **photo(number), media_group_id="two")
        assert len(methodist.messages) == seen + 2 and "не больше 10" in plain(methodist.last.text)
        await methodist.says("Провели, все десять на фото")
        assert "Приложено 10 файлов" in plain(methodist.last.text)
        await methodist.presses("Отправить")
        assert "Спасибо" in methodist.last.text
        await telegram.deliver()
        assert albums(director) == [10] and director.last.buttons == ["Принять", "Вернуть"]
        async with database.read() as session:
            [report] = await session.scalars(select(ActivityReport))
        assert [file[1] for file in report.files] == [f"photo-{number}" for number in range(10)]
        # Accepted, and later in the card, as often as one likes.
        await director.presses("Принять")
        assert albums(director) == [10]
        occurrence = (await row(database, part)).occurrence_id
        await director.forges(PartPick(occurrence_id=occurrence, page=0).pack())
        await director.presses("Келлер")
        await director.presses("📎 10 файлов к отчёту")
        assert albums(director) == [10, 10] and "Файлы к отчёту" in director.last.text

    async def test_a_photo_with_words_is_a_report_and_words_typed_again_replace_them(
        self, methodist: Chat, telegram: Telegram, database: Database, part: int
    ) -> None:
        await methodist.forges(do(part, "done"))
        await methodist.says(None, **photo(1), caption="Провели <вчера>")
        first = methodist.last
        assert "Провели <вчера>" in plain(first.text) and "Приложен 1 файл" in plain(first.text)
        await methodist.says("Провели сегодня")
        await methodist.presses("Отправить", on=first)
        # An earlier look at it sends nothing.
        async with database.read() as session:
            assert (await session.scalars(select(ActivityReport))).all() == []
        await methodist.presses("Отправить")
        async with database.read() as session:
            [report] = await session.scalars(select(ActivityReport))
        assert report.text == "Провели сегодня" and len(report.files) == 1
        await telegram.deliver()
        sent = [call for call in telegram.wire.calls if isinstance(call, SendPhoto)]
        assert len(sent) == 2  # to the director and the deputy

    async def test_a_caption_is_added_to_the_words_once_for_an_album(
        self, methodist: Chat, database: Database, part: int
    ) -> None:
        await methodist.forges(do(part, "done"))
        await methodist.says("Провели три встречи пар")
        seen = len(methodist.messages)
        for number in range(2):
            await methodist.says(None, **photo(number), caption="фото встречи", media_group_id="one")
        assert len(methodist.messages) == seen + 1
        await methodist.says(None, **photo(2), caption="а" * reporting.REPORT_MAX)
        assert "фото встречи" not in methodist.last.text  # too long together: nothing was added
        await methodist.presses("Отправить", on=methodist.messages[-2])
        async with database.read() as session:
            [report] = await session.scalars(select(ActivityReport))
        assert report.text == "Провели три встречи пар\nфото встречи" and len(report.files) == 2

    async def test_a_file_that_is_too_big_keeps_what_there_is(
        self, methodist: Chat, database: Database, part: int
    ) -> None:
        await methodist.forges(do(part, "done"))
        await methodist.says("Сделано")
        big = {"file_id": "f", "file_unique_id": "f", "file_name": "a.zip", "file_size": 30 * 2**20}
        await methodist.says(None, document=big)
        assert "20 МБ" in plain(methodist.last.text)
        await methodist.presses("Отправить", on=methodist.messages[-2])
        assert "Спасибо" in methodist.messages[-2].text


class TestAnotherDate:
    async def test_picked_and_agreed_to(
        self, methodist: Chat, director: Chat, telegram: Telegram, database: Database, part: int
    ) -> None:
        await methodist.says("/tasks")
        await methodist.presses("2.2")
        await methodist.presses("Перенести срок")
        assert methodist.last.buttons[:4] == ["2 ноября", "6 ноября", "13 ноября", "30 ноября"]
        await methodist.presses("13 ноября")
        assert "пятница, 13 ноября" in methodist.last.text
        await methodist.says("Карантин <до> 10-го")
        assert "Просьба передана администрации" in methodist.last.text
        await telegram.deliver()
        assert "Келлер Л.С. просит перенести срок: 30 октября → пятница, 13 ноября" in plain(
            director.last.text
        )
        assert "Карантин <до> 10-го" in plain(director.last.text)
        await director.presses("Согласиться")
        assert "Срок перенесён" in director.last.text
        deputy = telegram.chat(DEPUTY)
        await deputy.presses("Отказать")  # the same message in another admin's chat
        assert "уже ответили" in deputy.toast and "Срок перенесён" in deputy.last.text
        await telegram.deliver()
        assert "было 30 октября, теперь 13 ноября" in plain(methodist.last.text)
        await methodist.presses("Открыть")
        seen = plain(methodist.last.text)
        assert "Срок: 13 ноября, через 30 дней" in seen and "По программе: 30 октября" in seen

    async def test_typed_and_refused_with_a_word(
        self, methodist: Chat, director: Chat, telegram: Telegram, database: Database, part: int
    ) -> None:
        await methodist.forges(do(part, "move"))
        for typed, said in (
            ("когда-нибудь", "Не понял, какой это день"),
            ("14.10.2026", "Выберите день после сегодняшнего"),
            ("14.11", "Это выходной"),
        ):
            await methodist.says(typed)
            assert said in methodist.last.text
        await methodist.says("16 ноября")
        await methodist.says("Не успеваю")
        await methodist.forges(do(part, "move"))
        assert "уже просили" in methodist.toast
        await director.says("/activities")
        await director.presses("1 просьба о переносе")
        await director.presses("Келлер")
        await director.presses("Отказать")
        await director.says("Успеем вместе")
        assert "Срок не перенесён" in director.last.text
        await telegram.deliver()
        assert "срок прежний, 30 октября" in plain(methodist.last.text)
        assert "Успеем вместе" in methodist.last.text
        async with database.read() as session:
            [request] = await session.scalars(select(DateRequest))
        assert request.agreed is False and (await row(database, part)).moved_to is None
        await director.forges(f"apd:{request.id}:agree")
        assert "уже ответили" in director.toast
        await director.says("/activities")
        assert not [label for label in director.last.buttons if "просьб" in label]

    async def test_forged_days_are_none(self, methodist: Chat, database: Database, part: int) -> None:
        await methodist.forges(TaskDay(assignment_id=part, day="31.02.2027").pack())
        assert "Не понял, какой это день" in methodist.toast
        await methodist.forges(TaskDay(assignment_id=part, day="01.01.2030").pack())
        assert "Выберите день" in methodist.toast


class TestWhoseItIs:
    async def test_not_mine_and_given_to_somebody_else_from_now_on(
        self,
        methodist: Chat,
        director: Chat,
        telegram: Telegram,
        database: Database,
        begun: School,
        part: int,
    ) -> None:
        await methodist.forges(do(part, "decline"))
        await methodist.says("Это к завучу")
        assert "за вами этого дела больше нет" in methodist.last.text
        await telegram.deliver()
        assert "Нужен ответственный: 2.2" in plain(director.last.text)
        assert "Это к завучу" in director.last.text
        await director.presses("Поручить другому")
        await director.presses("Штарк")
        assert "только в этот раз или с этого раза и дальше?" in director.last.text
        await director.presses("С этого раза и дальше")
        assert director.toast == "Теперь отвечает: Штарк О.П."
        seen = plain(director.last.text)
        assert "Отвечает: Штарк О.П.\nПо программе отвечает: Келлер Л.С." in seen
        await telegram.deliver()
        stark = telegram.chat(STARK)
        assert "теперь дело ваше, и дальше тоже" in stark.last.text
        await stark.presses("Открыть")
        assert "📌 Дело поручено вам.\nПо программе отвечает: Келлер Л.С." in plain(stark.last.text)
        assert "Штарк О.П. отвечает начиная со срока 30 октября." in plain(methodist.last.text)
        assert (await row(database, part)).staff_id == begun.staff[STARK]
        await director.says("/activities")
        await director.presses("2.2")
        assert "• Штарк О.П.: пока не сделано (по программе Келлер Л.С.)" in plain(director.last.text)

    async def test_what_nobody_is_reminded_of_has_the_press_that_helps(
        self, methodist: Chat, director: Chat, part: int
    ) -> None:
        await methodist.forges(do(part, "decline"))
        await methodist.says("Не моё")
        await director.says("/activities")
        assert "Келлер Л.С. (ответ «не моё»)" in director.last.text.partition("Некому напоминать")[2]
        await director.presses("❓ Некому напоминать")
        seen = plain(director.last.text)
        assert "❓ 2.2 Разработка маршрутов (ИОМ): 30 октября\n• Келлер Л.С.: ответ «не моё»" in seen
        assert "• Нармахамбетова А.Ж.: пока некому" in seen
        assert director.last.keyboard
        lines = [[b.text for b in line] for line in director.last.keyboard.inline_keyboard]
        assert ["→ 30.10 · 2.2 Разработка маршрутов (ИОМ)"] in lines
        [other] = [line for line in lines if line[0].startswith("→ 30.10 · 3.2")]
        assert other[1:] == ["Пригласить"]
        await director.presses("Пригласить")
        assert "кто это в школе?" in director.last.text  # the name is taken from the programme
        await director.says("/activities")
        await director.presses("❓ Некому напоминать")
        await director.presses("→ 30.10 · 3.2")
        await director.presses("Берг")
        await director.presses("Только в этот раз")
        assert director.toast == "Теперь отвечает: Берг А.И."

    async def test_forged_ids_that_are_none(self, director: Chat, begun: School, part: int) -> None:
        for data in (
            PartGive(assignment_id=999, page=0),
            PartGive(assignment_id=part, page=99),
            PartTo(assignment_id=part, staff_id=999, scope="on"),
            PartTo(assignment_id=999, staff_id=begun.staff[BERG], scope="once"),
            PartPick(occurrence_id=999, page=0),
        ):
            await director.forges(data.pack())
            if data != PartGive(assignment_id=part, page=99):  # the last page there is
                assert director.toast == "Такого нет, или это не ваше."


async def test_a_reminder_of_one_thing_has_all_that_can_be_done_under_it(
    methodist: Chat,
    telegram: Telegram,
    clock: StoppedClock,
    run_tick: Callable[[], Awaitable[Any]],
) -> None:
    local(clock, date(2026, 10, 15), 12)  # 14 days before the last Thursday
    await run_tick()
    await telegram.deliver()
    assert methodist.last.buttons[1:] == ["Сделано", "В работе", "Перенести срок", "Не моё", "К задачам"]
    await methodist.presses("В работе")
    assert "В работе с 15 октября." in methodist.last.text


async def test_dates_for_the_calendar_of_a_phone(methodist: Chat, director: Chat) -> None:
    for chat, place, label, more in (
        (methodist, "/tasks", "📅 Мои сроки", "Келлер Л.С."),
        (director, "/activities", "📅 Все сроки", "Диканова М.Е., Келлер Л.С."),
    ):
        await chat.says(place)
        await chat.presses(label)
        assert chat.last.document and "сроки появятся в календаре" in chat.last.text
        events = Ics.from_ical(chat.last.document).events
        [one] = [e for e in events if "2.2" in str(e["summary"]) and e.start == date(2026, 10, 30)]
        assert one["description"] == more

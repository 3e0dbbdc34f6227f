"""/tasks and /activities: what those responsible and the directors send and see, and what others get."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.accounts import Consent, Person
from bot.db.activities import ActivityReport, Assignment, AssignmentState, Occurrence
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.features.accounts import NOTICE_VERSION
from bot.programme.load import load
from bot.ui.activities import ActivityAccept, ActivityOpen, ActivityReports, ReportDo, TaskDo
from bot.ui.screen import GO, button
from tests.activities.conftest import DEPUTY, METHODIST
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, STRANGER, School

PROGRAMME = load()
NOT_FOUND = "Такого нет, или это не ваше."
TEXT = "Провели встречу с педагогами, 11 участников <из 20> & гости."
STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


def plain(text: str) -> str:
    """What the person sees: without markup, hard spaces as spaces."""
    return unescape(re.sub(r"</?(?:b|i|blockquote)>", "", text)).replace("\u00a0", " ")


def length(text: str) -> int:
    """In Telegram's units (UTF-16)."""
    return len(plain(text).encode("utf-16-le")) // 2


@pytest.fixture
async def begun(staffed: School, run_tick: Callable[[], Awaitable[Any]], telegram: Telegram) -> School:
    """The programme laid out; the first reminders are in the chats."""
    await run_tick()
    await telegram.deliver()
    return staffed


@pytest.fixture
def methodist(telegram: Telegram, begun: School) -> Chat:
    return telegram.chat(METHODIST)


@pytest.fixture
def director(telegram: Telegram, begun: School) -> Chat:
    return telegram.chat(DIRECTOR)


async def part_of(database: Database, school: School, who: int, key: str = "learning_routes") -> int:
    """The id of somebody's first part of an activity."""
    async with database.read() as session:
        query = (
            select(Assignment.id)
            .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
            .where(Assignment.staff_id == school.staff[who], Occurrence.activity_key == key)
            .order_by(Occurrence.due_on)
        )
        found = await session.scalar(query)
    assert found
    return found


async def state_of(database: Database, assignment_id: int) -> AssignmentState:
    async with database.read() as session:
        return (await session.get_one(Assignment, assignment_id)).state


async def reports(database: Database) -> list[ActivityReport]:
    async with database.read() as session:
        return list(await session.scalars(select(ActivityReport).order_by(ActivityReport.id)))


async def send_report(chat: Chat, assignment_id: int, text: str = TEXT) -> None:
    await chat.forges(TaskDo(assignment_id=assignment_id, action="done").pack())
    await chat.says(text)
    if chat.last.buttons[:1] == ["Отправить"]:
        await chat.presses("Отправить")


class TestTasks:
    async def test_one_sees_what_is_due_and_reports_it(
        self, methodist: Chat, director: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await methodist.says("/tasks")
        assert "⚪ 2.2 Разработка маршрутов (ИОМ): 30 октября, через 16 дней" in plain(methodist.last.text)
        assert "Скоро" in methodist.last.text
        await methodist.presses("2.2 Разработка маршрутов")
        assert "Разработка и внедрение ИОМ" in methodist.last.text
        assert "Ещё не сделано." in methodist.last.text
        await methodist.presses("Сделано")
        assert "Что сделано?" in methodist.last.text and methodist.last.buttons == ["Отменить"]
        named = "2.2 Разработка маршрутов (ИОМ), срок 30 октября"  # it may be there twice
        assert named in plain(methodist.last.text)
        await methodist.says(f"  {TEXT}\n")
        assert f"{named}\nВаш отчёт:\n{TEXT}" in plain(methodist.last.text) and await reports(database) == []
        await methodist.presses("Отправить")
        assert f"Спасибо! Отчёт передан администрации: {named}." in plain(methodist.last.text)
        assert await state_of(database, part) == AssignmentState.REPORTED
        assert [row.text for row in await reports(database)] == [TEXT]
        await telegram.deliver()
        assert TEXT in plain(director.last.text)
        assert "2.2 Разработка маршрутов (ИОМ), срок 30 октября\nКеллер Л.С. пишет:" in plain(
            director.last.text
        )
        assert director.last.buttons == ["Принять", "Вернуть"]
        await methodist.presses("К задачам")
        assert "🟡 2.2 Разработка маршрутов (ИОМ): 30 октября" in plain(methodist.last.text)

    async def test_the_reminder_opens_each_thing_below_itself(self, methodist: Chat) -> None:
        reminder = methodist.last
        assert reminder.text.startswith("Напоминаю о ваших делах по программе:")
        assert any("2.2" in label for label in reminder.buttons)
        await methodist.presses("2.2", on=reminder)
        assert methodist.last is not reminder and "Сделано" in methodist.last.buttons
        assert reminder.text.startswith("Напоминаю")

    async def test_in_progress(self, methodist: Chat, database: Database, begun: School) -> None:
        await methodist.says("/tasks")
        await methodist.presses("2.2")
        await methodist.presses("В работе")
        assert "Напомню за три дня" in methodist.toast
        assert "В работе с 14 октября." in methodist.last.text
        assert "В работе" not in methodist.last.buttons and "Сделано" in methodist.last.buttons
        part = await part_of(database, begun, METHODIST)
        # A second press of the old button says the same.
        await methodist.forges(TaskDo(assignment_id=part, action="start").pack())
        assert "В работе с 14 октября." in methodist.last.text

    async def test_just_before_the_due_date_no_silence_is_promised(
        self, methodist: Chat, clock: StoppedClock
    ) -> None:
        await methodist.says("/tasks")
        await methodist.presses("2.2")
        clock.move(days=14)
        await methodist.presses("В работе")
        assert "Напомню" not in methodist.toast and "Удачи" in methodist.toast

    @pytest.mark.parametrize(
        ("text", "said"), [("х" * 5000, "а тут 5 000"), ("😀" * 1001, "а тут 2 002"), ("   ", "Нужен текст")]
    )
    async def test_words_that_do_not_do_keep_the_step(
        self, methodist: Chat, database: Database, begun: School, text: str, said: str
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await send_report(methodist, part, text)
        assert said in plain(methodist.last.text) and await reports(database) == []
        await methodist.says(TEXT)
        await methodist.presses("Отправить")
        assert await state_of(database, part) == AssignmentState.REPORTED

    async def test_a_sticker_is_no_report(self, methodist: Chat, database: Database, begun: School) -> None:
        await methodist.forges(
            TaskDo(assignment_id=await part_of(database, begun, METHODIST), action="done").pack()
        )
        await methodist.says(None, sticker=STICKER)
        assert "Пришлите текст, фото или файл" in methodist.last.text and await reports(database) == []

    async def test_leaving(self, methodist: Chat, database: Database, begun: School) -> None:
        await methodist.forges(
            TaskDo(assignment_id=await part_of(database, begun, METHODIST), action="done").pack()
        )
        await methodist.presses("Отменить")
        await methodist.says(TEXT)
        assert "Не понял вас" in methodist.last.text and await reports(database) == []

    async def test_the_step_survives_a_restart(
        self, methodist: Chat, telegram: Telegram, database: Database, begun: School, settings: Any
    ) -> None:
        await methodist.forges(
            TaskDo(assignment_id=await part_of(database, begun, METHODIST), action="done").pack()
        )
        again = Telegram(settings, database, telegram.clock)
        again._update_id = 10_000
        await again.chat(METHODIST).says(TEXT)
        await again.chat(METHODIST).presses("Отправить")
        assert [row.text for row in await reports(database)] == [TEXT]

    async def test_an_old_button_reports_nothing_twice(
        self, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await send_report(methodist, part)
        await send_report(methodist, part, "Ещё раз")
        assert len(await reports(database)) == 1
        await methodist.forges(TaskDo(assignment_id=part, action="done").pack())
        assert "Отчёт отправлен, ждёт ответа" in methodist.last.text
        await methodist.forges(TaskDo(assignment_id=part, action="start").pack())
        assert "Отчёт об этом уже есть" in methodist.toast

    async def test_closed_while_one_was_typing(
        self, methodist: Chat, director: Chat, database: Database, begun: School
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await methodist.forges(TaskDo(assignment_id=part, action="done").pack())
        async with database.read() as session:
            occurrence = (await session.get_one(Assignment, part)).occurrence_id
        await director.forges(ActivityAccept(occurrence_id=occurrence, action="close").pack())
        await methodist.says(TEXT)
        assert "Отчёт об этом уже есть" in methodist.last.text and await reports(database) == []
        assert await state_of(database, part) == AssignmentState.ACCEPTED
        await methodist.says("И ещё")  # the step is over
        assert "Не понял вас" in methodist.last.text

    async def test_an_admin_of_the_configuration_without_a_name_is_asked_for_it(
        self, telegram: Telegram, database: Database, begun: School, clock: StoppedClock
    ) -> None:
        async with database.write() as session:
            await session.execute(
                update(Person).where(Person.telegram_id == DIRECTOR).values(telegram_id=DIRECTOR + 5000)
            )
            person = Person(telegram_id=DIRECTOR, language="ru", created_at=clock.now())
            session.add(person)
            await session.flush()
            session.add(Consent(person_id=person.id, version=NOTICE_VERSION, given_at=clock.now()))
            await session.commit()
        nameless = telegram.chat(DIRECTOR)
        await send_report(nameless, await part_of(database, begun, METHODIST))
        assert "Представьтесь" in nameless.toast and await reports(database) == []

    async def test_much_that_is_late_still_fits(
        self, methodist: Chat, telegram: Telegram, clock: StoppedClock, run_tick: Callable[[], Awaitable[Any]]
    ) -> None:
        for _ in range(7):
            clock.move(days=35)
            await run_tick()
        await telegram.deliver()
        for who in (METHODIST, DIRECTOR, DEPUTY):
            for seen in telegram.chat(who).messages:
                assert length(seen.text) <= 4096
                assert (
                    sum(len(row) for row in seen.keyboard.inline_keyboard) <= 100 if seen.keyboard else True
                )
        await methodist.says("/tasks")
        assert "и ещё" in methodist.last.text and length(methodist.last.text) <= 4096
        assert "просрочено на" in methodist.last.text
        director = telegram.chat(DIRECTOR)
        await director.says("/activities")
        assert length(director.last.text) <= 4096
        for activity in PROGRAMME.activities:
            await director.forges(ActivityOpen(key=activity.key).pack())
            assert length(director.last.text) <= 4096 and f"{activity.number} " in plain(director.last.text)


class TestDirector:
    async def test_all_activities_in_one_message(
        self, director: Chat, methodist: Chat, database: Database, begun: School
    ) -> None:
        await director.says("/activities")
        seen = plain(director.last.text)
        for activity in PROGRAMME.activities:
            assert f" {activity.number} {activity.short}, " in seen
            assert any(label.endswith(f" {activity.number}") for label in director.last.buttons)
        assert "❓ 1.3 Наставничество «педагог-педагог», 30 октября" in seen.splitlines()
        assert "Некому напоминать: Герониме А.И., Зубарева А.И., Нармахамбетова А.Ж." in seen
        assert "❓ Некому напоминать" in director.last.buttons
        await send_report(methodist, await part_of(database, begun, METHODIST))
        await director.says("/activities")
        assert "1 отчёт ждёт ответа" in director.last.buttons

    async def test_a_day_of_another_year_is_named_with_it(
        self, director: Chat, methodist: Chat, database: Database, begun: School
    ) -> None:
        async with database.write() as session:
            await session.execute(update(Occurrence).values(due_on=date(2027, 5, 31)))
            await session.commit()
        for chat, command in ((methodist, "/tasks"), (director, "/activities")):
            await chat.says(command)
            assert chat.last.text.count("31 мая") == plain(chat.last.text).count("31 мая 2027") > 0
        await director.presses("2.2")
        assert "31 мая 2027" in plain(director.last.text)

    async def test_the_card_tells_who_has_done_what(
        self, director: Chat, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        await send_report(methodist, await part_of(database, begun, METHODIST))
        await director.says("/activities")
        await director.presses("2.2")
        seen = plain(director.last.text)
        assert "Срок по программе: октябрь" in seen and "Отвечают: Диканова М.Е., Келлер Л.С." in seen
        assert "• Диканова М.Е.: пока не сделано\n• Келлер Л.С.: есть отчёт" in seen
        await send_report(telegram.chat(DEPUTY), await part_of(database, begun, DEPUTY), "Готово")
        await director.forges(ActivityOpen(key="learning_routes").pack())
        assert "🟡 30 октября, сдано, ждёт ответа" in plain(director.last.text)
        await director.presses("Принять все отчёты, 30.10")
        assert director.toast == "Отчёты приняты."
        assert "✅ 30 октября" in plain(director.last.text)
        assert {row.accepted for row in await reports(database)} == {True}

    async def test_accepting_thanks_whoever_wrote_it_and_a_second_press_does_nothing(
        self, director: Chat, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await send_report(methodist, part)
        await telegram.deliver()
        message = director.last
        accept = message.data("Принять")
        await director.presses("Принять")
        assert "✅ Принято." in director.last.text and "Принять" not in director.last.buttons
        assert await state_of(database, part) == AssignmentState.ACCEPTED
        await director.forges(accept, on=message)
        assert "уже ответили" in director.toast
        deputy = telegram.chat(DEPUTY)
        await deputy.presses("Вернуть")  # the same message in another admin's chat
        assert "уже ответили" in deputy.toast and "✅ Принято." in deputy.last.text
        assert await state_of(database, part) == AssignmentState.ACCEPTED
        await telegram.deliver()
        thanks = [m for m in methodist.messages if "Отчёт принят" in m.text]
        assert len(thanks) == 1 and "2.2 Разработка маршрутов (ИОМ), срок 30 октября" in plain(thanks[0].text)

    async def test_returning_says_what_is_missing(
        self, director: Chat, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await send_report(methodist, part)
        await telegram.deliver()
        await director.presses("Вернуть")
        assert "Келлер Л.С. получит ваш комментарий" in director.last.text
        await director.says("х" * 5000)
        assert "не больше 1 000 знаков, а тут 5 000" in plain(director.last.text)
        await director.says("Добавьте <список>")
        assert "Возвращено с комментарием" in director.last.text
        await telegram.deliver()
        assert "Отчёт вернули" in methodist.last.text and "Добавьте <список>" in plain(methodist.last.text)
        await methodist.says("/tasks")
        assert plain(methodist.last.text).splitlines()[3].startswith("↩️ 2.2")
        await methodist.presses("↩️")
        assert "Добавьте <список>" in plain(methodist.last.text)
        await methodist.presses("Сделано")
        await methodist.says("Список добавлен")
        await methodist.presses("Отправить")
        assert await state_of(database, part) == AssignmentState.REPORTED
        assert [(row.text, row.accepted) for row in await reports(database)] == [
            (TEXT, False),
            ("Список добавлен", None),
        ]

    async def test_answered_while_the_comment_was_typed(
        self, director: Chat, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        await send_report(methodist, await part_of(database, begun, METHODIST))
        await telegram.deliver()
        await director.presses("Вернуть")
        await telegram.chat(DEPUTY).presses("Принять")
        await director.says("Поздно")
        assert "✅ Принято." in director.last.text
        (row,) = await reports(database)
        assert row.accepted and row.comment is None

    async def test_the_list_of_reports(
        self, director: Chat, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        await send_report(methodist, await part_of(database, begun, METHODIST))
        await send_report(telegram.chat(DEPUTY), await part_of(database, begun, DEPUTY, "staff_courses"))
        await director.says("/activities")
        await director.presses("2 отчёта ждут ответа")
        assert director.last.buttons[:2] == [
            "Келлер Л.С. · 2.2 Разработка маршрутов (ИОМ)",
            "Диканова М.Е. · 1.1 Повышение квалификации",
        ]
        await director.presses("Келлер")
        await director.presses("Принять")
        await director.presses("К отчётам")
        await director.presses("Диканова")
        await director.presses("Принять")
        await director.presses("К отчётам")
        assert "Все отчёты разобраны." in director.last.text

    async def test_closing_as_it_is_asks_first(
        self, director: Chat, database: Database, begun: School
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await director.forges(ActivityOpen(key="learning_routes").pack())
        await director.presses("Закрыть как есть")
        assert await state_of(database, part) == AssignmentState.OPEN
        await director.presses("Нет, не закрывать")
        await director.presses("Закрыть как есть")
        await director.presses("Да, закрыть")
        assert await state_of(database, part) == AssignmentState.ACCEPTED
        assert "✅ 30 октября" in plain(director.last.text)

    async def test_at_night_nobody_is_disturbed(
        self,
        director: Chat,
        methodist: Chat,
        telegram: Telegram,
        database: Database,
        begun: School,
        clock: StoppedClock,
    ) -> None:
        clock.move(hours=10)  # 22:00
        await send_report(methodist, await part_of(database, begun, METHODIST))
        before = len(director.messages)
        await telegram.deliver()
        assert len(director.messages) == before
        clock.move(hours=10)  # 08:00
        await telegram.deliver()
        assert TEXT in plain(director.last.text)

    async def test_in_english(
        self, director: Chat, methodist: Chat, telegram: Telegram, database: Database, begun: School
    ) -> None:
        await director.says("/language")
        await director.presses("English")
        await send_report(methodist, await part_of(database, begun, METHODIST))
        await telegram.deliver()
        assert "2.2 Learning routes, due 30 October" in plain(director.last.text)
        await director.says("/activities")
        assert "1.3 Teacher–teacher mentoring, 30 October" in plain(director.last.text)


class TestPermissions:
    @pytest.mark.parametrize("who", [STRANGER, MASHA_MOTHER, PSYCHOLOGIST, BERG, STARK])
    async def test_somebody_elses_part_does_not_exist(
        self, telegram: Telegram, methodist: Chat, database: Database, begun: School, who: int
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        chat = telegram.chat(who)
        for action in ("open", "see", "done", "start"):
            await chat.forges(f"tk:{part}:{action}")
            assert chat.toast == NOT_FOUND
        await chat.says(TEXT)
        assert await state_of(database, part) == AssignmentState.OPEN and await reports(database) == []

    @pytest.mark.parametrize("who", [STRANGER, MASHA_MOTHER, PSYCHOLOGIST, BERG, METHODIST])
    async def test_the_directors_buttons_are_the_directors(
        self, telegram: Telegram, methodist: Chat, database: Database, begun: School, who: int
    ) -> None:
        part = await part_of(database, begun, METHODIST)
        await send_report(methodist, part)
        (row,) = await reports(database)
        async with database.read() as session:
            occurrence = (await session.get_one(Assignment, part)).occurrence_id
        chat = telegram.chat(who)
        forged = [
            *(ReportDo(report_id=row.id, action=action).pack() for action in ("open", "accept", "return")),
            *(ActivityAccept(occurrence_id=occurrence, action=a).pack() for a in ("reports", "ask", "close")),
            ActivityOpen(key="learning_routes").pack(),
            ActivityReports().pack(),
            GO + "activities",
        ]
        for data in forged:
            telegram.wire.toasts.pop(who, None)
            await chat.forges(data)
            assert chat.toast == NOT_FOUND, data
        assert await state_of(database, part) == AssignmentState.REPORTED

    @pytest.mark.parametrize("who", [MASHA_MOTHER, PSYCHOLOGIST])
    async def test_without_activities_there_are_no_tasks(
        self, telegram: Telegram, begun: School, who: int
    ) -> None:
        chat = telegram.chat(who)
        await chat.says("/tasks")
        assert "Не понял вас" in chat.last.text
        await chat.forges(GO + "tasks")
        assert chat.toast == NOT_FOUND

    async def test_forged_ids_that_are_none(self, director: Chat, database: Database) -> None:
        for data in ("tk:999999:open", "ar:999999:accept", "aa:999999:close", "ac:nonsense"):
            await director.forges(data)
            assert director.toast == NOT_FOUND, data
        assert await reports(database) == []

    async def test_a_teacher_reports_for_their_position(
        self, telegram: Telegram, database: Database, begun: School
    ) -> None:
        berg = telegram.chat(BERG)
        await berg.says("/tasks")
        assert "3.1 Просвещение родителей" in berg.last.text
        await send_report(berg, await part_of(database, begun, BERG, "parent_education"))
        assert len(await reports(database)) == 1


def test_the_longest_callback_data_fits() -> None:
    keys = [ActivityOpen(key=activity.key) for activity in PROGRAMME.activities]
    ids = [
        TaskDo(assignment_id=10**12, action="start"),
        ReportDo(report_id=10**12, action="accept"),
        ActivityAccept(occurrence_id=10**12, action="reports"),
    ]
    for data in (*keys, *ids):
        assert len((button("x", data).callback_data or "").encode()) <= 64


async def test_the_outbox_keeps_no_message_that_cannot_be_worded(
    telegram: Telegram,
    begun: School,
    database: Database,
    clock: StoppedClock,
    run_tick: Callable[[], Awaitable[Any]],
) -> None:
    """A term goes by: reminders, escalations and digests of it all are delivered."""
    for _ in range(20):
        clock.move(days=1)
        await run_tick()
    clock.set(clock.now() + timedelta(days=(7 - clock.now().weekday()) % 7))
    await run_tick()
    await telegram.deliver()
    async with database.read() as session:
        rows = list(await session.scalars(select(OutboxMessage)))
    assert {"activity-reminder", "activity-digest", "activity-escalation"} <= {row.kind for row in rows}
    assert [row.kind for row in rows if row.error] == []
    assert all(date(2026, 10, 14) <= row.created_at.date() for row in rows)

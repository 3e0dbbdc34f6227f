"""/audit, from a change to its entry."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.config import Settings
from bot.db.accounts import Person
from bot.db.base import Database
from bot.features import accounts, audit
from bot.features.audit import looking
from bot.features.audit.looking import PAGE, Wanted, WhoKind
from bot.ui.audit import Audit, span
from tests.chat import Chat, Telegram
from tests.fixtures import NOON, StoppedClock
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, STARK, School

TODAY = NOON.date()


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


Row = tuple[int | None, str, str, dict[str, object]]


async def fill(
    database: Database, school: School, *rows: tuple[int | None, str, str, dict[str, object]]
) -> None:
    """Entries by who (a Telegram id), action, subject and details, a minute apart."""
    async with database.write() as session:
        for number, (who, action, subject, details) in enumerate(rows):
            actor = await School.actor(session, who, NOON) if who else None
            audit.record(session, actor, NOON + timedelta(minutes=number), action, subject, **details)
        await session.commit()


async def test_what_was_changed_from_what_to_what(director: Chat, database: Database, school: School) -> None:
    stark = school.staff[STARK]
    await director.says("/staff")
    await director.presses("Штарк")
    await director.presses("Классы")
    await director.presses("5А")
    await director.says("/audit")
    assert "среда, 14 октября 2026" in director.last.text and director.last.protected
    line = "1. 12:00 Динер Н.М.: Класс сотрудника изменён (сотрудник: Штарк О.П.): нет → ведёт уроки"
    assert line in director.last.text
    await director.presses("1")
    card = director.last.text
    assert "Кто: Динер Н.М." in card and "Когда: среда, 14 октября 2026, 12:00" in card
    assert "Класс: 5А" in card and "Было → стало: нет → ведёт уроки" in card
    # Everything about the same, and back to all of it.
    await fill(database, school, (DIRECTOR, "staff.dismissed", f"staff:{stark}", {"last_day": TODAY}))
    await director.presses("Назад")
    await director.presses("2")
    await director.presses("Всё об этом (2)")
    assert "Показано: сотрудник: Штарк О.П." in director.last.text
    assert "больше не работает" in director.last.text
    await director.presses("Показать всё")
    assert "Всё подряд" in director.last.text


async def test_filters_go_together(director: Chat, database: Database, school: School) -> None:
    await fill(
        database,
        school,
        (None, "survey.closed", "survey:1", {}),
        (
            BERG,
            "note.sent",
            "note:1",
            {"pupils": [school.pupils["Маша"]], "kind": "success"},
        ),
        (DIRECTOR, "reading.recorded", "indicator:rooms", {"was": 50.0, "to": 66.666, "on_date": TODAY}),
        (MASHA_MOTHER, "note.answered", "thread:1", {}),
    )
    await director.says("/audit")
    shown = director.last.text
    assert "Бот: Опрос закрыт (опрос № 1)" in shown and "50 → 66,67" in shown
    # Parents are a number in the list; who it is stands on the entry.
    assert "Лебедева" not in shown and "родитель №" in shown
    await director.presses("1")
    assert "Кто: Лебедева Ирина Олеговна, родитель" in director.last.text
    await director.presses("Назад")
    await director.presses("О чём")
    await director.presses("Сообщения родителям")
    assert "Опрос" not in director.last.text and "Показано: Сообщения родителям" in director.last.text
    await director.presses("Кто")
    await director.presses("Берг")
    assert "Показано: Сообщения родителям · Берг А.И." in director.last.text
    assert "ответил" not in director.last.text
    await director.presses("1")
    assert "Ученики: Лебедева Маша" in director.last.text and "есть чему порадоваться" in director.last.text
    await director.presses("Назад")
    await director.presses("Когда")
    await director.presses("Другие дни")
    await director.says("когда-то")
    assert "Не понял дни" in director.last.text
    await director.says("1.10 – 13.10")
    assert "1 октября – 13 октября" in director.last.text and "записей нет" in director.last.text
    await director.presses("Когда")
    await director.presses("Сегодня")
    assert "Берг А.И.: Сообщение" in director.last.text
    await director.presses("Кто")
    await director.presses("Бот")
    await director.presses("О чём")
    await director.presses("Не важно")
    assert "Бот: Опрос закрыт" in director.last.text and "Берг" not in director.last.text


async def test_who_has_left_keeps_the_name_and_who_withdrew_consent_does_not(
    database: Database, school: School, settings: Settings, clock: StoppedClock
) -> None:
    zone = settings.school.zone
    await fill(
        database,
        school,
        (STARK, "invitation.accepted", f"staff:{school.staff[STARK]}", {"notice": "2026-11-26"}),
        (BERG, "invitation.accepted", f"staff:{school.staff[BERG]}", {"notice": "2026-11-26"}),
    )
    async with database.write() as session:
        director = await School.actor(session, DIRECTOR, NOON)
        for who in (STARK, BERG):
            await accounts.dismiss(session, director, NOON, TODAY, school.staff[who])
        gone = school.people[BERG]
        await session.execute(update(Person).where(Person.id == gone).values(telegram_id=-gone))
        await session.commit()
    async with database.read() as session:
        page = await looking.listed(session, director, zone, Wanted(), 0)
        found = {entry.who for entry in page.entries if entry.action == "invitation.accepted"}
        assert {(who.kind, who.name) for who in found} == {
            (WhoKind.STAFF, "Штарк О.П."),
            (WhoKind.GONE, ""),
        }
        # Nor does the entry say by its subject whose account it was.
        entry = next(entry for entry in page.entries if entry.who.kind == WhoKind.GONE)
        card = await looking.look(session, director, entry.id)
        assert card.names == looking.Names()


async def test_any_number_of_entries_costs_the_same(
    database: Database, school: School, settings: Settings
) -> None:
    details: dict[str, object] = {"pupil": school.pupils["Маша"], "staff": school.staff[BERG]}
    row: Row = (BERG, "club.joined", "club:1", details)
    counts = []
    for rows in (2, 3 * PAGE):
        await fill(database, school, *[row] * rows)
        async with database.read() as session:
            director = await School.actor(session, DIRECTOR, NOON)
            with count_queries(database) as queries:
                page = await looking.listed(session, director, settings.school.zone, Wanted("support"), 0)
            counts.append(queries.count)
    assert counts[0] == counts[1] and len(page.entries) == PAGE and page.of == 4


async def test_a_forged_button_names_nothing(director: Chat) -> None:
    await director.says("/audit")
    for forged in (
        Audit(group="nothing"),
        Audit(span="269999-269999"),
        Audit(span="1"),
        Audit(entry=999),
        Audit(about=999),
    ):
        await director.forges(forged.pack())
        assert "Такого нет" in director.toast
    await director.forges(Audit(page=999, who=999).pack())
    assert "записей нет" in director.last.text


def test_the_longest_button_fits() -> None:
    longest = Audit(
        group=max(looking.GROUPS, key=len),
        who=9_999_999,
        span=span(TODAY, TODAY),
        about=9_999_999,
        page=99_999,
        entry=9_999_999,
    )
    assert len(longest.pack().encode()) <= 64

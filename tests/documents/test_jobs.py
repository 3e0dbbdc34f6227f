"""Reminders before a document runs out: 30 and 7 days before, once each, one message a person a day."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update

from bot.db.accounts import Staff
from bot.db.base import Database
from bot.db.documents import DocumentKind
from bot.db.outbox import OutboxMessage
from bot.scheduler import Context
from bot.scheduler.documents import tick
from tests.chat import Telegram
from tests.documents.papers import confirm, put_in
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, School

# A Monday, thirty days before a Wednesday.
END = date(2026, 12, 16)
STARTS = date(2026, 11, 16)


def at(context: Context, clock: StoppedClock, day: date, hour: int = 10) -> None:
    clock.set(datetime.combine(day, time(hour), context.settings.school.zone))


async def told(database: Database) -> list[tuple[int, list[str]]]:
    """Whom, and the titles, in the order of the messages."""
    query = select(OutboxMessage).where(OutboxMessage.kind == "document-expiry").order_by(OutboxMessage.id)
    async with database.read() as session:
        found = await session.scalars(query)
        return [(m.person_id, [item["title"] for item in m.arguments["items"]]) for m in found]


async def test_twice_and_in_one_message(
    telegram: Telegram, school: School, context: Context, clock: StoppedClock
) -> None:
    """Two that run out on one day come together, at 30 and at 7 days, whatever days the tick comes on."""
    for title in ("Первое", "Второе"):
        await put_in(telegram, school, DIRECTOR, DocumentKind.AGREEMENT, title, valid_until=END)
    director = school.people[DIRECTOR]
    for day in range(-3, 35):
        for hour in (7, 10, 15):
            at(context, clock, STARTS + timedelta(days=day), hour)
            await tick(context)
        expected = 0 if day < 0 else 1 if day < 23 else 2
        found = await told(telegram.database)
        assert found == [(director, ["Первое", "Второе"])] * expected, day
    await telegram.deliver()
    shown = [m for m in telegram.chat(DIRECTOR).messages if "Скоро закончится" in m.text]
    assert len(shown) == 2 and "Соглашение с организацией «Первое»: по 16 декабря" in shown[0].text
    await telegram.chat(DIRECTOR).presses("Открыть: Первое", on=shown[0])
    assert "Действует по 16 декабря" in telegram.chat(DIRECTOR).last.text


async def test_a_training_is_told_to_its_owner_too_and_after_an_outage_once(
    telegram: Telegram, school: School, context: Context, clock: StoppedClock
) -> None:
    """The bot was off for a month: what is left of the ladder is its last step."""
    began = date(END.year - 3, END.month, END.day)
    await confirm(
        telegram,
        school,
        await put_in(telegram, school, BERG, DocumentKind.TRAINING, "Курсы", on_date=began),
    )
    for day in (END - timedelta(days=5), END - timedelta(days=2)):
        at(context, clock, day)
        await tick(context)
    people = {school.people[DIRECTOR], school.people[BERG]}
    found = await told(telegram.database)
    assert {person for person, _ in found} == people and len(found) == 2
    async with telegram.database.read() as session:
        messages = await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "document-expiry"))
        whose = {m.person_id: m.arguments["items"][0]["whose"] for m in messages}
    assert whose == {school.people[DIRECTOR]: "Берг А.И.", school.people[BERG]: ""}


async def test_nobody_is_reminded_of_what_no_longer_matters(
    telegram: Telegram, school: School, context: Context, clock: StoppedClock
) -> None:
    """A training done anew, one of somebody who left, one that nobody has accepted."""
    began = date(END.year - 3, END.month, END.day)
    for kwargs in ({"on_date": began}, {"on_date": date(2026, 10, 1)}):
        id_ = await put_in(telegram, school, BERG, DocumentKind.TRAINING, "Курсы", **kwargs)
        await confirm(telegram, school, id_)
    await put_in(telegram, school, DIRECTOR, DocumentKind.TRAINING, "Ушёл", on_date=began, staff_id=3)
    await put_in(telegram, school, BERG, DocumentKind.TRAINING, "Ждёт", on_date=began + timedelta(days=1))
    async with telegram.database.write() as session:
        await session.execute(update(Staff).where(Staff.id == 3).values(active_to=date(2026, 11, 1)))
        await session.commit()
    at(context, clock, END - timedelta(days=6))
    await tick(context)
    assert await told(telegram.database) == []

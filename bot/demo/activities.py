"""The demonstration's activities: reported, late, on another date, with somebody else, nobody's."""

import struct
import zlib
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.db.accounts import Person, Staff
from bot.db.activities import UNFINISHED, ActivityReport, Assignment, Occurrence
from bot.db.outbox import File, Picture
from bot.features.activities import moving, reassigning, reporting
from bot.ui.files import our_picture

if TYPE_CHECKING:
    from bot.demo.school import _Story as Story

DIRECTOR, DEPUTY, PRIMARY, RUSSIAN, MATHEMATICS = 101, 102, 103, 104, 105
DEEDS = (
    "Провели две консультации, участвовали все учителя начальных классов.",
    "План выполнен, протокол в методическом кабинете.",
    "Посетили три урока, обсудили на методическом объединении.",
    "Стенд обновили, ссылки на сайте проверили.",
)


async def tell(story: "Story") -> None:
    """Most of what was due is reported, some of it accepted; then what does not go by itself."""
    await _reports(story)
    await _dates(story)
    await _hands(story)
    await story.deliver(story.now - timedelta(hours=1))


async def _reports(story: "Story") -> None:
    """The latest ones have a photo with them."""
    session, today = story.session, story.local(story.now).date()
    due = (
        select(Assignment.id, Occurrence.due_on, Person.telegram_id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .join(Person, Person.id == Staff.person_id)
        .where(Occurrence.due_on < today)
        .order_by(Assignment.id)
    )
    deeds = cycle(DEEDS)
    photo = await _photo(story)
    for number, (part, due_on, telegram_id) in enumerate((await session.execute(due)).all()):
        if number % 6 == 5:
            continue  # late
        at = story.at(due_on, 15)
        actor = await story.actor(telegram_id, at)
        files = [photo] if number % 4 == 0 else []
        await reporting.report(
            session, actor, at, due_on, story.programme, story.settings, part, next(deeds), files
        )
        if number % 4:
            director = await story.actor(DIRECTOR, at)
            report = select(ActivityReport.id).where(ActivityReport.assignment_id == part)
            report_id = (await session.scalars(report)).one()
            await reporting.accept(session, director, at, story.programme, story.settings, report_id)


async def _photo(story: "Story") -> File:
    """A picture of one colour: a wall that has been painted, say."""
    width, height = 320, 240

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    row = b"\0" + bytes((124, 178, 140)) * width
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    png = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    picture = Picture(png=png)
    story.session.add(picture)
    await story.session.flush()
    return our_picture(picture.id)


async def _dates(story: "Story") -> None:
    """One has another date, one waits for the answer, one was refused."""
    session, now = story.session, story.now - timedelta(hours=4)
    today = story.local(now).date()
    director = await story.actor(DIRECTOR, now)
    reasons = ("В классе карантин.", "Ждём приказ из района.", "Хотелось бы собраться всем вместе.")
    for number, (who, reason) in enumerate(zip((PRIMARY, RUSSIAN, MATHEMATICS), reasons, strict=True)):
        actor = await story.actor(who, now)
        part = await _next(story, who)
        if part is None:
            continue
        found = await moving.may_ask(session, actor, part)
        day = moving.offers(found, story.calendar, today)[1]
        await moving.ask(
            session,
            actor,
            now,
            today,
            story.programme,
            story.calendar,
            story.settings,
            part,
            day,
            reason,
        )
        request = (await moving.requests(session, director))[-1].id
        if number == 0:
            await moving.decide(
                session, director, now, today, story.programme, story.settings, request, agreed=True
            )
        elif number == 1:
            words = "Приказ будет к сроку, давайте успеем."
            await moving.decide(
                session,
                director,
                now,
                today,
                story.programme,
                story.settings,
                request,
                agreed=False,
                comment=words,
            )


async def _hands(story: "Story") -> None:
    """One activity is with somebody else from now on; of another somebody says that it is not theirs."""
    session, now = story.session, story.now - timedelta(hours=3)
    today = story.local(now).date()
    director, deputy = await story.actor(DIRECTOR, now), await story.actor(DEPUTY, now)
    to = (await session.scalars(select(Staff.id).join(Person).where(Person.telegram_id == RUSSIAN))).one()
    parts = await _upcoming(story, DEPUTY)
    await reassigning.give(
        session, director, now, today, story.programme, story.settings, parts[0], to, onward=True
    )
    words = "За это теперь отвечает методист, передайте, пожалуйста, ей."
    await reassigning.decline(session, deputy, now, today, story.programme, story.settings, parts[1], words)


async def _next(story: "Story", who: int) -> int | None:
    return next(iter(await _upcoming(story, who)), None)


async def _upcoming(story: "Story", who: int) -> list[int]:
    """Somebody's unfinished parts that are due next, one of each activity."""
    query = (
        select(func.min(Assignment.id))
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .join(Person, Person.id == Staff.person_id)
        .where(Person.telegram_id == who, UNFINISHED, Occurrence.due_on >= story.local(story.now).date())
        .group_by(Occurrence.activity_key)
        .order_by(func.min(Occurrence.due_on), func.min(Assignment.id))
    )
    return list(await story.session.scalars(query))

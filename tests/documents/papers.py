"""Documents put in by the features, for tests that begin there."""

from datetime import date
from typing import Any

from bot.db.documents import DocumentKind
from bot.features import documents
from bot.features.documents import Draft
from tests.chat import Telegram, the_programme
from tests.school import DIRECTOR, School

DAY = date(2026, 10, 1)


async def put_in(
    telegram: Telegram, school: School, who: int, kind: DocumentKind, title: str = "Название", **more: Any
) -> int:
    """A document that somebody has put in today: its id."""
    now = telegram.clock.now()
    draft = Draft(kind, title, more.pop("on_date", DAY), **more)
    async with telegram.database.write() as session:
        actor = await School.actor(session, who, now)
        row = await documents.put_in(session, actor, now, now.date(), the_programme(), draft)
        await session.commit()
    return row.document.id


async def confirm(telegram: Telegram, school: School, document_id: int) -> None:
    """The director accepts it."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        actor, settings = await School.actor(session, DIRECTOR, now), telegram.dispatcher["settings"]
        await documents.confirm(session, settings, actor, now, now.date(), document_id)
        await session.commit()

"""The audit trail is read by admins."""

from collections.abc import Callable

import pytest

from bot.db.base import Database
from bot.features import audit
from bot.handlers.audit import AuditSteps
from bot.ui.audit import Audit
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import DIRECTOR, School

ADMIN = {DIRECTOR}


async def one(telegram: Telegram, school: School) -> None:
    """An entry."""
    async with telegram.database.write() as session:
        audit.record(session, None, telegram.clock.now(), "survey.closed", "survey:1")
        await session.commit()


def asks(question: str) -> Callable[[School], Audit]:
    return lambda _: Audit(ask=question)


CASES = [
    Case("audit.latest", ADMIN, says="/audit"),
    Case("audit.latest", ADMIN, press=lambda _: "go:audit"),
    *(Case("audit.look", ADMIN, press=asks(question)) for question in ("", "g", "w", "p", "s")),
    Case("audit.look", ADMIN, press=lambda _: Audit(entry=1), prepare=one),
    Case("audit.look", ADMIN, press=lambda _: Audit(about=1), prepare=one),
    Case(
        "audit.type_span",
        ADMIN,
        says="1.10 – 14.10",
        step=AuditSteps.span,
        data=lambda _: {"asked": Audit().pack()},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)

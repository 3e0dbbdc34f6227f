"""Letters to the school: guardians write, each reads their own; those to whom it is addressed answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.config import Settings
from bot.db.base import Database
from bot.db.feedback import EntryKind, Ticket, TicketEntry, Topic
from bot.features.feedback import handle, mark
from bot.handlers.feedback.collecting import FeedbackSteps
from bot.ui.feedback import (
    VIEWS,
    FeedbackQuote,
    FeedbackSend,
    FeedbackSign,
    FeedbackTo,
    FeedbackTopic,
    Letter,
    Letters,
    TicketCard,
    TicketPass,
    Tickets,
    TicketSend,
    View,
)
from tests.chat import Telegram
from tests.rights import GUARDIANS, STAFF, Case, check
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, STARK, School

NAMED, ANONYMOUS = 1212, 3434
AUTHOR, ADMIN, READERS = {MASHA_MOTHER}, {DIRECTOR}, {BERG, DIRECTOR}
# The key of tests/fixtures.py.
SETTINGS = Settings.model_validate({"feedback": {"key": "a key that lies outside the database"}})


async def two_letters(telegram: Telegram, school: School) -> None:
    """Маша's mother has written to Анна Берг, once by name and once without, the second a praise."""
    today = date(2026, 10, 14)
    person_id = school.people[MASHA_MOTHER]
    async with telegram.database.write() as session:
        for number in (NAMED, ANONYMOUS):
            nameless = number == ANONYMOUS
            session.add(
                Ticket(
                    number=number,
                    topic=Topic.PRAISE if nameless else Topic.QUESTION,
                    anonymous=nameless,
                    person_id=None if nameless else person_id,
                    mark=mark(SETTINGS, number, person_id) if nameless else None,
                    staff_id=school.staff[BERG],
                    opened_on=today,
                    changed_on=today,
                )
            )
            await session.flush()
            session.add(
                TicketEntry(
                    number=number,
                    position=0,
                    kind=EntryKind.WORDS,
                    by_author=True,
                    text="Слова",
                    files=[["photo", "photo-1", ""]],
                    on=today,
                    told=True,
                )
            )
        await session.commit()


def letter(number: int, action: str) -> Callable[[School], Letter]:
    return lambda _: Letter(number=number, action=action)


def ticket(number: int, action: str) -> Callable[[School], TicketCard]:
    return lambda _: TicketCard(number=number, action=action)


def topic_of(topic: Topic) -> Callable[[School], FeedbackTopic]:
    return lambda _: FeedbackTopic(topic=topic)


def writing_in(number: int) -> Callable[[School], dict[str, Any]]:
    return lambda _: {"letter": handle(SETTINGS, number)}


def page_of(view: View) -> Callable[[School], Tickets]:
    return lambda _: Tickets(view=view, page=0)


CASES = [
    Case("feedback.writing.start", GUARDIANS, says="/feedback"),
    Case("feedback.writing.start", GUARDIANS, press=lambda _: "go:feedback"),
    *(Case("feedback.writing.ask_words", GUARDIANS, press=topic_of(topic)) for topic in Topic),
    Case(
        "feedback.writing.take_words",
        GUARDIANS,
        says="Слова",
        step=FeedbackSteps.words,
        data=lambda _: {"topic": "question", "about": None},
    ),
    # Without a draft of their own these say so to guardians; nobody else gets that far.
    Case(
        "feedback.writing.choose_addressee",
        GUARDIANS,
        press=lambda s: FeedbackTo(draft=1, staff_id=s.staff[BERG]),
    ),
    Case("feedback.writing.finish", GUARDIANS, press=lambda _: FeedbackSign(draft=1, named=True)),
    Case("feedback.writing.finish", GUARDIANS, press=lambda _: FeedbackQuote(draft=1, yes=True)),
    Case("feedback.writing.send_collected", GUARDIANS, press=lambda _: FeedbackSend(draft=1)),
    Case("feedback.writing.letters", GUARDIANS, press=lambda _: Letters(page=0)),
    *(
        Case("feedback.writing.use_letter", AUTHOR, press=letter(number, action), prepare=two_letters)
        for number in (NAMED, ANONYMOUS)
        for action in ("open", "write", "close", "files")
    ),
    *(
        Case("feedback.writing.use_letter", AUTHOR, press=letter(ANONYMOUS, action), prepare=two_letters)
        for action in ("quote", "unquote")
    ),
    *(
        Case(
            "feedback.writing.take_more",
            AUTHOR,
            says="Ещё",
            step=FeedbackSteps.more,
            data=writing_in(number),
            prepare=two_letters,
        )
        for number in (NAMED, ANONYMOUS)
    ),
    Case("feedback.answering.newest", STAFF, says="/tickets"),
    Case("feedback.answering.newest", STAFF, press=lambda _: "go:tickets"),
    *(Case("feedback.answering.turn_page", STAFF, press=page_of(view)) for view in VIEWS),
    *(
        Case("feedback.answering.use_ticket", READERS, press=ticket(number, action), prepare=two_letters)
        for number in (NAMED, ANONYMOUS)
        for action in ("open", "answer", "close", "files")
    ),
    Case("feedback.answering.use_ticket", ADMIN, press=ticket(NAMED, "pass"), prepare=two_letters),
    Case(
        "feedback.answering.take_answer",
        READERS,
        says="Ответ",
        step=FeedbackSteps.answer,
        data=lambda _: {"ticket": ANONYMOUS},
        prepare=two_letters,
    ),
    Case("feedback.answering.send_collected", STAFF, press=lambda _: TicketSend(draft=1)),
    Case(
        "feedback.answering.pass_on",
        ADMIN,
        press=lambda s: TicketPass(number=NAMED, staff_id=s.staff[STARK]),
        prepare=two_letters,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)

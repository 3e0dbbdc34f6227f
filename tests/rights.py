"""Who may do what: a handler is tried by everybody, as its button would and as a forger would.

A noun lists its cases in tests/<noun>/test_permissions.py; tests/test_permissions.py fails for a handler that
has none.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State

from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.texts import texts
from tests.chat import Chat, Telegram
from tests.databases import everything
from tests.school import (
    BERG,
    DIRECTOR,
    MASHA_MOTHER,
    PETYA_MOTHER,
    PSYCHOLOGIST,
    STARK,
    STRANGER,
    VANYA_MOTHER,
    School,
)

GUARDIANS = frozenset({MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER})
STAFF = frozenset({BERG, STARK, PSYCHOLOGIST, DIRECTOR})
EVERYBODY = GUARDIANS | STAFF | {STRANGER}

# Tables that may change whatever somebody tries: a step may be typed into.
BESIDE = ("inbox", "conversations", "wrong_codes")

# What somebody is told for whom a thing does not exist: the beginnings of those texts.
REFUSALS = tuple(
    texts("ru")(key, **arguments)[:20]
    for key, arguments in (
        ("error-not-found", {}),
        ("old-button", {}),
        ("start-guest", {"school": "МБОУ «Алексеевская СОШ»"}),
        ("fallback", {"hint": ""}),
        ("error-code-wrong", {}),
        ("error-code-used", {}),
    )
)


@dataclass(frozen=True)
class Case:
    """One way into a handler ("notes.choose_pupil": module below bot/handlers, and function).

    `press` gives the callback data; `says` what is written, at the step `step` with `data` in the
    conversation where there is one. Only those in `may` (Telegram ids) are answered; `prepare` makes what it
    is about.
    """

    handler: str
    may: frozenset[int] | set[int]
    press: Callable[[School], CallbackData | str] | None = None
    says: str | None = None
    step: State | None = None
    data: Callable[[School], dict[str, Any]] | None = None
    content: dict[str, Any] = field(default_factory=dict)
    prepare: Callable[[Telegram, School], Awaitable[None]] | None = None
    # Whether the right answer is none at all.
    silent: bool = False

    def __str__(self) -> str:
        return f"{self.handler}-{self.way}"

    @property
    def way(self) -> str:
        """Whether the handler is reached by a button or by a message."""
        return "press" if self.press else "says"


async def check(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    """Try the case as everybody: those who may not, first; for them nothing may change."""
    if case.prepare:
        await case.prepare(telegram, school)
    before = await everything(database, *BESIDE)
    for who in sorted(EVERYBODY - case.may):
        answer = await attempt(telegram.chat(who), school, database, case)
        assert answer.startswith(REFUSALS), f"{case} answers {who}: {answer}"
    assert await everything(database, *BESIDE) == before, f"{case} changed something for somebody who may not"
    for who in sorted(case.may):
        answer = await attempt(telegram.chat(who), school, database, case)
        assert not answer.startswith(REFUSALS), f"{case} refuses {who}: {answer}"
        assert "сломалось у нас" not in answer, f"{case} fails {who}: {answer}"
        assert telegram.handled == [case.handler], f"{case} by {who} came to {telegram.handled}"


async def attempt(chat: Chat, school: School, database: Database, case: Case) -> str:
    """Do what the case says; what the person was told then."""
    wire = chat.telegram.wire
    # A chat with something in it, as everybody has who presses a button.
    pressed = wire.shows(chat.telegram_id, "…")
    shown, said = len(chat.messages), len(wire.toasts.get(chat.telegram_id, []))
    chat.telegram.handled.clear()
    if case.step or case.data:
        state, data = case.step.state if case.step else None, case.data(school) if case.data else {}
        async with database.write() as session:
            await session.merge(Conversation(chat_id=chat.telegram_id, state=state, data=data))
            await session.commit()
    if case.press:
        pressed_data = case.press(school)
        await chat.forges(pressed_data if isinstance(pressed_data, str) else pressed_data.pack())
    else:
        await chat.says(case.says, **case.content)
    edited = [pressed.text] if pressed.text != "…" else []
    toasts = wire.toasts.get(chat.telegram_id, [])[said:]
    told = [*edited, *(message.text for message in chat.messages[shown:]), *toasts]
    assert told or case.silent, f"{case}: {chat.telegram_id} is told nothing"
    return told[0] if told else ""

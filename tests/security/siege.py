"""A school under siege: everything in it that people wrote is hostile, and so is what they send.

What to send next is drawn from a source of numbers: hypothesis', libFuzzer's (fuzz/), or chance.
"""

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import Enum
from functools import cache
from io import BytesIO
from typing import Any, Protocol, get_args
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, DeleteMessages, EditMessageText, GetFile, TelegramMethod
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup
from sqlalchemy import Enum as EnumColumn
from sqlalchemy import String, select, update

from bot.config import Settings
from bot.db.base import Database
from bot.db.inbox import InboxUpdate, UpdateState
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.tables import metadata
from bot.demo.school import found
from bot.programme.load import load
from bot.ui.accounts import COMMON, PLACES
from bot.ui.screen import GO
from sandbox import rules
from sandbox.errors import BadRequest
from tests.chat import Chat, Seen, Telegram, Wire

# A formula, a tag that Telegram refuses, what ends an attribute, and the beginning of a path.
HOSTILE = '=<zzz>&"../'
MOMENT = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Omsk"))
# Of the demonstration.
DIRECTOR, TEACHER, MOTHER, STRANGER = 101, 103, 201, 999
PEOPLE = (DIRECTOR, DIRECTOR, TEACHER, TEACHER, MOTHER, MOTHER, STRANGER)
# Columns of text that are keys, and so never anybody's words; of the audit trail nothing can be changed.
KEYS = {
    "act_key", "activity_key", "chat_hash", "class_name", "code_hash", "dedup_key", "error", "error_id",
    "escalated_step", "file_id", "id", "indicator_key", "kind", "language", "last_step", "letter", "level",
    "mark", "sealed", "state", "template", "uid", "version",
}  # fmt: skip


class StrictWire(Wire):
    """Telegram, as far as it refuses texts, keyboards and what is not there: by the sandbox's rules."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        self._check(method)
        there = self.chats.get(int(getattr(method, "chat_id", None) or 0), [])
        match method:
            case EditMessageText():
                missing = all(seen.message_id != method.message_id for seen in there)
            case DeleteMessages():
                missing = not there
            case AnswerCallbackQuery():
                missing = method.callback_query_id not in self.queries
            case GetFile():
                missing = method.file_id not in self.files
            case _:
                missing = False
        if missing:
            raise TelegramBadRequest(method, "Bad Request: query is too old, or there is no such thing")
        return await super().make_request(bot, method, timeout)

    def _check(self, method: TelegramMethod[Any]) -> None:
        given = {"parse_mode": "HTML"}
        try:
            if isinstance(method, AnswerCallbackQuery):
                if len(method.text or "") > 200:
                    raise BadRequest("MESSAGE_TOO_LONG")
            elif isinstance(text := getattr(method, "text", None), str):
                rules.text(given | {"text": text})
            if isinstance(caption := getattr(method, "caption", None), str):
                rules.caption(given | {"caption": caption})
            if isinstance(markup := getattr(method, "reply_markup", None), InlineKeyboardMarkup):
                rules.inline_keyboard(markup.model_dump(exclude_none=True))
            if isinstance(document := getattr(method, "document", None), BufferedInputFile):
                _check_file(document.filename or "", document.data)
        except BadRequest as error:
            self.refused.append(f"{error} in {method!r}"[:2000])


def _check_file(name: str, content: bytes) -> None:
    """No path in its name, no formula in its cells, nobody's tags among its own."""
    if "/" in name or "\\" in name:
        raise BadRequest(f"a path in the name of a file: {name}")
    if name.endswith(".html") and HOSTILE[1:6].encode() in content:
        raise BadRequest("somebody's tag in a page")
    if name.endswith(".xlsx"):
        with ZipFile(BytesIO(content)) as parts:
            if any(re.search(rb"<f[ >]", parts.read(part)) for part in parts.namelist() if "sheet" in part):
                raise BadRequest("a formula in a workbook")


@dataclass
class Siege:
    """The bot in this process, over a database of the demonstration, and those who try it."""

    telegram: Telegram
    database: Database
    deeds: list[Any] = field(default_factory=list)

    @property
    def wire(self) -> StrictWire:
        assert isinstance(self.telegram.wire, StrictWire)
        return self.telegram.wire

    async def suffer(self, deed: dict[str, Any]) -> None:
        """Let one deed happen: a press, something said, or an update as JSON."""
        self.deeds.append(deed)
        chat = self.telegram.chat(deed["who"]) if "who" in deed else None
        if "raw" in deed:
            raw = deed["raw"]
            if isinstance(raw, dict) and raw.get("update_id") == "next":
                self.telegram._update_id += 1
                raw["update_id"] = self.telegram._update_id
            await self.telegram.intake.take([raw])
            await self.telegram.intake.idle()
        elif chat and "data" in deed:
            await chat.forges(deed["data"], accessible=deed.get("accessible", True))
        elif chat and "button" in deed:
            buttons = pressable(chat)
            if buttons:
                await chat.forges(*buttons[deed["button"] % len(buttons)])
        elif chat:
            await chat.says(deed["says"], **deed["content"])
        if len(self.deeds) % 50 == 0:
            await self.telegram.deliver()

    async def wounds(self) -> list[str]:
        """What went wrong: updates and messages that failed, calls that Telegram would refuse."""
        async with self.database.read() as session:
            hurt = (InboxUpdate.state != UpdateState.DONE) | InboxUpdate.replies.is_not(None)
            rows = (await session.scalars(select(InboxUpdate).where(hurt))).all()
            unsaid = select(OutboxMessage.kind).where(OutboxMessage.state == MessageState.FAILED)
            kinds = (await session.scalars(unsaid)).all()
        return [
            *(f"update {row.update_id}: {row.state} {row.error_id}" for row in rows),
            *(f"message {kind} failed" for kind in kinds),
            *self.wire.refused,
        ]

    def last_deeds(self, number: int = 30) -> str:
        """For who has to find out."""
        return "\n".join(json.dumps(deed, ensure_ascii=True, default=repr) for deed in self.deeds[-number:])


def pressable(chat: Chat, latest: int = 12) -> list[tuple[str, Seen]]:
    """The buttons under the latest messages of a chat."""
    return [
        (button.callback_data, seen)
        for seen in chat.messages[-latest:]
        if seen.keyboard
        for row in seen.keyboard.inline_keyboard
        for button in row
        if button.callback_data
    ]


async def make_hostile(database: Database) -> None:
    """Whatever somebody wrote begins with what hurts who does not mind it: names, titles, words."""
    async with database.write() as session:
        for table in metadata.sorted_tables:
            words = [
                column
                for column in table.columns
                if isinstance(column.type, String)
                and not isinstance(column.type, EnumColumn)
                and column.name not in KEYS
            ]
            if words and table.name != "audit":
                await session.execute(update(table).values({column: HOSTILE + column for column in words}))
        await session.commit()


async def demonstration(database: Database, settings: Settings) -> Settings:
    """Found the demonstration in an empty database, hostile; the settings that it goes with."""
    quiet = settings.delivery.model_copy(update={"quiet_from": time(0), "quiet_to": time(0)})
    school = settings.school.model_copy(update={"admins": (DIRECTOR,)})
    settings = settings.model_copy(update={"delivery": quiet, "school": school})
    await found(database, settings, load(), MOMENT)
    await make_hostile(database)
    return settings


# --- what is sent ----------------------------------------------------------------------------------------


class Source(Protocol):
    """Where choices come from."""

    def below(self, number: int) -> int:
        """A number from 0 on, below that."""

    def text(self, longest: int) -> str:
        """Any text."""


def one_of(source: Source, options: Sequence[Any]) -> Any:
    return options[source.below(len(options))]


NUMBERS = (0, 1, 2, 3, 4, 5, 8, 13, 21, 40, -1, 99, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**30)
ODD_TEXTS = (
    "", " ", "\x00", "\ud800", "\u202eгвоздь", "А" * 4096, "😀" * 2048, HOSTILE, "<b>", "</b>&amp;&lt;",
    "%s{0}{x}", "'; DROP TABLE people; --", "../../etc/passwd", '=HYPERLINK("http://x")', "+7 900 000-00-00",
    "@x", "\t=1+1", "-1", "0", "1", "5", "007", "١٢", "1e9", "9" * 40, "NaN", "14.10.2026", "30.02.2026",
    "01.01.0001", "2026-11-26", "25:99", "18:00", "22-7", "завтра в 10", "1.10 – 14.10", "да", "нет", "5А",
    "Лебедева Маша", "Иванов Иван Иванович", "/", "/start", "/start x", "/start " + "A" * 22,
    "/start@school_test_bot", "/cancel", "/note@other", "/нет", "\n\n\n", "a\n" * 200, "\u2028", "ﷺ" * 300,
    "🏳️\u200d🌈", "\u0301" * 100, "https://t.me/x?start=1", "скидка 100 %",
)  # fmt: skip


def words(source: Source, longest: int = 60) -> str:
    if source.below(4) == 0:
        return source.text(longest)
    if source.below(4) == 0:
        return f"/{one_of(source, [*PLACES, *COMMON])}"
    text: str = one_of(source, ODD_TEXTS)
    return text


@cache
def kinds() -> tuple[type[CallbackData], ...]:
    """Every kind of button that there is."""
    ours = (kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("bot."))
    return tuple(sorted(ours, key=lambda kind: kind.__prefix__))


def value(source: Source, annotation: Any) -> str:
    """A value of a button's field, which more often than not fits."""
    options = [a for a in get_args(annotation) if a is not type(None)] or [annotation]
    first = options[0]
    if source.below(12) == 0:
        return source.text(12)
    if first is bool:
        return str(source.below(2))
    if first is int:
        return str(one_of(source, NUMBERS))
    if isinstance(first, type) and issubclass(first, Enum):
        return str(one_of(source, [member.value for member in first]))
    if isinstance(first, str):  # Literal
        return str(one_of(source, options))
    return str(one_of(source, ["", "x", "A" * 22, "2026-11-26", "20261126", "1,2,3", "-", "0"]))


def data(source: Source) -> str:
    """Callback data: of a kind that there is, mostly, and then perhaps spoilt. At most 64 bytes."""
    if source.below(12) == 0:
        packed = source.text(64)
    elif source.below(12) == 0:
        packed = GO + one_of(source, [*PLACES, *COMMON, "no-consent", "", "x:y"])
    else:
        kind = one_of(source, kinds())
        fields = [value(source, field.annotation) for field in kind.model_fields.values()]
        packed = kind.__separator__.join([kind.__prefix__, *fields])
    if source.below(6) == 0:
        at = source.below(len(packed) + 1)
        packed = (
            packed[:at] + one_of(source, [":", "-", "\x00", "é", "1", "", ":0", "\ud800"]) + packed[at + 1 :]
        )
    return packed.encode(errors="replace")[:64].decode(errors="ignore") or "x"


def document(file_id: str, **more: Any) -> dict[str, Any]:
    return {"document": {"file_id": file_id, "file_unique_id": file_id, **more}}


PHOTO = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
VIDEO = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
STICKER = PHOTO | {"type": "regular", "is_animated": False, "is_video": False}
FILES: tuple[dict[str, Any], ...] = (
    document("d", file_name="../../список<zzz>.xlsx", file_size=5),
    document("d"),
    document("big", file_name="x.csv", file_size=10**10),
    document("roster", file_name="\u202eslx.csv", file_size=5),
    {"caption": "/note", **document("d", file_name="a\nb")},
    {"caption": HOSTILE, "photo": [PHOTO]},
    {"media_group_id": "7", "photo": [PHOTO]},
    {"photo": []},
    {"voice": {"file_id": "v", "file_unique_id": "v", "duration": -1}},
    {"video": VIDEO},
    {"sticker": STICKER},
    {"contact": {"phone_number": HOSTILE, "first_name": HOSTILE, "user_id": 1}},
    {"location": {"latitude": 1e308, "longitude": -1e308}},
    {"dice": {"emoji": "🎲", "value": 6}},
)
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**53, 2**63, -(2**70), 1.5, float("nan"), float("inf"), "", "x", "5",
    "\x00\ud800", [], {}, [[]], [None], {"id": 1}, HOSTILE, "\u202e" * 50, "А" * 100_000,
)  # fmt: skip


def deep(levels: int) -> Any:
    nested: Any = 1
    for _ in range(levels):
        nested = [nested]
    return nested


def odd(source: Source) -> Any:
    """A value of its own: what is spoilt further is no other deed's."""
    return deepcopy(one_of(source, ODD_VALUES))


def update_of(source: Source, people: Sequence[int]) -> dict[str, Any]:
    """An update as Telegram sends it, mostly."""
    who, at = one_of(source, people), int(MOMENT.timestamp())
    user = {"id": who, "is_bot": False, "first_name": words(source, 20)}
    user |= {"language_code": one_of(source, ["ru", "en", "x"])}
    private = {"id": who, "type": "private", "first_name": "x"}
    group = {"id": -100 - source.below(3), "title": "x", "type": one_of(source, ["group", "channel"])}
    chat = group if source.below(8) == 0 else private
    content = {"text": words(source)} if source.below(3) else dict(one_of(source, FILES))
    message = {"message_id": 1 + source.below(50), "date": at, "chat": chat, "from": user, **content}
    if source.below(4) == 0:
        markup = {"inline_keyboard": [[{"text": "x", "callback_data": data(source)}]]}
        quoted = {"message_id": 1 + source.below(50), "date": 1, "chat": private, "text": "."}
        message["reply_to_message"] = quoted | {"reply_markup": markup}
    press = {"id": str(source.below(100)), "from": user, "chat_instance": "1", "data": data(source)}
    bot = {"id": 42, "is_bot": True, "first_name": "x"}
    states = [{"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}]
    changed = {"old_chat_member": one_of(source, states), "new_chat_member": one_of(source, states)}
    liked = [{"type": "emoji", "emoji": "👍"}] * source.below(3)
    reacted = {"message_id": 1 + source.below(50), "user": user, "old_reaction": [], "new_reaction": liked}
    edit_date = one_of(source, [1, at, 2**62])
    kind, body = one_of(
        source,
        [
            ("message", message),
            ("message", message),
            ("callback_query", press | {"message": message}),
            ("edited_message", message | {"edit_date": edit_date}),
            ("my_chat_member", {"chat": chat, "from": user, "date": at, **changed}),
            ("message_reaction", {"chat": chat, "date": at, **reacted}),
        ],
    )
    return {"update_id": "next", kind: body}


def spoilt(source: Source, whole: Any) -> Any:
    """The same with a few places changed, removed or added."""
    whole = json.loads(json.dumps(whole))
    (kind,) = whole.keys() - {"update_id"}
    for _ in range(source.below(4)):
        # Seldom the frame itself: without a number or a kind nothing is looked at any further.
        place = whole if source.below(20) == 0 or kind not in whole else whole[kind]
        key: Any = None
        holder: Any = None
        while isinstance(place, dict | list) and place and (holder is None or source.below(3)):
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            holder, key = place, one_of(source, keys)
            place = place[key]
        if holder is None:
            return whole
        match source.below(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[words(source, 8)] = odd(source)
            case 2:
                holder[key] = deep(one_of(source, [5, 30, 60, 900]))
            case 3 if isinstance(place, str):
                holder[key] = words(source)
            case _:
                holder[key] = odd(source)
    return whole


def press(source: Source, people: Sequence[int] = PEOPLE) -> dict[str, Any]:
    """Callback data that somebody forges."""
    return {"who": one_of(source, people), "data": data(source), "accessible": source.below(10) > 0}


def raw(source: Source, people: Sequence[int] = PEOPLE) -> dict[str, Any]:
    """An update as JSON, spoilt perhaps."""
    return {"raw": spoilt(source, update_of(source, people))}


def deed(source: Source, people: Sequence[int] = PEOPLE) -> dict[str, Any]:
    """What somebody does next."""
    match source.below(8):
        case 0 | 1 | 2:
            return press(source, people)
        case 3:
            return {"who": one_of(source, people), "button": source.below(100)}
        case 4:
            content = dict(one_of(source, FILES)) if source.below(4) == 0 else {}
            said = None if content else words(source)
            return {"who": one_of(source, people), "says": said, "content": content}
    return raw(source, people)

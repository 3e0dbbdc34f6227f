"""People who write to the bot: updates into the real intake and dispatcher, with Telegram replaced by a list.

`chat.says("/menu")`, `chat.presses("Согласен")`, `chat.last.text`: what a person sends and sees. Time
stands still; what others are sent arrives when `telegram.deliver()` has been called.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.client.default import Default, DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessages,
    EditMessageText,
    GetFile,
    GetMe,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import File, InlineKeyboardMarkup, Message, User

from bot.app import DELIVERED, make_dispatcher
from bot.clock import Clock
from bot.config import Limits, Settings
from bot.db.base import Database
from bot.delivery import Delivery, Pace
from bot.intake import Intake
from bot.programme.calendar import Calendar
from bot.programme.load import load
from bot.programme.model import Programme
from bot.throttle import Throttle
from bot.ui.messages import RENDERS
from bot.watch import Watch

FILES = ("photo", "voice", "document", "video", "audio", "video_note")
Sending = SendMessage | SendPhoto | SendVoice | SendDocument | SendVideo | SendAudio | SendVideoNote


@dataclass
class Seen:
    """A message as it stands in somebody's chat."""

    message_id: int
    text: str
    keyboard: InlineKeyboardMarkup | None
    photo: bytes | None = None
    protected: bool = False
    document: bytes | None = None
    # Kind and id of a file that lies with Telegram.
    file: tuple[str, str] | None = None

    @property
    def buttons(self) -> list[str]:
        return [b.text for row in self.keyboard.inline_keyboard for b in row] if self.keyboard else []

    def data(self, label: str) -> str:
        """The callback data of the first button whose text contains `label`."""
        assert self.keyboard, f"no buttons under {self.text!r}"
        for row in self.keyboard.inline_keyboard:
            for b in row:
                if label in b.text:
                    assert b.callback_data
                    return b.callback_data
        raise AssertionError(f"no button {label!r} among {self.buttons} under {self.text!r}")


class Wire(BaseSession):
    """Telegram, as far as these tests need it. The strict one is the sandbox, which the journeys use."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, list[Seen]] = {}
        self.toasts: dict[int, list[str]] = {}
        self.calls: list[TelegramMethod[Any]] = []
        self.blocked: set[int] = set()
        self.files: dict[str, bytes] = {}
        self.queries: dict[str, int] = {}
        self._message_id = 0

    async def close(self) -> None:
        pass

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        self.calls.append(method)
        if isinstance(method, GetMe):
            return User(id=42, is_bot=True, first_name="Школа", username="school_test_bot")
        if isinstance(method, AnswerCallbackQuery):
            if method.text:
                self.toasts.setdefault(self.queries[method.callback_query_id], []).append(method.text)
            return True
        if isinstance(method, GetFile):
            return File(file_id=method.file_id, file_unique_id=method.file_id, file_path=method.file_id)
        chat_id = getattr(method, "chat_id", None)
        if isinstance(chat_id, int) and chat_id in self.blocked:
            raise TelegramForbiddenError(method, "Forbidden: bot was blocked by the user")
        if isinstance(method, Sending):
            return self._keep(method)
        if isinstance(method, SendMediaGroup):
            chat_id, protect = int(method.chat_id), method.protect_content
            one_by_one = [
                SendPhoto(chat_id=chat_id, photo=item.media, protect_content=protect) for item in method.media
            ]
            return [self._keep(each) for each in one_by_one]
        if isinstance(method, DeleteMessages):
            kept = self.chats[int(method.chat_id)]
            kept[:] = [seen for seen in kept if seen.message_id not in method.message_ids]
            return True
        if isinstance(method, EditMessageText):
            seen = next(m for m in self.chats[int(str(chat_id))] if m.message_id == method.message_id)
            seen.text, seen.keyboard = method.text or "", method.reply_markup
        return True

    def shows(self, chat_id: int, text: str) -> Seen:
        """Put a message of the bot into a chat."""
        self._message_id += 1
        seen = Seen(self._message_id, text, None)
        self.chats.setdefault(chat_id, []).append(seen)
        return seen

    def _keep(self, method: Sending) -> Message:
        self._message_id += 1
        keyboard = method.reply_markup
        assert keyboard is None or isinstance(keyboard, InlineKeyboardMarkup)
        chat_id = int(method.chat_id)
        content = next((getattr(method, kind) for kind in FILES if hasattr(method, kind)), None)
        photo = getattr(content, "data", None)
        kind = next((kind for kind in FILES if hasattr(method, kind)), "")
        file = (kind, content) if isinstance(content, str) else None
        protected = method.protect_content
        self.chats.setdefault(chat_id, []).append(
            Seen(
                self._message_id,
                (method.text if isinstance(method, SendMessage) else getattr(method, "caption", None)) or "",
                keyboard,
                photo,
                protected is True and not isinstance(protected, Default),
                getattr(method.document, "data", None) if isinstance(method, SendDocument) else None,
                file,
            )
        )
        return Message.model_validate(
            {
                "message_id": self._message_id,
                "date": 0,
                "chat": {"id": chat_id, "type": "private"},
                "text": ".",
            }
        )

    async def stream_content(self, url: str, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield self.files[url.rpartition("/")[2]]


class Handled(BaseMiddleware):
    """Notes which handler an update came to ("notes.choose_pupil"), in the list that the Telegram gives."""

    async def __call__(self, handler: Any, event: Any, data: dict[str, Any]) -> Any:
        data["handled"].append(name_of(data["handler"]))
        return await handler(event, data)


def name_of(handler: HandlerObject) -> str:
    """A handler as tests name it: "notes.choose_pupil"."""
    function = handler.callback
    return f"{function.__module__.removeprefix('bot.handlers.')}.{function.__name__}"


@cache
def the_programme() -> Programme:
    """The school's programme, read once."""
    return load()


@cache
def the_dispatcher() -> Dispatcher:
    # aiogram lets a router have one parent for good: one dispatcher serves all tests of a process.
    dispatcher = make_dispatcher(Settings(), the_programme(), Calendar(vacations=()))
    for name, observer in dispatcher.observers.items():
        if name != "update":
            observer.middleware(Handled())
    return dispatcher


class Telegram:
    """The bot in this process and the people who write to it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        wire: Wire | None = None,
        **replica: Any,
    ) -> None:
        # Time stands still here: whoever does much is not flooding.
        self.throttle = Throttle(Limits(burst=10**6, guest_burst=10**6))
        self.wire = wire or Wire()
        self.bot = Bot("42:TEST", session=self.wire, default=DefaultBotProperties(parse_mode="HTML"))
        self.programme = the_programme()
        self.calendar = Calendar(vacations=settings.school.vacations)
        self.dispatcher = the_dispatcher()
        self.handled: list[str] = []
        self.dispatcher.workflow_data.update(
            settings=settings, programme=self.programme, calendar=self.calendar, handled=self.handled
        )
        self.database = database
        self.clock = clock
        self.watch = Watch()
        pace, copies = Pace(1e6, 1e6), Path(settings.backup.directory)
        self.delivery = Delivery(self.bot, database, clock, pace, RENDERS, DELIVERED, copies, self.watch)
        self.intake = Intake(
            self.bot,
            self.dispatcher,
            database,
            clock,
            self.throttle,
            self.delivery.reply,
            self.delivery.wake,
            self.watch,
            **replica,
        )
        self._update_id = 100

    def chat(self, telegram_id: int, **user: Any) -> "Chat":
        """Somebody's private chat with the bot."""
        return Chat(self, telegram_id, user)

    async def feed(self, **update: Any) -> None:
        """One update, handled to its end."""
        self._update_id += 1
        await self.intake.take([{"update_id": self._update_id, **update}])
        await self.intake.idle()

    async def deliver(self) -> None:
        """Send all that is due."""
        while await self.delivery.send_due():
            await self.delivery.finish()


@dataclass
class Chat:
    """One person: what they send, and what they see."""

    telegram: Telegram
    telegram_id: int
    user: dict[str, Any] = field(default_factory=dict)

    @property
    def messages(self) -> list[Seen]:
        return self.telegram.wire.chats.get(self.telegram_id, [])

    @property
    def last(self) -> Seen:
        return self.messages[-1]

    @property
    def toast(self) -> str:
        """The last text shown over the chat."""
        return self.telegram.wire.toasts[self.telegram_id][-1]

    @property
    def _from(self) -> dict[str, Any]:
        return {"id": self.telegram_id, "is_bot": False, "first_name": "Имя", **self.user}

    async def says(self, text: str | None = None, **content: Any) -> Seen | None:
        """Write to the bot; the last message seen afterwards."""
        await self.telegram.feed(message=self._message(text, **content))
        return self.messages[-1] if self.messages else None

    async def replies(self, to: Seen, text: str | None = None, **content: Any) -> Seen | None:
        """Write to the bot as a reply to one of its messages; the last message seen afterwards."""
        return await self.says(text, **content, reply_to_message=self.quoted(to))

    def quoted(self, seen: Seen) -> dict[str, Any]:
        """A message of the bot as a reply to it carries it."""
        markup = seen.keyboard.model_dump(exclude_none=True) if seen.keyboard else None
        return {
            "message_id": seen.message_id,
            "date": 1,
            "chat": {"id": self.telegram_id, "type": "private"},
            "text": seen.text or ".",
            **({"reply_markup": markup} if markup else {}),
        }

    async def blocks(self) -> None:
        """Close the bot."""
        self.telegram.wire.blocked.add(self.telegram_id)
        await self._becomes("member", "kicked")

    async def unblocks(self) -> None:
        """Open it again."""
        self.telegram.wire.blocked.discard(self.telegram_id)
        await self._becomes("kicked", "member")

    async def _becomes(self, old: str, new: str) -> None:
        def status(now: str) -> dict[str, Any]:
            bot = {"id": 42, "is_bot": True, "first_name": "Б"}
            return {"user": bot, "status": now, **({"until_date": 0} if now == "kicked" else {})}

        chat = {"id": self.telegram_id, "type": "private"}
        moved = {"old_chat_member": status(old), "new_chat_member": status(new)}
        await self.telegram.feed(my_chat_member={"chat": chat, "from": self._from, "date": 1, **moved})

    async def edits(self, text: str) -> Seen:
        await self.telegram.feed(edited_message={**self._message(text), "edit_date": 1})
        return self.last

    async def reacts(self, to: Seen, emoji: str | None) -> None:
        """React to a message, or take the reaction back."""
        reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
        await self.telegram.feed(
            message_reaction={
                "chat": {"id": self.telegram_id, "type": "private"},
                "message_id": to.message_id,
                "user": self._from,
                "date": 1,
                "old_reaction": [],
                "new_reaction": reaction,
            }
        )

    async def sends_file(self, name: str, content: bytes) -> Seen:
        """Send a document."""
        self.telegram.wire.files[name] = content
        document = {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": len(content)}
        await self.telegram.feed(message=self._message(None, document=document))
        return self.last

    async def presses(self, label: str, on: Seen | None = None) -> Seen:
        """Press the button whose text contains `label`, on the last message unless `on` names one."""
        message = on or next(m for m in reversed(self.messages) if m.keyboard)
        return await self.forges(message.data(label), message)

    async def forges(self, data: str, on: Seen | None = None, *, accessible: bool = True) -> Seen:
        """Send callback data, whether there is such a button or not; from a message too old to be seen."""
        wire = self.telegram.wire
        message = on or (self.messages[-1] if self.messages else wire.shows(self.telegram_id, "…"))
        query_id = str(len(wire.queries) + 1)
        wire.queries[query_id] = self.telegram_id
        text = {"caption": message.text} if message.photo else {"text": message.text or "."}
        await self.telegram.feed(
            callback_query={
                "id": query_id,
                "from": self._from,
                "chat_instance": "1",
                "data": data,
                "message": {
                    "message_id": message.message_id,
                    "date": int(accessible),
                    "chat": {"id": self.telegram_id, "type": "private"},
                    **(text if accessible else {}),
                    **({"has_protected_content": True} if accessible and message.protected else {}),
                },
            }
        )
        return self.messages[-1]

    def _message(self, text: str | None, **content: Any) -> dict[str, Any]:
        wire = self.telegram.wire
        wire._message_id += 1
        message: dict[str, Any] = {
            "message_id": wire._message_id,
            "date": int(self.telegram.clock.now().timestamp()),
            "chat": {"id": self.telegram_id, "type": "private"},
            "from": self._from,
            **content,
        }
        if text is not None:
            message["text"] = text
            if text.startswith("/"):
                length = len(text.split()[0])
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return message

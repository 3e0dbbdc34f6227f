"""Everything that the local Telegram knows: people, their chats with the bot, files, what waits."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from sandbox.clock import Clock
from sandbox.errors import BadRequest, Mistake, Refused
from sandbox.faults import Faults, Limits
from sandbox.files import Files
from sandbox.markup import Entity, find_entities
from sandbox.signals import Signal
from sandbox.tour import Tours
from sandbox.updates import Updates

Json = dict[str, Any]
# After so many seconds of real time a press cannot be answered any more.
QUERY_LIFE = 60


@dataclass
class Kept:
    """A message in a chat, with what people see and Telegram's Message does not tell."""

    message: Json
    change: int = 0
    edits: int = 0
    deleted: bool = False
    update_id: int = 0  # of a person's message
    editable: bool = True  # not by the bot: a person's message, or one with a reply keyboard
    reactions: dict[str, list[Json]] = field(default_factory=dict)

    def quoted(self) -> Json:
        """As it stands in a reply to it: what it replies to itself does not."""
        return {k: v for k, v in self.message.items() if k != "reply_to_message"}

    def seen(self) -> Json:
        """Describe it for the people side."""
        seen = {**self.message, "deleted": self.deleted, "edits": self.edits}
        more = {"reactions": self.reactions, "update_id": self.update_id}
        return seen | {name: value for name, value in more.items() if value}


@dataclass
class User:
    """A person with a Telegram account, and their chat with the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "ru"
    # For the chat page: who this is among the others, and the deep link that they hold on paper.
    group: str = ""
    about: str = ""
    slip: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Kept] = field(default_factory=dict)
    keyboard: Json | None = None
    action: str = ""

    def _names(self, *more: str) -> Json:
        names = ("first_name", "last_name", "username", *more)
        return {"id": self.id} | {name: value for name in names if (value := getattr(self, name))}

    def as_user(self) -> Json:
        """Describe them as Telegram's User."""
        return self._names("language_code") | {"is_bot": False}

    def as_chat(self) -> Json:
        """Describe them as Telegram's Chat."""
        return self._names() | {"type": "private"}

    def described(self) -> Json:
        """Describe them without their chat."""
        names = ("group", "about", "slip", "started", "blocked", "deactivated")
        return self.as_user() | {name: getattr(self, name) for name in names}

    def seen(self) -> Json:
        """Describe them for the people side."""
        return self.described() | {
            "from_bot": [id_ for id_, kept in self.messages.items() if kept.message["from"]["is_bot"]],
        }


@dataclass
class Query:
    """A press on a button that waits for answerCallbackQuery."""

    id: str
    user: int
    born: float
    answer: Json | None = None


class World:
    """The state of the sandbox; both sides work on it, nothing of it outlives the process."""

    def __init__(self, token: str, username: str, clock_file: Path | None, zone: str = "UTC") -> None:
        self.token = token
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Школьный бот",
            "username": username,
        }
        self.texts = {"name": "Школьный бот", "description": "", "short_description": ""}
        self.clock = Clock(clock_file, zone)
        self.changed = Signal()
        self.updates, self.files = Updates(self.changed), Files()
        self.faults, self.limits = Faults(), Limits()
        self.users: dict[int, User] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.calls: list[Json] = []
        self.tours = Tours()
        self.closing = False
        self.born = time.time()
        self._message_id = self.last_change = 0

    # People

    def add_user(self, *, id: int | None = None, first_name: str, **details: Any) -> User:
        """Make a person, or change one who is there; `started=True` lets the bot write to them.

        Details are fields of User. Raises Mistake for an id that cannot be a person's.
        """
        id_ = max(self.users, default=100_000) + 1 if id is None else id
        if not 0 < id_ < 1 << 52:
            raise Mistake("a person's id is a positive whole number")
        user = self.users.setdefault(id_, User(id_, first_name))
        for name, value in {**details, "first_name": first_name}.items():
            setattr(user, name, value)
        self.changed.fire()
        return user

    def user(self, id_: int) -> User:
        """Find a person for the people side. Raises Mistake."""
        try:
            return self.users[id_]
        except KeyError:
            raise Mistake(f"there is no person {id_}; make one with POST /sandbox/users", 404) from None

    def chat(self, chat_id: int | str) -> User:
        """Find the chat that the bot names. Raises BadRequest in Telegram's words."""
        user = self.users.get(chat_id) if isinstance(chat_id, int) else None
        if not user or not user.started:
            raise BadRequest("chat not found")
        return user

    def open_chat(self, chat_id: int | str) -> User:
        """Find a chat that the bot may write into. Raises Refused in Telegram's words."""
        user = self.chat(chat_id)
        if user.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if user.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return user

    # Messages

    def add(self, user: User, content: Json, *, by_bot: bool, editable: bool = True) -> Json:
        """Put a message into a chat; content are the fields of Telegram's Message beyond the usual ones."""
        self._message_id += 1
        message = {
            "message_id": self._message_id,
            "from": self.bot if by_bot else user.as_user(),
            "chat": user.as_chat(),
            "date": self.clock.now(),
            **content,
        }
        kept = user.messages[self._message_id] = Kept(message, editable=by_bot and editable)
        user.action = "" if by_bot else user.action
        self.touch(kept)
        return message

    def touch(self, kept: Kept) -> None:
        """Let those who look at the chat see that something of this message changed."""
        self.last_change += 1
        kept.change = self.last_change
        self.changed.fire()

    def change(self, kept: Kept, message: Json) -> Json:
        """Replace a message by its edited state."""
        kept.message = message | {"edit_date": self.clock.now()}
        kept.edits += 1
        self.touch(kept)
        return kept.message

    def since(self, user: User, after: int) -> tuple[list[Json], int]:
        """What changed in a chat after a change number, by message id; and the number to go on from."""
        changed = [kept for kept in user.messages.values() if kept.change > after]
        top = max((kept.change for kept in changed), default=after)
        return [kept.seen() for kept in changed], top

    # What a person does

    def receive(self, user: User, content: Json) -> Json:
        """Take a person's message to the bot; writing unblocks, as pressing "Restart" does in Telegram."""
        if user.deactivated:
            raise Mistake(f"person {user.id} is deactivated and cannot write")
        if user.blocked:
            self.block(user, False)
        user.started = True
        message = self.add(user, content, by_bot=False)
        self.tours.happened(f"says:{content.get('text', '')}", user.group)
        user.messages[message["message_id"]].update_id = self.updates.add("message", message)
        return message

    def block(self, user: User, blocked: bool) -> None:
        """Let a person block the bot, or unblock it."""
        if user.blocked == blocked:
            return
        user.blocked = blocked
        member: Json = {"status": "member", "user": self.bot}
        kicked: Json = {"status": "kicked", "user": self.bot, "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        self.updates.add(
            "my_chat_member",
            {
                "chat": user.as_chat(),
                "from": user.as_user(),
                "date": self.clock.now(),
                "old_chat_member": old,
                "new_chat_member": new,
            },
        )
        self.changed.fire()

    def ask(self, user: User, data: str, message: Json, *, expired: bool = False) -> Query:
        """Send the bot a press on a button with that data."""
        query = Query(str(uuid4().int >> 66), user.id, time.monotonic() - expired * QUERY_LIFE)
        self.queries[query.id] = query
        self.tours.happened(f"press:{data}", user.group)
        self.updates.add(
            "callback_query",
            {
                "id": query.id,
                "from": user.as_user(),
                "message": message,
                "chat_instance": str(user.id * 7919),
                "data": data,
            },
        )
        return query

    def find_query(self, id_: str) -> Query:
        """Find a press that can still be answered. Raises BadRequest."""
        query = self.queries.get(id_)
        if not query or time.monotonic() - query.born >= QUERY_LIFE:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        return query

    def menu(self, user: User) -> list[Json]:
        """The commands that a person sees in the menu: the narrowest scope, their language first."""
        for scope in (f"chat:{user.id}", "all_private_chats", "default"):
            for language in (user.language_code, ""):
                if found := self.commands.get((scope, language)):
                    return found
        return []


def text_of(words: str, entities: list[Entity] | None = None) -> Json:
    """A person's text with what Telegram marks in it."""
    found = find_entities(words, entities or [])
    return {"text": words} | ({"entities": found} if found else {})

"""What routes an update to a handler. A filter routes; a feature permits."""

from typing import Any

from aiogram.filters import CommandObject, Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.notes.talk import Shown, shown_in
from bot.ui.invite import pasted_code
from bot.ui.notes import leads_to
from bot.ui.screen import BESIDE, GO

# So long after its first picture the last ones of a large album have come.
ALBUM_SECONDS = 30


class RoleIs(Filter):
    """The actor holds one of the roles."""

    def __init__(self, *roles: Role) -> None:
        self.roles = roles

    async def __call__(self, event: Any, actor: Actor) -> bool:  # noqa: D102
        return actor.is_one_of(*self.roles)


class Go(Filter):
    """A press on a menu button that leads to the place."""

    def __init__(self, place: str) -> None:
        self.data = GO + place

    async def __call__(self, query: CallbackQuery) -> bool:  # noqa: D102
        return query.data in (self.data, self.data + BESIDE)


class Says(Filter):
    """The person wrote something (not a command) while the conversation is at this step."""

    def __init__(self, step: State) -> None:
        self.step = step.state

    async def __call__(self, message: Message, raw_state: str | None) -> bool:  # noqa: D102
        return raw_state == self.step and not (message.text or "").startswith("/")


class PastesInvitation(Filter):
    """An invitation pasted while no step waits for words; the handler is given it as that of `/start`."""

    async def __call__(  # noqa: D102
        self, message: Message, raw_state: str | None
    ) -> bool | dict[str, CommandObject]:
        if raw_state is not None or message.chat.type != "private":
            return False
        code = pasted_code(message.text or "")
        return {"command": CommandObject(command="start", args=code)} if code else False


class AnswersNote(Filter):
    """A Telegram reply to a message of ours that a note, or what was written about one, stands in.

    The handler is given what that message is about as `shown`. What the person may answer is decided there.
    """

    async def __call__(  # noqa: D102
        self, message: Message, session: Session, actor: Actor, state: FSMContext
    ) -> bool | dict[str, Shown]:
        replied = message.reply_to_message
        if replied is None or (message.text or "").startswith("/"):
            return False
        if message.media_group_id and (await state.get_data()).get("album") == message.media_group_id:
            return False  # the album goes on where its first picture went
        shown = await shown_in(session, actor.telegram_id, replied.message_id)
        shown = shown or leads_to(replied.reply_markup)
        return {"shown": shown} if shown else False


class AlbumGoesOn(Filter):
    """A further picture of an album whose first one was taken.

    The pictures of an album arrive as messages of their own, more than ten as a second album right after it.
    The handler of the first keeps, without a step, {"album": its id, "at": its date, key: what came of it};
    the others are given that as `album`.
    """

    def __init__(self, key: str) -> None:
        self.key = key

    async def __call__(self, message: Message, state: FSMContext, raw_state: str | None) -> Any:  # noqa: D102
        if message.media_group_id is None or raw_state is not None:
            return False
        data = await state.get_data()
        if self.key not in data or message.date.timestamp() - data["at"] > ALBUM_SECONDS:
            return False
        return {"album": data}

"""What either side sends for a letter: words and files, an album message by message."""

from dataclasses import dataclass
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from bot.db.outbox import File
from bot.errors import AppError
from bot.features import feedback
from bot.features.feedback import Content
from bot.features.outbox import clean_text
from bot.texts import Texts
from bot.ui.files import file_of
from bot.ui.screen import Event, Replies, Screen, tell


class FeedbackSteps(StatesGroup):
    """What is being written: a new letter, more in a letter of one's own, an answer of the school."""

    words = State()
    more = State()
    answer = State()


@dataclass(frozen=True)
class Collected:
    """What the person has sent so far. `silent`: a further file of an album that was answered already."""

    content: Content
    draft: int
    silent: bool
    full: bool = False


async def collect(message: Message, state: FSMContext) -> Collected:
    """Add a message to the draft: words, a file, one after another those of an album.

    Raises AppError for what is neither, for too many words, for a file that is too big.
    """
    file = file_of(message)
    words = (message.text or message.caption or "").strip()
    if file is None and not words:
        raise AppError("error-ticket-content")
    data = await state.get_data()
    so_far, album = content_of(data), message.media_group_id
    draft = data.get("draft") or message.message_id
    if file and len(so_far.files) == feedback.FILES_MAX:
        await state.update_data(over=album)
        return Collected(so_far, draft, album is not None and album == data.get("over"), full=True)
    text = "\n".join(filter(None, (so_far.text, words)))
    if text:
        clean_text(text, feedback.TEXT_MAX)
    files = (*so_far.files, file) if file else so_far.files
    await state.update_data(text=text, files=files, draft=draft, album=album)
    return Collected(Content(text, files), draft, album is not None and album == data.get("album"))


def content_of(data: dict[str, Any]) -> Content:
    """What has been collected in a conversation."""
    return Content(data.get("text", ""), tuple(File(*file) for file in data.get("files", ())))


def too_many(event: Event, t: Texts) -> Replies:
    """That no more files fit; those before are kept."""
    return tell(event, Screen(t("error-ticket-files", limit=feedback.FILES_MAX)))

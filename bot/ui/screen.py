"""What a handler shows: a text with buttons; buttons that lead to a place; the replies made of them."""

from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import Any, NamedTuple

from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.db.outbox import File
from bot.texts import Texts
from bot.ui.files import send_files

# A handler returns calls of the Bot API; the intake makes them after the commit.
Reply = TelegramMethod[Any]
Replies = list[Reply]
# Both kinds of what a person does: most places are reached by a command and by a button.
Event = Message | CallbackQuery

# Telegram's limit is 4096 UTF-16 units; the rest is for what frames a thread.
THREAD_MAX = 3900

# Callback data of a button that leads to a place of the menu: "go:note".
GO = "go:"
# The same of one whose message is to stay in the chat: "go:children:beside".
BESIDE = ":beside"


class Screen(NamedTuple):
    """A text (HTML) and the buttons under it; files go before it, as messages of their own."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    # Whether Telegram forbids forwarding and saving: what is said about a child.
    protect: bool = False
    files: tuple[File, ...] = ()

    def calls(self, chat_id: int) -> Replies:
        """The calls that send it: one for each album or single file, the text last."""
        protect = self.protect or None
        text = SendMessage(
            chat_id=chat_id, text=self.text, reply_markup=self.keyboard, protect_content=protect
        )
        return [*send_files(chat_id, self.files, protect=protect), text]


Row = list[InlineKeyboardButton]


def button(text: str, data: CallbackData | str) -> InlineKeyboardButton:
    """An inline button."""
    return InlineKeyboardButton(text=text, callback_data=data if isinstance(data, str) else data.pack())


def go(t: Texts, place: str, *, beside: bool = False) -> InlineKeyboardButton:
    """The button that leads to a place of the menu, which takes the message's place or comes after it."""
    return button(t(f"go-{place}"), GO + place + (BESIDE if beside else ""))


def rows(buttons: Iterable[InlineKeyboardButton], width: int = 1) -> list[Row]:
    """Buttons laid out in rows of `width`."""
    flat = list(buttons)
    return [flat[i : i + width] for i in range(0, len(flat), width)]


def keyboard(*lines: Row) -> InlineKeyboardMarkup:
    """A keyboard of these rows; empty ones are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[line for line in lines if line])


def turns(page: int, pages: int, to: Callable[[int], CallbackData]) -> Row:
    """The row that turns pages (from 0): back, where we are, on; empty where there is one page."""
    if pages < 2:
        return []
    back = [button("←", to(page - 1))] if page else []
    on = [button("→", to(page + 1))] if page + 1 < pages else []
    return [*back, button(f"{page + 1}/{pages}", to(page)), *on]


def shorten(text: str, length: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than `length` characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:-–—")
    return f"{cut or text[: length - 1]}…"


def units(html: str) -> int:
    """At least what Telegram counts of a text: UTF-16 units, which it counts without the tags."""
    return len(unescape(html).encode("utf-16-le")) // 2


def fit_latest(head: str, lines: Sequence[str], cut: str, between: str = "\n\n") -> str:
    """The head and as many of the latest lines as one message takes; `cut` stands for the rest."""
    room = THREAD_MAX - units(head)
    kept: list[str] = []
    for line in reversed(lines):
        room -= units(line) + len(between)
        if room < 0:
            kept.append(cut)
            break
        kept.append(line)
    return between.join([head, *reversed(kept)])


def show(event: Event, screen: Screen, *, toast: str | None = None) -> Replies:
    """The replies that show a screen: a new message to a message, in place of the pressed one to a press.

    Telegram protects a message when it is sent, not when it is edited: what is to be protected does not take
    the place of what is not.
    """
    if isinstance(event, Message):
        return tell(event, screen)
    pressed = event.message
    if (
        isinstance(pressed, Message)
        and not (event.data or "").endswith(BESIDE)
        and pressed.text is not None
        and not screen.files
        and (pressed.has_protected_content or not screen.protect)
    ):
        return [event.answer(_plain(toast)), pressed.edit_text(screen.text, reply_markup=screen.keyboard)]
    return tell(event, screen, toast=toast)


def tell(event: Event, screen: Screen, *, toast: str | None = None) -> Replies:
    """The replies that show a screen as a new message, leaving the pressed one as it is."""
    assert event.from_user is not None  # noqa: S101 - private chats only
    calls = screen.calls(event.from_user.id)
    return [event.answer(_plain(toast)), *calls] if isinstance(event, CallbackQuery) else calls


def alert(query: CallbackQuery, text: str) -> Replies:
    """The reply that shows a text over the chat: plain, at most 200 characters."""
    return [query.answer(_plain(text), show_alert=True)]


def _plain(text: str | None) -> str | None:
    """What Telegram shows over the chat knows no markup and takes 200 characters."""
    return shorten(unescape(text), 200) if text else None

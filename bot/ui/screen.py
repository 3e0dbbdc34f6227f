"""What a handler shows: a text with buttons; buttons that lead to a place; the replies made of them."""

from collections.abc import Iterable
from html import unescape
from typing import Any, NamedTuple

from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.texts import Texts

# A handler returns calls of the Bot API; the intake makes them after the commit.
Reply = TelegramMethod[Any]
Replies = list[Reply]
# Both kinds of what a person does: most places are reached by a command and by a button.
Event = Message | CallbackQuery

# Callback data of a button that leads to a place of the menu: "go:note".
GO = "go:"


class Screen(NamedTuple):
    """A text (HTML) and the buttons under it."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    # Whether Telegram forbids forwarding and saving: what is said about a child.
    protect: bool = False


Row = list[InlineKeyboardButton]


def button(text: str, data: CallbackData | str) -> InlineKeyboardButton:
    """An inline button."""
    return InlineKeyboardButton(text=text, callback_data=data if isinstance(data, str) else data.pack())


def go(t: Texts, place: str) -> InlineKeyboardButton:
    """The button that leads to a place of the menu."""
    return button(t(f"go-{place}"), GO + place)


def rows(buttons: Iterable[InlineKeyboardButton], width: int = 1) -> list[Row]:
    """Buttons laid out in rows of `width`."""
    flat = list(buttons)
    return [flat[i : i + width] for i in range(0, len(flat), width)]


def keyboard(*lines: Row) -> InlineKeyboardMarkup:
    """A keyboard of these rows; empty ones are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[line for line in lines if line])


def shorten(text: str, length: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than `length` characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:-–—")
    return f"{cut or text[: length - 1]}…"


def show(event: Event, screen: Screen, *, toast: str | None = None) -> Replies:
    """The replies that show a screen: a new message to a message, in place of the pressed one to a press."""
    if isinstance(event, Message):
        return tell(event, screen)
    pressed = event.message
    if isinstance(pressed, Message) and pressed.text is not None:
        return [event.answer(toast), pressed.edit_text(screen.text, reply_markup=screen.keyboard)]
    return tell(event, screen, toast=toast)


def tell(event: Event, screen: Screen, *, toast: str | None = None) -> Replies:
    """The replies that show a screen as a new message, leaving the pressed one as it is."""
    assert event.from_user is not None  # noqa: S101 - private chats only
    message = SendMessage(
        chat_id=event.from_user.id,
        text=screen.text,
        reply_markup=screen.keyboard,
        protect_content=screen.protect or None,
    )
    return [event.answer(toast), message] if isinstance(event, CallbackQuery) else [message]


def alert(query: CallbackQuery, text: str) -> Replies:
    """The reply that shows a text over the chat: plain, at most 200 characters."""
    return [query.answer(shorten(unescape(text), 200), show_alert=True)]

"""What is odd in a programme, in words: for `check` and the report alike, without aiogram."""

from html import unescape

from bot.programme.load import Oddity
from bot.texts import Texts


def oddity(t: Texts, odd: Oddity) -> str:
    """One oddity in a line."""
    return unescape(t(odd.key, **odd.arguments))

"""What supports pupils: buttons and words shared by lessons, clubs and pairs."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from bot.db.risk.support import Candidate, ClassCount
from bot.texts import Texts
from bot.ui.screen import Row, button, rows

# Telegram shows at most 100 buttons; a class has no more pupils.
PUPILS_MAX = 90


def class_buttons(t: Texts, found: Sequence[ClassCount], to: Callable[[int], CallbackData]) -> list[Row]:
    """Classes to choose from, each with how many of its pupils are on the register."""
    buttons = []
    for each in found:
        name = each.school_class.name
        label = t("support-class", name=name, count=each.registered) if each.registered else name
        buttons.append(button(label, to(each.school_class.id)))
    return rows(buttons, 3)


def pupil_label(t: Texts, pupil: Candidate) -> str:
    """A pupil's name; those on the register are marked."""
    return f"• {pupil.name}" if pupil.registered else pupil.name

"""Contacts by other channels."""

from collections.abc import Sequence

from bot.db.notes import Channel
from bot.db.roster import PupilRow, SchoolClass
from bot.features.notes.contacts import Contact
from bot.texts import Texts
from bot.ui.notes import ContactBy, ContactPupil, ContactSave, take_back_button, who
from bot.ui.screen import Screen, button, go, keyboard, rows, shorten

# Telegram shows at most 100 buttons.
PUPILS_SHOWN = 90


def pupils(t: Texts, school_class: SchoolClass, found: Sequence[PupilRow]) -> Screen:
    """Whom was it about?"""
    buttons = [
        button(pupil.name, ContactPupil(class_id=school_class.id, pupil_id=pupil.id))
        for pupil in found[:PUPILS_SHOWN]
    ]
    return Screen(t("contact-who"), keyboard(*rows(buttons, 2), [go(t, "class")], [go(t, "menu")]))


def channels(t: Texts, pupil: PupilRow) -> Screen:
    """How, and with whom?"""
    places = [(place.id, who(t, place)) for place in pupil.guardians]
    # With one guardian, or none, there is nobody to choose from.
    places = [*places, (0, str(t("contact-all")))] if len(places) > 1 else [(0, "")]
    buttons = [
        button(
            t(f"contact-with-{channel}", who=shorten(name, 40))
            if len(places) > 1
            else t(f"contact-{channel}"),
            ContactBy(pupil_id=pupil.id, channel=channel, guardian_id=id_),
        )
        for id_, name in places
        for channel in Channel
        if channel != Channel.BOT
    ]
    return Screen(t("contact-how", name=pupil.name), keyboard(*rows(buttons, 1), [go(t, "cancel")]))


def words(t: Texts, pupil: PupilRow) -> Screen:
    """What was it about?"""
    skip = button(t("contact-skip"), ContactSave())
    return Screen(t("contact-words", child=pupil.first_name), keyboard([skip], [go(t, "cancel")]))


def saved(t: Texts, contact: Contact) -> Screen:
    """It counts."""
    channel = t(f"contact-{contact.note.channel}")
    text = t("contact-saved", child=contact.pupil.first_name, channel=channel)
    wrong = [take_back_button(t, contact.note)]
    return Screen(text, keyboard(wrong, [go(t, "class"), go(t, "notes")], [go(t, "menu")]))

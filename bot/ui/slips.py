"""Slips with invitations, withdrawing them, the leaflet beside them: buttons and words."""

from aiogram.filters.callback_data import CallbackData

from bot.features.accounts.printing import Offer
from bot.texts import LANGUAGES, Texts
from bot.ui.invite import GuardianClass
from bot.ui.screen import Screen, button, go, keyboard


class SlipsPrint(CallbackData, prefix="slp"):
    """Print them in this language; `latest` as the offer has it."""

    class_id: int
    language: str
    latest: int


class LeafletPrint(CallbackData, prefix="slf"):
    """The page that is handed out with them; `class_id` as in the screen that it stands in."""

    class_id: int


class SlipsWithdraw(CallbackData, prefix="slw"):
    """Withdraw the open invitations of a class; `sure` after the question."""

    class_id: int
    sure: bool = False


def ask(t: Texts, offer: Offer, days: int) -> Screen:
    """How many slips, what becomes of the earlier ones, and in which language."""
    school_class = offer.school_class
    class_id = school_class.id if school_class else 0
    back = [button(t("slips-back"), GuardianClass(class_id=class_id))] if class_id else [go(t, "invite")]
    name = school_class.name if school_class else ""
    title = t("slips-title-class", name=name) if school_class else t("slips-title-school")
    leaflet = button(t("leaflet-open"), LeafletPrint(class_id=class_id))
    if not offer.slips:
        return Screen(f"{title}\n\n{t('slips-none')}", keyboard([leaflet], back))
    parts = [title, t("slips-count", count=offer.slips, days=days)]
    if offer.invited:
        parts.append(t("slips-renew", count=offer.invited))
    languages = [
        button(
            t(f"slips-print-{language}"),
            SlipsPrint(class_id=class_id, language=language, latest=offer.latest),
        )
        for language in LANGUAGES
    ]
    withdraw = button(t("slips-withdraw"), SlipsWithdraw(class_id=class_id))
    choices = [*languages, withdraw] if offer.invited and class_id else languages
    return Screen("\n\n".join(parts), keyboard(*([each] for each in (*choices, leaflet)), back))


def withdraw_ask(t: Texts, offer: Offer) -> Screen:
    """Whether the open invitations of a class are really to stop working."""
    assert offer.school_class is not None  # noqa: S101 - a class is asked about
    class_id = offer.school_class.id
    yes = button(t("slips-withdraw-sure"), SlipsWithdraw(class_id=class_id, sure=True))
    text = t("slips-withdraw-ask", name=offer.school_class.name, count=offer.invited)
    return Screen(text, keyboard([yes], [button(t("slips-back"), GuardianClass(class_id=class_id))]))

"""Inviting staff and guardians: buttons and words."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.db.accounts import Staff, StaffRow
from bot.db.roster import PupilRow, SchoolClass
from bot.features.accounts import Position
from bot.texts import Texts
from bot.ui.roster import RosterClass, SlipsAsk
from bot.ui.screen import Row, Screen, button, go, keyboard, rows

# The link on a slip, whichever way it is written; it may stand among other words.
_LINK = re.compile(
    r"(?:\b(?:t|telegram)\.me/|\btg://resolve)\S*?[?&]start=([\w-]{1,64})", re.ASCII | re.IGNORECASE
)
# A code alone: 16 bytes as `new_code` writes them, so that the last character carries two bits only. A word
# of that length has no capitals inside.
_CODE = re.compile(r"(?=.+[A-Z])[\w-]{21}[AQgw]", re.ASCII)


def pasted_code(text: str) -> str | None:
    """The code of an invitation in what somebody has written: in its link, or alone; None without one."""
    if link := _LINK.search(text):
        return link[1]
    return text.strip() if _CODE.fullmatch(text.strip()) else None


class InviteWho(CallbackData, prefix="inv"):
    """Staff, or guardians."""

    staff: bool


class InviteName(CallbackData, prefix="invn"):
    """The n-th of the names that the programme gives."""

    index: int


class InvitePosition(CallbackData, prefix="invp"):
    """The position of who is invited."""

    position: Position


class InviteClass(CallbackData, prefix="invc"):
    """A class of who is invited: teaches, leads, neither."""

    class_id: int


class InviteDone(CallbackData, prefix="invd"):
    """The classes are chosen."""


class GuardianClass(CallbackData, prefix="gc"):
    """The guardians of a class."""

    class_id: int


class GuardianPlace(CallbackData, prefix="gp"):
    """Invite to this guardian's place."""

    guardian_id: int


class GuardianAdd(CallbackData, prefix="ga"):
    """One more guardian's place at a pupil."""

    pupil_id: int


class StaffCard(CallbackData, prefix="st"):
    """One member of staff; or what is to be done with them."""

    staff_id: int
    action: str = "show"


class StaffClass(CallbackData, prefix="stc"):
    """A class of somebody on the staff: teaches, leads, neither."""

    staff_id: int
    class_id: int


def who(t: Texts) -> Screen:
    """Staff or guardians?"""
    return Screen(
        t("invite-who"),
        keyboard(
            [
                button(t("invite-staff"), InviteWho(staff=True)),
                button(t("invite-guardians"), InviteWho(staff=False)),
            ],
            [go(t, "menu")],
        ),
    )


def names(t: Texts, options: Mapping[int, str]) -> Screen:
    """Whom? `options`: names of the programme who are not on the staff yet, by their place there."""
    buttons = rows((button(name, InviteName(index=i)) for i, name in options.items()), 2)
    return Screen(t("invite-name", known="yes" if options else "no"), keyboard(*buttons, [go(t, "cancel")]))


def positions(t: Texts, name: str) -> Screen:
    """What are they?"""
    buttons = [button(t(f"position-{p}"), InvitePosition(position=p)) for p in Position]
    return Screen(t("invite-position", name=name), keyboard(*rows(buttons), [go(t, "cancel")]))


def staff_classes(
    t: Texts, name: str, classes: Sequence[SchoolClass], taught: Collection[int], led: Collection[int]
) -> Screen:
    """Which classes will somebody who is invited teach and lead?"""
    buttons = _classes(classes, taught, led, lambda class_id: InviteClass(class_id=class_id))
    text = t("invite-classes", name=name) if classes else t("invite-no-classes")
    return Screen(
        text, keyboard(*buttons, [button(t("invite-classes-done"), InviteDone())], [go(t, "cancel")])
    )


def teaching(
    t: Texts,
    staff: Staff,
    classes: Sequence[SchoolClass],
    taught: Collection[int],
    led: Collection[int],
) -> Screen:
    """Which classes does somebody on the staff teach and lead? A press changes it at once."""
    buttons = _classes(classes, taught, led, lambda id_: StaffClass(staff_id=staff.id, class_id=id_))
    text = t("invite-classes", name=staff.name) if classes else t("invite-no-classes")
    return Screen(text, keyboard(*buttons, [button(t("invite-classes-done"), StaffCard(staff_id=staff.id))]))


def _classes(
    classes: Sequence[SchoolClass],
    taught: Collection[int],
    led: Collection[int],
    to: Callable[[int], CallbackData],
) -> list[Row]:
    marks = {c.id: "★ " if c.id in led else "✓ " if c.id in taught else "" for c in classes}
    return rows((button(marks[c.id] + c.name, to(c.id)) for c in classes[:80]), 4)


def guardian_classes(t: Texts, classes: Sequence[SchoolClass]) -> Screen:
    """Whose guardians? By class."""
    if not classes:
        return Screen(t("invite-no-classes"), keyboard([go(t, "menu")]))
    buttons = rows((button(c.name, GuardianClass(class_id=c.id)) for c in classes), 4)
    everybody = button(t("slips-open-school"), SlipsAsk(class_id=0))
    return Screen(t("invite-which-class"), keyboard(*buttons, [everybody], [go(t, "menu")]))


def guardian_places(t: Texts, school_class: SchoolClass, pupils: Sequence[PupilRow]) -> Screen:
    """The places of a class that nobody has taken yet; each is a press away from its code."""
    waiting = [
        button(
            t("invite-place", pupil=f"{pupil.surname} {pupil.first_name}", who=place.name or place.relation),
            GuardianPlace(guardian_id=place.id),
        )
        for pupil in pupils
        for place in pupil.guardians
        if not place.connected and not place.closed
    ]
    alone = [
        button(t("invite-place-add", pupil=f"{p.surname} {p.first_name}"), GuardianAdd(pupil_id=p.id))
        for p in pupils
        if not p.guardians
    ]
    all_places = [place for pupil in pupils for place in pupil.guardians if not place.closed]
    text = t(
        "invite-places",
        class_name=school_class.name,
        came=sum(place.connected for place in all_places),
        total=len(all_places),
    )
    # Telegram shows at most 100 buttons; a class has fewer open places than that.
    slips = [button(t("slips-open"), SlipsAsk(class_id=school_class.id))] if waiting else []
    came = [button(t("invite-who-came"), RosterClass(class_id=school_class.id))]
    return Screen(text, keyboard(slips, came, *rows((waiting + alone)[:90]), [go(t, "menu")]))


def staff_ready(t: Texts, name: str, link: str, days: int) -> str:
    """The words under the QR picture of a staff invitation."""
    return t("invite-ready-staff", name=name, link=link, days=days)


def guardian_ready(t: Texts, pupil: str, who: str, link: str, days: int) -> str:
    """The words under the QR picture of a guardian's invitation."""
    return t("invite-ready-guardian", pupil=pupil, who=who, link=link, days=days)


def message_closed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A guardian is told that their access to a child has ended."""
    return Screen(t("access-closed", child=arguments["child"]), protect=True)


def staff_list(t: Texts, staff: Sequence[StaffRow]) -> Screen:
    """Everybody on the staff, and whether they have come."""
    invite = [button(t("invite-staff"), InviteWho(staff=True))]
    if not staff:
        return Screen(t("staff-empty"), keyboard(invite, [go(t, "menu")]))
    marks = {row.id: "✅ " if row.connected else "✉️ " if row.invited else "⏳ " for row in staff}
    buttons = rows((button(marks[row.id] + row.name, StaffCard(staff_id=row.id)) for row in staff[:80]), 2)
    text = t("staff-title", total=len(staff), connected=sum(row.connected for row in staff))
    return Screen(text, keyboard(*buttons, invite, [go(t, "audit")], [go(t, "menu")]))


def staff_card(t: Texts, row: StaffRow, *, own: bool) -> Screen:
    """One member of staff and what can be done."""
    state = "connected" if row.connected else "invited" if row.invited else "waiting"
    text = t("staff-card", name=row.name, position=row.position, state=t(f"staff-{state}"))
    actions = [button(t("staff-classes"), StaffCard(staff_id=row.id, action="classes"))]
    if not row.connected:
        actions.append(button(t("staff-invite-again"), StaffCard(staff_id=row.id, action="invite")))
    if row.invited and not row.connected:
        actions.append(button(t("staff-withdraw"), StaffCard(staff_id=row.id, action="withdraw")))
    if not own:
        actions.append(button(t("staff-dismiss"), StaffCard(staff_id=row.id, action="dismiss")))
    return Screen(text, keyboard(*rows(actions), [button(t("staff-back"), "go:staff")]))


def dismiss_ask(t: Texts, row: StaffRow) -> Screen:
    """Whether somebody has really left."""
    yes = button(t("staff-dismiss-sure"), StaffCard(staff_id=row.id, action="dismissed"))
    return Screen(
        t("staff-dismiss-ask", name=row.name), keyboard([yes], [button(t("staff-back"), "go:staff")])
    )


def message_guessed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the administration: somebody tries code after code."""
    return Screen(t("codes-guessed", count=arguments["count"]))

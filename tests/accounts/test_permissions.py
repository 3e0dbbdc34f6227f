"""Coming in, the menu, invitations, the staff: what is anybody's, and what is an admin's."""

from collections.abc import Callable

import pytest

from bot.db.accounts import Manner, Topic
from bot.db.base import Database
from bot.features.accounts import Position
from bot.handlers.accounts.coming_in import ComingInSteps
from bot.handlers.accounts.invite import InviteSteps
from bot.handlers.accounts.quiet import QuietSteps
from bot.ui.accounts import Join, Language, Named
from bot.ui.invite import (
    GuardianAdd,
    GuardianClass,
    GuardianPlace,
    InviteClass,
    InviteDone,
    InviteName,
    InvitePosition,
    InviteWho,
    StaffCard,
    StaffClass,
)
from bot.ui.privacy import ConsentAgain, Leave, MyData
from bot.ui.quiet import QuietHours, QuietTopic, QuietTyped, Ready
from bot.ui.roster import SlipsAsk
from bot.ui.slips import LeafletPrint, SlipsPrint, SlipsWithdraw
from tests.chat import Telegram
from tests.rights import EVERYBODY, GUARDIANS, STAFF, Case, check
from tests.school import BERG, DIRECTOR, STARK, STRANGER, School

ADMIN = {DIRECTOR}
INVITING = {"name": "Ким Е.В.", "position": "teacher", "taught": [], "led": []}


def card(action: str) -> Callable[[School], StaffCard]:
    return lambda school: StaffCard(staff_id=school.staff[BERG], action=action)


CASES = [
    # Nobody is let in without a code, nor as an admin whom the configuration does not name.
    Case("accounts.coming_in.join", ADMIN, press=lambda _: Join(code="")),
    Case("accounts.coming_in.join", set(), press=lambda _: Join(code="made-up")),
    Case("accounts.coming_in.open_invitation", set(), says="/start made-up"),
    Case("accounts.coming_in.start", EVERYBODY - {STRANGER}, says="/start"),
    Case("accounts.coming_in.refuse", EVERYBODY, press=lambda _: "go:no-consent"),
    Case("accounts.coming_in.introduce_by_button", ADMIN, press=lambda _: Named(index=1)),
    Case("accounts.coming_in.introduce_by_typing", ADMIN, says="Ким Е.В.", step=ComingInSteps.introduce),
    Case("accounts.menu.open_menu", EVERYBODY - {STRANGER}, says="/menu"),
    Case("accounts.menu.open_menu", EVERYBODY - {STRANGER}, press=lambda _: "go:menu"),
    Case("accounts.menu.cancel", EVERYBODY, says="/cancel"),
    Case("accounts.menu.cancel", EVERYBODY, press=lambda _: "go:cancel"),
    Case("accounts.menu.show_help", EVERYBODY, says="/help"),
    Case("accounts.language.ask_language", EVERYBODY, says="/language"),
    Case("accounts.language.set_language", EVERYBODY - {STRANGER}, press=lambda _: Language(language="ru")),
    Case("accounts.privacy.show_privacy", EVERYBODY, says="/privacy"),
    Case("accounts.privacy.agree_again", EVERYBODY - {STRANGER}, press=lambda _: ConsentAgain()),
    Case("accounts.privacy.my_data", EVERYBODY - {STRANGER}, press=lambda _: MyData()),
    Case("accounts.privacy.leave", EVERYBODY - {STRANGER}, press=lambda _: Leave(sure=False)),
    Case("accounts.privacy.leave", EVERYBODY - {STRANGER}, press=lambda _: Leave(sure=True)),
    Case("accounts.quiet.open_quiet", EVERYBODY - {STRANGER}, says="/quiet"),
    Case("accounts.quiet.open_quiet", EVERYBODY - {STRANGER}, press=lambda _: "go:quiet"),
    Case("accounts.quiet.choose_hours", EVERYBODY - {STRANGER}, press=lambda _: QuietHours(ready=Ready.NONE)),
    Case("accounts.quiet.ask_hours", EVERYBODY - {STRANGER}, press=lambda _: QuietTyped()),
    Case("accounts.quiet.type_hours", EVERYBODY - {STRANGER}, says="22-7", step=QuietSteps.hours),
    Case(
        "accounts.quiet.choose_manner",
        GUARDIANS,
        press=lambda _: QuietTopic(topic=Topic.NOTES, manner=Manner.OFF),
    ),
    # A guardian is offered to have the words passed on.
    Case("accounts.fallback.unknown_message", GUARDIANS, says="просто слова"),
    Case("accounts.fallback.old_button", set(), press=lambda _: "nothing:of:ours"),
    Case("accounts.invite.start", ADMIN, says="/invite"),
    Case("accounts.invite.start", ADMIN, press=lambda _: "go:invite"),
    Case("accounts.invite.who", ADMIN, press=lambda _: InviteWho(staff=True)),
    Case("accounts.invite.who", ADMIN, press=lambda _: InviteWho(staff=False)),
    Case("accounts.invite.name_by_button", ADMIN, press=lambda _: InviteName(index=0)),
    Case("accounts.invite.name_by_typing", ADMIN, says="Лис О.П.", step=InviteSteps.name),
    Case("accounts.invite.position", ADMIN, press=lambda _: InvitePosition(position=Position.TEACHER)),
    Case("accounts.invite.toggle_class", ADMIN, press=lambda s: InviteClass(class_id=s.classes["5А"])),
    Case("accounts.invite.finish", ADMIN, press=lambda _: InviteDone()),
    Case(
        "accounts.invite.guardian_places",
        {BERG, DIRECTOR},
        press=lambda s: GuardianClass(class_id=s.classes["5А"]),
    ),
    Case(
        "accounts.invite.guardian_place",
        {BERG, DIRECTOR},
        press=lambda s: GuardianPlace(guardian_id=s.guardians["Маша/отец"]),
    ),
    Case(
        "accounts.invite.guardian_add",
        {BERG, DIRECTOR},
        press=lambda s: GuardianAdd(pupil_id=s.pupils["Петя"]),
    ),
    Case("accounts.slips.ask", {BERG, DIRECTOR}, press=lambda s: SlipsAsk(class_id=s.classes["5А"])),
    Case("accounts.slips.ask", ADMIN, press=lambda s: SlipsAsk(class_id=s.classes["9Б"])),
    Case("accounts.slips.ask", ADMIN, press=lambda _: SlipsAsk(class_id=0)),
    Case(
        "accounts.slips.print_slips", ADMIN, press=lambda _: SlipsPrint(class_id=0, language="ru", latest=0)
    ),
    Case(
        "accounts.slips.print_slips",
        {BERG, DIRECTOR},
        press=lambda s: SlipsPrint(class_id=s.classes["5А"], language="en", latest=0),
    ),
    Case(
        "accounts.slips.withdraw",
        {BERG, DIRECTOR},
        press=lambda s: SlipsWithdraw(class_id=s.classes["5А"], sure=True),
    ),
    Case("accounts.slips.print_leaflet", ADMIN, press=lambda _: LeafletPrint(class_id=0)),
    Case(
        "accounts.slips.print_leaflet",
        {BERG, DIRECTOR},
        press=lambda s: LeafletPrint(class_id=s.classes["5А"]),
    ),
    Case("accounts.slips.withdraw", ADMIN, press=lambda s: SlipsWithdraw(class_id=s.classes["9Б"])),
    Case(
        "accounts.staff.turn_class",
        ADMIN,
        press=lambda s: StaffClass(staff_id=s.staff[STARK], class_id=s.classes["5А"]),
    ),
    Case("accounts.staff.staff_list", ADMIN, says="/staff"),
    Case("accounts.staff.staff_list", ADMIN, press=lambda _: "go:staff"),
    *(
        Case("accounts.staff.staff_card", ADMIN, press=card(action))
        for action in ("show", "withdraw", "classes", "dismiss", "dismissed")
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)


def test_everybody_is_tried() -> None:
    assert GUARDIANS | STAFF | {STRANGER} == EVERYBODY

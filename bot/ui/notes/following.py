"""What became of the notes: lists, one note, threads, the class."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape, unescape
from zoneinfo import ZoneInfo

from bot.db.notes import Channel, Copy, Note
from bot.db.notes.talk import Sides
from bot.db.roster import SchoolClass
from bot.features.notes.following import ClassList, Page
from bot.texts import Html, Texts
from bot.ui.invite import GuardianClass
from bot.ui.notes import (
    ClassHeard,
    ContactPupil,
    NoteClass,
    NoteMany,
    NoteOpen,
    NotesPage,
    NoteThreads,
    NoteUnread,
    ThreadOpen,
    briefly,
    files_of,
    kin,
    states,
    take_back_button,
)
from bot.ui.screen import Row, Screen, button, fit_latest, go, keyboard, rows, shorten, turns

# A list names so many guardians of a note; of more it gives the numbers.
STATES_SHOWN = 4
# The names of those whom the bot does not reach take up so much.
NAMES_LENGTH = 300


def page(t: Texts, found: Page, zone: ZoneInfo) -> Screen:
    """A page of the teacher's notes: what, and how far each guardian's copy has come."""
    if not found.notes:
        return Screen(t("notes-empty"), keyboard([go(t, "note")], [go(t, "menu")]))
    blocks, buttons = [], []
    for note, copies in found.notes:
        day = f"{note.created_at.astimezone(zone):%d.%m}"
        blocks.append(_block(t, note, copies, zone))
        names = shorten(", ".join(dict.fromkeys(copy.child for copy in copies)), 20)
        buttons.append(button(f"{day} · {names}: {briefly(t, note, 24)}", NoteOpen(note_id=note.id)))
    late = button(t("notes-unread", count=found.unread), NoteUnread(receipt_id=0, action="list"))
    new = t("notes-threads-new", count=found.waiting) if found.waiting else t("notes-threads")
    above = [[late] if found.unread else [], [button(new, NoteThreads())]]
    turn = turns(found.number, found.of, lambda number: NotesPage(page=number))
    return Screen(
        "\n\n".join([t("notes-title"), *blocks]), keyboard(*above, *rows(buttons), turn, [go(t, "menu")])
    )


def _block(t: Texts, note: Note, copies: Sequence[Copy], zone: ZoneInfo) -> str:
    lines = [_head(t, note, copies, f"{note.created_at.astimezone(zone):%d.%m}")]
    if note.text:
        lines.append(t("notes-words", text=shorten(note.text, 80)))
    if note.withdrawn_at is not None:
        lines.append(t("notes-withdrawn"))
    elif len(copies) <= STATES_SHOWN:
        lines += states(t, copies, zone)
    else:
        lines.append(_sum(t, copies))
    return "\n".join(lines)


def _head(t: Texts, note: Note, copies: Sequence[Copy], day: str) -> Html:
    children = list(dict.fromkeys(copy.child for copy in copies))
    names = ", ".join(children[:STATES_SHOWN]) + ("…" if len(children) > STATES_SHOWN else "")
    if note.channel != Channel.BOT:
        return t("notes-contact", date=day, channel=t(f"contact-{note.channel}"), children=names)
    return t("notes-item", date=day, kind=t(f"note-sign-{note.kind}"), children=names)


def _sum(t: Texts, copies: Sequence[Copy]) -> Html:
    came = [copy.receipt for copy in copies]
    return t(
        "notes-sum",
        of=len(came),
        delivered=sum(receipt.delivered_at is not None for receipt in came),
        read=sum(receipt.read_at is not None for receipt in came),
        answered=sum(receipt.answered_at is not None for receipt in came),
    )


def opened(t: Texts, copies: Sequence[Copy], now: datetime, zone: ZoneInfo, *, changeable: bool) -> Screen:
    """One of the teacher's notes in full, and what can still be done with it."""
    note = copies[0].note
    head = [_head(t, note, copies, f"{note.created_at.astimezone(zone):%d.%m.%Y}")]
    if note.edited_at is not None:
        head.append(t("note-edited"))
    if note.withdrawn_at is not None:
        head.append(t("notes-withdrawn"))
    elif note.goes_at > now:
        head.append(t("note-goes-at", moment=t.moment(note.goes_at.astimezone(zone))))
    lines = [Html("\n".join(head)), escape(note.text, quote=False)]
    if note.files:
        lines.append(t("note-files", count=len(note.files)))
    buttons: list[Row] = []
    if note.files:
        files = button(t("notes-files", count=len(note.files)), NoteOpen(note_id=note.id, action="files"))
        buttons.append([files])
    if changeable:
        edit = button(t("note-change"), NoteOpen(note_id=note.id, action="edit"))
        buttons.append([edit] * (note.channel == Channel.BOT) + [take_back_button(t, note)])
    text = fit_latest(
        "\n\n".join(filter(None, lines)), ["\n".join(states(t, copies, zone))], t("note-thread-cut")
    )
    return Screen(text, keyboard(*buttons, [go(t, "notes")], [go(t, "menu")]))


def files(t: Texts, copies: Sequence[Copy]) -> Screen:
    """The files of a note."""
    note = copies[0].note
    back = button(t("note-look"), NoteOpen(note_id=note.id))
    return Screen(t("note-files", count=len(note.files)), keyboard([back]), True, files_of(note.files))


def take_back_ask(t: Texts, note: Note) -> Screen:
    """Whether to take it back."""
    words = ("note-take-back-ask", "note-take-back-sure")
    if note.channel != Channel.BOT:
        words = ("contact-take-back-ask", "contact-take-back-sure")
    yes = button(t(words[1]), NoteOpen(note_id=note.id, action="back"))
    return Screen(t(words[0]), keyboard([yes], [button(t("note-look"), NoteOpen(note_id=note.id))]))


def taken_back(t: Texts, note: Note) -> Screen:
    """It is taken back."""
    words = t("note-taken-back" if note.channel == Channel.BOT else "contact-taken-back")
    return Screen(words, keyboard([go(t, "note"), go(t, "notes")], [go(t, "menu")]))


def ask_change(t: Texts, note: Note) -> Screen:
    """What shall it say instead?"""
    words = escape(note.text, quote=False)
    return Screen(f"{t('note-change-ask')}\n\n{words}", keyboard([go(t, "cancel")]))


def unread(t: Texts, found: Sequence[Copy], zone: ZoneInfo) -> Screen:
    """Who has not read: remind them, or ask them to call."""
    if not found:
        return Screen(t("notes-unread-none"), keyboard([go(t, "notes")], [go(t, "menu")]))
    one = len(found) == 1
    lines = [t("notes-unread-title"), ""]
    remind, call = [], []
    for number, copy in enumerate(found, 1):
        id_, receipt = copy.receipt.id, copy.receipt
        day = f"{copy.note.created_at.astimezone(zone):%d.%m}"
        name = shorten(copy.guardian or kin(t, copy.relation), 60)
        line = t("notes-unread-line", number=number, who=name, child=copy.child, date=day)
        done = (receipt.call_me_at and "notes-unread-called") or (receipt.reminded_at and "notes-unread-done")
        lines.append(Html(f"{line} {t(done)}") if done else line)
        if copy.may_remind:
            label = t("notes-remind") if one else f"🔔 {number}"
            remind.append(button(label, NoteUnread(receipt_id=id_, action="remind")))
        if receipt.call_me_at is None and copy.guardian_person is not None:
            label = t("notes-call") if one else f"📞 {number}"
            call.append(button(label, NoteUnread(receipt_id=id_, action="call")))
    if not one:
        lines += ["", t("notes-unread-legend")]
    people = {copy.guardian_person for copy in found if copy.may_remind}
    every = button(t("notes-remind-all", count=len(people)), NoteUnread(receipt_id=0, action="all"))
    buttons = [[every] * (len(remind) > 1), *rows(remind, 5), *rows(call, 5)]
    return Screen("\n".join(lines), keyboard(*buttons, [go(t, "notes")], [go(t, "menu")]))


def threads(t: Texts, found: Sequence[Sides]) -> Screen:
    """The teacher's threads: what waits comes first."""
    if not found:
        return Screen(t("threads-none"), keyboard([go(t, "notes")], [go(t, "menu")]))
    buttons = rows(
        button(
            unescape(
                t(
                    "threads-item",
                    mark="🔵" if each.thread.waits else "💬",
                    child=each.child,
                    class_name=each.school_class.name,
                    relation=kin(t, each.relation),
                )
            ),
            ThreadOpen(thread_id=each.thread.id, action="open"),
        )
        for each in found
    )
    return Screen(t("threads-title"), keyboard(*buttons, [go(t, "notes")], [go(t, "menu")]))


# --- the class -------------------------------------------------------------------------------------------


def class_choice(t: Texts, found: Sequence[SchoolClass]) -> Screen:
    """The list of which class?"""
    if not found:
        return Screen(t("note-no-classes"), keyboard([go(t, "menu")]))
    buttons = rows((button(c.name, ClassHeard(class_id=c.id)) for c in found), 4)
    return Screen(t("class-which"), keyboard(*buttons, [go(t, "menu")]))


def class_heard(t: Texts, found: ClassList, today: date, zone: ZoneInfo, days: int) -> Screen:
    """Who is connected, who has heard nothing for longest, and which families are silent."""
    school_class = found.school_class
    if not found.pupils:
        return Screen(t("note-no-pupils", class_name=school_class.name), keyboard([go(t, "menu")]))
    lines = []
    for each in found.pupils:
        places = each.pupil.guardians
        came = sum(place.connected for place in places)
        if each.at is not None:
            heard = t("class-days", days=(today - each.at.astimezone(zone).date()).days)
        else:
            heard = t("class-never" if came else "class-alone")
        sign = "⛔ " * each.pupil.stopped + "🔇 " * each.silent
        line = t("class-line", name=each.pupil.name, came=came, of=len(places), heard=heard)
        lines.append(f"{sign}{line}")
    blocks = [t("class-title", class_name=school_class.name), "\n".join(lines)]
    if any(each.silent for each in found.pupils):
        blocks.append(t("class-silent", days=days))
    beyond = [each.pupil.name for each in found.pupils if not each.reachable]
    if beyond:
        blocks.append(t("class-beyond", names=shorten(", ".join(beyond), NAMES_LENGTH)))
    if any(each.pupil.stopped for each in found.pupils):
        blocks.append(t("class-stopped"))
    id_, silent = school_class.id, len(found.silent)
    quiet = button(t("class-write-silent", count=silent), NoteMany(class_id=id_, choose="silent"))
    invite = button(t("class-invite"), GuardianClass(class_id=id_))
    return Screen(
        "\n\n".join(blocks),
        keyboard(
            [button(t("class-write"), NoteClass(class_id=id_))],
            [quiet] * (silent > 0),
            [button(t("contact-log"), ContactPupil(class_id=id_, pupil_id=0))],
            [invite] * found.leads,
            [go(t, "menu")],
        ),
    )

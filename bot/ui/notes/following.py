"""What became of the notes: lists, one note, threads, the class."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape, unescape
from zoneinfo import ZoneInfo

from bot.db.notes import Channel, Copy, Note
from bot.db.notes.talk import Sides
from bot.db.roster import SchoolClass
from bot.features.notes.following import Heard, Page
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
    files_of,
    states,
)
from bot.ui.screen import Row, Screen, button, fit_latest, go, keyboard, rows, shorten, turns

# A list names so many guardians of a note; of more it gives the numbers.
STATES_SHOWN = 4


def page(t: Texts, found: Page, zone: ZoneInfo) -> Screen:
    """A page of the teacher's notes: what, and how far each guardian's copy has come."""
    if not found.notes:
        return Screen(t("notes-empty"), keyboard([go(t, "note")], [go(t, "menu")]))
    blocks, buttons = [], []
    for note, copies in found.notes:
        day = f"{note.created_at.astimezone(zone):%d.%m}"
        blocks.append(_block(t, note, copies, day))
        names = shorten(", ".join(dict.fromkeys(copy.child for copy in copies)), 20)
        buttons.append(button(f"{day} · {names}: {shorten(note.text, 20)}", NoteOpen(note_id=note.id)))
    above: Row = []
    if found.unread:
        above.append(button(t("notes-unread", count=found.unread), NoteUnread(receipt_id=0, action="list")))
    if found.waiting:
        above.append(button(t("notes-threads-new", count=found.waiting), NoteThreads()))
    else:
        above.append(button(t("notes-threads"), NoteThreads()))
    turn = turns(found.number, found.of, lambda number: NotesPage(page=number))
    return Screen(
        "\n\n".join([t("notes-title"), *blocks]), keyboard(above, *rows(buttons), turn, [go(t, "menu")])
    )


def _block(t: Texts, note: Note, copies: Sequence[Copy], day: str) -> str:
    lines = [_head(t, note, copies, day)]
    if note.text:
        lines.append(t("notes-words", text=shorten(note.text, 80)))
    if note.withdrawn_at is not None:
        lines.append(t("notes-withdrawn"))
    elif len(copies) <= STATES_SHOWN:
        lines += states(t, copies)
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
        buttons.append([button(t("notes-files"), NoteOpen(note_id=note.id, action="files"))])
    if changeable:
        buttons.append(
            [
                button(t("note-change"), NoteOpen(note_id=note.id, action="edit")),
                button(t("note-take-back"), NoteOpen(note_id=note.id, action="ask")),
            ]
        )
    text = fit_latest("\n\n".join(filter(None, lines)), ["\n".join(states(t, copies))], t("note-thread-cut"))
    return Screen(text, keyboard(*buttons, [go(t, "notes")], [go(t, "menu")]))


def files(t: Texts, copies: Sequence[Copy]) -> Screen:
    """The files of a note."""
    note = copies[0].note
    back = button(t("note-look"), NoteOpen(note_id=note.id))
    return Screen(t("note-files", count=len(note.files)), keyboard([back]), True, files_of(note.files))


def take_back_ask(t: Texts, note: Note) -> Screen:
    """Whether to take it back."""
    yes = button(t("note-take-back-sure"), NoteOpen(note_id=note.id, action="back"))
    return Screen(
        t("note-take-back-ask"), keyboard([yes], [button(t("note-look"), NoteOpen(note_id=note.id))])
    )


def taken_back(t: Texts) -> Screen:
    """It is taken back."""
    return Screen(t("note-taken-back"), keyboard([go(t, "note"), go(t, "notes")], [go(t, "menu")]))


def ask_change(t: Texts, note: Note) -> Screen:
    """What shall it say instead?"""
    words = escape(note.text, quote=False)
    return Screen(f"{t('note-change-ask')}\n\n{words}", keyboard([go(t, "cancel")]))


def unread(t: Texts, found: Sequence[Copy], zone: ZoneInfo) -> Screen:
    """Who has not read: remind them, or ask them to call."""
    if not found:
        return Screen(t("notes-unread-none"), keyboard([go(t, "notes")], [go(t, "menu")]))
    lines, buttons = [t("notes-unread-title"), ""], []
    for number, copy in enumerate(found, 1):
        day = f"{copy.note.created_at.astimezone(zone):%d.%m}"
        name = shorten(copy.guardian or copy.relation, 60)
        line = t("notes-unread-line", number=number, who=name, child=copy.child, date=day)
        if copy.receipt.reminded_at is not None:
            lines.append(Html(f"{line} {t('notes-unread-done')}"))
            continue
        lines.append(line)
        id_ = copy.receipt.id
        buttons.append(
            [
                button(t("notes-remind", number=number), NoteUnread(receipt_id=id_, action="remind")),
                button(t("notes-call", number=number), NoteUnread(receipt_id=id_, action="call")),
            ]
        )
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
                    relation=each.relation,
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


def class_heard(
    t: Texts, school_class: SchoolClass, found: Sequence[Heard], now: datetime, days: int
) -> Screen:
    """Who is connected, who has heard nothing for longest, and which families are silent."""
    if not found:
        return Screen(t("note-no-pupils", class_name=school_class.name), keyboard([go(t, "menu")]))
    lines = []
    for each in found:
        places = each.pupil.guardians
        came = sum(place.connected for place in places)
        if each.at is not None:
            heard = t("class-days", days=(now - each.at) // timedelta(days=1))
        else:
            heard = t("class-never" if came else "class-alone")
        sign = "🔇 " if each.silent else ""
        line = t("class-line", name=each.pupil.name, came=came, of=len(places), heard=heard)
        lines.append(f"{sign}{line}")
    silent = sum(each.silent for each in found)
    text = "\n".join([t("class-title", class_name=school_class.name), "", *lines])
    if silent:
        text = f"{text}\n\n{t('class-silent', days=days)}"
    id_ = school_class.id
    quiet = [button(t("class-write-silent", count=silent), NoteMany(class_id=id_, choose="silent"))]
    return Screen(
        text,
        keyboard(
            [button(t("class-write"), NoteClass(class_id=id_))],
            quiet if silent else [],
            [button(t("contact-log"), ContactPupil(class_id=id_, pupil_id=0))],
            [button(t("class-invite"), GuardianClass(class_id=id_))],
            [go(t, "menu")],
        ),
    )

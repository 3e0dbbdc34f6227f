"""The teacher writes to one or many, at once or later; changes it, takes it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex

from sqlalchemy import select, update

from bot.config import Settings
from bot.db import notes as db
from bot.db import outbox
from bot.db import roster as roster_db
from bot.db.access import Actor, own_notes, own_templates, teaches_pupil
from bot.db.accounts import Role, Topic
from bot.db.base import Session
from bot.db.notes import Channel, Note, NoteKind, NoteReceipt, NoteTemplate, ReceiptState
from bot.db.outbox import File, MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil, PupilRow, SchoolClass, Teaching, welcome
from bot.errors import AppError, NotFoundError
from bot.features import audit, roster
from bot.features.accounts import require
from bot.features.notes import FILES_MAX, TEXT_MAX, words_of
from bot.features.outbox import Message, clean_text, post

TAKE_BACK = timedelta(minutes=10)
LATER_MAX = timedelta(days=60)
TEMPLATES_MAX = 20
WRITERS = (Role.TEACHER, Role.SPECIALIST, Role.ADMIN)


@dataclass(frozen=True)
class Addressees:
    """Whom a note is about, by name, and whether the writer may invite those who have not come."""

    pupils: tuple[PupilRow, ...]
    class_id: int
    may_invite: bool

    @property
    def reached(self) -> tuple[PupilRow, ...]:
        """The pupils about whom a note would reach somebody."""
        return tuple(pupil for pupil in self.pupils if pupil.reached)

    @property
    def child(self) -> str:
        """The first name of the first pupil."""
        return self.pupils[0].first_name


@dataclass(frozen=True)
class Draft:
    """A note as it will be sent: `at` later (None: at once), `urgent` in spite of quiet hours."""

    pupils: tuple[int, ...]
    kind: NoteKind
    text: str = ""
    files: tuple[File, ...] = ()
    urgent: bool = False
    at: datetime | None = None


async def classes(session: Session, actor: Actor) -> Sequence[SchoolClass]:
    """The classes that the actor may write about, the one of their last note first.

    A specialist has none: they write about the pupils of the register. Raises AppError for an admin of the
    configuration who has not said their name yet.
    """
    require(actor, *WRITERS)
    if actor.staff_id is None:
        raise AppError("error-note-nameless")
    if not actor.is_one_of(Role.TEACHER, Role.ADMIN):
        return ()
    found = await roster.classes(session, actor)
    last = await db.last_class(session, actor.staff_id)
    return sorted(found, key=lambda school_class: school_class.id != last)


async def pupils_outside_classes(session: Session, actor: Actor, today: date) -> list[PupilRow]:
    """The pupils whom a specialist may write about."""
    require(actor, Role.SPECIALIST)
    return await roster_db.class_list(session, teaches_pupil(actor, today), welcome(today))


async def addressees(session: Session, actor: Actor, today: date, pupil_ids: Collection[int]) -> Addressees:
    """Those of the pupils whom the actor may write about.

    Raises NotFoundError where there is none: somebody else's pupil as one that does not exist.
    """
    require(actor, *WRITERS)
    allowed = teaches_pupil(actor, today) & Pupil.id.in_(pupil_ids)
    rows = await roster_db.class_list(session, allowed, welcome(today))
    if not rows:
        raise NotFoundError
    class_ids = set(
        await session.scalars(select(Pupil.class_id).where(Pupil.id.in_([row.id for row in rows])))
    )
    led = select(Teaching.class_id).where(Teaching.staff_id == actor.staff_id, Teaching.leads)
    may_invite = actor.is_one_of(Role.ADMIN) or class_ids <= set(await session.scalars(led))
    return Addressees(tuple(rows), min(class_ids), may_invite)


def named(pupils: Collection[PupilRow], typed: str) -> list[PupilRow]:
    """Those of the pupils whom a typed first name, surname, or both, may mean."""
    words = _plain(typed)
    return [
        pupil
        for pupil in pupils
        if words in {_plain(pupil.first_name), _plain(pupil.surname), _plain(pupil.name)}
        or words == _plain(f"{pupil.first_name} {pupil.surname}")
    ]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


@dataclass(frozen=True)
class SentNote:
    """A note on its way: to whom, how many of those chosen are not the writer's any more, and from when."""

    note: Note
    to: Addressees
    gone: int


async def send(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, draft: Draft
) -> SentNote:
    """Write a note to every guardian of the pupils, in as many queries for a class as for one pupil.

    Guardians who have not come, or want no notes, get a receipt that says so. Raises AppError where none of
    the pupils is in the actor's classes any more, where nobody would get the note, or for a wrong time.
    """
    try:
        to = await addressees(session, actor, today, draft.pupils)
    except NotFoundError:
        raise AppError("error-note-pupil-gone") from None
    if actor.staff_id is None:
        raise AppError("error-note-nameless")
    if not to.reached:
        raise AppError("error-note-nobody", child=to.child)
    text = words_of(draft.text, draft.files, TEXT_MAX)
    if draft.at and not now < draft.at <= now + LATER_MAX:
        raise AppError("error-note-when", days=LATER_MAX.days)
    note = Note(
        staff_id=actor.staff_id,
        channel=Channel.BOT,
        kind=draft.kind,
        text=text,
        files=[list(file) for file in draft.files[:FILES_MAX]],
        urgent=draft.urgent,
        created_at=now,
        goes_at=draft.at or now,
    )
    session.add(note)
    await session.flush()
    copies = await _copies(session, note, to, today)
    children = {pupil.id: pupil.first_name for pupil in to.pupils}
    posted = await post(
        session,
        settings,
        now,
        [
            Message(
                place.person_id,
                "note",
                _arguments(note, receipt_id, children[place.pupil_id], actor.name),
                key=f"note:{receipt_id}",
                topic=Topic.NOTES,
                urgent=draft.urgent,
                subject_id=receipt_id,
                not_before=draft.at,
                guardian_id=place.id,
            )
            for place, receipt_id in copies.items()
            if place.person_id is not None
        ],
    )
    receipts = [receipt_id for place, receipt_id in copies.items() if place.person_id is not None]
    await session.execute(
        update(NoteReceipt),
        [
            {"id": id_, "outbox_id": each.id, "obstacle": ReceiptState.OFF if each.off else None}
            for id_, each in zip(receipts, posted, strict=True)
        ],
    )
    note.goes_at = min((each.goes_at for each in posted if each.goes_at), default=note.goes_at)
    audit.record(
        session,
        actor,
        now,
        "note.sent",
        f"note:{note.id}",
        pupils=[pupil.id for pupil in to.pupils],
        kind=draft.kind.value,
        urgent=draft.urgent,
    )
    return SentNote(note, to, len(set(draft.pupils)) - len(to.pupils))


async def _copies(session: Session, note: Note, to: Addressees, today: date) -> dict[Guardian, int]:
    """A receipt for every guardian's place at the pupils; its id by place."""
    ids = [pupil.id for pupil in to.pupils]
    here = select(Guardian).where(Guardian.pupil_id.in_(ids), welcome(today)).order_by(Guardian.id)
    places = (await session.scalars(here)).all()
    rows = [
        {
            "note_id": note.id,
            "pupil_id": place.pupil_id,
            "guardian_id": place.id,
            "obstacle": ReceiptState.ABSENT if place.person_id is None else None,
        }
        for place in places
    ]
    receipts = await db.add_receipts(session, rows)
    return {place: receipts[place.id] for place in places}


def _arguments(note: Note, receipt_id: int, child: str, teacher: str) -> dict[str, object]:
    return {
        "receipt": receipt_id,
        "kind": note.kind.value,
        "child": child,
        "teacher": teacher,
        "text": note.text,
        "files": note.files,
        "urgent": note.urgent,
        "edited": note.edited_at is not None,
    }


# --- changing it -----------------------------------------------------------------------------------------


async def to_take_back(session: Session, actor: Actor, now: datetime, note_id: int) -> Note:
    """The actor's own note, or contact, while it can be taken back: until ten minutes after it has gone out.

    Raises AppError afterwards.
    """
    note = await session.scalar(select(Note).where(own_notes(actor), Note.id == note_id))
    if note is None:
        raise NotFoundError
    if note.withdrawn_at is not None:
        raise AppError("error-note-withdrawn-already")
    if now > note.goes_at + TAKE_BACK:
        raise AppError("error-note-late")
    return note


async def to_change(session: Session, actor: Actor, now: datetime, note_id: int) -> Note:
    """The actor's own note while it can be given other words. Raises AppError afterwards."""
    note = await to_take_back(session, actor, now, note_id)
    if note.channel != Channel.BOT:
        raise NotFoundError
    return note


async def take_back(session: Session, actor: Actor, now: datetime, settings: Settings, note_id: int) -> Note:
    """Take a note back: what waits is not sent, what has come is replaced by a word that it is withdrawn.

    Of a contact that was none the requests for a call that it had closed are open again.
    """
    note = await to_take_back(session, actor, now, note_id)
    sent = await db.messages(session, note_id)
    come = _may_have_come(sent, now)
    await outbox.withdraw(session, now, OutboxMessage.id.in_([each.message.id for each in sent]))
    note.withdrawn_at, note.first_delivered_at = now, None
    messages = [
        Message(
            each.message.person_id,
            "note-withdrawn",
            {"child": each.child, "teacher": actor.name},
            key=f"note-withdrawn:{each.receipt_id}",
            urgent=True,  # it makes no sound, and what is to be unsaid should not stand there all night
            replaces_id=each.message.id,
            guardian_id=each.message.guardian_id,
        )
        for each in come
    ]
    await post(session, settings, now, messages)
    if note.channel != Channel.BOT:
        places = select(NoteReceipt.guardian_id).where(NoteReceipt.note_id == note_id)
        closed = NoteReceipt.guardian_id.in_(places) & (NoteReceipt.talked_at == note.created_at)
        await db.set_talked(session, actor.staff_id, closed, None)
    action = "note.withdrawn" if note.channel == Channel.BOT else "contact.withdrawn"
    audit.record(session, actor, now, action, f"note:{note_id}")
    return note


async def change(
    session: Session, actor: Actor, now: datetime, settings: Settings, note_id: int, text: str | None
) -> Note:
    """Give a note another text; where it has come already it is marked as edited, and not read any more."""
    note = await to_change(session, actor, now, note_id)
    note.text = clean_text(text, TEXT_MAX)
    sent = await db.messages(session, note_id)
    for each in sent:
        if each.message.state != MessageState.SENT:
            each.message.arguments = _arguments(note, each.receipt_id, each.child, actor.name)
    note.edited_at = now
    come = _may_have_come(sent, now)
    await db.set_unread(session, {each.receipt_id for each in come})
    messages = [
        Message(
            each.message.person_id,
            "note-changed",
            _arguments(note, each.receipt_id, each.child, actor.name),
            key=f"note-changed:{each.receipt_id}:{token_hex(8)}",
            urgent=True,
            replaces_id=each.message.id,
            guardian_id=each.message.guardian_id,
        )
        for each in come
    ]
    await post(session, settings, now, messages)
    audit.record(session, actor, now, "note.changed", f"note:{note_id}")
    return note


def _may_have_come(sent: Sequence[db.Sent], now: datetime) -> list[db.Sent]:
    return [each for each in sent if outbox.may_have_come(each.message.state, each.message.not_before, now)]


# --- templates -------------------------------------------------------------------------------------------


async def templates(session: Session, actor: Actor, kind: NoteKind | None = None) -> Sequence[NoteTemplate]:
    """The actor's own templates, of one kind or of all."""
    require(actor, *WRITERS)
    of_kind = own_templates(actor) if kind is None else own_templates(actor) & (NoteTemplate.kind == kind)
    return await db.templates(session, of_kind)


async def template(session: Session, actor: Actor, template_id: int) -> NoteTemplate:
    """One of the actor's own templates."""
    found = await db.templates(session, own_templates(actor) & (NoteTemplate.id == template_id))
    if not found:
        raise NotFoundError
    return found[0]


async def save_template(session: Session, actor: Actor, now: datetime, kind: NoteKind, text: str) -> bool:
    """Keep words to be used again; False where they are kept already.

    Raises AppError where there are too many.
    """
    text = clean_text(text, TEXT_MAX)
    own = await templates(session, actor)
    if any(each.kind == kind and each.text == text for each in own):
        return False
    if len(own) >= TEMPLATES_MAX:
        raise AppError("error-note-templates", max=TEMPLATES_MAX)
    if actor.staff_id is None:
        raise AppError("error-note-nameless")
    row = NoteTemplate(staff_id=actor.staff_id, kind=kind, text=text)
    session.add(row)
    await session.flush()
    audit.record(session, actor, now, "template.saved", f"template:{row.id}", kind=kind)
    return True


async def delete_template(session: Session, actor: Actor, now: datetime, template_id: int) -> None:
    """Forget one of the actor's own templates."""
    await session.delete(await template(session, actor, template_id))
    audit.record(session, actor, now, "template.deleted", f"template:{template_id}")

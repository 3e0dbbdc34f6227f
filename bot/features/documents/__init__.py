"""Documents: what may be put in, who confirms it, how it stands (indicators 1.1, 1.4, 2.7, 2.9-2.11, 4.6)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from bot.config import Settings
from bot.db import documents as db
from bot.db.access import Actor, own_document, sees_document
from bot.db.accounts import Role, Staff, teaching_staff
from bot.db.base import Session, active
from bot.db.documents import Document, DocumentKind, DocumentRow
from bot.db.outbox import File
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import Message, clean_line, clean_text, post
from bot.programme.model import LocalAct, Programme

TITLE_MAX, NUMBER_MAX, WORD_MAX, FILES_MAX = 200, 50, 500, 10
# Older papers are no longer of use, and a mistyped year is noticed.
FIRST_DAY = date(2000, 1, 1)
# An end further away than this is a mistyped one.
FAR = relativedelta(years=20)
TRAINING_VALID = relativedelta(years=3)

# Whose they are matters: a teacher puts in their own, which an admin confirms.
OWN = frozenset({DocumentKind.PRACTICE, DocumentKind.TRAINING})
# What may have an end that somebody sets.
ENDING = frozenset(
    {
        DocumentKind.AGREEMENT,
        DocumentKind.EXTRACURRICULAR,
        DocumentKind.LITERACY,
        DocumentKind.LOCAL_ACT,
    }
)


class Standing(StrEnum):
    """How a document stands on a day."""

    WAITING = "waiting"
    RETURNED = "returned"
    IN_FORCE = "in_force"
    RUN_OUT = "run_out"
    WITHDRAWN = "withdrawn"


def standing(document: Document, on: date) -> Standing:
    """How a document stands on a day."""
    if document.withdrawn_on and document.withdrawn_on <= on:
        return Standing.WITHDRAWN
    if document.confirmed_on is None:
        return Standing.RETURNED if document.returned_at else Standing.WAITING
    if document.valid_until and document.valid_until < on:
        return Standing.RUN_OUT
    return Standing.IN_FORCE


@dataclass(frozen=True)
class Draft:
    """What is to be put in; `staff_id` says whose practice or training it is, `act_key` which local act."""

    kind: DocumentKind
    title: str
    on_date: date
    number: str = ""
    valid_until: date | None = None
    files: tuple[File, ...] = ()
    staff_id: int | None = None
    act_key: str = ""
    supports_subject: bool = False


def clean_title(text: str | None) -> str:
    """A title as somebody typed it.

    Raises AppError for none or too long a one.
    """
    return clean_line(text, TITLE_MAX)


def clean_number(text: str | None) -> str:
    """A number as it stands on the paper ("12/3-од").

    Raises AppError for none or too long a one.
    """
    return clean_line(text, NUMBER_MAX)


def check_day(kind: DocumentKind, day: date, today: date) -> date:
    """The day of a document, if it can have it.

    Raises AppError for one to come, a very old one, and a training that is valid no more.
    """
    if day > today:
        raise AppError("error-document-future")
    if day < FIRST_DAY:
        raise AppError("error-document-old", year=str(FIRST_DAY.year))
    if kind == DocumentKind.TRAINING and day + TRAINING_VALID < today:
        raise AppError("error-document-training-old")
    return day


def check_end(day: date, today: date) -> date:
    """The last day of a document, if it can have it.

    Raises AppError for one that has passed or is very far away.
    """
    if day < today:
        raise AppError("error-document-over")
    if day > today + FAR:
        raise AppError("error-document-far")
    return day


def end_of(kind: DocumentKind, on_date: date, valid_until: date | None) -> date | None:
    """The last day on which a document is in force: of a training three years from its date."""
    if kind == DocumentKind.TRAINING:
        return on_date + TRAINING_VALID
    return valid_until if kind in ENDING else None


def may_add(actor: Actor, kind: DocumentKind) -> bool:
    """Whether the actor may put in documents of the kind: an admin all, a teacher their own."""
    return actor.is_one_of(Role.ADMIN) or (actor.is_one_of(Role.TEACHER) and kind in OWN)


def require_adding(actor: Actor, kind: DocumentKind) -> None:
    """Refuse whoever may not put in documents of the kind.

    Raises NotFoundError.
    """
    if not may_add(actor, kind):
        raise NotFoundError


def find_act(programme: Programme, key: str) -> LocalAct:
    """The local act that the programme lists under the key.

    Raises NotFoundError.
    """
    for act in programme.local_acts:
        if act.key == key:
            return act
    raise NotFoundError


async def put_in(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    draft: Draft,
    mended_id: int | None = None,
) -> DocumentRow:
    """Put a document in; of an admin it is confirmed at once, of a teacher it waits for one.

    `mended_id` names what was sent back to its author: it is put right instead. Raises AppError for what
    cannot be, NotFoundError for what is not the actor's.
    """
    require_adding(actor, draft.kind)
    is_admin = actor.is_one_of(Role.ADMIN)
    owner = await _owner(session, actor, today, draft)
    if draft.kind == DocumentKind.LOCAL_ACT:
        find_act(programme, draft.act_key)
    until = end_of(draft.kind, check_day(draft.kind, draft.on_date, today), draft.valid_until)
    if until is not None and draft.kind in ENDING:
        check_end(until, today)
    if len(draft.files) > FILES_MAX:
        raise AppError("error-document-files", limit=FILES_MAX)
    values = {
        "kind": draft.kind,
        "title": clean_title(draft.title),
        "number": clean_number(draft.number) if draft.number else "",
        "on_date": draft.on_date,
        "valid_until": until,
        "files": list(draft.files),
        "staff_id": owner.id if owner else None,
        "act_key": draft.act_key if draft.kind == DocumentKind.LOCAL_ACT else "",
        "supports_subject": draft.supports_subject and draft.kind == DocumentKind.EXTRACURRICULAR,
        "confirmed_on": today if is_admin else None,
        "confirmed_by": actor.person_id if is_admin else None,
    }
    if mended_id is None:
        document = Document(**values, created_by=actor.person_id, created_at=now)
        session.add(document)
    else:
        document = await returned(session, actor, mended_id)
        for name, value in values.items():
            setattr(document, name, value)
        document.returned_at = None
    await session.flush()
    audit.record(
        session,
        actor,
        now,
        "document.mended" if mended_id else "document.put_in",
        f"document:{document.id}",
        kind=draft.kind,
        on_date=draft.on_date.isoformat(),
        valid_until=until.isoformat() if until else None,
        files=len(draft.files),
        staff_id=document.staff_id,
        act=document.act_key or None,
        confirmed=is_admin,
    )
    return DocumentRow(document, owner.name if owner else "", owner.person_id if owner else None)


async def owners(session: Session, actor: Actor, today: date) -> list[tuple[int, str]]:
    """The teaching staff, one of whom a practice or training is: for an admin who puts it in."""
    require(actor, Role.ADMIN)
    return await teaching_staff(session, today)


async def _owner(session: Session, actor: Actor, today: date, draft: Draft) -> Staff | None:
    """Whose it is: of a teacher always their own."""
    if draft.kind not in OWN:
        return None
    staff_id = draft.staff_id if actor.is_one_of(Role.ADMIN) else actor.staff_id
    owner = await session.scalar(select(Staff).where(Staff.id == (staff_id or 0), active(Staff, today)))
    if owner is None:
        raise NotFoundError
    return owner


# --- what an admin says ----------------------------------------------------------------------------------


async def confirm(
    session: Session, settings: Settings, actor: Actor, now: datetime, today: date, document_id: int
) -> DocumentRow:
    """Accept what a teacher has put in; it counts from today, and the author is told.

    Raises AppError where it waits no more.
    """
    row = await _to_decide(session, actor, document_id)
    row.document.confirmed_on, row.document.confirmed_by = today, actor.person_id
    audit.record(session, actor, now, "document.confirmed", f"document:{document_id}")
    await _tell(session, settings, now, row, "document-accepted")
    return row


async def send_back(
    session: Session, settings: Settings, actor: Actor, now: datetime, document_id: int, word: str | None
) -> DocumentRow:
    """Send back to the author what should be different, with a word on it.

    Raises AppError where it waits no more, and for no words or too many.
    """
    word = clean_text(word, WORD_MAX)
    row = await _to_decide(session, actor, document_id)
    row.document.returned_at, row.document.comment = now, word
    audit.record(session, actor, now, "document.returned", f"document:{document_id}")
    await _tell(session, settings, now, row, "document-returned")
    return row


async def _to_decide(session: Session, actor: Actor, document_id: int) -> DocumentRow:
    require(actor, Role.ADMIN)
    found = await db.documents(session, Document.id == document_id, ())
    if not found:
        raise NotFoundError
    document = found[0].document
    if document.confirmed_on or document.returned_at or document.withdrawn_on:
        raise AppError("error-document-decided")
    return found[0]


async def _tell(session: Session, settings: Settings, now: datetime, row: DocumentRow, kind: str) -> None:
    document = row.document
    if row.person_id is None:
        return
    arguments = {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "comment": document.comment,
    }
    key = f"{kind}:{document.id}:{now.isoformat()}"
    await post(session, settings, now, [Message(row.person_id, kind, arguments, key)])


async def withdraw(
    session: Session, actor: Actor, now: datetime, today: date, document_id: int, day: date
) -> DocumentRow:
    """Note that a document is in force no more from a day on, today or later.

    For an admin; an author takes back what nobody has confirmed yet, at once. A day still to come can be
    set anew. Raises AppError for a past day (what was in force then was), for one after its end, and for
    what is withdrawn already.
    """
    row = await find(session, actor, today, document_id)
    document = row.document
    if not may_withdraw(actor, document):
        raise NotFoundError
    if document.withdrawn_on is not None and document.withdrawn_on <= today:
        raise AppError("error-document-withdrawn")
    if document.confirmed_on is None:
        day = today
    if day < today:
        raise AppError("error-document-withdraw-past")
    if day > (document.valid_until or today + FAR):
        raise AppError("error-document-withdraw-late")
    document.withdrawn_on = day
    audit.record(
        session, actor, now, "document.withdrawn", f"document:{document_id}", from_day=day.isoformat()
    )
    return row


def may_withdraw(actor: Actor, document: Document) -> bool:
    """Whether the actor may: an admin what is confirmed, the author what is not."""
    if document.confirmed_on is not None:
        return actor.is_one_of(Role.ADMIN)
    return document.staff_id == actor.staff_id


# --- looking ---------------------------------------------------------------------------------------------


async def find(session: Session, actor: Actor, today: date, document_id: int) -> DocumentRow:
    """A document that the actor may read.

    Raises NotFoundError.
    """
    require(actor, Role.ADMIN, Role.TEACHER)
    found = await db.documents(session, sees_document(actor, today) & (Document.id == document_id), ())
    if not found:
        raise NotFoundError
    return found[0]


async def returned(session: Session, actor: Actor, document_id: int) -> Document:
    """A document of the actor's own that was sent back, to be put right.

    Raises AppError where it waits again or is decided, NotFoundError for somebody else's.
    """
    require(actor, Role.ADMIN, Role.TEACHER)
    found = await db.documents(session, own_document(actor) & (Document.id == document_id), ())
    if not found:
        raise NotFoundError
    document = found[0].document
    if document.returned_at is None or document.confirmed_on or document.withdrawn_on:
        raise AppError("error-document-decided")
    return document

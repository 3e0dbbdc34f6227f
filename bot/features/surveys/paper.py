"""The paper round: coded sheets for families that have not answered, entered by staff, each counted once.

A family is all guardians of a guardian's children. On paper it speaks once, and only where none of it has
answered in the chat; once its sheet is entered none of it is asked in the chat any more.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import delete, select, update

from bot.config import Settings
from bot.db import roster
from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.roster import Guardian, Pupil, SchoolClass, welcome
from bot.db.surveys import (
    Survey,
    SurveyDraft,
    SurveyParticipant,
    SurveyQuestion,
    SurveyRow,
    SurveySheet,
    SurveyState,
)
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.surveys import Audience, find, in_audience
from bot.features.surveys.keeping import clean_answer, keep_answers

STAFF = (Role.TEACHER, Role.RESPONSIBLE, Role.SPECIALIST, Role.ADMIN)
_DIGITS = 7

# --- families --------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A guardian's place at a pupil, taken by a person or not."""

    id: int
    pupil_id: int
    name: str
    person_id: int | None


@dataclass(frozen=True)
class Family:
    """All guardians of somebody's children: those who have come, and all their places."""

    people: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


class Families:
    """Who belongs together. Somebody who has not come is known by their name: one mother of two children."""

    def __init__(self, places: Iterable[Place]) -> None:
        places = list(places)
        come = {_folded(place.name): place.person_id for place in places if place.person_id is not None}
        self._who: dict[int, int | str] = {
            place.id: place.person_id or come.get(_folded(place.name)) or _folded(place.name)
            for place in places
        }
        self._places: dict[int | str, set[int]] = {}
        self._pupils: dict[int | str, set[int]] = {}
        self._at: dict[int, set[int]] = {}
        for place in places:
            self._places.setdefault(self._who[place.id], set()).add(place.id)
            self._pupils.setdefault(self._who[place.id], set()).add(place.pupil_id)
            self._at.setdefault(place.pupil_id, set()).add(place.id)

    def of_place(self, place_id: int) -> Family:
        """The family of whoever has the place."""
        return self._of(self._who[place_id]) if place_id in self._who else Family()

    def of_person(self, person_id: int) -> Family:
        """The family of somebody who has come."""
        return self._of(person_id)

    def _of(self, who: int | str) -> Family:
        members = {self._who[place] for pupil in self._pupils.get(who, ()) for place in self._at[pupil]}
        people = frozenset(member for member in members if isinstance(member, int))
        return Family(people, frozenset(place for member in members for place in self._places[member]))


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


async def families(session: Session, today: date) -> Families:
    """The families of today's pupils: one query."""
    query = (
        select(Guardian.id, Guardian.pupil_id, Guardian.name, Guardian.person_id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(active(Guardian, today), active(Pupil, today))
    )
    return Families(Place(*row) for row in await session.execute(query))


async def spoken_for(session: Session, survey_id: int, known: Families) -> set[int]:
    """The people whose family has answered on paper."""
    return {person for place in await _entered(session, survey_id) for person in known.of_place(place).people}


async def _entered(session: Session, survey_id: int) -> set[int]:
    query = select(SurveySheet.guardian_id).where(
        SurveySheet.survey_id == survey_id, SurveySheet.entered, SurveySheet.guardian_id.is_not(None)
    )
    return {place for place in await session.scalars(query) if place is not None}


# --- codes -----------------------------------------------------------------------------------------------


def new_code() -> str:
    """Seven random digits and two that check them: digits are typed on every keyboard."""
    digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    return digits + _check(digits)


def read_code(text: str) -> str | None:
    """The code that somebody typed, spaces and dashes aside; None where a digit is wrong, or two swapped."""
    code = re.sub(r"[\s.\-–—]", "", text)
    if not re.fullmatch(rf"[0-9]{{{_DIGITS + 2}}}", code) or _check(code[:_DIGITS]) != code[_DIGITS:]:
        return None
    return code


def _check(digits: str) -> str:
    # ISO 7064, MOD 97-10, as in bank accounts: every wrong digit and every two swapped neighbours show.
    return f"{98 - int(digits) * 100 % 97:02}"


def _hash(survey_id: int, code: str) -> str:
    return hashlib.sha256(f"{survey_id}:{code}".encode()).hexdigest()


# --- printing --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedSheet:
    """A sheet to be printed: whose it is, and its code, which is nowhere kept."""

    guardian: str
    pupil: str
    class_name: str
    code: str


async def print_sheets(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    survey_id: int,
    *,
    class_id: int | None = None,
    offline_only: bool,
) -> list[PrintedSheet]:
    """Make sheets for the families that have not answered, by class and pupil. For an admin.

    `offline_only`: for those alone of whom nobody has come to the bot. A sheet that was printed before stays
    good. Raises AppError where the survey is not open to guardians, or nobody is left.
    """
    survey, _ = await to_print(session, actor, survey_id)
    known = await families(session, today)
    people = (
        await session.execute(
            select(SurveyParticipant.person_id, SurveyParticipant.finished).where(
                SurveyParticipant.survey_id == survey_id
            )
        )
    ).all()
    asked = {person for person, _ in people}
    answered = {person for person, finished in people if finished}
    earlier = select(SurveySheet).where(
        SurveySheet.survey_id == survey_id, SurveySheet.guardian_id.is_not(None)
    )
    before = (await session.scalars(earlier)).all()
    entered = {sheet.guardian_id for sheet in before if sheet.entered}
    counted = {sheet.guardian_id for sheet in before if sheet.counts}
    query = (
        select(Guardian, Pupil, SchoolClass)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(welcome(today), active(Pupil, today), in_audience(survey.audience))
        # Of a family, who has not come first; then the youngest child.
        .order_by(
            Guardian.person_id.is_not(None), SchoolClass.grade, SchoolClass.letter, Pupil.surname, Guardian.id
        )
    )
    made: dict[int, tuple[tuple[Any, ...], PrintedSheet]] = {}
    for guardian, pupil, school_class in await session.execute(query):
        family = known.of_place(guardian.id)
        done = family.people & answered or family.places & entered or family.places & made.keys()
        elsewhere = class_id is not None and school_class.id != class_id
        if done or elsewhere or (offline_only and family.people):
            continue
        code = new_code()
        session.add(
            SurveySheet(
                id=uuid4().hex,
                survey_id=survey_id,
                guardian_id=guardian.id,
                class_id=school_class.id,
                code_hash=_hash(survey_id, code),
                entered=False,
                counts=not family.people & asked and not family.places & counted,
            )
        )
        order = (school_class.grade, school_class.letter, pupil.surname, pupil.first_name, guardian.id)
        made[guardian.id] = order, PrintedSheet(guardian.name, pupil.name, school_class.name, code)
    if not made:
        raise AppError("error-sheets-nobody")
    audit.record(session, actor, now, "survey.sheets_printed", f"survey:{survey_id}", sheets=len(made))
    await session.flush()
    return [sheet for _, sheet in sorted(made.values(), key=lambda each: each[0])]


async def to_print(session: Session, actor: Actor, survey_id: int) -> tuple[Survey, Sequence[SchoolClass]]:
    """A survey that sheets can be printed for, and the classes it asks. For an admin.

    Raises AppError where it is not open, or not for guardians.
    """
    survey = (await find(session, actor, survey_id)).survey
    if survey.audience["role"] != Audience.GUARDIAN:
        raise AppError("error-sheets-guardians")
    if survey.state != SurveyState.OPEN:
        raise AppError("error-survey-closed")
    return survey, await roster.classes(session, in_audience(survey.audience))


# --- entering --------------------------------------------------------------------------------------------


async def rounds(session: Session, actor: Actor, now: datetime) -> list[SurveyRow]:
    """The open surveys that sheets have been printed for. For staff; for others there are none."""
    if not actor.is_one_of(*STAFF):
        return []
    printed = select(SurveySheet.survey_id)
    return await db.surveys(
        session, (Survey.state == SurveyState.OPEN) & (Survey.closes_at > now) & Survey.id.in_(printed)
    )


async def to_enter(session: Session, actor: Actor, now: datetime, survey_id: int) -> Survey:
    """A survey whose sheets can be entered. For staff; raises AppError where it is not open."""
    require(actor, *STAFF)
    survey = await session.get(Survey, survey_id)
    if survey is None or survey.state == SurveyState.DRAFT:
        raise NotFoundError
    if survey.state != SurveyState.OPEN or (survey.closes_at and survey.closes_at <= now):
        raise AppError("error-survey-closed")
    return survey


async def questions(session: Session, actor: Actor, survey_id: int) -> Sequence[SurveyQuestion]:
    """What the sheets of a survey ask. For staff."""
    require(actor, *STAFF)
    return await db.questions(session, survey_id)


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not of the staff, in the words for things that do not exist."""
    require(actor, *STAFF)


@dataclass(frozen=True)
class SheetInHand:
    """A sheet that may be entered, and what it asks."""

    survey: Survey
    questions: tuple[SurveyQuestion, ...]
    code: str


async def open_sheet(
    session: Session, actor: Actor, now: datetime, today: date, survey_id: int, typed: str
) -> SheetInHand:
    """The sheet with the code that somebody typed. For staff.

    Raises AppError for a mistyped or unknown code, for a sheet entered already, and where the family has
    answered otherwise meanwhile.
    """
    survey = await to_enter(session, actor, now, survey_id)
    code = read_code(typed)
    if code is None:
        raise AppError("error-sheet-mistyped")
    await _find_sheet(session, today, survey_id, code)
    return SheetInHand(survey, tuple(await db.questions(session, survey_id)), code)


async def _find_sheet(session: Session, today: date, survey_id: int, code: str) -> tuple[SurveySheet, Family]:
    query = select(SurveySheet).where(SurveySheet.code_hash == _hash(survey_id, code))
    sheet = await session.scalar(query)
    if sheet is None:
        raise AppError("error-sheet-unknown")
    if sheet.guardian_id is None:
        raise AppError("error-sheet-entered")
    family = (await families(session, today)).of_place(sheet.guardian_id)
    if (family.places | {sheet.guardian_id}) & await _entered(session, survey_id):
        raise AppError("error-sheet-family-paper")
    answered = select(SurveyParticipant.person_id).where(
        SurveyParticipant.survey_id == survey_id,
        SurveyParticipant.finished,
        SurveyParticipant.person_id.in_(family.people),
    )
    if await session.scalar(answered.limit(1)):
        raise AppError("error-sheet-family-chat")
    return sheet, family


async def enter_sheet(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    survey_id: int,
    code: str,
    answers: Mapping[int, Any],
) -> Survey:
    """Count a sheet's answers, by position; what was left blank is left out. For staff; once.

    From then on nothing leads from the code to the family. Raises what `open_sheet` does.
    """
    found = await open_sheet(session, actor, now, today, survey_id, code)
    clean = {
        at: None if value is None else clean_answer(found.questions[at], value)
        for at, value in answers.items()
    }
    if all(value is None for value in clean.values()):
        raise AppError("error-sheet-blank")
    sheet, family = await _find_sheet(session, today, survey_id, found.code)
    class_id = sheet.class_id
    sheet.entered, sheet.counts, sheet.code_hash = True, True, None
    await session.flush()
    session.add(
        SurveySheet(
            id=uuid4().hex,
            survey_id=survey_id,
            code_hash=_hash(survey_id, found.code),
            entered=False,
            counts=False,
        )
    )
    others = SurveySheet.survey_id == survey_id, SurveySheet.guardian_id.in_(family.places)
    await session.execute(update(SurveySheet).where(*others, ~SurveySheet.entered).values(counts=False))
    # The family has spoken: nobody of it is asked in the chat any more.
    for table in (SurveyDraft, SurveyParticipant):
        await session.execute(
            delete(table).where(table.survey_id == survey_id, table.person_id.in_(family.people))
        )
    await keep_answers(
        session, settings, found.survey, found.questions, clean, class_id=class_id, person_id=None
    )
    audit.record(session, actor, now, "survey.sheet_entered", f"survey:{survey_id}")
    return found.survey

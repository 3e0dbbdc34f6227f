"""Surveys: opening, answering, closing, results. Who answered what is known to nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, select, update

from bot.config import Settings
from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.accounts import Person, Role, Topic
from bot.db.base import Session, active
from bot.db.roster import Guardian, Pupil
from bot.db.surveys import (
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyParticipant,
    SurveyQuestion,
    SurveyRow,
    SurveyState,
)
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import Message, awake, clean_text, post

SATISFACTION = "satisfaction"
SCALE = range(1, 6)
SATISFIED_FROM = 4
DAYS = (7, 14, 30)
TEXT_MAX = 1000
# What was answered in words tells more of a person than a number: it takes more answers to be shown.
WORDS_MIN = 10
FIRST_REMINDER = timedelta(days=3)
LAST_REMINDER = timedelta(days=1)
REMINDERS_AT = time(10)


@dataclass(frozen=True)
class Question:
    """A question as it will be asked; `headline` marks the one whose 4s and 5s are the share satisfied."""

    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    headline: bool = False


# --- the admin -------------------------------------------------------------------------------------------


async def all_surveys(session: Session, actor: Actor) -> list[SurveyRow]:
    """Every survey with its response, the newest first. For an admin."""
    require(actor, Role.ADMIN)
    return await db.surveys(session, Survey.id > 0)


async def find(session: Session, actor: Actor, survey_id: int) -> SurveyRow:
    """One survey with its response. For an admin."""
    require(actor, Role.ADMIN)
    rows = await db.surveys(session, Survey.id == survey_id)
    if not rows:
        raise NotFoundError
    return rows[0]


async def open_survey(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    *,
    title: str,
    questions: Sequence[Question],
    days: int,
    template: str | None = SATISFACTION,
) -> SurveyRow:
    """Ask every guardian who has come, anonymously, for so many days; who comes later is not asked.

    It closes at the end of the last day. Raises AppError where such a survey is open, or nobody is there.
    """
    require(actor, Role.ADMIN)
    if days not in DAYS:
        raise NotFoundError
    running = select(Survey.id).where(Survey.state == SurveyState.OPEN, Survey.template == template)
    if await session.scalar(running):
        raise AppError("error-survey-open")
    people = (
        await session.scalars(
            select(Guardian.person_id)
            .join(Pupil, Pupil.id == Guardian.pupil_id)
            .where(Guardian.person_id.is_not(None), active(Guardian, today), active(Pupil, today))
            .distinct()
            .order_by(Guardian.person_id)
        )
    ).all()
    if not people:
        raise AppError("error-survey-nobody")
    last_day = today + timedelta(days=days)
    survey = Survey(
        title=title,
        template=template,
        state=SurveyState.OPEN,
        anonymous=True,
        audience={"role": Role.GUARDIAN.value},
        created_by=actor.person_id,
        created_at=now,
        opened_at=now,
        closes_at=datetime.combine(last_day, time(), settings.school.zone),
    )
    session.add(survey)
    await session.flush()
    session.add_all(
        SurveyQuestion(
            survey_id=survey.id,
            position=position,
            kind=question.kind,
            text=question.text,
            options=list(question.options),
            headline=question.headline,
        )
        for position, question in enumerate(questions)
    )
    session.add_all(
        SurveyParticipant(survey_id=survey.id, person_id=person_id, finished=False, reminders=0)
        for person_id in people
    )
    messages = [_message(settings, survey, person_id, "survey") for person_id in people if person_id]
    await post(session, settings, now, messages)
    audit.record(session, actor, now, "survey.opened", f"survey:{survey.id}", asked=len(people))
    return SurveyRow(survey, len(people), 0)


def _message(settings: Settings, survey: Survey, person_id: int, kind: str, number: int = 0) -> Message:
    assert survey.closes_at is not None  # noqa: S101 - it was opened
    last_day = survey.closes_at.astimezone(settings.school.zone) - timedelta(days=1)
    return Message(
        person_id,
        kind,
        {"survey": survey.id, "title": survey.title, "last_day": f"{last_day:%d.%m}"},
        key=f"{kind}:{survey.id}:{person_id}:{number}",
        topic=Topic.SURVEYS,
    )


async def close(session: Session, actor: Actor, now: datetime, survey_id: int) -> SurveyRow:
    """End a survey before its time. For an admin; a closed one stays as it is."""
    found = await find(session, actor, survey_id)
    if await _close(session, now, found.survey):
        audit.record(session, actor, now, "survey.closed", f"survey:{survey_id}")
    return found


async def _close(session: Session, now: datetime, survey: Survey) -> bool:
    still_open = Survey.id == survey.id, Survey.state == SurveyState.OPEN
    claim = update(Survey).where(*still_open).values(state=SurveyState.CLOSED, closed_at=now)
    if await session.scalar(claim.returning(Survey.id)) is None:
        return False
    await session.refresh(survey)
    # Half of an answer is none; and nothing that leads to a person outlives the survey.
    await session.execute(delete(SurveyDraft).where(SurveyDraft.survey_id == survey.id))
    return True


@dataclass(frozen=True)
class QuestionResult:
    """How a question was answered. `counts` by score and `words` are empty where too few answered."""

    question: SurveyQuestion
    total: int
    counts: Mapping[int, int]
    words: Sequence[str]
    hidden: bool


@dataclass(frozen=True)
class Results:
    """A closed survey: the response, each question, and the share satisfied in per cent (None: hidden)."""

    row: SurveyRow
    questions: Sequence[QuestionResult]
    satisfied: float | None


async def results(session: Session, actor: Actor, settings: Settings, survey_id: int) -> Results:
    """What came out of a closed survey. For an admin; of an open one nobody sees anything.

    Raises AppError where it is still open.
    """
    row = await find(session, actor, survey_id)
    if row.survey.state != SurveyState.CLOSED:
        raise AppError("error-survey-still-open")
    scores, words = await db.scores(session, survey_id), await db.words(session, survey_id)
    minimum = settings.indicators.min_answers
    found = [
        question_result(question, scores.get(question.id, {}), words.get(question.id, ()), minimum)
        for question in await db.questions(session, survey_id)
    ]
    headline = next((result for result in found if result.question.headline), None)
    share = share_satisfied(headline.counts) if headline and not headline.hidden else None
    return Results(row, found, share)


def question_result(
    question: SurveyQuestion, counts: Mapping[int, int], words: Sequence[str], minimum: int
) -> QuestionResult:
    """What of a question may be shown: nothing below the minimum, words not below ten."""
    if question.kind == QuestionKind.TEXT:
        hidden = len(words) < max(minimum, WORDS_MIN)
        return QuestionResult(question, len(words), {}, () if hidden else words, hidden)
    total = sum(counts.values())
    hidden = total < minimum
    return QuestionResult(question, total, {} if hidden else counts, (), hidden)


def share_satisfied(counts: Mapping[int, int]) -> float | None:
    """The share of 4s and 5s in per cent; None without answers."""
    total = sum(counts.values())
    return 100 * sum(n for score, n in counts.items() if score >= SATISFIED_FROM) / total if total else None


# --- whoever is asked ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mine:
    """A survey that the actor has not answered yet, and how far they are."""

    survey: Survey
    answered: int
    of: int


async def open_surveys(session: Session, actor: Actor, now: datetime) -> list[Mine]:
    """The open surveys that wait for the actor."""
    of = select(func.count()).where(SurveyQuestion.survey_id == Survey.id).scalar_subquery()
    query = (
        select(Survey, SurveyDraft.answers, of)
        .join(SurveyParticipant, SurveyParticipant.survey_id == Survey.id)
        .outerjoin(
            SurveyDraft,
            (SurveyDraft.survey_id == Survey.id) & (SurveyDraft.person_id == SurveyParticipant.person_id),
        )
        .where(
            SurveyParticipant.person_id == (actor.person_id or 0),
            ~SurveyParticipant.finished,
            Survey.state == SurveyState.OPEN,
            Survey.closes_at > now,
        )
        .order_by(Survey.closes_at, Survey.id)
    )
    rows = await session.execute(query)
    return [Mine(survey, len(answers or {}), number) for survey, answers, number in rows]


async def open_for(session: Session, actor: Actor, now: datetime) -> int:
    """How many surveys wait for the actor."""
    return len(await open_surveys(session, actor, now))


@dataclass(frozen=True)
class Sheet:
    """A survey being answered: its questions and the answers so far, by position."""

    survey: Survey
    questions: Sequence[SurveyQuestion]
    answers: Mapping[int, Any]

    @property
    def next(self) -> int:
        """The first question without an answer; their number where there is none."""
        places = range(len(self.questions))
        return next((at for at in places if at not in self.answers), len(self.questions))


async def sheet(session: Session, actor: Actor, now: datetime, survey_id: int) -> Sheet:
    """The survey as the actor has answered it so far.

    Raises NotFoundError for who was not asked, AppError where it is closed or they have answered.
    """
    participant = await session.get(SurveyParticipant, (survey_id, actor.person_id or 0))
    survey = await session.get(Survey, survey_id)
    if participant is None or survey is None:
        raise NotFoundError
    if participant.finished:
        raise AppError("error-survey-answered")
    if survey.state != SurveyState.OPEN or (survey.closes_at and survey.closes_at <= now):
        raise AppError("error-survey-closed")
    draft = await session.get(SurveyDraft, (survey_id, participant.person_id))
    answers = {int(at): answer for at, answer in (draft.answers if draft else {}).items()}
    return Sheet(survey, await db.questions(session, survey_id), answers)


async def take_answer(
    session: Session, actor: Actor, now: datetime, survey_id: int, at: int, value: int | str | None
) -> Sheet:
    """Note an answer to the question at that place: a score, words, or None to leave words out.

    Raises what `sheet` does; NotFoundError for a place or score that there is not; AppError for long words.
    """
    found = await sheet(session, actor, now, survey_id)
    if not 0 <= at < len(found.questions):
        raise NotFoundError
    question = found.questions[at]
    if question.kind == QuestionKind.TEXT:
        if value is not None:
            value = clean_text(value if isinstance(value, str) else None, TEXT_MAX)
    elif value not in scores_of(question):
        raise NotFoundError
    answers = {**found.answers, at: value}
    draft = SurveyDraft(
        survey_id=survey_id,
        person_id=actor.person_id or 0,
        answers={str(place): kept for place, kept in sorted(answers.items())},
    )
    await session.merge(draft)
    return Sheet(found.survey, found.questions, answers)


def scores_of(question: SurveyQuestion) -> range:
    """The scores that a question can be answered with."""
    match question.kind:
        case QuestionKind.SCALE:
            return SCALE
        case QuestionKind.YES_NO:
            return range(2)
        case QuestionKind.ONE:
            return range(len(question.options))
    return range(0)


async def send_off(session: Session, actor: Actor, now: datetime, survey_id: int) -> None:
    """Hand the answers in: they lose their way back to the person. Once, and for good.

    Raises what `sheet` does; AppError where a question is not answered.
    """
    found = await sheet(session, actor, now, survey_id)
    if found.next < len(found.questions):
        raise AppError("error-survey-incomplete", number=found.next + 1)
    mine = (
        SurveyParticipant.survey_id == survey_id,
        SurveyParticipant.person_id == actor.person_id,
        ~SurveyParticipant.finished,
    )
    claim = update(SurveyParticipant).where(*mine).values(finished=True)
    if await session.scalar(claim.returning(SurveyParticipant.survey_id)) is None:
        raise AppError("error-survey-answered")
    drafts = SurveyDraft.survey_id == survey_id, SurveyDraft.person_id == actor.person_id
    await session.execute(delete(SurveyDraft).where(*drafts))
    for at, value in found.answers.items():
        if value is None:
            continue
        is_text = found.questions[at].kind == QuestionKind.TEXT
        session.add(
            SurveyAnswer(
                id=uuid4().hex,
                question_id=found.questions[at].id,
                score=None if is_text else value,
                text=value if is_text else None,
                person_id=None if found.survey.anonymous else actor.person_id,
            )
        )


# --- the tick, and leaving -------------------------------------------------------------------------------


async def close_due(session: Session, now: datetime, settings: Settings) -> None:
    """Close what has run out, and tell who opened it."""
    due = select(Survey).where(Survey.state == SurveyState.OPEN, Survey.closes_at <= now)
    for survey in (await session.scalars(due)).all():
        if not await _close(session, now, survey):
            continue
        audit.record(session, None, now, "survey.closed", f"survey:{survey.id}")
        if survey.created_by is not None:
            arguments = {"survey": survey.id, "title": survey.title}
            message = Message(survey.created_by, "survey-closed", arguments, f"survey-closed:{survey.id}")
            await post(session, settings, now, [message])


async def remind(session: Session, now: datetime, settings: Settings) -> None:
    """Remind those who have not answered: three days after the opening, a day before the end; never more.

    From ten o'clock (school time). A day that was missed is made up for by one reminder, not two.
    """
    local = now.astimezone(settings.school.zone)
    if local.timetz().replace(tzinfo=None) < REMINDERS_AT or awake(now, settings) != now:
        return
    for survey in (await session.scalars(select(Survey).where(Survey.state == SurveyState.OPEN))).all():
        assert survey.opened_at and survey.closes_at  # noqa: S101 - it is open
        # It closes at midnight: the last day is the one before.
        last_day = survey.closes_at.astimezone(settings.school.zone).date() - timedelta(days=1)
        first = survey.opened_at.astimezone(settings.school.zone).date() + FIRST_REMINDER
        reached = sum(local.date() >= day for day in (first, last_day - LAST_REMINDER))
        if not reached or survey.closes_at <= now:
            continue
        late = (
            select(SurveyParticipant)
            .join(Person, Person.id == SurveyParticipant.person_id)
            .where(
                SurveyParticipant.survey_id == survey.id,
                ~SurveyParticipant.finished,
                SurveyParticipant.reminders < reached,
                Person.unreachable_since.is_(None),
            )
        )
        messages = []
        for participant in (await session.scalars(late)).all():
            participant.reminders, participant.last_reminder_at = reached, now
            messages.append(_message(settings, survey, participant.person_id, "survey-reminder", reached))
        await post(session, settings, now, messages)


async def erase_person(session: Session, person_id: int) -> None:
    """Forget what somebody has begun; that they once answered stays, as a number."""
    await session.execute(delete(SurveyDraft).where(SurveyDraft.person_id == person_id))
    open_still = SurveyParticipant.person_id == person_id, ~SurveyParticipant.finished
    await session.execute(delete(SurveyParticipant).where(*open_still))
    by_name = SurveyAnswer.person_id == person_id
    await session.execute(update(SurveyAnswer).where(by_name).values(person_id=None))

"""Surveys from their opening to their closing: what admins press, and what the tick does by itself."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.config import Settings
from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.accounts import Person, Topic
from bot.db.base import Session, bare
from bot.db.outbox import MessageState, OutboxMessage, about
from bot.db.roster import SchoolClass
from bot.db.surveys import (
    TAKEN,
    Label,
    QuestionKind,
    Survey,
    SurveyDraft,
    SurveyParticipant,
    SurveyRow,
    SurveySheet,
    SurveyState,
)
from bot.errors import AppError
from bot.features import audit
from bot.features.outbox import SLICE, Message, awake, post
from bot.features.surveys import SATISFACTION, Audience, asked, find
from bot.features.surveys.editing import feeds_indicator
from bot.features.surveys.law import NOWHERE, Class, Tally, labels
from bot.features.surveys.paper import families, spoken_for
from bot.features.surveys.sealing import unseal
from bot.programme.calendar import level

FIRST_REMINDER = timedelta(days=3)
LAST_REMINDER = timedelta(days=1)
REMINDERS_AT = time(10)
# A survey may be planned for so far ahead, and stay open for so long.
AHEAD = timedelta(days=370)


# --- opening ---------------------------------------------------------------------------------------------


def last_day(survey: Survey, settings: Settings) -> date:
    """The last day on which a survey can be answered: it closes at the midnight after it."""
    assert survey.closes_at is not None  # noqa: S101 - it has been set
    return (survey.closes_at - timedelta(seconds=1)).astimezone(settings.school.zone).date()


async def launch(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, survey_id: int
) -> SurveyRow:
    """Open a draft, or let it wait for the moment that was chosen. For an admin.

    Raises AppError where it is no draft, has nothing to ask or nobody whom, or would close before it opens;
    where a survey from the same template is open.
    """
    survey = (await find(session, actor, survey_id)).survey
    if survey.state != SurveyState.DRAFT:
        raise AppError("error-survey-not-draft")
    planned = survey.opens_at is not None and survey.opens_at > now
    refusal = await _refusal(session, now, today, settings, survey)
    if refusal:
        raise AppError(refusal)
    if planned:
        survey.state = SurveyState.PLANNED
        audit.record(session, actor, now, "survey.planned", f"survey:{survey.id}", opens=survey.opens_at)
    else:
        await _open(session, actor, now, today, settings, survey)
    await session.flush()
    return await find(session, actor, survey_id)


async def unplan(session: Session, actor: Actor, now: datetime, survey_id: int) -> SurveyRow:
    """Make a planned survey a draft again. For an admin; raises AppError where it has opened meanwhile."""
    row = await find(session, actor, survey_id)
    if row.survey.state != SurveyState.PLANNED:
        raise AppError("error-survey-opened-already")
    row.survey.state = SurveyState.DRAFT
    audit.record(session, actor, now, "survey.unplanned", f"survey:{survey_id}")
    return row


async def _refusal(
    session: Session, now: datetime, today: date, settings: Settings, survey: Survey
) -> str | None:
    """Why a survey cannot be opened as it is: the key of the words."""
    questions = await db.questions(session, survey.id)
    if not questions:
        return "error-survey-empty"
    choices = (QuestionKind.ONE, QuestionKind.MANY)
    if any(question.kind in choices and len(question.options) < 2 for question in questions):
        return "error-survey-options"
    opens = max(survey.opens_at or now, now)
    if survey.closes_at is None:
        return "error-survey-no-end"
    if not opens < survey.closes_at <= opens + AHEAD or opens > now + AHEAD:
        return "error-survey-end"
    if survey.template is not None:
        running = select(Survey.id).where(
            Survey.state.in_((SurveyState.OPEN, SurveyState.PLANNED)),
            Survey.template == survey.template,
            Survey.id != survey.id,
        )
        if await session.scalar(running.limit(1)):
            return "error-survey-open"
    if not await asked(session, survey.audience, today):
        return "error-survey-nobody"
    return None


async def _open(
    session: Session, actor: Actor | None, now: datetime, today: date, settings: Settings, survey: Survey
) -> None:
    survey.state, survey.opened_at = SurveyState.OPEN, now
    if survey.template == SATISFACTION and not feeds_indicator(
        survey, await db.questions(session, survey.id)
    ):
        survey.template = None  # a part of the school is not the school's value of 3.2
    people = await asked(session, survey.audience, today)
    await _ask(session, now, settings, survey, people, reminders=0)
    audit.record(session, actor, now, "survey.opened", f"survey:{survey.id}", asked=len(people))


async def _ask(
    session: Session,
    now: datetime,
    settings: Settings,
    survey: Survey,
    people: Mapping[int, int | None],
    reminders: int,
) -> None:
    everybody = list(people.items())
    for n in range(0, len(everybody), SLICE):
        some = everybody[n : n + SLICE]
        rows = [
            {
                "survey_id": survey.id,
                "person_id": person_id,
                "class_id": class_id,
                "finished": False,
                "reminders": reminders,
            }
            for person_id, class_id in some
        ]
        await session.execute(insert(bare(SurveyParticipant)), rows)
        messages = [_message(settings, survey, person_id, "survey") for person_id, _ in some]
        await post(session, settings, now, messages)


def _message(settings: Settings, survey: Survey, person_id: int, kind: str, number: int = 0) -> Message:
    return Message(
        person_id,
        kind,
        _arguments(survey, settings),
        key=f"{kind}:{survey.id}:{person_id}:{number}",
        topic=Topic.SURVEYS,
        subject_id=survey.id,
    )


def _arguments(survey: Survey, settings: Settings) -> dict[str, Any]:
    return {
        "survey": survey.id,
        "title": survey.title,
        "last_day": f"{last_day(survey, settings):%d.%m}",
        "anonymous": survey.anonymous,
    }


# --- closing ---------------------------------------------------------------------------------------------


async def close(
    session: Session, actor: Actor, now: datetime, settings: Settings, survey_id: int
) -> SurveyRow:
    """End a survey before its time. For an admin; a closed one stays as it is."""
    found = await find(session, actor, survey_id)
    if await _close(session, now, settings, found.survey):
        audit.record(session, actor, now, "survey.closed", f"survey:{survey_id}")
    return found


async def _close(session: Session, now: datetime, settings: Settings, survey: Survey) -> bool:
    still_open = Survey.id == survey.id, Survey.state == SurveyState.OPEN
    claim = update(Survey).where(*still_open).values(state=SurveyState.CLOSED, closed_at=now)
    if await session.scalar(claim.returning(Survey.id)) is None:
        return False
    await session.refresh(survey)
    # Half of an answer is none; and nothing that leads to a person outlives the survey.
    await session.execute(delete(SurveyDraft).where(SurveyDraft.survey_id == survey.id))
    codes = SurveySheet.survey_id == survey.id, SurveySheet.code_hash.is_not(None)
    await session.execute(delete(SurveySheet).where(*codes, SurveySheet.guardian_id.is_(None)))
    await session.execute(update(SurveySheet).where(*codes).values(code_hash=None))
    await _label(session, settings, survey)
    await db.shuffle(session, survey.id)
    return True


async def _label(session: Session, settings: Settings, survey: Survey) -> None:
    """Unseal the classes of the answers and keep of them what the law allows."""
    token = settings.telegram.token.get_secret_value()
    minimum = settings.indicators.min_answers
    classes: dict[int, Class] = {
        each.id: (level(each.grade), each.name) for each in await session.scalars(select(SchoolClass))
    }
    kinds = {question.id: question.kind for question in await db.questions(session, survey.id)}
    tallies: dict[int, dict[Class | None, Tally]] = {}
    whence: list[tuple[str, int, Class | None]] = []
    for answer in await db.sealed_answers(session, survey.id):
        class_id = unseal(token, answer.sealed) if answer.sealed else None
        here = classes.get(class_id or 0)
        whence.append((answer.id, answer.question_id, here))
        tally = tallies.setdefault(answer.question_id, {}).setdefault(here, Tally())
        many = kinds[answer.question_id] == QuestionKind.MANY
        if answer.score != TAKEN:
            tally.counts[answer.score] += 1
        tallies[answer.question_id][here] = Tally(
            tally.size + (answer.score == TAKEN or not many), tally.counts
        )
    told: dict[int, dict[Class, Label]] = {}
    for question_id, groups in tallies.items():
        known = {each: tally for each, tally in groups.items() if each is not None}
        if survey.anonymous:
            told[question_id] = labels(known, groups.get(None, Tally()), minimum)
        else:
            told[question_id] = {each: each for each in known}
    await db.label_answers(
        session,
        survey.id,
        {id_: told[question][here] if here else NOWHERE for id_, question, here in whence},
    )


# --- the tick --------------------------------------------------------------------------------------------


async def open_due(session: Session, now: datetime, settings: Settings) -> None:
    """Open what was planned for now; what cannot be opened is a draft again, and its maker is told."""
    today = now.astimezone(settings.school.zone).date()
    due = select(Survey).where(Survey.state == SurveyState.PLANNED, Survey.opens_at <= now)
    for survey in (await session.scalars(due)).all():
        refusal = await _refusal(session, now, today, settings, survey)
        if refusal is None:
            await _open(session, None, now, today, settings, survey)
            continue
        survey.state = SurveyState.DRAFT
        audit.record(session, None, now, "survey.not_opened", f"survey:{survey.id}")
        if survey.created_by is not None:
            arguments = {"survey": survey.id, "title": survey.title, "why": refusal}
            key = f"survey-not-opened:{survey.id}:{survey.opens_at}"
            await post(
                session, settings, now, [Message(survey.created_by, "survey-not-opened", arguments, key)]
            )


async def ask_newcomers(session: Session, now: datetime, settings: Settings) -> None:
    """Ask those who have come since a survey opened, unless their family has answered on paper."""
    today = now.astimezone(settings.school.zone).date()
    for survey in await _open_surveys(session):
        people = await asked(session, survey.audience, today)
        mine = select(SurveyParticipant.person_id).where(SurveyParticipant.survey_id == survey.id)
        known = set(await session.scalars(mine))
        new = {person: class_id for person, class_id in people.items() if person not in known}
        if new and survey.audience["role"] == Audience.GUARDIAN:
            family = await families(session, today)
            on_paper = await spoken_for(session, survey.id, family)
            new = {person: class_id for person, class_id in new.items() if person not in on_paper}
            # Their family is asked in the chat now: its sheet no longer counts beside it.
            places = {place for person in new for place in family.of_person(person).places}
            waiting = SurveySheet.survey_id == survey.id, ~SurveySheet.entered
            await session.execute(
                update(SurveySheet).where(*waiting, SurveySheet.guardian_id.in_(places)).values(counts=False)
            )
        if new:
            await _ask(session, now, settings, survey, new, reminders=_reached(survey, now, settings))


async def close_due(session: Session, now: datetime, settings: Settings) -> None:
    """Close what has run out, and tell who made it."""
    due = select(Survey).where(Survey.state == SurveyState.OPEN, Survey.closes_at <= now)
    for survey in (await session.scalars(due)).all():
        if not await _close(session, now, settings, survey):
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
    for survey in await _open_surveys(session):
        reached = _reached(survey, now, settings)
        if not reached or survey.closes_at is None or survey.closes_at <= now:
            continue
        # Whose invitation was stopped knows of no survey.
        uninvited = select(OutboxMessage.person_id).where(
            about(survey.id, "survey"), OutboxMessage.state == MessageState.STOPPED
        )
        late = (
            select(SurveyParticipant)
            .join(Person, Person.id == SurveyParticipant.person_id)
            .where(
                SurveyParticipant.survey_id == survey.id,
                ~SurveyParticipant.finished,
                SurveyParticipant.reminders < reached,
                Person.unreachable_since.is_(None),
                SurveyParticipant.person_id.not_in(uninvited),
            )
        )
        messages = []
        for participant in (await session.scalars(late)).all():
            participant.reminders = reached
            messages.append(_message(settings, survey, participant.person_id, "survey-reminder", reached))
        await post(session, settings, now, messages)


def _reached(survey: Survey, now: datetime, settings: Settings) -> int:
    """How many of the days of reminding an open survey has reached."""
    assert survey.opened_at is not None  # noqa: S101 - it is open
    zone = settings.school.zone
    first = survey.opened_at.astimezone(zone).date() + FIRST_REMINDER
    today = now.astimezone(zone).date()
    return sum(today >= day for day in (first, last_day(survey, settings) - LAST_REMINDER))


async def _open_surveys(session: Session) -> list[Survey]:
    return list(await session.scalars(select(Survey).where(Survey.state == SurveyState.OPEN)))

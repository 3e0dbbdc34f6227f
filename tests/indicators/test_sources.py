"""Laws of the computed values: a deed never lowers what it counts for, and a past day stays as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from bot.db.activities import ActivityReport, Assignment, Occurrence
from bot.db.base import Base, Database, Session
from bot.db.declarations import Declaration, DeclaredPractice, LessonVisit, Practice, SeenPractice
from bot.db.documents import Document, DocumentKind
from bot.db.events import Event, EventAttendance, EventClass, EventState
from bot.db.feedback import About, Ticket, Topic
from bot.db.notes import Channel, Note, NoteKind, NoteReceipt
from bot.db.risk.register import RiskConfirmation, RiskEntry, RiskReview
from bot.db.risk.routes import AnswerKind, LearningRoute, RouteAnswer, RouteVersion
from bot.db.risk.support import (
    Club,
    ClubPupil,
    ExtraLesson,
    LessonPupil,
    MentoringPair,
    PairKind,
    Provider,
)
from bot.features.indicators.sources import SOURCES, evidence
from bot.features.indicators.sources.evidence import Day, Evidence
from tests.indicators.facts import PROGRAMME, SETTINGS, noon
from tests.school import BERG, MASHA_MOTHER, STARK, School

TODAY = date(2026, 10, 14)
DAY = timedelta(days=1)
AT = noon(TODAY)


class Deed(NamedTuple):
    """Something done at a moment, the rows of it; the indicators that it counts for."""

    name: str
    rows: Callable[[School, datetime], list[Base]]
    counts_for: set[str]


def entry(school: School, at: datetime) -> list[Base]:
    return [
        RiskEntry(id=50, pupil_id=school.pupils["Лена"], staff_id=school.staff[STARK], created_at=at,
                  active_from=at.date()),
    ]  # fmt: skip


def review(school: School, at: datetime) -> list[Base]:
    return [
        RiskReview(
            entry_id=school.made["entry"],
            staff_id=school.staff[STARK],
            on_day=at.date(),
            created_at=at,
            marks_seen=False,
            failing=[],
            text="лучше",
            due_on=at.date(),
        )
    ]


def confirmation(school: School, at: datetime) -> list[Base]:
    return [RiskConfirmation(on_day=at.date(), staff_id=school.staff[STARK], created_at=at, entries=1)]


def route(school: School, at: datetime) -> list[Base]:
    return [
        LearningRoute(
            id=60, pupil_id=school.pupils["Ваня"], entry_id=school.made["entry"], created_at=at, ended_on=None
        ),
        version(school, at, 60),
    ]


def version(school: School, at: datetime, route_id: int) -> RouteVersion:
    return RouteVersion(
        id=route_id,
        route_id=route_id,
        number=1,
        staff_id=school.staff[STARK],
        goal="Дроби",
        measures=[],
        starts_on=at.date(),
        ends_on=at.date() + 42 * DAY,
        active_from=at.date(),
        active_to=at.date() + 42 * DAY,
        champion_id=school.staff[STARK],
        file=[],
        created_at=at,
        sent_at=at,
    )


def agreement(school: School, at: datetime) -> list[Base]:
    return [
        RouteAnswer(
            version_id=school.made["route"],
            guardian_id=school.guardians["Маша/мать"],
            answer=AnswerKind.AGREED,
            reason="",
            # On paper it may be noted down later.
            on_day=TODAY,
            created_at=at,
        )
    ]


def lesson(school: School, at: datetime) -> list[Base]:
    on_date = min(at.date(), TODAY)
    return [
        ExtraLesson(id=70, staff_id=school.staff[STARK], subject="Алгебра", on_date=on_date, created_at=at),
        LessonPupil(lesson_id=70, pupil_id=school.pupils["Маша"], attended=True),
    ]


def club(school: School, at: datetime) -> list[Base]:
    staff, day = school.staff[STARK], at.date()
    return [
        Club(
            id=80,
            name="Хор",
            provider=Provider.SCHOOL,
            organisation="",
            staff_id=staff,
            created_at=at,
            active_from=day,
        ),
        ClubPupil(club_id=80, pupil_id=school.pupils["Маша"], active_from=day),
    ]


def pair(kind: PairKind) -> Callable[[School, datetime], list[Base]]:
    def rows(school: School, at: datetime) -> list[Base]:
        teacher = kind == PairKind.TEACHER
        return [
            MentoringPair(
                kind=kind,
                pupil_id=school.pupils["Маша"],
                mentor_id=None if teacher else school.pupils["Петя"],
                staff_id=school.staff[STARK] if teacher else None,
                created_by=school.staff[STARK],
                created_at=at,
                active_from=at.date(),
            )
        ]

    return rows


def held(school: School, at: datetime, *, number: int = 90, organiser: int = STARK) -> Event:
    return Event(
        id=number,
        uid=str(number),
        state=EventState.HELD,
        title="Собрание",
        place="Зал",
        photo=[],
        starts_at=AT,
        ends_at=AT,
        preventive=True,
        growth_point=True,
        with_specialist=True,
        organiser_id=school.staff[organiser],
        created_at=AT,
        held_at=at,
        headcount=1,
    )


def event(school: School, at: datetime) -> list[Base]:
    classes = [EventClass(event_id=90, class_id=id_) for id_ in school.classes.values()]
    return [held(school, at), *classes]


def attendance(school: School, at: datetime) -> list[Base]:
    place = school.guardians["Петя/мать"]
    return [EventAttendance(event_id=school.made["event"], guardian_id=place, marked_by=None, marked_at=at)]


def meeting(school: School, at: datetime) -> list[Base]:
    note = Note(
        id=100,
        staff_id=school.staff[BERG],
        channel=Channel.MEETING,
        kind=NoteKind.INFORMATION,
        text="Поговорили",
        created_at=at,
        goes_at=at,
        first_delivered_at=at,
    )
    pupil, place = school.pupils["Ваня"], school.guardians["Ваня/мать"]
    return [note, NoteReceipt(note_id=100, pupil_id=pupil, guardian_id=place, delivered_at=at)]


def praise(school: School, at: datetime) -> list[Base]:
    return [
        Ticket(
            number=7001,
            topic=Topic.PRAISE,
            about=About.EQUIPMENT,
            quotable=True,
            anonymous=False,
            person_id=school.people[MASHA_MOTHER],
            opened_on=at.date(),
            changed_on=at.date(),
        )
    ]


def report(school: School, at: datetime) -> list[Base]:
    staff, day = school.staff[STARK], TODAY
    return [
        Occurrence(id=110, activity_key="staff_courses", nominal_due=day, starts_on=day, due_on=day),
        Assignment(id=110, occurrence_id=110, responsible="Штарк О.П.", staff_id=staff),
        ActivityReport(assignment_id=110, staff_id=staff, text="Сделано", created_at=at),
    ]


def document(kind: DocumentKind, act: str = "") -> Callable[[School, datetime], list[Base]]:
    def rows(school: School, at: datetime) -> list[Base]:
        own = kind in (DocumentKind.TRAINING, DocumentKind.PRACTICE)
        return [
            Document(
                kind=kind,
                title="Документ",
                number="7",
                on_date=TODAY,
                files=[],
                staff_id=school.staff[STARK] if own else None,
                act_key=act,
                supports_subject=True,
                created_at=at,
                confirmed_on=at.date(),
            )
        ]

    return rows


def declaration(school: School, at: datetime) -> list[Base]:
    staff, day = school.staff[STARK], at.date()
    return [
        Declaration(id=120, staff_id=staff, quarter=date(2026, 9, 1), declared_on=day, created_at=at),
        *(DeclaredPractice(declaration_id=120, practice=practice) for practice in Practice),
    ]


def visit(school: School, at: datetime) -> list[Base]:
    staff, day = school.staff[STARK], at.date()
    return [
        LessonVisit(id=130, staff_id=staff, class_name="9Б", on_date=TODAY, logged_on=day, created_at=at),
        SeenPractice(visit_id=130, practice=Practice.EMD),
    ]


DEEDS = [
    Deed("a pupil put on the register", entry, {"staff_prevention"}),
    Deed("a review", review, {"register_renewed"}),
    Deed("a confirmation", confirmation, {"register_renewed"}),
    Deed("a route", route, {"routes", "staff_prevention"}),
    Deed("an agreement", agreement, {"routes_agreed", "parents_engaged"}),
    Deed("a lesson", lesson, {"extra_lessons", "staff_prevention"}),
    Deed("a club", club, {"extra_education"}),
    Deed("a teacher's pair", pair(PairKind.TEACHER), {"pairs_teacher", "staff_prevention"}),
    Deed("a pupils' pair", pair(PairKind.PEER), {"pairs_peer"}),
    Deed("an event", event, {"parent_events", "growth_point", "specialists", "staff_prevention"}),
    Deed("somebody who came", attendance, {"parents_engaged"}),
    Deed("a meeting", meeting, {"parents_engaged"}),
    Deed("a praise", praise, {"praise"}),
    Deed("a report", report, {"staff_prevention"}),
    Deed("a training", document(DocumentKind.TRAINING), {"staff_trained"}),
    Deed("a practice", document(DocumentKind.PRACTICE), {"staff_practices"}),
    Deed("an agreement on paper", document(DocumentKind.AGREEMENT), {"agreements"}),
    Deed("minutes", document(DocumentKind.MINUTES), {"council_minutes"}),
    Deed("a subject's programme", document(DocumentKind.EXTRACURRICULAR), {"subject_programmes"}),
    Deed("a literacy programme", document(DocumentKind.LITERACY), {"literacy_programmes"}),
    Deed("a local act", document(DocumentKind.LOCAL_ACT, "mediation"), {"local_acts"}),
    Deed(
        "a declaration",
        declaration,
        {
            "staff_communities",
            "staff_technologies",
            "staff_digital",
            "staff_emd",
            "staff_assessment",
            "multimedia",
        },
    ),
    Deed("a lesson that was visited", visit, {"staff_emd"}),
]


async def values(session: Session, on: date) -> dict[str, Evidence]:
    await session.flush()
    return await evidence(session, Day(on, SETTINGS, PROGRAMME))


@pytest.fixture
async def begun(database: Database, school: School) -> School:
    """Since August Маша (with a route) and Ваня are on the register; there was an event in September."""
    before = datetime(2026, 9, 7, 6, tzinfo=UTC)
    async with database.write() as session:
        for number, child in enumerate(("Маша", "Ваня"), 1):
            session.add(
                RiskEntry(
                    id=number,
                    pupil_id=school.pupils[child],
                    staff_id=school.staff[BERG],
                    created_at=before - timedelta(days=30),
                    active_from=date(2026, 8, 10),
                )
            )
        await session.flush()
        session.add(
            LearningRoute(id=1, pupil_id=school.pupils["Маша"], entry_id=1, created_at=before, ended_on=None)
        )
        await session.flush()
        written = version(school, before, 1)
        written.staff_id = school.staff[BERG]
        session.add(written)
        unlike = held(school, before, number=1, organiser=BERG)
        unlike.growth_point = unlike.with_specialist = unlike.for_parents = False
        unlike.starts_at = unlike.ends_at = before
        session.add(unlike)
        await session.commit()
    school.made |= {"entry": 2, "route": 1, "event": 1}
    return school


async def add(session: Session, rows: list[Base]) -> None:
    for row in rows:
        session.add(row)
        await session.flush()


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
async def test_a_deed_never_lowers_what_it_counts_for_and_leaves_the_past_alone(
    database: Database, begun: School, deed: Deed
) -> None:
    async with database.write() as session:
        before, yesterday = await values(session, TODAY), await values(session, TODAY - DAY)
        await add(session, deed.rows(begun, AT))
        after = await values(session, TODAY)
        for key in deed.counts_for:
            assert (after[key].value or 0) >= (before[key].value or 0), key
            assert after[key] != before[key], key
        for key, found in after.items():
            assert found.value is None or (found.value >= 0 or key == "grade_gap")
            assert found.numerator is None or found.numerator <= (found.denominator or 0)
        assert await values(session, TODAY - DAY) == yesterday


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
async def test_what_is_recorded_tomorrow_does_not_change_today(
    database: Database, begun: School, deed: Deed
) -> None:
    """Also where it is said to have been today: an agreement on paper, a lesson, an event."""
    async with database.write() as session:
        today = await values(session, TODAY)
        await add(session, deed.rows(begun, AT + DAY))
        assert await values(session, TODAY) == today
        tomorrow = await values(session, TODAY + DAY)
    assert any(tomorrow[key] != today[key] for key in deed.counts_for)


async def test_all_at_once_are_what_each_is_alone(database: Database, begun: School) -> None:
    async with database.write() as session:
        for deed in DEEDS:
            await add(session, deed.rows(begun, AT))
        together = await values(session, TODAY)
        day = Day(TODAY, SETTINGS, PROGRAMME)
        assert together == {key: await source.evidence(session, day) for key, source in SOURCES.items()}


def test_every_indicator_but_three_is_computed() -> None:
    """Rooms, the psychological service and the equipment are recorded by somebody who looks at them."""
    keys = {indicator.number: indicator.key for indicator in PROGRAMME.indicators}
    assert set(keys.values()) - set(SOURCES) == {keys["4.1"], keys["4.7"], keys["4.8"]}


def test_every_deed_counts_for_something_and_everything_is_tried() -> None:
    """What has tests of its own is left out: 2.2 of marks, 3.2 of answers, 3.4 of notes."""
    tried = set().union(*(deed.counts_for for deed in DEEDS))
    assert set(SOURCES) - tried == {"grade_gap", "parents_satisfied", "teacher_feedback"}

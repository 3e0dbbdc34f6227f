"""What supports pupils: marks, lessons, clubs, pairs; of a guardian's children, and what staff did."""

from sqlalchemy import Select, or_, select

from bot.db.accounts import Person, Staff
from bot.db.risk.marks import HOLDS, Mark, MarksDecision
from bot.db.risk.support import Club, ClubPupil, ExtraLesson, LessonPupil, MentoringPair
from bot.db.roster import Guardian, Pupil
from bot.features.privacy.registry import Kept, Query, Table


def _children(me: Person) -> Select[int]:
    return select(Guardian.pupil_id).where(Guardian.person_id == me.id, Guardian.active_to.is_(None))


def _posts(me: Person) -> Select[int]:
    return select(Staff.id).where(Staff.person_id == me.id)


def _marks(me: Person) -> Query:
    return (
        select(
            Pupil.first_name.label("child"),
            Mark.on_date.label("day"),
            Mark.subject.label("subject"),
            (Mark.current / 100.0).label("current_mark"),
            (Mark.external / 100.0).label("external_mark"),
        )
        .join(Pupil, Pupil.id == Mark.pupil_id)
        .where(HOLDS, Pupil.id.in_(_children(me)))
        .order_by(Mark.id)
    )


def _decisions(me: Person) -> Query:
    return (
        select(MarksDecision.decided_at.label("when"), MarksDecision.registers.label("put_on_register"))
        .where(MarksDecision.person_id == me.id)
        .order_by(MarksDecision.id)
    )


def _held(me: Person) -> Query:
    return (
        select(
            ExtraLesson.created_at.label("when"),
            ExtraLesson.on_date.label("day"),
            ExtraLesson.subject.label("subject"),
        )
        .where(ExtraLesson.staff_id.in_(_posts(me)))
        .order_by(ExtraLesson.id)
    )


def _attended(me: Person) -> Query:
    return (
        select(
            Pupil.first_name.label("child"),
            ExtraLesson.on_date.label("day"),
            ExtraLesson.subject.label("subject"),
            LessonPupil.attended.label("attended"),
        )
        .join(ExtraLesson, ExtraLesson.id == LessonPupil.lesson_id)
        .join(Pupil, Pupil.id == LessonPupil.pupil_id)
        .where(ExtraLesson.withdrawn_at.is_(None), Pupil.id.in_(_children(me)))
        .order_by(ExtraLesson.id)
    )


def _made(me: Person) -> Query:
    return (
        select(Club.created_at.label("when"), Club.name.label("club"))
        .where(Club.staff_id.in_(_posts(me)))
        .order_by(Club.id)
    )


def _joined(me: Person) -> Query:
    return (
        select(
            Pupil.first_name.label("child"),
            Club.name.label("club"),
            ClubPupil.active_from.label("from"),
            ClubPupil.active_to.label("to"),
        )
        .join(Club, Club.id == ClubPupil.club_id)
        .join(Pupil, Pupil.id == ClubPupil.pupil_id)
        .where(Pupil.id.in_(_children(me)))
        .order_by(ClubPupil.id)
    )


def _paired(me: Person) -> Query:
    """The pairs of one's children (mentored or mentoring) and those that one led, made or ended."""
    by_me = (MentoringPair.staff_id, MentoringPair.created_by, MentoringPair.ended_by)
    of_mine = (MentoringPair.pupil_id, MentoringPair.mentor_id)
    return (
        select(
            MentoringPair.created_at.label("when"),
            MentoringPair.active_from.label("from"),
            MentoringPair.active_to.label("to"),
            MentoringPair.outcome.label("text"),
        )
        .where(
            or_(
                *(column.in_(_posts(me)) for column in by_me),
                *(column.in_(_children(me)) for column in of_mine),
            )
        )
        .order_by(MentoringPair.id)
    )


TABLES = {
    "marks": Table(_marks, kept=Kept.ROSTER),
    "marks_decisions": Table(_decisions, kept=Kept.PROGRAMME),
    "extra_lessons": Table(_held, kept=Kept.PROGRAMME),
    "lesson_pupils": Table(_attended, kept=Kept.ROSTER),
    "clubs": Table(_made, kept=Kept.PROGRAMME),
    "club_pupils": Table(_joined, kept=Kept.ROSTER),
    "mentoring_pairs": Table(_paired, kept=Kept.PROGRAMME),
}

"""Four invented pupils on the risk register: agreed and under way, being discussed, a draft, nothing yet."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.accounts import Person
from bot.db.risk.register import Absences, Behaviour
from bot.db.risk.routes import AnswerKind, ProgressMark
from bot.db.roster import Guardian, Pupil
from bot.features.risk import agreeing, progress, register, routes
from bot.features.risk.rules import Signals

if TYPE_CHECKING:
    from bot.demo.school import _Story as Story

TEACHER, PRIMARY_TEACHER, PSYCHOLOGIST = 104, 103, 106
WEEKS = (
    (ProgressMark.SAME, ""),
    (ProgressMark.WORSE, "Болезнь, два занятия пропущены. Навёрстываем."),
    (ProgressMark.BETTER, "Самостоятельная написана на четвёрку!"),
    (ProgressMark.BETTER, ""),
)


async def tell(story: "Story") -> None:
    """Put them on, write their routes, let the guardians answer, follow the weeks."""
    today = story.local(story.now).date()
    await _agreed(story, await _pupil(story, "Касымова"), today - timedelta(weeks=5))
    await _discussed(story, await _pupil(story, "Осокина"), today - timedelta(days=6))
    await _drafted(story, await _pupil(story, "Вахрушев"), today - timedelta(weeks=7))
    signals = Signals(behaviour=Behaviour.REMARKS, text="Часто отвлекается, бросает начатое.")
    await _put_on(story, TEACHER, await _pupil(story, "Меркулова"), today - timedelta(days=3), signals)


async def _pupil(story: "Story", surname: str) -> int:
    return (await story.session.scalars(select(Pupil.id).where(Pupil.surname == surname))).one()


async def _put_on(story: "Story", who: int, pupil: int, day: date, signals: Signals) -> None:
    at = story.at(day, 15)
    await register.put_on(story.session, await story.actor(who, at), at, day, pupil, signals)


async def _send(story: "Story", who: int, pupil: int, day: date, goal: str, measures: str) -> int:
    session, at = story.session, story.at(day, 16)
    actor = await story.actor(who, at)
    draft = await routes.start(session, actor, at, day, pupil, goal)
    await routes.set_measures(session, actor, at, day, draft.id, measures)
    await routes.send(session, actor, at, day, draft.id, story.settings)
    await story.deliver(at + timedelta(minutes=5))
    return draft.id


async def _guardians(story: "Story", pupil: int) -> list[int]:
    """The Telegram ids of those who have come."""
    query = (
        select(Person.telegram_id)
        .join(Guardian, Guardian.person_id == Person.id)
        .where(Guardian.pupil_id == pupil)
        .order_by(Guardian.id)
    )
    return list(await story.session.scalars(query))


async def _agreed(story: "Story", pupil: int, day: date) -> None:
    """A route agreed to and under way, with its weeks."""
    session = story.session
    signals = Signals(
        Absences.MANY, 12, Behaviour.CALM, marks_seen=True, failing=("math",), text="Не хватает уверенности."
    )
    await _put_on(story, TEACHER, pupil, day, signals)
    version = await _send(
        story,
        TEACHER,
        pupil,
        day,
        "К концу четверти уверенно решать задачи на дроби",
        "Занятие по вторникам в 14:00\nТетрадь с разбором ошибок\nРаз в неделю короткое сообщение домой",
    )
    at = story.at(day, 19)
    for who in await _guardians(story, pupil):
        guardian = await story.actor(who, at)
        await agreeing.say(session, guardian, at, day, version, AnswerKind.AGREED, story.settings)
    for number, (mark, words) in enumerate(WEEKS):
        friday = day - timedelta(days=day.weekday()) + timedelta(days=4, weeks=number)
        at = story.at(friday, 15)
        teacher, week = await story.actor(TEACHER, at), friday - timedelta(days=4)
        await progress.mark_week(session, teacher, at, friday, pupil, week, mark, words)
    await story.deliver(at)


async def _discussed(story: "Story", pupil: int, day: date) -> None:
    """A route that a guardian would like to talk about."""
    session = story.session
    signals = Signals(Absences.SOME, marks_seen=True, failing=("russian", "foreign"))
    await _put_on(story, PSYCHOLOGIST, pupil, day, signals)
    goal = "Писать диктанты без страха ошибиться"
    measures = "Десять минут чтения дома каждый вечер\nЗанятие по пятницам после уроков"
    version = await _send(story, TEACHER, pupil, day, goal, measures)
    at, day = story.at(day + timedelta(days=1), 18), day + timedelta(days=1)
    for who in (await _guardians(story, pupil))[:1]:
        guardian, settings = await story.actor(who, at), story.settings
        await agreeing.say(session, guardian, at, day, version, AnswerKind.DISCUSS, settings)
        words = "По пятницам у нас музыкальная школа. Можно ли в другой день?"
        await agreeing.write_to_school(session, guardian, at, day, version, words, settings)
    await story.deliver(at + timedelta(minutes=5))


async def _drafted(story: "Story", pupil: int, day: date) -> None:
    """A review that is overdue, and a route that is not finished."""
    await _put_on(
        story, PRIMARY_TEACHER, pupil, day, Signals(text="Устаёт к третьему уроку, читает с трудом.")
    )
    at = story.at(day + timedelta(days=1), 15)
    teacher = await story.actor(PRIMARY_TEACHER, at)
    await routes.start(story.session, teacher, at, at.date(), pupil, "Читать вслух с удовольствием")

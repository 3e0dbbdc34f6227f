"""Guardians who answer: as many as a survey needs to show anything."""

from bot.db.accounts import Consent, Person
from bot.db.base import Database
from bot.db.roster import Guardian
from bot.features.accounts import NOTICE_VERSION
from bot.features.surveys import answering
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import MASHA_MOTHER, PETYA_MOTHER, SINCE, VANYA_MOTHER, School

FIRST = 5001


async def more_guardians(database: Database, school: School, clock: StoppedClock, number: int) -> list[int]:
    """Further guardians of Маша's who have come; the Telegram ids of all who have."""
    async with database.write() as session:
        for telegram_id in range(FIRST, FIRST + number):
            person = Person(telegram_id=telegram_id, language="ru", created_at=clock.now())
            session.add(person)
            await session.flush()
            session.add(Consent(person_id=person.id, version=NOTICE_VERSION, given_at=clock.now()))
            place = {"pupil_id": school.pupils["Маша"], "name": f"Родня {telegram_id}", "relation": "тётя"}
            session.add(Guardian(**place, person_id=person.id, active_from=SINCE))
            school.people[telegram_id] = person.id
        await session.commit()
    return [MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER, *range(FIRST, FIRST + number)]


SATISFACTION = "Родителям: как школа помогает"


async def draws_up(director: Chat, template: str = SATISFACTION) -> None:
    """The director begins a draft from a ready survey."""
    await director.says("/survey")
    await director.presses("Новый опрос")
    await director.presses(template)


async def opens(director: Chat, days: str = "7 дней", template: str = SATISFACTION) -> None:
    """The director opens the survey, and the invitations go out."""
    await draws_up(director, template)
    await director.presses("Когда откроем")
    await director.presses(days)
    await director.presses("Открыть опрос")
    await director.telegram.deliver()


async def answers(guardian: Chat, overall: int, words: str | None = None) -> None:
    """A guardian answers everything and hands it in."""
    await guardian.presses("Ответить")
    for score in (overall, 4, 5):
        await guardian.presses(str(score))
    await guardian.presses("Да")
    await guardian.presses("На собраниях")
    if words is None:
        await guardian.presses("Пропустить")
    else:
        await guardian.says(words)
    await guardian.presses("Отправить ответы")


async def hand_in(telegram: Telegram, who: int, overall: int, words: str | None = None) -> None:
    """The same without the chat, for the many whose answers a test only counts."""
    now, settings = telegram.clock.now(), telegram.dispatcher.workflow_data["settings"]
    async with telegram.database.write() as session:
        actor = await School.actor(session, who, now)
        (mine,) = await answering.open_surveys(session, actor, now)
        me = session, actor, now, now.date()
        for at, value in enumerate((overall, 4, 5, 1, 2, words)):  # 1: yes, 2: at meetings
            await answering.take_answer(*me, mine.survey.id, at, value)
        await answering.send_off(*me, settings, mine.survey.id)
        await session.commit()

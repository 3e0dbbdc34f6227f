"""From what was heard to telling what has changed: of a survey, of a letter without a name."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.feedback import Ticket
from bot.db.findings import Finding
from bot.features import findings
from bot.scheduler.findings import tick
from tests.chat import Chat, Telegram
from tests.feedback.people import TEACHER, writes
from tests.fixtures import StoppedClock, context_of
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STARK, VANYA_MOTHER, School
from tests.surveys.people import hand_in, opens

OMSK = ZoneInfo("Asia/Omsk")
HEARD = "После уроков негде <подождать> автобус"
CHANGED = "В фойе поставили скамейки & чай"


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


async def gives(director: Chat, to: str = "Штарк", by: str = "Через неделю") -> None:
    """From the button to the task."""
    await director.presses("Мы услышали: что сделать")
    await director.says(HEARD)
    await director.presses(to)
    await director.presses(by)
    await director.presses("Поставить задачу")
    assert "Отвечает: Штарк О.П." in director.last.text or "Отвечает: Динер" in director.last.text
    await director.telegram.deliver()


async def of_a_survey(director: Chat) -> None:
    """A survey, answered, closed, and its results before the director."""
    telegram = director.telegram
    await opens(director)
    await hand_in(telegram, MASHA_MOTHER, 5)
    await director.says("/survey")
    await director.presses("Как школа помогает")
    await director.presses("Закрыть сейчас")
    await director.presses("Да, закрыть")


async def row(database: Database) -> Finding:
    async with database.read() as session:
        return (await session.scalars(select(Finding))).one()


async def test_of_a_survey_everybody_asked_is_told(
    director: Chat, telegram: Telegram, database: Database
) -> None:
    await of_a_survey(director)
    await gives(director)
    teacher = telegram.chat(STARK)
    assert "Мы услышали, и это поручено вам" in teacher.last.text
    assert "негде &lt;подождать&gt; автобус" in teacher.last.text and "21 октября" in teacher.last.text
    await teacher.says("/menu")
    assert "👂 Мы услышали (1)" in teacher.last.buttons
    await teacher.presses("Мы услышали")
    await teacher.presses("После уроков")
    await teacher.presses("Сделано")
    assert "Что изменилось?" in teacher.last.text
    await teacher.says(CHANGED)
    assert "Осталось рассказать" in teacher.last.text and "📣 Рассказать" not in teacher.last.buttons
    await telegram.deliver()
    assert "Штарк О.П. пишет" in director.last.text and "скамейки &amp; чай" in director.last.text
    await director.presses("Рассказать")
    assert "3 людям" in director.toast
    await telegram.deliver()
    for who in (MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER):
        seen = telegram.chat(who).last.text
        assert "Мы услышали вас" in seen and "Что изменилось:" in seen and "скамейки &amp; чай" in seen
    await director.presses("Мы услышали")  # the list
    assert "Сделано 1 из 1" in director.last.text and "✅" in director.last.text
    await director.says("/status")
    assert "Мы услышали: сделано 1 из 1" in director.last.text
    await teacher.says("/menu")
    assert not any("Мы услышали" in label for label in teacher.last.buttons)


async def test_of_a_letter_without_a_name_its_author_is_told_in_the_thread(
    director: Chat, telegram: Telegram, database: Database, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    number = await writes(mother, "Холодно ждать автобус", named=False, to=TEACHER)
    await telegram.deliver()
    await director.says("/tickets")
    await director.presses(f"№ {number}")
    await gives(director)
    teacher = telegram.chat(STARK)
    await teacher.presses("Сделано")
    await teacher.says("Поставили скамейки")
    # Closed long ago meanwhile: the author is told all the same.
    async with database.write() as session:
        ticket = (await session.scalars(select(Ticket))).one()
        ticket.closed_on = date(2026, 9, 1)
        await session.commit()
    await telegram.deliver()
    await director.presses("Рассказать")
    await telegram.deliver()
    assert "Ответ на ваше обращение" in mother.last.text and "Поставили скамейки" in mother.last.text
    async with database.read() as session:
        ticket = (await session.scalars(select(Ticket))).one()
    assert ticket.closed_on == date(2026, 10, 14)


async def test_the_administration_reads_before_it_is_told_and_words_can_be_changed(
    director: Chat, telegram: Telegram, database: Database
) -> None:
    await of_a_survey(director)
    await gives(director, to="Динер", by="Через месяц")
    await director.presses("✅ Сделано")
    await director.says("   ")
    assert "Нужен текст" in director.last.text
    await director.says("Скоро будет")
    await director.presses("Исправить слова")
    await director.says("Уже есть")
    assert (await row(database)).change == "Уже есть"
    tell = director.last.data("Рассказать")
    await director.presses("Рассказать")
    await director.forges(tell, director.last)
    assert "уже рассказано" in director.toast
    await telegram.deliver()
    assert "Уже есть" in telegram.chat(PETYA_MOTHER).last.text


async def test_what_cannot_be(director: Chat, telegram: Telegram, school: School, database: Database) -> None:
    await of_a_survey(director)
    await director.presses("Мы услышали: что сделать")
    await director.says("я" * 501)
    assert "не больше 500" in director.last.text
    await director.says(HEARD)
    await director.presses("Штарк")
    for wrong in ("13.10.2026", "когда-нибудь", "1.12.2028"):
        await director.says(wrong)
        assert "Срок должен быть" in director.last.text or "Не понял, какой это день" in director.last.text
    await director.says("25.12")
    assert "25 декабря" in director.last.text
    save = director.last.data("Поставить задачу")
    await director.presses("Поставить задачу")
    await director.forges(save, director.last)
    assert (await row(database)).due_on == date(2026, 12, 25)  # once


async def test_reminders(
    director: Chat,
    telegram: Telegram,
    database: Database,
    settings: Settings,
    clock: StoppedClock,
    school: School,
) -> None:
    """Due on Wednesday the 21st: reminded on Friday (the 18th is a Sunday), on the day, and a week later."""
    await of_a_survey(director)
    await gives(director)
    teacher = telegram.chat(STARK)
    told = []
    for day in range(15, 32):
        clock.set(datetime(2026, 10, day, 9, tzinfo=OMSK))
        before = len(teacher.messages)
        for _ in range(2):
            await tick(context_of(database, clock, settings))
        await telegram.deliver()
        told += [day] * (len(teacher.messages) - before)
    assert told == [19, 21, 28]
    assert "Напоминаю" in teacher.last.text and "21 октября" in teacher.last.text
    await teacher.presses("После уроков")
    await teacher.says(CHANGED)
    clock.set(datetime(2026, 11, 11, 9, tzinfo=OMSK))
    async with database.write() as session:
        await findings.remind(session, settings, context_of(database, clock, settings).calendar, clock.now())
        await session.commit()
    before = len(teacher.messages)
    await telegram.deliver()
    assert len(teacher.messages) == before


async def test_the_share_of_a_school_year(
    director: Chat, database: Database, settings: Settings, clock: StoppedClock, school: School
) -> None:
    """Done last year counts no more; open since last year still does."""
    await of_a_survey(director)
    survey = 1
    last_year = clock.now() - timedelta(days=90)
    async with database.write() as session:
        for done in (last_year, None, clock.now()):
            session.add(
                Finding(
                    survey_id=survey,
                    text="…",
                    staff_id=school.staff[BERG],
                    due_on=date(2026, 7, 20),
                    created_at=last_year,
                    done_at=done,
                )
            )
        await session.flush()
        assert await findings.closed(session, date(2026, 10, 14), settings) == (1, 2)
        assert await findings.closed(session, date(2026, 10, 13), settings) == (0, 2)

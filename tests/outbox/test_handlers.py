"""An announcement on its way, as the director follows it: looking, stopping, going on."""

from datetime import time

import pytest
from sqlalchemy import select, update

from bot.db import outbox
from bot.db.accounts import Manner, Person, Preference, Topic
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.outbox import MessageState, OutboxMessage
from bot.features.outbox import gather_digests
from bot.scheduler import Context
from bot.scheduler.surveys import tick
from tests.chat import Chat, Telegram
from tests.events.people import announces, calls_off, moves
from tests.fixtures import StoppedClock
from tests.school import DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School
from tests.surveys.people import opens

HOW = "Как идёт рассылка"


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


async def stops(director: Chat) -> None:
    """The director stops what has just been announced: to the mothers of Маша and Петя."""
    await director.presses(HOW)
    await director.presses("Остановить")
    assert "2 человека не получат" in director.last.text
    await director.presses("Да, остановить")


async def test_it_is_followed_stopped_and_gone_on_with(
    telegram: Telegram, director: Chat, database: Database
) -> None:
    mothers = telegram.chat(MASHA_MOTHER), telegram.chat(PETYA_MOTHER)
    telegram.wire.blocked.add(PETYA_MOTHER)
    await announces(director, deliver=False)
    await director.presses(HOW)
    assert "Дошло: 0 из 2." in director.last.text and "меньше минуты" in director.last.text
    assert director.last.buttons == ["🔄 Обновить", "⏸ Остановить", "← К событию"]
    await director.presses("Остановить")
    ask = director.last.data("Да, остановить")
    for _ in range(2):  # a second press changes nothing
        await director.forges(ask)
    assert "2 человека сообщение не получили" in director.last.text
    assert director.last.buttons == ["▶️ Продолжить", "← К событию"]
    await telegram.deliver()
    assert not any(mother.messages for mother in mothers)
    await director.presses("К событию")
    await director.presses(HOW)
    again = director.last.data("Продолжить")
    for _ in range(2):
        await director.forges(again)
    await telegram.deliver()
    assert [len(mother.messages) for mother in mothers] == [1, 0]
    await director.forges(again.replace("go_on", "look"))
    assert "Дошло: 1 из 2." in director.last.text and "Не дошло: 1." in director.last.text
    assert "Всё ушло." in director.last.text and director.last.buttons == ["← К событию"]
    for pressed in (ask, again):
        await director.forges(pressed)
        assert director.toast == "Всё уже ушло."
    await director.presses("К событию")
    assert not any(HOW in label for label in director.last.buttons)
    async with database.read() as session:
        entries = select(AuditEntry.action, AuditEntry.details).where(AuditEntry.action.contains("sending"))
        in_order = await session.execute(entries.order_by(AuditEntry.id))
        assert [tuple(row) for row in in_order] == [
            ("event.sending_stopped", {"people": 2}),
            ("event.sending_resumed", {"people": 2}),
        ]


async def test_what_is_stopped_says_what_is_true_when_it_goes_on(telegram: Telegram, director: Chat) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await announces(director, deliver=False)
    await stops(director)
    await moves(director, "21.10 17:00", "18:00")
    await director.presses("Да, перенести")
    await telegram.deliver()
    assert not mother.messages  # they know of no event that could have been moved
    await director.says("/event")
    await director.presses("📅")
    await director.presses(HOW)
    await director.presses("Продолжить")
    await telegram.deliver()
    (invitation,) = mother.messages
    assert "21 октября" in invitation.text


@pytest.mark.parametrize("called_off", [True, False])
async def test_it_is_not_gone_on_with_when_it_is_too_late(
    telegram: Telegram, director: Chat, clock: StoppedClock, *, called_off: bool
) -> None:
    await announces(director, deliver=False)
    await stops(director)
    again = director.last.data("Продолжить")
    if called_off:
        await calls_off(director)
    else:
        clock.move(days=7)
    await director.forges(again)
    assert director.toast == ("Всё уже ушло." if called_off else director.toast)
    assert called_off or director.toast.startswith("Продолжать поздно")
    await telegram.deliver()
    assert not telegram.chat(MASHA_MOTHER).messages


async def test_who_wishes_otherwise_meanwhile_gets_it_so(
    telegram: Telegram, director: Chat, school: School, database: Database, clock: StoppedClock
) -> None:
    """One has chosen the evening, the other sleeps by day."""
    mother, petya = telegram.chat(MASHA_MOTHER), telegram.chat(PETYA_MOTHER)
    await announces(director, deliver=False)
    await stops(director)
    chosen = Preference(person_id=school.people[MASHA_MOTHER], topic=Topic.EVENTS, manner=Manner.DIGEST)
    sleeps = {"quiet_from": time(11), "quiet_to": time(17)}
    async with database.write() as session:
        session.add(chosen)
        await session.execute(update(Person).where(Person.telegram_id == PETYA_MOTHER).values(sleeps))
        await session.commit()
    await director.presses("Продолжить")
    assert "Уйдут позже: 2" in director.last.text and "14 октября, 17:00" in director.last.text
    await telegram.deliver()
    assert not mother.messages and not petya.messages
    clock.move(hours=6)
    async with database.write() as session:
        await gather_digests(session, clock.now())
        await session.commit()
    await telegram.deliver()
    assert "Вечерняя сводка" in mother.last.text and "Вечерняя сводка" not in petya.last.text
    assert len(mother.messages) == len(petya.messages) == 1


async def test_who_was_not_invited_to_a_survey_is_not_reminded_of_it(
    telegram: Telegram, director: Chat, context: Context, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    telegram.delivery.send_due, send = _nothing, telegram.delivery.send_due  # type: ignore[method-assign]
    await opens(director)
    telegram.delivery.send_due = send  # type: ignore[method-assign]
    await director.presses(HOW)
    await director.presses("Остановить")
    await director.presses("Да, остановить")
    clock.move(days=4)
    await tick(context)
    await telegram.deliver()
    assert not mother.messages
    await director.presses("Продолжить")
    await tick(context)
    await telegram.deliver()
    assert len(mother.messages) == 2  # the invitation, and the third day's reminder after it


async def _nothing() -> bool:
    return False


async def test_one_on_the_wire_while_it_is_stopped_has_come(
    telegram: Telegram, director: Chat, database: Database, clock: StoppedClock
) -> None:
    await announces(director, deliver=False)
    async with database.read() as session:
        due = await outbox.due(session, clock.now(), (), 10)
    await stops(director)
    await telegram.delivery._send(due[0])
    await director.presses("Продолжить")
    await telegram.deliver()
    assert [len(telegram.chat(who).messages) for who in (MASHA_MOTHER, PETYA_MOTHER)] == [1, 1]
    async with database.read() as session:
        states = await session.scalars(select(OutboxMessage.state).where(OutboxMessage.kind == "event"))
        assert set(states) == {MessageState.SENT}

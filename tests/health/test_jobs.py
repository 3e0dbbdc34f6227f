"""The bot looks at itself: the administration is told what is wrong once a day, and when it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db import inbox, outbox
from bot.db.base import Database
from bot.db.health import Heartbeat
from bot.db.outbox import Letter, OutboxMessage
from bot.features import health
from bot.features.health import Room
from bot.scheduler import Context, run_tick
from bot.scheduler.health import tick
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.health.test_rules import Seconds
from tests.school import DIRECTOR, MASHA_MOTHER, School


class Disk:
    """A disk with as much room as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.megabytes = 9000
        monkeypatch.setattr(health, "room", lambda settings: Room(self.megabytes * 10**6, 500 * 10**6))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


class Director:
    """What the director reads while time goes by and the bot looks at itself."""

    def __init__(self, context: Context, telegram: Telegram, clock: StoppedClock) -> None:
        self.context, self.telegram, self.clock = context, telegram, clock

    async def reads(self, minutes: int = 0) -> list[str]:
        """After so many minutes: the first lines of what has come since."""
        chat = self.telegram.chat(DIRECTOR)
        seen = len(chat.messages)
        self.clock.move(minutes=minutes)
        await run_tick("health", tick, self.context)
        await self.telegram.deliver()
        return [message.text.partition("\n")[0] for message in chat.messages[seen:]]


@pytest.fixture
def director(
    context: Context, telegram: Telegram, clock: StoppedClock, school: School, disk: Disk
) -> Director:
    return Director(context, telegram, clock)


LITTLE = "⚠️ <b>На диске сервера мало места</b>"
ENOUGH = "✅ На диске сервера снова достаточно места."


class TestDisk:
    async def test_told_once_a_day_and_when_it_is_over(self, director: Director, disk: Disk) -> None:
        assert await director.reads() == []
        disk.megabytes = 312
        assert await director.reads() == [LITTLE]
        assert "Осталось 312 МБ, а нужно не меньше 500 МБ" in director.telegram.chat(DIRECTOR).last.text
        assert await director.reads(23 * 60) == []
        assert await director.reads(60) == [LITTLE]
        disk.megabytes = 9000
        assert await director.reads(1) == []
        assert await director.reads(15) == [ENOUGH]
        assert await director.reads(15) == []

    async def test_what_comes_and_goes_is_one_trouble(self, director: Director, disk: Disk) -> None:
        disk.megabytes = 312
        assert await director.reads() == [LITTLE]
        for megabytes in (9000, 312) * 3:
            disk.megabytes = megabytes
            assert await director.reads(10) == []
        disk.megabytes = 9000
        assert await director.reads(1) == []
        assert await director.reads(15) == [ENOUGH]
        disk.megabytes = 312  # once more on the same day: not told again, nor that it is over
        assert await director.reads(30) == []
        disk.megabytes = 9000
        assert await director.reads(1) == []
        assert await director.reads(15) == []

    async def test_by_night_it_waits_for_the_morning(
        self, director: Director, disk: Disk, clock: StoppedClock
    ) -> None:
        clock.move(hours=12)
        disk.megabytes = 312
        assert await director.reads() == []
        assert await director.reads(8 * 60) == [LITTLE]


async def test_a_tick_that_fails_three_times(director: Director, context: Context) -> None:
    async def fails(context: Context) -> None:
        raise RuntimeError("Лебедева Маша")

    async def works(context: Context) -> None:
        pass

    for _ in range(2):
        await run_tick("backup", fails, context)
    assert await director.reads() == []
    await run_tick("backup", fails, context)
    assert await director.reads() == ["⚠️ <b>Бот не справляется с одним из своих дел</b>"]
    last = director.telegram.chat(DIRECTOR).last.text
    assert "ночная копия базы. Не получилось 3 раза подряд" in last and "Маша" not in last
    await run_tick("backup", works, context)
    assert await director.reads(1) == []
    assert await director.reads(15) == [
        "✅ Бот снова справляется. Дело, которое не получалось: ночная копия базы."
    ]


async def test_a_message_that_is_stuck(director: Director, context: Context, school: School) -> None:
    """Found by two clocks: see test_rules.py."""
    seconds = Seconds()
    context.watch.now = seconds
    await put(context, school, tried=timedelta(minutes=25))
    for _ in range(10):
        assert await director.reads() == []
        seconds.at += 60
    assert await director.reads() == ["⚠️ <b>Сообщения не доходят до людей</b>"]
    last = director.telegram.chat(DIRECTOR).last.text
    assert "Застряло 1 сообщение, самое давнее ждёт 25 минут." in last
    assert context.watch.troubles == {"outbox": "outbox: 1 messages are stuck, the oldest for 25 min"}


async def test_people_who_get_no_answer(director: Director, context: Context) -> None:
    seconds = Seconds()
    context.watch.now = seconds
    now = context.clock.now()
    async with context.database.write() as session:
        waits = [inbox.Incoming(number, MASHA_MOTHER, {}) for number in (1, 2)]
        await inbox.store(session, waits, now - timedelta(minutes=11))
        assert await inbox.depth(session) == (2, now - timedelta(minutes=11))
        await session.commit()
    assert await director.reads() == []
    seconds.at += 120
    assert await director.reads(2) == ["⚠️ <b>Бот не отвечает людям</b>"]
    last = director.telegram.chat(DIRECTOR).last.text
    assert "Без ответа остались 2 сообщения, самое давнее ждёт 13 минут." in last
    assert "<code>update put back</code>" in last
    assert context.watch.troubles == {"inbox": "inbox: 2 updates are not answered, the oldest for 13 min"}
    async with context.database.write() as session:
        for number in (1, 2):
            await inbox.finish(session, number, [], None)
        await session.commit()
    assert await director.reads(1) == []
    assert await director.reads(15) == ["✅ Бот снова отвечает людям. Те, кто ждал, тоже получат ответ."]


async def put(context: Context, school: School, **since: timedelta) -> None:
    """A message to a mother that is due since, or being tried since; its next attempt is to come."""
    now = context.clock.now()
    async with context.database.write() as session:
        letter = Letter(school.people[MASHA_MOTHER], "words", {}, str(since), now + timedelta(minutes=4))
        (id_,) = (await outbox.add(session, [letter], now)).values()
        row = await session.get_one(OutboxMessage, id_)
        if "tried" in since:
            row.tried_at = now - since["tried"]
        else:
            row.not_before = now - since["due"]
        await session.commit()


async def test_how_much_is_due_and_since_when(context: Context, school: School, clock: StoppedClock) -> None:
    await put(context, school, due=timedelta(minutes=3))
    await put(context, school, due=timedelta(minutes=-2))  # not yet
    async with context.database.read() as session:
        now = clock.now()
        assert await outbox.depth(session, now) == (1, now - timedelta(minutes=3), None)
    await put(context, school, tried=timedelta(hours=1))
    async with context.database.read() as session:
        assert await outbox.depth(session, now) == (2, now - timedelta(hours=1), now - timedelta(hours=1))


async def test_who_comes_later_is_told_then(context: Context, database: Database, disk: Disk) -> None:
    disk.megabytes = 1
    await tick(context)
    async with database.write() as session:
        await School.found(session, context.clock.now())
        await session.commit()
    await tick(context)
    async with database.read() as session:
        assert list(await session.scalars(select(OutboxMessage.kind))) == ["health-disk"]


async def test_a_sign_of_life_once_a_minute(
    context: Context, database: Database, clock: StoppedClock, disk: Disk
) -> None:
    first = clock.now()
    for seconds, beaten in ((0, 0), (59, 0), (1, 60), (30, 60), (-3600, -3510)):
        clock.move(seconds=seconds)
        await tick(context)
        async with database.read() as session:
            at = await session.scalar(select(Heartbeat.at))
        assert at == first + timedelta(seconds=beaten)


async def test_none_while_a_part_of_it_stands_still(
    context: Context, database: Database, clock: StoppedClock, disk: Disk
) -> None:
    seconds = Seconds()
    context.watch.now = seconds
    context.watch.sign("Telegram")
    context.watch.sign("delivery")
    seconds.at += 121
    await tick(context)
    async with database.read() as session:
        assert await session.scalar(select(Heartbeat.at)) is None
    context.watch.sign("delivery")
    await tick(context)
    async with database.read() as session:
        assert await session.scalar(select(Heartbeat.at)) == clock.now()

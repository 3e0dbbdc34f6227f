"""SIGKILL in the middle of a journey: nothing acknowledged is lost, nothing happens twice."""

import asyncio
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.databases import ask
from tests.journeys import school
from tests.journeys.world import Person, World, text

MORNING = datetime(2026, 10, 14, 12, tzinfo=ZoneInfo("Asia/Omsk"))


async def people(world: World) -> tuple[Person, Person, Person]:
    """A director, a teacher, a mother; the bot runs."""
    await world.move_clock(MORNING)
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    return director, teacher, await school.guardian(world, director, "Лебедева Ирина")


async def test_killed_while_composing_it_goes_on_in_the_same_conversation(world: World) -> None:
    _, teacher, mother = await people(world)
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Похвалить", "Что получилось?")
    await world.kill()
    # While it is gone the teacher writes on; Telegram keeps that.
    sent = await world.call("POST", f"users/{teacher.id}/send", text="Маша молодец")
    world.run()
    await teacher.sees("Вот что увидят родители", "Маша молодец", after=sent["message_id"])
    await world.kill()
    world.run()
    await teacher.presses("Отправить", "Сообщение отправлено")
    await mother.sees("Маша молодец")
    await world.kill()
    assert ask(world.database, "SELECT count(*) FROM notes") == [(1,)]


@pytest.mark.parametrize(
    ("seed", "times"), [(1, 2), *(pytest.param(n, 6, marks=pytest.mark.soak) for n in range(2, 8))]
)
async def test_killed_at_any_moment(world: World, seed: int, times: int) -> None:
    """Notes are sent while the bot is killed again and again: each arrives, each is there once."""
    _, teacher, mother = await people(world)
    chance = random.Random(seed)
    killing = asyncio.create_task(keep_killing(world, chance, times))
    wanted = [f"Новость номер {number}." for number in range(times)]
    for words in wanted:
        await teacher.says("/note", "О ком напишем?")
        await teacher.presses("Лебедева Маша", "О чём сообщение?")
        await teacher.presses("Похвалить", "Что получилось?")
        await teacher.says(words, "Вот что увидят родители", words)
        await teacher.presses("Отправить", "Сообщение отправлено")
    await killing
    for words in wanted:
        await mother.sees(words)
    assert await world.terminate() == 0
    assert ask(world.database, "SELECT text FROM notes ORDER BY id") == [(words,) for words in wanted]
    assert ask(world.database, "SELECT count(*) FROM inbox WHERE state <> 'done' OR replies IS NOT NULL") == [
        (0,)
    ]
    assert ask(world.database, "SELECT count(*) FROM outbox WHERE state = 'waiting'") == [(0,)]
    # What was on its way when the process died may have come twice: one message a kill, not more.
    came = [text(m) for m in mother.messages.values() if "Новость" in text(m)]
    assert len(wanted) <= len(came) <= len(wanted) + times


async def keep_killing(world: World, chance: random.Random, times: int) -> None:
    """Kill the bot after a while of calls to Telegram, start it again, and so on."""
    for _ in range(times):
        made = len(await world.call("GET", "calls")) + chance.randint(1, 8)
        async with asyncio.timeout(60):
            while len(await world.call("GET", "calls")) < made:
                pass  # asked over HTTP: the others have their turn meanwhile
        await world.kill()
        world.run()

"""Telegram is not well, a father has blocked the bot: the others get theirs, the teacher sees who did not."""

import asyncio

import pytest

from tests.databases import POSTGRES, ask
from tests.journeys import school
from tests.journeys.test_killed import people
from tests.journeys.world import Person, World, text
from tests.processes import PATIENCE


async def writes_praise(teacher: Person) -> None:
    """From the choice of the child to the preview."""
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Похвалить", "Что получилось?")
    await teacher.says("Маша молодец", "Вот что увидят родители")


async def test_too_many_requests_errors_cut_lines_and_a_block(world: World) -> None:
    director, teacher, mother = await people(world)
    father = await school.guardian(world, director, "Лебедев Игорь", school.FATHER)
    await world.call("POST", f"users/{father.id}/block", blocked=True)
    await teacher.says("/note", "О ком напишем?")
    await writes_praise(teacher)
    for fault in (
        {"kind": "429", "retry_after": 1},
        {"kind": "500"},
        {"kind": "drop"},
    ):
        await world.call("POST", "faults", method="sendMessage", chat_id=mother.id, count=1, **fault)
    await teacher.presses("Отправить", "Сообщение отправлено")
    await mother.sees("Маша молодец")
    assert not (await world.call("GET", "state"))["faults"]
    # That it has arrived is known a moment after it has.
    async with asyncio.timeout(PATIENCE):
        while "доставлено" not in text(await teacher.says("/notes", "Мои сообщения", "не дошло")):
            pass
    # Whoever writes is reachable again.
    await father.says("/menu", "Чем помочь?")
    await teacher.says("/class", "5А класс", "2/2")
    assert await world.terminate() == 0


@pytest.mark.skipif(not POSTGRES, reason="a server that ends connections; SCHOOLBOT_TEST_POSTGRES=1 has one")
async def test_the_database_server_ends_all_connections(world: World) -> None:
    director, teacher, mother = await people(world)
    await teacher.says("/note", "О ком напишем?")
    for _ in range(2):
        ask(
            world.database,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()",
        )
        await director.says("/menu", "Чем помочь?")
        await mother.says("/children", "Маша")
    await writes_praise(teacher)
    await teacher.presses("Отправить", "Сообщение отправлено")
    await mother.sees("Маша молодец")
    assert await world.terminate() == 0

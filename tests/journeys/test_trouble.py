"""Telegram is not well, a father has blocked the bot: the others get theirs, the teacher sees who did not."""

import asyncio

from tests.journeys import school
from tests.journeys.test_killed import people
from tests.journeys.world import World, text
from tests.processes import PATIENCE


async def test_too_many_requests_errors_cut_lines_and_a_block(world: World) -> None:
    director, teacher, mother = await people(world)
    father = await school.guardian(world, director, "Лебедев Игорь", school.FATHER)
    await world.call("POST", f"users/{father.id}/block", blocked=True)
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Похвалить", "Что получилось?")
    await teacher.says("Маша молодец", "Вот что увидят родители")
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

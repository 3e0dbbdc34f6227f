"""Conversations in Redis, over HTTP: they outlive the bot, wait for Redis, and leave with their person."""

import asyncio
import subprocess

import pytest

from tests.databases import ask
from tests.journeys.test_killed import people
from tests.journeys.world import World, text
from tests.processes import PATIENCE
from tests.servers import free_port, needs_redis, redis

pytestmark = [pytest.mark.long, needs_redis]


def chats(port: int) -> list[str]:
    """Whose conversations Redis holds; claims, which end with each update, left out."""
    command = ["redis-cli", "-p", str(port), "--raw", "KEYS", "*"]
    keys = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return [key.rpartition(":")[2] for key in keys if not key.endswith(":claim")]


async def test_a_note_composed_while_the_bot_and_redis_come_and_go(world: World) -> None:
    port = free_port()
    with redis(port) as address:
        world.environment["SCHOOLBOT_REDIS__URL"] = address
        _, teacher, mother = await people(world)
        await teacher.says("/note", "О ком напишем?")
        await teacher.presses("Лебедева Маша", "О чём сообщение?")
        await teacher.presses("Похвалить", "Что получилось?")
        assert chats(port) == [str(teacher.id)]
        assert ask(world.database, "SELECT count(*) FROM conversations") == [(0,)]
        await world.kill()
        sent = await world.call("POST", f"users/{teacher.id}/send", text="Маша молодец")
        world.run()
        await teacher.sees("Вот что увидят родители", "Маша молодец", after=sent["message_id"])
    # Redis is away, and forgets: what is written meanwhile waits, and nobody is told nonsense.
    lost = await world.call("POST", f"users/{mother.id}/send", text="/menu")
    async with asyncio.timeout(PATIENCE):
        while ask(world.database, "SELECT count(*) FROM inbox WHERE state = 'waiting'") == [(0,)]:
            await world.call("GET", "state")
    with redis(port):
        await mother.sees("Чем помочь?", after=lost["message_id"])
        await mother.says("/feedback", "Письмо в школу")
        await mother.presses("Вопрос", "Напишите своими словами")
        assert chats(port) == [str(mother.id)]
        await mother.says("/privacy", "О ваших данных")
        await mother.presses("Отозвать согласие", "стереть")
        await mother.presses("Да, стереть", "данные стёрты")
        assert chats(port) == []
        assert await world.terminate() == 0
    assert not any("Что-то сломалось" in text(m) for m in mother.messages.values())

"""SIGKILL in the middle of a journey: nothing acknowledged is lost, nothing happens twice."""

import asyncio
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.databases import ask
from tests.journeys import school
from tests.journeys.world import Person, World, text
from tests.processes import PATIENCE

UNFINISHED = """
SELECT (SELECT count(*) FROM inbox WHERE state <> 'done' OR replies IS NOT NULL),
       (SELECT count(*) FROM outbox WHERE state = 'waiting')
"""
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
    ("seed", "kills"), [(1, 2), *(pytest.param(n, 25, marks=pytest.mark.soak) for n in range(2, 10))]
)
async def test_killed_at_any_moment(world: World, seed: int, kills: int) -> None:
    """People go about their business while the bot is killed again and again: each deed is there once."""
    _, teacher, mother = await people(world)
    chance = random.Random(seed)
    killing = asyncio.create_task(keep_killing(world, chance, kills))
    done: dict[str, list[str]] = {"notes": [], "note_answers": [], "ticket_entries": []}
    while not killing.done() or not all(done.values()):
        table = chance.choice(list(done)) if all(done.values()) else next(k for k in done if not done[k])
        words = f"{table} {len(done[table]) + 1}."
        await DEEDS[table](teacher, mother, words)
        done[table].append(words)
    await killing
    for words in (*done["note_answers"], *done["ticket_entries"]):
        await teacher.sees(words)
    # The last one that was started may have been needed for nothing yet.
    async with asyncio.timeout(PATIENCE):
        while ask(world.database, UNFINISHED) != [(0, 0)]:
            await world.call("GET", "state")
    assert await world.terminate() == 0
    for table, wanted in done.items():
        texts = [words for (words,) in ask(world.database, f"SELECT text FROM {table} ORDER BY 1")]
        assert [words for words in texts if words.startswith(table)] == sorted(wanted)
    assert ask(world.database, UNFINISHED) == [(0, 0)]
    # What was on its way when the process died may have come twice: one message a kill, not more.
    letters = done["note_answers"] + done["ticket_entries"]
    twice = repeated(mother, done["notes"]) + repeated(teacher, letters)
    assert twice <= kills


def repeated(person: Person, letters: list[str]) -> int:
    """How many messages of others came more than once; each has come."""
    came = [
        sum(words in text(m) for m in person.messages.values() if m["from"]["is_bot"]) for words in letters
    ]
    assert all(came)
    return sum(came) - len(came)


async def send_note(teacher: Person, mother: Person, words: str) -> None:
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Похвалить", "Что получилось?")
    await teacher.says(words, "Вот что увидят родители", words)
    await teacher.presses("Отправить", "Сообщение отправлено")
    await mother.sees(words)


async def answer_note(_: Person, mother: Person, words: str) -> None:
    await mother.presses("Ответить", "Что передать?")
    await mother.says(words, "Ваш ответ передан")


async def send_letter(_: Person, mother: Person, words: str) -> None:
    await mother.says("/feedback", "Письмо в школу")
    await mother.presses("Вопрос", "Напишите своими словами")
    await mother.says(words, "Кому передать?")
    await mother.presses("Келлер", "Подписать письмо?")
    await mother.presses("От своего имени", "отправлено")


DEEDS = {"notes": send_note, "note_answers": answer_note, "ticket_entries": send_letter}


async def keep_killing(world: World, chance: random.Random, times: int) -> None:
    """Kill the bot after a while of calls to Telegram, start it again, and so on."""
    for _ in range(times):
        made = len(await world.call("GET", "calls")) + chance.randint(1, 8)
        async with asyncio.timeout(PATIENCE):
            while len(await world.call("GET", "calls")) < made:
                pass  # asked over HTTP: the others have their turn meanwhile
        await world.kill()
        world.run()

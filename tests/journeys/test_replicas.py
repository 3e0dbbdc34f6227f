"""Three processes behind a real nginx on one PostgreSQL; the one that leads is killed under load.

Telegram delivers to any of them. Nothing is lost, nothing is done twice, another leads within seconds.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from bot.db.accounts import Consent, Person
from bot.db.base import Database
from bot.db.roster import Guardian, Pupil
from bot.features.accounts import NOTICE_VERSION
from tests import school as small
from tests.databases import POSTGRES, ask, renew
from tests.fixtures import NOON
from tests.journeys.test_killed import MORNING
from tests.journeys.world import Person as Somebody
from tests.journeys.world import World, open_world
from tests.processes import PATIENCE, fork
from tests.servers import free_port, needs_nginx, needs_redis, nginx, redis

pytestmark = [
    pytest.mark.long,
    needs_nginx,
    pytest.mark.skipif(not POSTGRES, reason="SQLite has one process; SCHOOLBOT_TEST_POSTGRES=1 has a server"),
]

SITE = Path(__file__).parent.parent.parent / "docs" / "samples" / "nginx.conf"
FAMILIES, WRITERS, PER_SECOND = 130, 20, 20
STAFF = (small.BERG, small.DIRECTOR, small.STARK, small.PSYCHOLOGIST)
FIRST, SMALL = 3000, (small.MASHA_MOTHER, small.PETYA_MOTHER)
# On their way to Telegram or back at the moment of the kill: a second's at most, however busy the machine.
IN_FLIGHT = PER_SECOND
NEWS = "Завтра все едем в музей, берите бутерброды."


class Replicas:
    """Three processes of the bot, each with a log of its own, and nginx before them as the sample has it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ports = [free_port() for _ in range(3)]
        self.front = free_port()
        self.url = f"http://127.0.0.1:{self.front}/telegram"
        self.processes: list[BaseProcess] = []
        self._calls: list[dict[str, Any]] = []
        world.environment |= {
            "SCHOOLBOT_TELEGRAM__MODE": "webhook",
            "SCHOOLBOT_WEBHOOK__URL": self.url,
            "SCHOOLBOT_WEBHOOK__SECRET": "a-secret-of-sixteen-or-more",
            "SCHOOLBOT_FEEDBACK__KEY": "one key for all of them, outside the database",
            "SCHOOLBOT_SCHOOL__ADMINS": f"[{small.DIRECTOR}]",
            "SCHOOLBOT_DELIVERY__PER_SECOND": str(PER_SECOND),
        }

    def site(self) -> str:
        """The sample, on loopback and without certificates."""
        site = SITE.read_text(encoding="utf-8").replace("listen 443 ssl;", f"listen 127.0.0.1:{self.front};")
        for number, port in enumerate(self.ports, 8081):
            site = site.replace(f"127.0.0.1:{number}", f"127.0.0.1:{port}")
        return re.sub(r"ssl_certificate.*;", "", site)

    def start(self) -> None:
        for number, port in enumerate(self.ports):
            own = self.world.environment | {"SCHOOLBOT_WEBHOOK__PORT": str(port)}
            process, out = fork("bot", "run", cwd=self.world.folder, log=self._log(number), **own)
            out.close()
            self.processes.append(process)

    def _log(self, number: int) -> Path:
        return self.world.folder / f"bot{number}.log"

    def said(self, number: int) -> str:
        return self._log(number).read_text()

    async def leader(self, *dead: int) -> int:
        """Which one leads; waits until one does."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for number in {0, 1, 2}.difference(dead):
                    if self._log(number).exists() and "] leading\n" in self.said(number):
                        return number
                await asyncio.sleep(0.05)

    async def calls(self) -> list[dict[str, Any]]:
        """What the bot has had of Telegram so far."""
        self._calls += await self.world.call("GET", f"calls?after={len(self._calls)}")
        return self._calls

    @staticmethod
    def is_news(call: dict[str, Any]) -> bool:
        to, words = call["params"].get("chat_id"), call["params"].get("text", "")
        return bool(call["ok"] and NEWS in words and int(to) != small.BERG)  # who has seen the preview

    async def news(self, number: int) -> int:
        """How many the news have reached; waits until they have reached so many."""
        async with asyncio.timeout(PATIENCE):
            while True:
                reached = {call["params"]["chat_id"] for call in await self.calls() if self.is_news(call)}
                if len(reached) >= number:
                    return len(reached)
                await asyncio.sleep(0.05)

    async def end(self, *dead: int) -> None:
        """SIGTERM to all that live: they end well, and no log shows what it must not."""
        async with asyncio.timeout(PATIENCE):
            while not all("started" in self.said(n) for n in range(3)):  # noqa: ASYNC110 - they tell nobody
                await asyncio.sleep(0.05)
        for process in self.processes:
            process.terminate()
        for number, process in enumerate(self.processes):
            await asyncio.to_thread(process.join, PATIENCE)
            assert number in dead or process.exitcode == 0, self.said(number)
            self.world.log = self._log(number)
            await self.world.check_log()


@asynccontextmanager
async def three(folder: Path, database: URL) -> AsyncIterator[Replicas]:
    async with open_world(folder, database) as world:
        replicas = Replicas(world)
        with nginx(replicas.site(), replicas.front):
            try:
                yield replicas
            finally:
                for process in replicas.processes:
                    process.kill()
                    await asyncio.to_thread(process.join, PATIENCE)


async def families(url: URL, school: small.School) -> None:
    """Berg's class becomes a large one: every pupil has a mother in the chat."""
    database = Database(url.render_as_string(hide_password=False))
    async with database.write() as session:
        for n in range(FAMILIES):
            person = Person(telegram_id=FIRST + n, language="ru", created_at=NOON)
            pupil = Pupil(
                surname=f"Ученик{n}",
                first_name="Саша",
                patronymic="",
                class_id=school.classes["5А"],
                active_from=date(2026, 9, 1),
            )
            session.add_all([person, pupil])
            await session.flush()
            mother = Guardian(
                pupil_id=pupil.id,
                name=f"Мама {n}",
                relation="мать",
                person_id=person.id,
                active_from=date(2026, 9, 1),
            )
            session.add_all([mother, Consent(person_id=person.id, version=NOTICE_VERSION, given_at=NOON)])
        await session.commit()
    await database.close()


async def writes(person: Somebody, number: int) -> None:
    """A letter to the school: six steps, each to whichever process gets it."""
    await person.says("/feedback", "Письмо в школу")
    await person.presses("Вопрос", "Напишите своими словами")
    await person.says(f"Письмо {number}, начало.", "Кому передать?")
    await person.says(f"Письмо {number}, конец.", "Кому передать?")
    await person.presses("Берг", "Подписать письмо?")
    await person.presses("От своего имени", "отправлено")


async def comes(world: World, id_: int) -> Somebody:
    """Somebody who has opened the chat long ago."""
    await world.call("POST", "users", id=id_, first_name="Имя", started=True)
    return Somebody(world, id_)


@pytest.mark.parametrize("with_redis", [False, pytest.param(True, marks=needs_redis)])
async def test_the_leader_is_killed_under_load(
    tmp_path: Path, address_of: Callable[[str], URL], founded: tuple[URL, small.School], with_redis: bool
) -> None:
    url = address_of("journey")
    renew(url, founded[0])
    await families(url, founded[1])
    async with three(tmp_path, url) as replicas:
        with redis() if with_redis else nullcontext() as address:
            if address:
                replicas.world.environment["SCHOOLBOT_REDIS__URL"] = address
            await replicas.world.move_clock(MORNING)
            mothers = [await comes(replicas.world, id_) for id_ in (*range(FIRST, FIRST + FAMILIES), *SMALL)]
            replicas.start()
            killed = await under_load(replicas, mothers)
            await replicas.end(killed)
            state = await replicas.world.call("GET", "state")
        assert (state["pending_updates"], state["webhook"]["url"]) == (0, replicas.url)
        nothing_is_lost_or_doubled(url, state["acknowledged"])
        await everybody_got_the_news_once(replicas, mothers)


async def under_load(replicas: Replicas, mothers: list[Somebody]) -> int:
    """A class is written to, mothers write letters meanwhile, the leader is killed: which one it was."""
    world = replicas.world
    teacher, *_ = [await comes(world, id_) for id_ in STAFF]
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("5А", "О ком напишем?")
    await teacher.presses("Всему классу", "О чём оно?")
    await teacher.presses("Просто сообщить", "Что нужно знать")
    await teacher.says(NEWS, "Вот что увидят родители")
    await teacher.presses("Отправить", "отправлено")
    letters = [asyncio.create_task(writes(mother, n)) for n, mother in enumerate(mothers[:WRITERS])]

    leader = await replicas.leader()
    await replicas.news(40)
    replicas.processes[leader].kill()
    killed_at = time.monotonic()
    await asyncio.to_thread(replicas.processes[leader].join, PATIENCE)
    await replicas.news(await replicas.news(0) + 1)
    # Seen from outside: somebody sends on. Five seconds are promised, 0.8 to 3.5 were measured; here
    # three processes, the load and another test share two cores.
    assert time.monotonic() - killed_at < 20
    assert await replicas.leader(leader) != leader
    await asyncio.gather(*letters)
    await replicas.news(len(mothers))
    for number in range(WRITERS):
        await teacher.sees(f"Письмо {number}, начало.")
    return leader


def nothing_is_lost_or_doubled(url: URL, acknowledged: int) -> None:
    """By the database: each update done, each letter there once with all its words, all messages out."""
    assert ask(url, "SELECT count(*) FROM inbox WHERE state <> 'done' OR chat_id IS NOT NULL") == [(0,)]
    ((first, last, updates),) = ask(url, "SELECT min(update_id), max(update_id), count(*) FROM inbox")
    assert (last - first + 1, last + 1) == (updates, acknowledged)
    letters = ask(url, "SELECT text FROM ticket_entries ORDER BY text")
    wanted = [f"Письмо {n}, начало.\nПисьмо {n}, конец." for n in range(WRITERS)]
    assert sorted(words for (words,) in letters) == sorted(wanted)
    delivered = "SELECT count(*) FROM note_receipts WHERE delivered_at IS NOT NULL"
    assert ask(url, delivered) == [(FAMILIES + len(SMALL),)]
    assert ask(url, "SELECT DISTINCT state FROM outbox WHERE kind IN ('note', 'ticket')") == [("sent",)]


async def everybody_got_the_news_once(replicas: Replicas, mothers: list[Somebody]) -> None:
    """By the chats: what was on its way when the leader was killed may have come twice, and no more."""
    came = Counter(
        int(call["params"]["chat_id"]) for call in await replicas.calls() if replicas.is_news(call)
    )
    assert came.keys() == {mother.id for mother in mothers}
    assert max(came.values()) <= 2 and came.total() - len(mothers) <= IN_FLIGHT, came.most_common(9)

"""The siege led by libFuzzer, which keeps what reaches new lines of ours and goes on from there: `make fuzz`.

`python -m tests.security.fuzz [deed|press|raw] [-runs=N and other options of libFuzzer]`. Needs atheris.
"""

import asyncio
import gc
import random
import sys
import tempfile
import warnings
from pathlib import Path

import atheris
import structlog
from sqlalchemy.engine import make_url

with atheris.instrument_imports(include=["bot"], enable_loader_override=False):
    from bot.config import Settings
    from bot.db import base
    from bot.db.base import Database
    from bot.db.migrate import migrate
    from tests.chat import Telegram
    from tests.databases import renew
    from tests.fixtures import StoppedClock
    from tests.security import siege

RUNS, SEEDS, LENGTH = 100_000, 300, 400
# After so many deeds what went wrong is looked for, and after so many the school is as it was at first.
LOOK, EACH = 5, 500


class Consumed:
    """Choices out of the bytes of one input."""

    def __init__(self, data: bytes) -> None:
        self._provider = atheris.FuzzedDataProvider(data)

    def below(self, number: int) -> int:
        return int(self._provider.ConsumeIntInRange(0, number - 1))

    def text(self, longest: int) -> str:
        return str(self._provider.ConsumeUnicode(longest))


class Run:
    """One school after the other, each for so many inputs."""

    def __init__(self, what: str, folder: Path) -> None:
        self._deed = {"deed": siege.deed, "press": siege.press, "raw": siege.raw}[what]
        self._loop = asyncio.new_event_loop()
        self._template, self._url = (
            make_url(f"sqlite+aiosqlite:///{folder / name / 'bot.db'}") for name in ("template", "school")
        )
        renew(self._template)
        migrate(self._template)
        self._database = Database(str(self._url))
        self._settings = self._loop.run_until_complete(self._found())
        self._number = 0

    async def _found(self) -> Settings:
        founding = Database(str(self._template))
        key = {"feedback": {"key": "a key that lies outside the database"}}
        settings = await siege.demonstration(founding, Settings.model_validate(key))
        await founding.close()
        return settings

    def one(self, data: bytes) -> None:
        """What libFuzzer calls."""
        self._loop.run_until_complete(self._one(data))

    async def _one(self, data: bytes) -> None:
        if self._number % EACH == 0:
            await self._database.close()
            gc.collect()  # of the last school, which took what was sent to it with it
            renew(self._url, self._template)
            telegram = Telegram(
                self._settings, self._database, StoppedClock(siege.MOMENT), siege.StrictWire()
            )
            self._siege = siege.Siege(telegram, self._database)
        self._number += 1
        await self._siege.suffer(self._deed(Consumed(data)))
        if self._number % LOOK == 0 and (wounds := await self._siege.wounds()):
            raise AssertionError("\n".join([*wounds, "after", self._siege.last_deeds()]))


def main(arguments: list[str]) -> None:
    unsafe = [each.replace("synchronous=FULL", "synchronous=OFF") for each in base.PRAGMAS]
    vars(base)["PRAGMAS"] = tuple(unsafe)  # the power does not fail here
    warnings.simplefilter("error")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    what = next((each for each in arguments if not each.startswith("-")), "deed")
    options = [each for each in arguments if each.startswith("-")]
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.exists() else None) as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        chance = random.Random(1)
        for number in range(SEEDS):
            (seeds / str(number)).write_bytes(chance.randbytes(LENGTH))
        run = Run(what, Path(folder))
        limits = [f"-runs={RUNS}", f"-max_len={LENGTH}", "-rss_limit_mb=8192", "-timeout=120"]
        atheris.Setup([sys.argv[0], *limits, *options, str(seeds)], run.one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])

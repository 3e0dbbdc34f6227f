"""Whatever is pressed, said or sent: no update fails, and nothing is shown that Telegram would refuse."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.db.base import Database
from bot.features.accounts import Position
from bot.ui.accounts import Named
from bot.ui.invite import InviteClass, InviteDone, InviteName, InvitePosition
from bot.ui.slips import SlipsWithdraw
from tests.chat import Telegram
from tests.databases import Kept, everything, renew
from tests.fixtures import NOON, StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, STRANGER, School
from tests.security.siege import MOMENT, PEOPLE, Siege, StrictWire, deed, demonstration, make_hostile

SETTINGS = Settings.model_validate(
    {"telegram": {"token": "42:TEST"}, "feedback": {"key": "a key that lies outside the database"}}
)


class Drawn:
    """Choices that hypothesis makes, and can make smaller."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def below(self, number: int) -> int:
        return self._draw(st.integers(0, number - 1))

    def text(self, longest: int) -> str:
        return self._draw(st.text(max_size=longest))


@st.composite
def deeds(draw: st.DrawFn, number: int, people: tuple[int, ...]) -> list[dict[str, Any]]:
    source = Drawn(draw)
    return [deed(source, people) for _ in range(number)]


async def outlives(database: Database, settings: Settings, clock: StoppedClock, done: list[Any]) -> None:
    siege = Siege(Telegram(settings, database, clock, StrictWire()), database)
    for each in done:
        await siege.suffer(each)
    assert not await siege.wounds(), siege.last_deeds()


# Not made smaller when it fails: that takes minutes, and the hundred thousand do it.
@effort(max_examples=4, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(done=deeds(25, (DIRECTOR, BERG, MASHA_MOTHER, STRANGER)))
async def test_the_small_school_outlives_it(
    founded: tuple[URL, Any], kept_database: Kept, done: list[Any]
) -> None:
    async with kept_database.fresh(founded[0]) as database:
        await make_hostile(database)
        await outlives(database, SETTINGS, StoppedClock(NOON), done)


@pytest.mark.parametrize(
    "forged",
    [
        Named(index=-99),
        InviteName(index=-99),
        SlipsWithdraw(class_id=0),
        SlipsWithdraw(class_id=0, sure=True),
        SlipsWithdraw(class_id=2**31, sure=True),  # PostgreSQL counts less far than SQLite
        SlipsWithdraw(class_id=10**30, sure=True),
    ],
    ids=str,
)
async def test_what_the_siege_has_found(
    telegram: Telegram, school: School, database: Database, forged: CallbackData
) -> None:
    """Each of these was a failure once: now it is refused, and changes nothing."""
    before = await everything(database, "inbox")
    await telegram.chat(DIRECTOR).forges(forged.pack())
    assert "сломалось у нас" not in telegram.chat(DIRECTOR).last.text
    assert await everything(database, "inbox") == before


async def test_old_buttons_of_an_invitation_one_after_the_other(telegram: Telegram, school: School) -> None:
    """The position was kept without a name, and the next button relied on both."""
    director = telegram.chat(DIRECTOR)
    for button in (InvitePosition(position=Position.TEACHER), InviteClass(class_id=1), InviteDone()):
        await director.forges(button.pack())
        assert "Кого" in director.last.text


@pytest.fixture(scope="session")
def stormed(
    empty_database: URL, kept_database: Kept, address_of: Callable[[str], URL]
) -> tuple[URL, Settings]:
    """The hostile demonstration, made once and copied for each example."""
    url = address_of("stormed")

    async def make() -> Settings:
        async with kept_database.fresh(empty_database) as database:
            settings = await demonstration(database, SETTINGS)
            await database.close()
            return settings

    made = asyncio.run(make())
    renew(url, kept_database.url)
    return url, made


@pytest.mark.long
@effort(max_examples=10, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(done=deeds(50, PEOPLE))
async def test_the_demonstration_outlives_it(
    stormed: tuple[URL, Settings], kept_database: Kept, done: list[Any]
) -> None:
    url, settings = stormed
    async with kept_database.fresh(url) as database:
        await outlives(database, settings, StoppedClock(MOMENT), done)


@pytest.mark.soak
@effort(max_examples=2000, suppress_health_check=list(HealthCheck))
@given(done=deeds(50, PEOPLE))
async def test_the_demonstration_outlives_a_hundred_thousand(
    stormed: tuple[URL, Settings], kept_database: Kept, done: list[Any]
) -> None:
    url, settings = stormed
    async with kept_database.fresh(url) as database:
        await outlives(database, settings, StoppedClock(MOMENT), done)

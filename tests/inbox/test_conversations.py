"""Conversations in Redis: changed with the update's effects or not at all, whatever dies in between."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.conversations import Change, RedisConversations
from bot.db.base import Database
from bot.db.inbox import Conversation, InboxUpdate, Stand
from bot.db.roster import Pupil
from bot.scheduler import Context
from bot.scheduler.privacy import tick
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.processes import PATIENCE
from tests.school import MASHA_MOTHER, School
from tests.servers import needs_redis, redis

pytestmark = needs_redis


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with redis() as address:
        yield address


@pytest.fixture
async def kept(server: str) -> AsyncIterator[RedisConversations]:
    conversations = RedisConversations(server, 42)
    await conversations._redis.flushall()
    yield conversations
    await conversations.close()


@pytest.fixture
def telegram(
    settings: Settings, database: Database, clock: StoppedClock, kept: RedisConversations
) -> Telegram:
    return Telegram(settings, database, clock, alone=kept.chat, conversations=kept)


@pytest.fixture
def mother(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(MASHA_MOTHER)


async def begins(mother: Chat) -> None:
    await mother.says("/feedback")
    await mother.presses("Вопрос")
    await mother.says("Когда каникулы?")


async def test_a_letter_of_several_steps(
    mother: Chat, kept: RedisConversations, telegram: Telegram, database: Database
) -> None:
    await begins(mother)
    stand = await kept.load(MASHA_MOTHER)
    assert stand.state and "Когда каникулы?" in str(stand.data)
    await mother.says("И ещё: когда собрание?")
    assert "собрание" in str((await kept.load(MASHA_MOTHER)).data)
    await mother.says("/cancel")
    assert await kept.load(MASHA_MOTHER) == Stand()
    async with database.read() as session:
        assert not (await session.scalars(select(Conversation))).all()
        assert not (await session.scalars(select(InboxUpdate).where(InboxUpdate.replies.is_not(None)))).all()


async def test_what_fails_leaves_the_step_as_it_was(
    mother: Chat, kept: RedisConversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begins(mother)
    before = await kept.load(MASHA_MOTHER)

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("bot.handlers.accounts.menu.main_menu", fails)
        await mother.says("/menu")
    assert await kept.load(MASHA_MOTHER) == before


async def test_killed_between_the_commit_and_redis(
    mother: Chat,
    telegram: Telegram,
    kept: RedisConversations,
    settings: Settings,
    database: Database,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next process puts the step away before it answers, and before it handles what came after."""
    await mother.says("/feedback")

    async def dies(_: Change) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(kept, "put_away", dies)
        await mother.presses("Вопрос")
        seen = len(mother.messages)
        await mother.says("Когда каникулы?")  # it comes meanwhile, and waits its turn
        assert len(mother.messages) == seen
    reborn = Telegram(settings, database, clock, telegram.wire, alone=kept.chat, conversations=kept)
    await reborn.intake.resume()
    await reborn.intake.idle()
    assert "Когда каникулы?" in str((await kept.load(MASHA_MOTHER)).data)
    asked, then = mother.messages[-2:]
    assert "Напишите своими словами" in asked.text and "Кому передать?" in then.text


async def test_it_is_handed_out_with_what_else_is_mine(mother: Chat) -> None:
    await begins(mother)
    await mother.says("/privacy")
    await mother.presses("Мои данные")
    assert mother.last.document and "Когда каникулы?" in mother.last.document.decode()


async def test_an_account_that_is_erased_by_rule_is_forgotten(
    context: Context, school: School, database: Database, clock: StoppedClock, kept: RedisConversations
) -> None:
    stand = Stand("Letters:text", {"text": "Когда каникулы?"})
    await kept.put_away(Change(MASHA_MOTHER, stand))
    async with database.write() as session:
        (await session.get_one(Pupil, school.pupils["Маша"])).active_to = clock.now().date()
        await session.commit()
    forgetting = replace(context, forget=kept.forget)
    for days in (1, 31):
        clock.move(days=days)
        await tick(forgetting)
    assert await kept.load(MASHA_MOTHER) == Stand()


async def test_a_chat_is_in_one_hand_and_free_after_a_kill(kept: RedisConversations, server: str) -> None:
    other = RedisConversations(server, 42)
    order = []

    async def takes(who: RedisConversations, name: str) -> None:
        async with who.chat(MASHA_MOTHER):
            order.append(name)
            await who.load(MASHA_MOTHER)
            order.append(name)

    await asyncio.gather(*(takes(who, name) for who, name in ((kept, "a"), (other, "b"), (kept, "c"))))
    assert len(order) == 6 and order[::2] == order[1::2]
    # The claim of a killed process ends by itself.
    await other._redis.lock(f"{other._key}{MASHA_MOTHER}:claim", timeout=0.1).acquire()
    async with asyncio.timeout(PATIENCE):
        await takes(kept, "d")
    await other.close()

"""Where each chat's conversation stands: in the database with the update's effects, or in Redis after."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from copy import deepcopy
from typing import Any, NamedTuple

from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.db.inbox import Stand
from bot.errors import StartError

# Whoever has not gone on with what they began for so long begins anew. Short enough for what is erased by
# rule, should the bot be killed between that and telling Redis.
KEEP_SECONDS = 30 * 24 * 60 * 60
# A chat that a killed process had in hand is free again after so long; a living one renews its claim.
CLAIM_SECONDS = 5.0
ASK_AGAIN_SECONDS = 0.05
ANSWER_SECONDS = 3.0


class Change(NamedTuple):
    """Where a conversation stands from now on: to be put away after the commit."""

    chat_id: int
    stand: Stand


def _name(state: StateType) -> str | None:
    return state if isinstance(state, str) or state is None else state.state


class Storage(BaseStorage):
    """One update's conversation: read when it is first asked for, and changed in memory.

    `change` is for the intake to put away: in the database with the update's effects. Into Redis it goes
    after the commit, committed with the replies, so that whoever finds them unsent puts it away first.
    """

    def __init__(self, load: Callable[[int], Awaitable[Stand]]) -> None:
        self._load = load
        self._stood = self._stands = Stand()
        self._chat_id: int | None = None

    async def _read(self, key: StorageKey) -> Stand:
        if self._chat_id is None:
            self._stood = self._stands = await self._load(key.chat_id)
            self._chat_id = key.chat_id
        return self._stands

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:  # noqa: D102
        self._stands = (await self._read(key))._replace(state=_name(state))

    async def get_state(self, key: StorageKey) -> str | None:  # noqa: D102
        return (await self._read(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:  # noqa: D102
        self._stands = (await self._read(key))._replace(data=dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:  # noqa: D102
        # Inside too: what is changed in place would not be seen to be another, and not put away.
        return deepcopy(dict((await self._read(key)).data))

    @property
    def change(self) -> Change | None:
        """What is to be put away."""
        if self._chat_id is None or self._stands == self._stood:
            return None
        return Change(self._chat_id, self._stands)

    def undo(self) -> None:
        """The update's effects are rolled back, and its steps with them."""
        self._stands = self._stood

    async def close(self) -> None:  # noqa: D102
        pass


class RedisConversations:
    """The conversations of all chats in Redis, and whose turn it is in each."""

    def __init__(self, url: str, bot_id: int) -> None:
        from redis.asyncio import Redis

        try:
            self._redis: Redis = Redis.from_url(
                url,
                decode_responses=True,
                socket_timeout=ANSWER_SECONDS,
                socket_connect_timeout=ANSWER_SECONDS,
            )
        except ValueError:
            raise StartError("redis.url: is none; write one such as redis://127.0.0.1:6379/0") from None
        self._key = f"school-bot:{bot_id}:"

    async def reach(self) -> None:
        """Raises StartError where Redis does not answer."""
        from redis import RedisError

        try:
            await self._redis.get(self._key)
        except (RedisError, OSError) as error:
            name = type(error).__name__
            raise StartError(
                f"redis.url: Redis does not answer ({name}); start it, or mend the address or the password"
            ) from None

    async def load(self, chat_id: int) -> Stand:
        """Where a conversation stands."""
        kept = await self._redis.get(f"{self._key}{chat_id}")
        return Stand(**json.loads(kept)) if kept else Stand()

    async def put_away(self, change: Change) -> None:
        """Keep where a conversation stands."""
        key = f"{self._key}{change.chat_id}"
        if change.stand == Stand():
            await self._redis.delete(key)
        else:
            kept = json.dumps(change.stand._asdict(), ensure_ascii=False)
            await self._redis.set(key, kept, ex=KEEP_SECONDS)

    async def forget(self, chat_id: int) -> None:
        """Nothing of a chat stays."""
        await self.put_away(Change(chat_id, Stand()))

    @asynccontextmanager
    async def chat(self, chat_id: int) -> AsyncIterator[None]:
        """Have a chat to oneself, waiting for whoever has it. Raises what Redis raises."""
        name = f"{self._key}{chat_id}:claim"
        claim = self._redis.lock(name, timeout=CLAIM_SECONDS, sleep=ASK_AGAIN_SECONDS)

        async def renew() -> None:
            while True:
                await asyncio.sleep(CLAIM_SECONDS / 3)
                await claim.reacquire()

        async with claim:
            renewing = asyncio.create_task(renew())
            try:
                yield
            finally:
                renewing.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await renewing

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

"""Telegram to the inbox to the handlers.

Updates are stored before Telegram is told, handled in order within a chat and several chats at once, and
marked in the transaction of their effects, together with the replies; only then do the replies go out. A
kill at any moment leaves every update either waiting or done, and every reply either out or waiting.
"""

import asyncio
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiogram.methods
import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import Default
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, Update
from pydantic import BaseModel

from bot.clock import Clock
from bot.db import inbox
from bot.db.base import Database
from bot.middlewares import Failure
from bot.ui.screen import Replies, Reply
from bot.watch import Watch

log = structlog.get_logger()

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
POLL_TIMEOUT = 30
# More than this in hand and Telegram is asked for no more (without a limit p95 was five times as long).
IN_HAND = 100


class Intake:
    """The way in. `send` makes one call of the Bot API, paced; `wake` tells delivery of a commit."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        database: Database,
        clock: Clock,
        send: Callable[[Reply], Awaitable[Any]],
        wake: Callable[[], None],
        watch: Watch,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._clock = clock
        self._send = send
        self._wake = wake
        self._watch = watch
        self._queues: dict[int, deque[tuple[int, Update | Replies]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._in_hand = 0
        self._room = asyncio.Event()
        self._room.set()
        self._stopping = False
        self._taking: asyncio.Task[None] | None = None
        self._answered: list[int] = []
        self._marking = asyncio.Lock()

    async def poll(self) -> None:
        """Take up what was left by the last run, then ask Telegram for updates until cancelled."""
        await self.resume()
        offset, pause = None, 1.0
        while True:
            self._watch.sign("intake")
            await self._room.wait()
            try:
                updates = await self._bot.get_updates(
                    offset=offset,
                    timeout=POLL_TIMEOUT,
                    allowed_updates=ALLOWED_UPDATES,
                    request_timeout=POLL_TIMEOUT + 10,
                )
            except TelegramUnauthorizedError:
                raise
            except AiogramError as error:
                log.warning("polling failed", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
                continue
            pause = 1.0
            self._watch.sign("Telegram")
            if updates:
                self._taking = asyncio.create_task(self.take(updates))
                await asyncio.shield(self._taking)  # not cancelled in the middle of a transaction
                offset = updates[-1].update_id + 1

    async def take(self, updates: list[Update]) -> None:
        """Store a batch, then hand it on. An update that is known already is not handled twice."""
        raw = {u.update_id: u.model_dump(mode="json", by_alias=True, exclude_unset=True) for u in updates}
        async with self._database.write() as session:
            new = set(await inbox.store(session, raw, self._clock.now()))
            await session.commit()
        for update in updates:
            if update.update_id in new:
                self._enqueue(update.update_id, chat_of(update), update)

    async def resume(self) -> None:
        """Take up what the last process left: handled but not answered, or only stored."""
        async with self._database.read() as session:
            unanswered = await inbox.unanswered(session)
            waiting = await inbox.waiting(session)
        for row in unanswered:
            replies = [load_reply(reply) for reply in row.replies or []]
            chat_id = next(filter(None, (getattr(reply, "chat_id", None) for reply in replies)), 0)
            self._enqueue(row.update_id, chat_id, replies)
        for row in waiting:
            update = Update.model_validate(row.payload, context={"bot": self._bot})
            self._enqueue(row.update_id, chat_of(update), update)
        if unanswered or waiting:
            log.info("resumed", unanswered=len(unanswered), waiting=len(waiting))

    async def drain(self) -> None:
        """Finish what is in hand; what has not been begun waits in the inbox for the next start."""
        self._stopping = True
        if self._taking:
            await asyncio.wait({self._taking})
        while self._workers:
            await asyncio.wait(self._workers)

    async def idle(self) -> None:
        """Wait until everything that has been taken is handled and answered."""
        while self._workers:
            await asyncio.wait(self._workers)

    def _enqueue(self, update_id: int, chat_id: int, work: Update | Replies) -> None:
        self._in_hand += 1
        if self._in_hand >= IN_HAND:
            self._room.clear()
        queue = self._queues.get(chat_id)
        if queue is not None:
            queue.append((update_id, work))
            return
        self._queues[chat_id] = deque([(update_id, work)])
        worker = asyncio.create_task(self._work(chat_id))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, chat_id: int) -> None:
        queue = self._queues[chat_id]
        while queue and not self._stopping:
            update_id, work = queue.popleft()
            try:
                replies = work if isinstance(work, list) else await self._handle(work)
                for reply in replies:
                    await self._send(reply)
                if replies:
                    await self._mark_answered(update_id)
            except Exception as error:  # noqa: BLE001 - the row stays as it is and is taken up at the next start
                log.error("update put back", update_id=update_id, error=type(error).__name__)
            self._in_hand -= 1
            if self._in_hand < IN_HAND:
                self._room.set()
        del self._queues[chat_id]

    async def _handle(self, update: Update) -> Replies:
        async with self._database.write() as session:
            result = await self._dispatcher.feed_update(
                self._bot, update, session=session, now=self._clock.now()
            )
            error_id = result.error_id if isinstance(result, Failure) else None
            replies = _replies(result)
            stored = [dump_reply(reply) for reply in replies]
            if not await inbox.finish(session, update.update_id, stored, error_id):
                return []
            await session.commit()
        self._wake()
        return replies

    async def _mark_answered(self, update_id: int) -> None:
        # Whoever holds the lock writes for all who wait for it: one commit, however many chats.
        self._answered.append(update_id)
        async with self._marking:
            if update_id not in self._answered:
                return
            batch, self._answered = self._answered, []
            async with self._database.write() as session:
                await inbox.mark_answered(session, batch)
                await session.commit()


def chat_of(update: Update) -> int:
    """The chat that an update belongs to: within it order is kept."""
    message = update.message or update.edited_message
    if message is not None:
        return message.chat.id
    if update.message_reaction is not None:
        return update.message_reaction.chat.id
    press = update.callback_query or update.my_chat_member
    return press.from_user.id if press else 0


def _replies(result: Any) -> Replies:
    if isinstance(result, Failure):
        return result.replies
    if isinstance(result, TelegramMethod):
        return [result]
    return list(result) if result and result is not UNHANDLED else []


def dump_reply(reply: Reply) -> dict[str, Any]:
    """A call of the Bot API as plain data."""
    return {"method": type(reply).__name__, "fields": _dump(reply)}


def _dump(value: Any) -> Any:
    # Not model_dump(): it stumbles over aiogram's Default, or, told to leave out what is unset, over the
    # constants by which Telegram's unions are told apart.
    if isinstance(value, BaseModel):
        fields = ((name, field) for name, field in value if field is not None)
        return {name: _dump(field) for name, field in fields if not isinstance(field, Default)}
    if isinstance(value, BufferedInputFile):
        return {"file": value.filename, "base64": b64encode(value.data).decode()}
    return [_dump(item) for item in value] if isinstance(value, list | tuple) else value


def load_reply(data: dict[str, Any]) -> Reply:
    """The call that `dump_reply` made plain."""
    method: type[Reply] = getattr(aiogram.methods, data["method"])
    return method.model_validate(_load(data["fields"]))


def _load(value: Any) -> Any:
    if isinstance(value, list):
        return [_load(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return BufferedInputFile(b64decode(value["base64"]), value["file"])
    return {name: _load(field) for name, field in value.items()}

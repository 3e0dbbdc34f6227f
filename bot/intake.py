"""Telegram to the inbox to the handlers.

Updates are stored before Telegram is told, handled in order within a chat and several chats at once, and
marked in the transaction of their effects, together with the replies; only then do the replies go out. A
kill at any moment leaves every update either waiting or done, and every reply either out or waiting.
"""

import asyncio
import secrets
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Any

import aiogram.methods
import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import Default
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, CallbackQuery, Update
from pydantic import BaseModel
from structlog.contextvars import bind_contextvars

from bot.clock import Clock
from bot.db import accounts, inbox
from bot.db.base import Database
from bot.errors import where
from bot.middlewares import Failure
from bot.texts import texts
from bot.throttle import Throttle, Verdict
from bot.ui.screen import Replies, Reply, Screen, alert, tell
from bot.updates import (
    ALLOWED_UPDATES,
    GetRawUpdates,
    NotUnderstoodError,
    chat_of,
    cleaned,
    kind_of,
    sent_at_of,
    understood,
    update_id_of,
)
from bot.watch import Watch

log = structlog.get_logger()

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
        throttle: Throttle,
        send: Callable[[Reply], Awaitable[Any]],
        wake: Callable[[], None],
        watch: Watch,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._clock = clock
        self._throttle = throttle
        self._send = send
        self._wake = wake
        self._watch = watch
        # By chat: an update's number, itself or what is to be answered, and since when it waits.
        self._queues: dict[int, deque[tuple[int, Update | Replies, float]]] = {}
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
                asked = GetRawUpdates(offset=offset, timeout=POLL_TIMEOUT, allowed_updates=ALLOWED_UPDATES)
                batch = await self._bot(asked, request_timeout=POLL_TIMEOUT + 10)
                ids = [id_ for id_ in map(update_id_of, batch) if id_ is not None]
                if batch and not ids:  # asked again at once the same would come
                    raise ClientDecodeError("updates without ids", NotUnderstoodError(), None)
            except TelegramUnauthorizedError:
                raise
            except AiogramError as error:
                log.warning("polling failed", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
                continue
            pause = 1.0
            self._watch.sign("Telegram")
            if ids:
                self._taking = asyncio.create_task(self.take(batch))
                await asyncio.shield(self._taking)  # not cancelled in the middle of a transaction
                offset = max(ids) + 1

    async def take(self, batch: Sequence[Any]) -> None:
        """Store a batch of updates (JSON as it came), then hand it on.

        An update that is known already is not handled twice; what is none is let go, with a line in the log.
        """
        now = self._clock.now()
        payloads: dict[int, dict[str, Any]] = {}
        updates: dict[int, Update] = {}
        for raw in batch:
            try:
                payload = cleaned(raw)
                update = understood(payload, self._bot)
            except NotUnderstoodError as error:
                log.warning("update not understood", update_id=update_id_of(raw), why=str(error))
                self._watch.count("updates", "other", "not_understood")
                continue
            payloads[update.update_id], updates[update.update_id] = payload, update
        unheard = await self._unheard(updates.values(), now)
        heard = {id_: payload for id_, payload in payloads.items() if id_ not in unheard}
        if heard:
            async with self._database.write() as session:
                new = await inbox.store(session, heard, now)
                await session.commit()
            for id_ in new:
                self._enqueue(id_, chat_of(updates[id_]), updates[id_])
        for id_, replies in unheard.items():
            if replies:
                self._enqueue(id_, chat_of(updates[id_]), replies)

    async def _unheard(self, updates: Collection[Update], now: datetime) -> dict[int, Replies]:
        """Those of a batch that are too many of their chat, with what it is told of the first of them."""
        if strangers := self._throttle.not_known(map(chat_of, updates)):
            async with self._database.read() as session:
                self._throttle.know(await accounts.members(session, strangers))
        unheard = {}
        for update in updates:
            chat_id, sent_at = chat_of(update), sent_at_of(update)
            at = now.timestamp() if sent_at is None else sent_at
            verdict = self._throttle.judge(chat_id, at, dated=sent_at is not None)
            if verdict is Verdict.TOO_FAST:
                log.warning("too many updates", update_id=update.update_id)
                unheard[update.update_id] = await self._too_fast(update)
            elif verdict is Verdict.UNHEARD:
                unheard[update.update_id] = []
            if verdict is not Verdict.HEARD:
                self._watch.count("updates", kind_of(update), "too_fast")
        return unheard

    async def _too_fast(self, update: Update) -> Replies:
        event = update.callback_query or update.message
        if event is None or event.from_user is None or chat_of(update) != event.from_user.id:
            return []  # what nobody writes, or a group
        async with self._database.read() as session:
            person = await accounts.find_person(session, event.from_user.id)
        words = texts(person.language if person else event.from_user.language_code or "ru")("error-too-fast")
        return alert(event, words) if isinstance(event, CallbackQuery) else tell(event, Screen(words))

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
            try:
                update = understood(row.payload or {}, self._bot)
            except NotUnderstoodError as error:  # stored by a version that knew it
                await self._give_up(row.update_id, str(error))
                continue
            self._enqueue(row.update_id, chat_of(update), update)
        if unanswered or waiting:
            log.info("resumed", unanswered=len(unanswered), waiting=len(waiting))

    async def _give_up(self, update_id: int, why: str) -> None:
        error_id = secrets.token_hex(4)
        log.error("update given up", update_id=update_id, error_id=error_id, why=why)
        async with self._database.write() as session:
            await inbox.finish(session, update_id, [], error_id)
            await session.commit()

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
            queue.append((update_id, work, self._watch.now()))
            return
        self._queues[chat_id] = deque([(update_id, work, self._watch.now())])
        worker = asyncio.create_task(self._work(chat_id))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, chat_id: int) -> None:
        queue = self._queues[chat_id]
        while queue and not self._stopping:
            update_id, work, since = queue.popleft()
            bind_contextvars(update_id=update_id)
            result = "put_back"
            try:
                replies, handled = (work, "done") if isinstance(work, list) else await self._handle(work)
                for reply in replies:
                    await self._send(reply)
                if replies:
                    await self._mark_answered(update_id)
                result = handled
            except Exception as error:  # noqa: BLE001 - the row stays as it is and is taken up at the next start
                log.error("update put back", error=where(error))
            kind = "replies" if isinstance(work, list) else kind_of(work)
            self._note(kind, result, self._watch.now() - since)
            self._in_hand -= 1
            if self._in_hand < IN_HAND:
                self._room.set()
        del self._queues[chat_id]

    def _note(self, kind: str, result: str, seconds: float) -> None:
        self._watch.count("updates", kind, result)
        self._watch.took(seconds, "update")
        log.debug("update", kind=kind, result=result, seconds=round(seconds, 3))

    async def _handle(self, update: Update) -> tuple[Replies, str]:
        """What is to be answered, and what became of it: done, failed or repeated."""
        async with self._database.write() as session:
            result = await self._dispatcher.feed_update(
                self._bot, update, session=session, now=self._clock.now()
            )
            error_id = result.error_id if isinstance(result, Failure) else None
            replies = _replies(result)
            stored = [dump_reply(reply) for reply in replies]
            if not await inbox.finish(session, update.update_id, stored, error_id):
                return [], "repeated"
            await session.commit()
        self._wake()
        return replies, "failed" if error_id else "done"

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

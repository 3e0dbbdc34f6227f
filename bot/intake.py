"""Telegram to the inbox to the handlers.

Updates are stored before Telegram is told, handled in order within a chat and several chats at once, and
marked in the transaction of their effects, together with the replies; only then do the replies go out. A
kill at any moment leaves every update either waiting or done, and every reply either out or waiting.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, Update
from structlog.contextvars import bind_contextvars

from bot.clock import Clock
from bot.conversations import RedisConversations, Storage
from bot.db import accounts, inbox
from bot.db.base import Database
from bot.db.inbox import InboxUpdate, Incoming
from bot.db.together import Together
from bot.errors import where
from bot.middlewares import Failure
from bot.proxy import why
from bot.rest import Rest
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
# How often what nobody has in hand is looked for, and how seldom while something goes wrong.
LOOK_SECONDS, PAUSE_MAX = 1.0, 15.0
# How much is looked at then, and how much of one chat is read at once.
LOOK_AT, ROWS = 1000, 20


# What waits in a chat: an update; what is only to be said; None: look what lies in the inbox.
Work = Update | Replies | None


def nobody_else(_chat_id: int) -> AbstractAsyncContextManager[None]:
    """Where one process takes updates in, every chat is its own."""
    return nullcontext()


class Intake:
    """The way in. `send` makes one call of the Bot API, paced; `wake` tells delivery of a commit.

    `alone` has a chat to this process while something of it is handled and answered. Where other processes
    take updates in as well (`shared`), what is handled is what lies in the inbox, whoever stored it: the
    chat's oldest first.
    """

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
        *,
        alone: Callable[[int], AbstractAsyncContextManager[None]] = nobody_else,
        shared: bool = False,
        conversations: RedisConversations | None = None,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._clock = clock
        self._throttle = throttle
        self._send = send
        self._wake = wake
        self._watch = watch
        self._alone = alone
        self._shared = shared
        self._conversations = conversations
        # By chat: what is to be done, and since when it waits.
        self._queues: dict[int, deque[tuple[Work, float]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        # Chats where something went wrong.
        self._stuck: set[int] = set()
        # Chats whose inbox is to be looked at: what comes meanwhile is found there, after what is older.
        self._to_look_at: set[int] = set()
        # Heard, and not stored yet: what Telegram repeats for our sake is not to be counted as theirs.
        self._heard: set[int] = set()
        # Answered, and not marked so yet: not to be answered again while the database cannot be written.
        self._carried_out: set[int] = set()
        self._in_hand = 0
        self._room = asyncio.Event()
        self._room.set()
        self._stopping = False
        self._taking: set[asyncio.Task[None]] = set()
        self._turn = database.turns()
        self._store = Together(self._store_all)
        self._mark_answered = Together(self._mark_all_answered)

    async def poll(self) -> None:
        """Take up what was left by the last run, then ask Telegram for updates until cancelled."""
        await self.resume()
        offset, pause = None, 1.0
        while True:
            self._watch.sign("intake")
            try:
                asked = GetRawUpdates(offset=offset, timeout=POLL_TIMEOUT, allowed_updates=ALLOWED_UPDATES)
                batch = await self._bot(asked, request_timeout=POLL_TIMEOUT + 10)
                ids = [id_ for id_ in map(update_id_of, batch) if id_ is not None]
                if batch and not ids:  # asked again at once the same would come
                    raise ClientDecodeError("updates without ids", NotUnderstoodError(), None)
                self._watch.sign("Telegram")
                if ids:
                    await self.take(batch)
                    offset = max(ids) + 1
            except TelegramUnauthorizedError:
                raise
            except Exception as error:  # noqa: BLE001 - Telegram or the database: both come back
                log.warning("polling failed", error=why(error), pause=pause)
                if isinstance(error, TelegramConflictError) and "webhook" in error.message:
                    await self._unhook()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                pause = 1.0

    async def _unhook(self) -> None:
        """Telegram gives nothing to whoever asks while it is told to deliver."""
        with suppress(AiogramError):
            await self._bot.delete_webhook()
            log.info("the webhook that was set is deleted: this bot polls")

    async def take(self, batch: Sequence[Any]) -> None:
        """Store a batch of updates (JSON as it came), then hand it on. Waits where much is in hand.

        An update that is known already is not handled twice; what is none is let go, with a line in the log.
        Raises what the database raises: then nothing is stored.
        """
        while not self._room.is_set():
            self._watch.sign("intake")  # it lives and waits; what is in hand for too long "inbox" tells of
            with suppress(TimeoutError):
                await asyncio.wait_for(self._room.wait(), LOOK_SECONDS)
        taking = asyncio.create_task(self._take(batch))
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)
        await asyncio.shield(taking)  # not cancelled in the middle of a transaction

    async def _take(self, batch: Sequence[Any]) -> None:
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
        heard = [(updates[id_], payload) for id_, payload in payloads.items() if id_ not in unheard]
        if heard:
            await self._store(*heard)
            self._heard.difference_update(payloads)
        for id_, replies in unheard.items():
            if replies:
                self._enqueue(chat_of(updates[id_]), replies)

    async def _store_all(self, came: list[tuple[Update, dict[str, Any]]]) -> None:
        # Several webhooks' at once: none twice in one statement.
        known = {update.update_id: (update, payload) for update, payload in came}
        rows = [Incoming(id_, chat_of(known[id_][0]), known[id_][1]) for id_ in sorted(known)]
        async with self._database.mark() as session:
            new = await inbox.store(session, rows, self._clock.now())
            await session.commit()
        for update_id, chat_id, _ in rows:
            # What is repeated may lie there since a commit whose answer was lost: nothing is to overtake it.
            from_inbox = self._shared or chat_id in self._to_look_at or update_id not in new
            self._enqueue(chat_id, None if from_inbox else known[update_id][0])

    async def _unheard(self, updates: Collection[Update], now: datetime) -> dict[int, Replies]:
        """Those of a batch that are too many of their chat, with what it is told of the first of them."""
        if strangers := self._throttle.not_known(map(chat_of, updates)):
            async with self._database.read() as session:
                self._throttle.know(await accounts.members(session, strangers))
        unheard = {}
        for update in updates:
            if update.update_id in self._heard:
                continue
            chat_id, sent_at = chat_of(update), sent_at_of(update)
            at = now.timestamp() if sent_at is None else sent_at
            verdict = self._throttle.judge(chat_id, at, dated=sent_at is not None)
            if verdict is Verdict.TOO_FAST:
                log.warning("too many updates", update_id=update.update_id)
                unheard[update.update_id] = await self._too_fast(update)
            elif verdict is Verdict.UNHEARD:
                unheard[update.update_id] = []
            if verdict is Verdict.HEARD:
                self._heard.add(update.update_id)
            else:
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
        if left := await self._unfinished():
            log.info("resumed", updates=len(left))
            self._take_up(left.values())

    async def keep_up(self, seconds: float = LOOK_SECONDS) -> None:
        """Look again and again for what nobody has in hand, until cancelled.

        That is what another process has left when it was killed, and what went wrong and is tried again.
        """
        before: Collection[int] | None = None
        pause = seconds
        while True:
            self._watch.sign("inbox")
            try:
                left = await self._unfinished()
            except Exception as error:  # noqa: BLE001 - the database comes back
                log.warning("inbox not read", error=type(error).__name__)
            else:
                # What has come since the last look is in somebody's hands.
                self._take_up(chat_id for id_, chat_id in left.items() if before is None or id_ in before)
                before = left.keys()
            pause = min(pause * 2, PAUSE_MAX) if self._stuck else seconds
            await asyncio.sleep(pause)

    async def _unfinished(self) -> dict[int, int]:
        async with self._database.read() as session:
            return await inbox.unfinished_chats(session, LOOK_AT)

    def _take_up(self, chats: Iterable[int]) -> None:
        for chat_id in dict.fromkeys(chats):
            if chat_id not in self._queues:
                self._enqueue(chat_id, None)

    async def _give_up(self, update_id: int, why: str) -> None:
        error_id = secrets.token_hex(4)
        log.error("update given up", update_id=update_id, error_id=error_id, why=why)
        async with self._database.write() as session:
            await inbox.finish(session, update_id, [], error_id)
            await session.commit()

    async def drain(self) -> None:
        """Finish what is in hand; what has not been begun waits in the inbox for the next start."""
        self._stopping = True
        while waited_for := self._taking | self._workers:
            await asyncio.wait(waited_for)

    async def idle(self) -> None:
        """Wait until everything that has been taken is handled and answered."""
        while self._workers:
            await asyncio.wait(self._workers)

    def _enqueue(self, chat_id: int, work: Work) -> None:
        queue = self._queues.get(chat_id)
        if work is None:
            self._to_look_at.add(chat_id)
            if queue and queue[-1][0] is None:
                return  # one look finds both
        self._in_hand += 1
        if self._in_hand >= IN_HAND:
            self._room.clear()
        if queue is not None:
            queue.append((work, self._watch.now()))
            return
        self._queues[chat_id] = deque([(work, self._watch.now())])
        worker = asyncio.create_task(self._work(chat_id))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, chat_id: int) -> None:
        queue = self._queues[chat_id]
        while queue and not self._stopping:
            (work, since), done = queue.popleft(), 1
            try:
                async with self._alone(chat_id):
                    if work is None:
                        await self._look(chat_id, since)
                        self._stuck.discard(chat_id)
                        if not queue:
                            self._to_look_at.discard(chat_id)
                    elif isinstance(work, Update):
                        await self._serve(work, since)
                    else:
                        for reply in work:
                            await self._send(reply)
            except Exception as error:  # noqa: BLE001 - the row stays as it is: `keep_up` tries again
                log.error("update put back", error=where(error))
                self._stuck.add(chat_id)
                self._to_look_at.add(chat_id)
                done += len(queue)  # in order: they wait in the inbox behind this one
                queue.clear()
            self._in_hand -= done
            if self._in_hand < IN_HAND:
                self._room.set()
        del self._queues[chat_id]

    async def _look(self, chat_id: int, since: float) -> None:
        """Finish what lies in the inbox of a chat, in order."""
        while not self._stopping:
            async with self._database.read() as session:
                rows = await inbox.unfinished(session, chat_id, ROWS)
            for row in rows:
                if self._stopping:
                    break
                await self._finish(row, since)
            if len(rows) < ROWS:
                break

    async def _finish(self, row: InboxUpdate, since: float) -> None:
        if row.payload is None:
            await self._carry_out(row.update_id, Rest.load(row.replies or []))
            return
        try:
            update = understood(row.payload, self._bot)
        except NotUnderstoodError as error:  # stored by a version that knew it
            await self._give_up(row.update_id, str(error))
        else:
            await self._serve(update, since)

    async def _serve(self, update: Update, since: float) -> None:
        bind_contextvars(update_id=update.update_id)
        kind, became = kind_of(update), "put_back"
        try:
            rest, handled = await self._handle(update)
            if any(rest):
                await self._carry_out(update.update_id, rest)
            became = handled
        finally:
            seconds = self._watch.now() - since
            self._watch.count("updates", kind, became)
            if became != "put_back":  # their wait is not over
                self._watch.took(seconds, "update")
            log.debug("update", kind=kind, result=became, seconds=round(seconds, 3))

    async def _carry_out(self, update_id: int, rest: Rest) -> None:
        if update_id not in self._carried_out:
            if rest.change and self._conversations:
                await self._conversations.put_away(rest.change)
            for reply in rest.replies:
                await self._send(reply)
            self._carried_out.add(update_id)
        await self._mark_answered(update_id)
        self._carried_out.discard(update_id)

    async def _handle(self, update: Update) -> tuple[Rest, str]:
        """What is left to do, and what became of it: done, failed or repeated."""
        async with self._turn() as session:
            redis = self._conversations
            storage = Storage(redis.load if redis else partial(inbox.conversation, session))
            result = await self._dispatcher.feed_update(
                self._bot, update, session=session, storage=storage, now=self._clock.now()
            )
            error_id = result.error_id if isinstance(result, Failure) else None
            if storage.change and not redis:
                await inbox.put_away(session, *storage.change)
            rest = Rest(_replies(result), storage.change if redis else None)
            if not await inbox.finish(session, update.update_id, rest.dump(), error_id):
                await session.rollback()
                return Rest([]), "repeated"
        self._wake()
        return rest, "failed" if error_id else "done"

    async def _mark_all_answered(self, update_ids: list[int]) -> None:
        async with self._database.mark() as session:
            await inbox.mark_answered(session, update_ids)
            await session.commit()


def _replies(result: Any) -> Replies:
    if isinstance(result, Failure):
        return result.replies
    if isinstance(result, TelegramMethod):
        return [result]
    return list(result) if result and result is not UNHANDLED else []

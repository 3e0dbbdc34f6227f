"""The outbox to Telegram, and the pace of all that goes there. The only sender of messages to others."""

import asyncio
import contextlib
import math
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import BufferedInputFile, FSInputFile
from sqlalchemy.exc import NoResultFound
from structlog.contextvars import bind_contextvars

from bot.clock import Clock
from bot.db import outbox
from bot.db.base import Database, Session, is_sqlite
from bot.db.outbox import Due, MessageState, Picture, Result
from bot.db.together import Together
from bot.errors import where
from bot.features.outbox import DIGEST
from bot.texts import Texts, texts
from bot.ui.files import copy_of, picture_of
from bot.ui.screen import Replies, Reply, Screen
from bot.watch import Watch

log = structlog.get_logger()

BATCH = 30
REPLY_ATTEMPTS = 5
# Until it is looked for what another process has put into the outbox, or whether this one still sends.
IDLE_SECONDS = 1.0
# Between two looks that find nothing: where much is written each update wakes, and most post nothing.
LOOK_SECONDS = 0.05
# 50 MB over a village's line.
UPLOAD_SECONDS = 900
# Until a result that the database has not taken is offered to it again.
RECORD_AGAIN = 10
# Where replies take all that there is, one call in so many is the outbox's all the same.
SHARE = 10
# Calls that Telegram does not count as messages.
FREE = (AnswerCallbackQuery, EditMessageText)


class Pace:
    """Tokens for calls: so many a second for the bot, so many for a chat; one pause for all on 429.

    Replies may borrow tokens of the next second, the outbox takes what is there, and one call in ten however
    many people are answered: so a person's own answer does not wait behind an announcement, nor what others
    are to be told behind answers without end; and the rate over time stays.
    """

    def __init__(
        self,
        per_second: float,
        per_chat_per_second: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._per_second = per_second
        self._chat_interval = 1 / per_chat_per_second
        self._now = now
        self._sleep = sleep
        self._tokens = self._burst = max(1.0, per_second / 5)
        self._filled_at = now()
        self._paused_until = 0.0
        self._share_at = 0.0
        self._chat_free_at: dict[int, float] = {}

    async def turn(self, chat_id: int | None, *, reply: bool, within: float = math.inf) -> bool:
        """Wait until one call may be made (to a chat, unless it is None); False: not within these seconds."""
        while wait := self._wait(chat_id, reply):
            if within <= 0:
                return False
            await self._sleep(min(wait, within))
            within -= wait
        self._tokens -= 1
        if not reply:
            self._share_at = self._now() + SHARE / self._per_second
        if chat_id is not None:
            self._chat_free_at[chat_id] = self._now() + self._chat_interval
        return True

    def came(self, chat_id: int | None) -> None:
        """A call that had its turn has been answered: on a slow line it reached Telegram only now."""
        if chat_id is not None:
            self._chat_free_at[chat_id] = self._now() + self._chat_interval

    def is_free(self, chat_id: int) -> bool:
        """Whether the chat itself would take a call now."""
        return self._chat_free_at.get(chat_id, 0.0) <= self._now()

    async def rest(self, seconds: float) -> None:
        """Wait, whatever the pace."""
        await self._sleep(seconds)

    def pause(self, seconds: float) -> None:
        """Telegram said 429: nothing goes out for so long."""
        self._paused_until = max(self._paused_until, self._now() + seconds)

    def _wait(self, chat_id: int | None, reply: bool) -> float:
        now = self._now()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        if len(self._chat_free_at) > 1000:
            self._chat_free_at = {chat: at for chat, at in self._chat_free_at.items() if at > now}
        floor = 2 - self._burst if reply else 1.0  # and one more is the outbox's
        missing = max(0.0, floor - self._tokens) / self._per_second
        if not reply:
            missing = min(missing, max(0.0, self._share_at - now))
        chat = self._chat_free_at.get(chat_id, 0.0) - now if chat_id is not None else 0.0
        wait = max(missing, chat, self._paused_until - now)
        # Less than a clock can tell apart is no wait: added to the time it would change nothing.
        return wait if wait > 1e-6 else 0.0


Render = Callable[[Texts, dict[str, Any]], Screen]
# Told, in the transaction that records it, that a message about `subject_id` was delivered or not.
Delivered = Callable[[Session, int, datetime, MessageState], Awaitable[None]]


class NotReadError(Exception):
    """The database has trouble and did not give what is to be sent: it may pass."""


class Delivery:
    """Sends what lies in the outbox, in order for each person, and the replies of the intake."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        pace: Pace,
        renders: Mapping[str, Render],
        delivered: Mapping[str, Delivered],
        copies: Path,
        watch: Watch,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._pace = pace
        self._renders = renders
        self._delivered = delivered
        self._copies = copies
        self._watch = watch
        self._busy: set[int] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._recording = asyncio.Lock()
        # Where others write as well the queue is long, and what is out is to be known before its turn comes.
        self._note = None if is_sqlite(database.url) else Together(self._note_all)
        self._awake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something may have been added to the outbox."""
        self._awake.set()

    def start(self, idle: float = IDLE_SECONDS) -> asyncio.Task[None]:
        """Send what is due, look again when woken and every `idle` seconds; ends after `stop`."""
        self._stopping = False
        return asyncio.create_task(self._run(idle))

    async def _run(self, idle: float) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                started = await self.send_due()
                self._watch.sign("delivery")
            except Exception as error:  # noqa: BLE001 - the database has trouble: it may pass
                log.error("outbox not read", error=where(error))
                started = False
            if not started:
                await self._pace.rest(LOOK_SECONDS)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), idle)
        await self.finish()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._awake.set()

    async def finish(self) -> None:
        """Wait for what is on its way."""
        while self._sending:
            await asyncio.wait(self._sending)

    async def send_due(self) -> bool:
        """Start sending what is due to people whom nothing is on its way to; whether there was any."""
        async with self._database.read() as session:
            due = await outbox.due(session, self._clock.now(), self._busy, BATCH)
        # The second of one person in the batch waits until it is read again: what becomes of the first may
        # hold it back, or give it a message to take the place of.
        started: set[int] = set()
        for message in due:
            if self._stopping:
                break
            if message.person_id in started:
                continue
            started.add(message.person_id)
            self._busy.add(message.person_id)
            # Who has been written to just now waits for their own chat: the others do not wait for it.
            waits = not self._pace.is_free(message.telegram_id)
            if not waits and not await self._turn(message.telegram_id):
                self._busy.discard(message.person_id)
                break
            task = asyncio.create_task(self._send(message, waits=waits))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        return bool(started)

    async def _turn(self, chat_id: int) -> bool:
        """Wait until a message may go to a chat; False: not now, or another process leads.

        A pause that Telegram has asked for may be long. Whoever waits lives, and what was read before it may
        have been withdrawn: it is to be read again.
        """
        may_go = await self._pace.turn(chat_id, reply=False, within=IDLE_SECONDS)
        self._watch.sign("delivery")
        return may_go and not self._stopping

    async def reply(self, method: Reply) -> None:
        """Make a call that answers a person: paced, repeated where that helps, never raising."""
        chat_id = getattr(method, "chat_id", None)
        counted = chat_id if isinstance(chat_id, int) and not isinstance(method, FREE) else None
        attempt = 0
        while attempt < REPLY_ATTEMPTS:
            await self._pace.turn(counted, reply=True)
            try:
                await self._call(method, counted)
            except TelegramRetryAfter as error:
                self._pause(error)  # no attempt: what other processes send counts there, too
            except (TelegramBadRequest, TelegramNotFound) as error:
                if isinstance(method, EditMessageText) and "not modified" not in error.message:
                    # The message is gone or too old to be edited: the answer comes as a new one.
                    method = SendMessage(
                        chat_id=method.chat_id or 0,
                        text=method.text or "",
                        reply_markup=method.reply_markup,
                        protect_content=True,  # it may be about a child
                    )
                    continue
                if "not modified" not in error.message and "query is too old" not in error.message:
                    log.error("reply refused", method=type(method).__name__, error=_unquoted(error))
                return
            except TelegramForbiddenError:
                return  # they have blocked the bot meanwhile; my_chat_member tells
            except AiogramError as error:
                log.warning("reply delayed", method=type(method).__name__, error=type(error).__name__)
                await self._pace.rest(min(2.0**attempt / 4, 5))
                attempt += 1
            else:
                return
        log.error("reply given up", method=type(method).__name__)

    def _pause(self, error: TelegramRetryAfter) -> None:
        self._watch.count("retry_after")
        log.warning("Telegram says to wait", seconds=error.retry_after)
        self._pace.pause(error.retry_after)

    async def _call(self, method: Reply, chat_id: int | None) -> Any:
        try:
            return await self._make(method)
        finally:
            self._pace.came(chat_id)

    async def _make(self, method: Reply) -> Any:
        """Make a call; a picture of ours goes as its bytes until Telegram has given it an id.

        A copy of the database goes from its file. Raises FileNotFoundError where that has been rotated out,
        NotReadError where a picture is not given by the database.
        """
        if isinstance(method, SendDocument) and (name := copy_of(method.document)):
            path = (self._copies / name).resolve(strict=True)
            upload = method.model_copy(update={"document": FSInputFile(path)})
            return await self._bot(upload, request_timeout=UPLOAD_SECONDS)
        number = picture_of(method.photo) if isinstance(method, SendPhoto) else None
        if number is None:
            return await self._bot(method)
        try:
            async with self._database.read() as session:
                picture = await session.get_one(Picture, number)
        except NoResultFound:
            raise
        except Exception as error:
            raise NotReadError from error
        png = BufferedInputFile(picture.png, f"picture-{number}.png")
        sent = await self._bot(method.model_copy(update={"photo": picture.file_id or png}))
        if picture.file_id is None and sent.photo:
            with contextlib.suppress(Exception):  # it is out, and the next one goes as its bytes again
                async with self._database.write() as session:
                    await outbox.know_picture(session, number, sent.photo[-1].file_id)
                    await session.commit()
        return sent

    async def _send(self, message: Due, *, waits: bool = False) -> None:
        bind_contextvars(outbox_id=message.id, kind=message.kind)
        if waits and not await self._turn(message.telegram_id):
            self._busy.discard(message.person_id)
            self._awake.set()
            return
        try:
            result = await self._attempt(message)
        except Exception as error:  # noqa: BLE001 - a message that cannot be worded must not stop the others
            log.error("message failed", error=where(error))
            result = Result(message, MessageState.FAILED, self._clock.now(), error=type(error).__name__)
        if self._note and result.message_id is not None:
            with contextlib.suppress(Exception):  # it is recorded next, in any case
                await self._note(result)
        try:
            await self._record(result)
            if not result.retry_at:
                self._watch.delivered()
            became = "retried" if result.retry_at else result.state.value
            self._watch.count("deliveries", became)
            log.debug("message", result=became)
        finally:
            self._busy.discard(message.person_id)
            self._awake.set()

    async def _note_all(self, results: list[Result]) -> None:
        async with self._database.mark() as session:
            await outbox.note_sent(session, results)
            await session.commit()

    async def _attempt(self, message: Due) -> Result:
        if message.message_id is not None:
            # It is out: whoever sent it died before that was recorded.
            media = tuple(message.media)
            return Result(message, MessageState.SENT, self._clock.now(), message.message_id, media)
        screen = self._renders[message.kind](texts(message.language), message.arguments)
        done = Progress(media=list(message.media))
        try:
            if message.replaces_id is None:
                await self._send_parts(screen.calls(message.telegram_id), message, done)
            elif message.old_message_id is not None:
                await self._replace(screen, message, done)
            else:
                # What it was to take the place of never came.
                return Result(message, MessageState.WITHDRAWN, self._clock.now())
        except TelegramForbiddenError as error:
            return Result(message, MessageState.UNREACHABLE, self._clock.now(), error=_reason(error))
        except TelegramRetryAfter as error:
            self._pause(error)
            return self._retry(message, "429", 0, done)
        except (TelegramBadRequest, TelegramNotFound, TelegramEntityTooLarge) as error:
            log.error("message refused", error=_unquoted(error))
            # They have never opened the chat, or deleted their account: no different from a block.
            gone = "chat not found" in error.message or "deactivated" in error.message
            state = MessageState.UNREACHABLE if gone else MessageState.FAILED
            return Result(message, state, self._clock.now(), error=_reason(error))
        except (AiogramError, NotReadError) as error:  # trouble that may pass: never given up
            return self._retry(
                message, type(error).__name__, min(2**message.attempts, outbox.RETRY_SECONDS), done
            )
        if done.message_id is None:  # files of it are out, and whoever leads next goes on with it
            return self._retry(message, "stopped", 0, done)
        return Result(
            message,
            MessageState.SENT,
            self._clock.now(),
            message_id=done.message_id,
            media=tuple(done.media),
        )

    async def _send_parts(self, calls: Replies, message: Due, done: "Progress") -> None:
        """Make the calls that no earlier attempt has made, until stopped: files first, the words last."""
        first = len(done.media)
        for number, call in enumerate(calls[first:], first):
            while number > first and not await self._turn(message.telegram_id):
                if self._stopping:
                    return
            sent = await self._call(call, message.telegram_id)
            if number + 1 == len(calls):
                done.message_id = sent.message_id
            else:
                done.media.append(
                    [each.message_id for each in sent] if isinstance(sent, list) else [sent.message_id]
                )

    async def _replace(self, screen: Screen, message: Due, done: "Progress") -> None:
        """Put the screen in the place of a message that has come; its files go where the screen has none."""
        chat_id, old = message.telegram_id, [id_ for call in message.old_media or () for id_ in call]
        if old and not screen.files:
            with contextlib.suppress(TelegramBadRequest):  # too old, or deleted by the person themselves
                await self._bot.delete_messages(chat_id, old)
        done.message_id = message.old_message_id
        try:
            await self._bot.edit_message_text(
                screen.text, chat_id=chat_id, message_id=message.old_message_id, reply_markup=screen.keyboard
            )
        except TelegramBadRequest as error:
            # "message is not modified" is what was wanted; one that the person has deleted needs no more.
            if "not modified" not in error.message and "not found" not in error.message:
                raise

    def _retry(self, message: Due, error: str, seconds: float, done: "Progress") -> Result:
        now = self._clock.now()
        return Result(
            message,
            MessageState.WAITING,
            now,
            media=tuple(done.media),
            error=error,
            retry_at=now + timedelta(seconds=seconds),
        )

    async def _record(self, result: Result) -> None:
        # Whoever holds the lock writes for all who wait for it: results go back in groups under load.
        # What cannot be written is kept and tried again, its person written nothing until then: whatever the
        # database suffers from, nobody is sent the same every second.
        self._results.append(result)
        while True:
            async with self._recording:
                if result not in self._results:
                    return
                batch, self._results = self._results, []
                self._results.extend(await self._write(batch))
                if result not in self._results:
                    return
            await self._pace.rest(RECORD_AGAIN)

    async def _write(self, batch: list[Result]) -> list[Result]:
        """Write results back in one transaction, or each in its own; gives those that could not be."""
        try:
            async with self._database.write() as session:
                for each in batch:
                    await outbox.record(session, each)
                    if each.retry_at is None:
                        await self._tell(session, each)
                await session.commit()
        except Exception as error:  # noqa: BLE001 - the database has trouble: it may pass
            if len(batch) > 1:
                return [failed for each in batch for failed in await self._write([each])]
            log.error("result not recorded", outbox_id=batch[0].message.id, error=where(error))
            return batch
        return []

    async def _tell(self, session: Session, result: Result) -> None:
        message = result.message
        # The moment would tell that somebody was written to then: for a fleeting message too much.
        if result.state == MessageState.UNREACHABLE and not message.fleeting:
            await outbox.set_reachable(session, message.person_id, since=result.at)
        if message.kind == DIGEST:
            for held in await outbox.told_in(session, message.id):
                held.state, held.finished_at = result.state, result.at
                await self._tell_feature(session, held.kind, held.subject_id, result)
        await self._tell_feature(session, message.kind, message.subject_id, result)

    async def _tell_feature(
        self, session: Session, kind: str, subject_id: int | None, result: Result
    ) -> None:
        hook = self._delivered.get(kind)
        if hook is not None and subject_id is not None:
            await hook(session, subject_id, result.at, result.state)


@dataclass
class Progress:
    """How far the sending of one message has come: what Telegram has numbered so far."""

    media: list[list[int]]
    message_id: int | None = None


def _reason(error: TelegramAPIError) -> str:
    """Telegram's own words, without the address of the request that aiogram adds (it holds the token)."""
    return str(error.message)[:300]


def _unquoted(error: TelegramAPIError) -> str:
    """The same for the log, without what Telegram quotes of our message: a button's link has a code in it."""
    return re.sub(r"""(?<![a-z])(["']).*\1""", "...", _reason(error))

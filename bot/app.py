"""The composition root: the only place that knows all parts and puts them together."""

import asyncio
import contextlib
import gc
import signal
import sqlite3
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    Response,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
)
from aiogram.types import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    Update,
    User,
)
from pydantic import BaseModel

from bot.calls import Answered, Calls
from bot.clock import Clock
from bot.config import Settings
from bot.conversations import RedisConversations
from bot.db.base import Database
from bot.db.locks import Locks
from bot.delivery import Delivered, Delivery, Pace
from bot.errors import StartError, where
from bot.features import notes
from bot.features.risk import routes
from bot.handlers import ROUTERS
from bot.intake import Intake, nobody_else
from bot.leading import DRAIN_SECONDS, hook, lead
from bot.middlewares import Context as HandlerContext
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from bot.proxy import Connector, why
from bot.scheduler import Context, Tick
from bot.scheduler import activities as activities_tick
from bot.scheduler import backup as backup_tick
from bot.scheduler import declarations as declarations_tick
from bot.scheduler import documents as documents_tick
from bot.scheduler import events as events_tick
from bot.scheduler import feedback as feedback_tick
from bot.scheduler import findings as findings_tick
from bot.scheduler import health as health_tick
from bot.scheduler import inbox as inbox_tick
from bot.scheduler import indicators as indicators_tick
from bot.scheduler import outbox as outbox_tick
from bot.scheduler import privacy as privacy_tick
from bot.scheduler import risk as risk_tick
from bot.scheduler import roster as roster_tick
from bot.scheduler import surveys as surveys_tick
from bot.switchboard import Switchboard
from bot.throttle import Throttle
from bot.ui.messages import RENDERS
from bot.updates import GetRawUpdates
from bot.watch import Watch

log = structlog.get_logger()

# What Telegram's answers are read by. aiogram asks pydantic for it with each answer, and pydantic holds such
# types weakly: unless somebody keeps them they are built again and again, for some 5 ms each.
ANSWERS = [
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (GetRawUpdates, Answered, SendPhoto, SendMediaGroup)
]
# What comes and goes with every update is built before somebody waits for it (bot/aiogram_lazily.py): 0.3 s.
# Message first; whatever else refers to it takes what it holds.
WITH_EVERY_UPDATE: list[type[BaseModel]] = [
    *(Message, Chat, User, CallbackQuery, Update, MessageEntity, InlineKeyboardButton, InlineKeyboardMarkup),
    *(SendMessage, EditMessageText, AnswerCallbackQuery),
    *ANSWERS,
]
for model in WITH_EVERY_UPDATE:
    model.model_rebuild()

T = TypeVar("T")

TICKS: dict[str, Tick] = {
    "activities": activities_tick.tick,
    "backup": backup_tick.tick,
    "declarations": declarations_tick.tick,
    "documents": documents_tick.tick,
    "events": events_tick.tick,
    "feedback": feedback_tick.tick,
    "findings": findings_tick.tick,
    "health": health_tick.tick,
    "inbox": inbox_tick.tick,
    "indicators": indicators_tick.tick,
    "outbox": outbox_tick.tick,
    "privacy": privacy_tick.tick,
    "risk": risk_tick.tick,
    "roster": roster_tick.tick,
    "surveys": surveys_tick.tick,
}
DELIVERED: dict[str, Delivered] = {
    "note": notes.mark_delivered,
    "note-reply": notes.mark_reply_delivered,
    "route": routes.mark_delivered,
}


def make_bot(settings: Settings) -> Bot:
    """The bot, not yet connected."""
    server = settings.telegram.api_base
    session = Calls(settings.telegram.proxy or None)
    if session.proxy:
        session._connector_type = Connector
    if server:
        session.api = TelegramAPIServer.from_base(server)
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    return Bot(settings.telegram.token.get_secret_value(), session=session, default=defaults)


def make_dispatcher(settings: Settings, programme: Programme, calendar: Calendar) -> Dispatcher:
    """The dispatcher with every handler and what they are given by name."""
    dispatcher = Dispatcher(disable_fsm=True, settings=settings, programme=programme, calendar=calendar)
    dispatcher.update.outer_middleware(HandlerContext())
    dispatcher.include_router(Switchboard(*ROUTERS))
    return dispatcher


async def run(
    settings: Settings, programme: Programme, clock: Clock, database: Database, tick_seconds: float = 20
) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in hand.

    Raises StartError where Telegram refuses the token, Redis does not answer, another process has the SQLite
    file, or an address to serve on cannot be had.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_forgotten)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    calendar = Calendar(vacations=settings.school.vacations)
    watch = Watch()
    bot = make_bot(settings)
    locks = Locks(database)
    redis = RedisConversations(settings.redis.url, bot.id) if settings.redis.url else None
    pace = Pace(settings.delivery.per_second, settings.delivery.per_chat_per_second)
    copies = Path(settings.backup.directory)
    delivery = Delivery(bot, database, clock, pace, RENDERS, DELIVERED, copies, watch)
    dispatcher = make_dispatcher(settings, programme, calendar)
    throttle = Throttle(settings.limits)
    hooked = settings.telegram.mode == "webhook"
    shared = hooked and locks.shared
    intake = Intake(
        bot,
        dispatcher,
        database,
        clock,
        throttle,
        delivery.reply,
        delivery.wake,
        watch,
        alone=redis.chat if redis else locks.chat if shared else nobody_else,
        shared=shared,
        conversations=redis,
    )
    forget = redis.forget if redis else None
    context = Context(database, clock, settings, programme, calendar, delivery.wake, watch, forget)
    watch.sign("Telegram")  # from now on it is expected to answer
    async with contextlib.AsyncExitStack() as open_:
        open_.push_async_callback(bot.session.close)
        open_.push_async_callback(locks.close)
        if redis:
            open_.push_async_callback(redis.close)
            await redis.reach()
        await _serve(open_, settings, watch, database, clock, redis)
        if not await _until(_connect(bot), stop):
            return
        log.info("started", bot=(await bot.me()).username, sqlite=sqlite3.sqlite_version)
        async with contextlib.AsyncExitStack() as door:
            if hooked:
                await intake.resume()
                await _open_door(door, settings, intake)
            ask = partial(hook, bot, settings, watch) if hooked else intake.poll
            gc.collect()
            gc.freeze()  # what is here stays: to look through it again and again takes a tenth of the time
            leading = asyncio.create_task(lead(locks, delivery, intake, context, TICKS, tick_seconds, ask))
            await _until(asyncio.wait({leading}), stop)
        leading.cancel()
        in_hand = asyncio.gather(leading, intake.drain(), return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(in_hand, DRAIN_SECONDS)
        if leading.done() and not leading.cancelled():
            leading.result()
        log.info("stopped")


def _forgotten(loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """A task has failed that nobody waited for; asyncio would say so with the error's own words."""
    error = told.get("exception")
    log.error("task failed", error=where(error) if error else told["message"])


async def _serve(
    open_: contextlib.AsyncExitStack,
    settings: Settings,
    watch: Watch,
    database: Database,
    clock: Clock,
    redis: RedisConversations | None,
) -> None:
    """Begin to serve what is configured; imported only then."""
    if settings.http.port:
        from bot import web
        from bot.web import health

        application = health.application(watch, database, clock, redis.reach if redis else None)
        await open_.enter_async_context(
            web.serving(application, settings.http.host, settings.http.port, "http")
        )


async def _open_door(door: contextlib.AsyncExitStack, settings: Settings, intake: Intake) -> None:
    """Begin to serve what Telegram delivers to; imported only then."""
    from bot import web
    from bot.web import webhook

    here = settings.webhook
    path = urlsplit(here.url).path or "/"
    application = webhook.application(path, here.secret.get_secret_value(), intake.take)
    await door.enter_async_context(web.serving(application, here.host, here.port, "webhook"))


async def _connect(bot: Bot) -> bool:
    pause = 1.0
    while True:
        try:
            await bot.me()
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise StartError(
                "telegram.token: Telegram refuses this token; take the current one from @BotFather"
            ) from None
        except AiogramError as error:
            log.warning("no connection to Telegram yet", error=why(error), next_try_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)
        else:
            return True


async def _until(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """Await the work, or give it up when `stop` is set (None)."""
    task = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not task.done():
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return None
    return task.result()

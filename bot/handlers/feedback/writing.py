"""/feedback: the guardian writes to the school, and reads on."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.feedback import About, Topic
from bot.errors import AppError
from bot.features import feedback
from bot.features.accounts import require
from bot.features.feedback import writing
from bot.filters import Go, RoleIs, Says
from bot.handlers.feedback.collecting import FeedbackSteps, collect, content_of, too_many
from bot.texts import Texts
from bot.ui.feedback import (
    FeedbackQuote,
    FeedbackSend,
    FeedbackSign,
    FeedbackTo,
    FeedbackTopic,
    Letter,
    Letters,
    collecting,
    files_of,
)
from bot.ui.feedback import writing as ui
from bot.ui.screen import Event, Replies, alert, show, tell

router = Router()


@router.message(Command("feedback"), RoleIs(Role.GUARDIAN))
@router.callback_query(Go("feedback"))
async def start(event: Event, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """What would you like to write?"""
    require(actor, Role.GUARDIAN)
    await state.clear()
    return show(event, ui.start(t))


@router.callback_query(FeedbackTopic.filter())
async def ask_words(
    query: CallbackQuery, callback_data: FeedbackTopic, actor: Actor, state: FSMContext, t: Texts
) -> Replies:
    """What is it? Of a praise first: for what?"""
    require(actor, Role.GUARDIAN)
    topic, about = callback_data.topic, callback_data.about
    if topic == Topic.PRAISE and about is None:
        return show(query, ui.ask_about(t))
    await state.set_state(FeedbackSteps.words)
    await state.set_data({"topic": topic.value, "about": about and about.value})
    return show(query, ui.ask_words(t, topic))


@router.message(Says(FeedbackSteps.words))
async def take_words(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Who should read it? Whoever writes on adds to the letter."""
    found = await writing.addressees(session, actor, today)
    collected = await collect(message, state)
    if collected.silent:
        return []
    if collected.full:
        return too_many(message, t)
    return show(message, ui.whom(t, collected.draft, found, len(collected.content.files)))


@router.callback_query(FeedbackTo.filter())
async def choose_addressee(
    query: CallbackQuery,
    callback_data: FeedbackTo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """By name, or without?"""
    found = await writing.addressees(session, actor, today)
    data = await state.get_data()
    if raw_state != FeedbackSteps.words.state or data.get("draft") != callback_data.draft:
        return alert(query, t("feedback-already-sent"))
    to = next((each for each in found if each.staff_id == callback_data.staff_id), None)
    if to is None and callback_data.staff_id:
        raise AppError("error-ticket-addressee")
    await state.update_data(staff=callback_data.staff_id)
    return show(query, ui.sign(t, callback_data.draft, to, len(data.get("files", ()))))


@router.callback_query(FeedbackSign.filter())
@router.callback_query(FeedbackQuote.filter())
async def finish(
    query: CallbackQuery,
    callback_data: FeedbackSign | FeedbackQuote,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Send the letter; of a praise ask first whether it may be quoted."""
    require(actor, Role.GUARDIAN)
    data = await state.get_data()
    signed = callback_data.named if isinstance(callback_data, FeedbackSign) else data.get("named")
    ready = raw_state == FeedbackSteps.words.state and "staff" in data and signed is not None
    if not ready or data.get("draft") != callback_data.draft:
        return alert(query, t("feedback-already-sent"))
    if isinstance(callback_data, FeedbackSign) and data["topic"] == Topic.PRAISE:
        await state.update_data(named=signed)
        return show(query, ui.ask_quote(t, callback_data.draft, named=callback_data.named))
    ticket, told = await writing.send(
        session,
        settings,
        actor,
        now,
        today,
        topic=Topic(data["topic"]),
        about=About(data["about"]) if data["about"] else None,
        staff_id=data["staff"] or None,
        named=bool(signed),
        quotable=callback_data.yes if isinstance(callback_data, FeedbackQuote) else None,
        content=content_of(data),
    )
    await state.clear()
    found = await writing.read(session, settings, actor, today, ticket.number)
    return show(query, ui.sent(t, ticket, found.row.staff_name, told=told))


# --- the guardian's letters ------------------------------------------------------------------------------


@router.callback_query(Letters.filter())
async def letters(
    query: CallbackQuery, callback_data: Letters, session: Session, actor: Actor, t: Texts, settings: Settings
) -> Replies:
    """The guardian's own letters."""
    return show(query, ui.letters(t, await writing.letters(session, settings, actor, callback_data.page)))


@router.callback_query(Letter.filter())
async def use_letter(
    query: CallbackQuery,
    callback_data: Letter,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Open a letter of one's own, write on, close it, see its files, change whether it may be quoted."""
    number = callback_data.number
    toast = None
    match callback_data.action:
        case "write":
            found = await writing.read(session, settings, actor, today, number)
            if not found.open:
                raise AppError("error-ticket-closed")
            await state.set_state(FeedbackSteps.more)
            # Not the number: this row names the chat, and the letter may be an anonymous one.
            await state.set_data({"letter": feedback.handle(settings, number)})
            return tell(query, ui.ask_more(t, number))
        case "files":
            found = await writing.read(session, settings, actor, today, number)
            return tell(query, files_of(t, found, Letter(number=number, action="open")))
        case "close":
            await writing.close(session, settings, actor, now, today, number)
            toast = t("ticket-closed")
        case "quote" | "unquote" as action:
            await writing.set_quotable(session, settings, actor, now, number, quotable=action == "quote")
    found = await writing.read(session, settings, actor, today, number)
    return show(query, ui.letter(t, found, settings.school.zone), toast=toast)


@router.message(Says(FeedbackSteps.more))
async def take_more(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Add to a letter: at once, or, where an album is coming, when all of it is here."""
    ticket = await writing.by_handle(session, settings, actor, (await state.get_data())["letter"])
    collected = await collect(message, state)
    if collected.silent:
        return []
    if collected.full:
        return too_many(message, t)
    if message.media_group_id or len(collected.content.files) > 1:
        return show(message, collecting(t, FeedbackSend(draft=collected.draft)))
    told = await writing.write_on(session, settings, actor, now, today, ticket.number, collected.content)
    await state.clear()
    return show(message, ui.written_on(t, ticket.number, told=told))


@router.callback_query(FeedbackSend.filter())
async def send_collected(
    query: CallbackQuery,
    callback_data: FeedbackSend,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The album is complete: on it goes."""
    require(actor, Role.GUARDIAN)
    data = await state.get_data()
    if raw_state != FeedbackSteps.more.state or data.get("draft") != callback_data.draft:
        return alert(query, t("feedback-already-sent"))
    number = (await writing.by_handle(session, settings, actor, data["letter"])).number
    told = await writing.write_on(session, settings, actor, now, today, number, content_of(data))
    await state.clear()
    return show(query, ui.written_on(t, number, told=told))

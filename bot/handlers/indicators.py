"""/status and /reading: where the school stands, and recording where it stands."""

import asyncio
import json
import zlib
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, MediaUnion, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import activities, indicators
from bot.features.accounts import require
from bot.features.indicators import Standing, recording
from bot.features.indicators.recording import Amount
from bot.filters import Go, RoleIs, Says
from bot.programme.model import Kind, Programme
from bot.reports import charts
from bot.texts import Texts
from bot.ui import indicators as ui
from bot.ui.indicators import (
    IndicatorCard,
    IndicatorWhy,
    ReadingPick,
    StatusDirection,
    StatusView,
    View,
)
from bot.ui.indicators import recording as reading_ui
from bot.ui.indicators.recording import (
    ReadingAnswer,
    ReadingChange,
    ReadingDirection,
    ReadingEdit,
    ReadingSave,
)
from bot.ui.screen import Event, Replies, Screen, alert, show

router = Router()


class ReadingSteps(StatesGroup):
    """Recording a reading: its value, a look at it, another date, a comment."""

    value = State()
    preview = State()
    date = State()
    comment = State()


# --- status ----------------------------------------------------------------------------------------------


@router.message(Command("status"), RoleIs(Role.ADMIN))
@router.callback_query(Go("status"))
async def show_status(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """All indicators in one message."""
    standings = await indicators.status(session, actor, programme, today, settings)
    unassigned = await activities.unassigned(session, today)
    await state.clear()
    return show(event, ui.status(t, programme, standings, today.year, unassigned))


@router.callback_query(StatusDirection.filter())
async def show_direction(
    query: CallbackQuery,
    callback_data: StatusDirection,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """The indicators of one direction."""
    standings = await indicators.status(session, actor, programme, today, settings)
    direction = indicators.find_direction(programme, callback_data.number)
    own = [s for s in standings if s.indicator.direction == direction.number]
    return show(query, ui.direction_view(t, direction, own))


@router.callback_query(StatusView.filter())
async def show_view(
    query: CallbackQuery,
    callback_data: StatusView,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """The picture, what is behind, what to do, or all indicators as buttons."""
    standings = await indicators.status(session, actor, programme, today, settings)
    match callback_data.view:
        case View.BEHIND:
            return show(query, ui.behind(t, standings))
        case View.TODO:
            return show(query, ui.todo(t, programme, standings))
        case View.PICK:
            return show(query, ui.pick(t, standings))
        case View.PICTURE:
            # Drawing takes seconds: the write lock is given back first.
            await session.commit()
            title = t("status-picture-title", year=str(today.year))
            bars = [_bar(t, standing) for standing in standings]
            pages = await asyncio.to_thread(charts.overview, bars, title, ui.legend(t), t("status-mark"))
            files = [BufferedInputFile(page, f"status-{i}.png") for i, page in enumerate(pages, 1)]
            chat_id = query.from_user.id
            if len(files) == 1:
                return [query.answer(), SendPhoto(chat_id=chat_id, photo=files[0])]
            album: list[MediaUnion] = [InputMediaPhoto(media=file) for file in files]
            return [query.answer(), SendMediaGroup(chat_id=chat_id, media=album)]


def _bar(t: Texts, standing: Standing) -> charts.Bar:
    """Per cent as they are; yes fills the bar; for the rest the target stands at four fifths of it."""
    indicator, in_force = standing.indicator, standing.in_force
    target = in_force.target.value if in_force and indicator.kind not in indicators.YES_NO else None
    full = 100.0
    if indicator.kind in indicators.YES_NO:
        full = 1
    elif indicator.kind != Kind.SHARE:
        full = 1.25 * (target or 1)
    return charts.Bar(
        label=f"{indicator.number} {ui.short(t, indicator)}",
        text=ui.against_target(t, standing),
        filled=None if standing.value is None else standing.value / full,
        mark=None if target is None else target / full,
        state=standing.state,
    )


@router.callback_query(IndicatorCard.filter())
async def show_card(
    query: CallbackQuery,
    callback_data: IndicatorCard,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """One indicator unfolded."""
    found = await indicators.details(session, actor, programme, today, settings, callback_data.key)
    rules = settings.indicators
    return show(
        query,
        ui.card(
            t,
            found,
            today.year,
            days=rules.feedback_days,
            notes=rules.feedback_notes,
            answers=rules.min_answers,
        ),
    )


@router.callback_query(IndicatorWhy.filter())
async def show_why(
    query: CallbackQuery,
    callback_data: IndicatorWhy,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """Who and what is behind a value."""
    indicator, why = await indicators.unfold(session, actor, programme, today, settings, callback_data.key)
    return show(query, ui.unfolded(t, indicator, why, callback_data.page))


# --- recording -------------------------------------------------------------------------------------------


@router.message(Command("reading"), RoleIs(Role.ADMIN))
@router.callback_query(Go("reading"))
async def start(event: Event, actor: Actor, state: FSMContext, t: Texts, programme: Programme) -> Replies:
    """In which direction?"""
    require(actor, Role.ADMIN)
    await state.clear()
    return show(event, reading_ui.directions(t, programme))


@router.callback_query(ReadingDirection.filter())
async def choose_direction(
    query: CallbackQuery,
    callback_data: ReadingDirection,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """Which indicator?"""
    standings = await indicators.status(session, actor, programme, today, settings)
    direction = indicators.find_direction(programme, callback_data.number)
    own = [s for s in standings if s.indicator.direction == direction.number]
    return show(query, reading_ui.indicators(t, direction, own))


@router.callback_query(ReadingPick.filter())
async def choose_indicator(
    query: CallbackQuery,
    callback_data: ReadingPick,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """Ask for the value."""
    found = await indicators.details(session, actor, programme, today, settings, callback_data.key)
    await state.clear()
    if found.standing.indicator.kind not in indicators.YES_NO:
        await state.set_state(ReadingSteps.value)
        await state.set_data({"key": callback_data.key})
    return show(query, reading_ui.ask(t, found.standing))


@router.message(Says(ReadingSteps.value))
async def type_value(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """A number, per cent, or "11 из 20"."""
    require(actor, Role.ADMIN)
    key = (await state.get_data())["key"]
    amount = recording.read_amount(indicators.find(programme, key).kind, message.text or "")
    await _draft(state, key, amount, today)
    return show(message, await _preview(session, actor, state, t, programme, settings, today))


@router.callback_query(ReadingAnswer.filter())
async def press_value(
    query: CallbackQuery,
    callback_data: ReadingAnswer,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """Yes or no."""
    require(actor, Role.ADMIN)
    if indicators.find(programme, callback_data.key).kind not in indicators.YES_NO:
        raise NotFoundError
    await _draft(state, callback_data.key, Amount(float(callback_data.yes)), today)
    return show(query, await _preview(session, actor, state, t, programme, settings, today))


@router.callback_query(ReadingEdit.filter())
async def change(
    query: CallbackQuery,
    callback_data: ReadingEdit,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """Ask for another date or a comment, or leave both as they are."""
    require(actor, Role.ADMIN)
    if raw_state not in {ReadingSteps.preview.state, ReadingSteps.date.state, ReadingSteps.comment.state}:
        return alert(query, t("old-button"))
    if callback_data.change == ReadingChange.BACK:
        return show(query, await _preview(session, actor, state, t, programme, settings, today))
    await state.set_state(
        ReadingSteps.date if callback_data.change == ReadingChange.DATE else ReadingSteps.comment
    )
    return show(query, reading_ui.change(t, callback_data.change, today, recording.COMMENT_LENGTH))


@router.message(Says(ReadingSteps.date))
async def type_date(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """Another date."""
    require(actor, Role.ADMIN)
    await state.update_data(on_date=recording.read_date(message.text or "", today).isoformat())
    return show(message, await _preview(session, actor, state, t, programme, settings, today))


@router.message(Says(ReadingSteps.comment))
async def type_comment(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """A comment."""
    require(actor, Role.ADMIN)
    await state.update_data(comment=recording.read_comment(message.text or ""))
    return show(message, await _preview(session, actor, state, t, programme, settings, today))


@router.callback_query(ReadingSave.filter())
async def save(
    query: CallbackQuery,
    callback_data: ReadingSave,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """Record what the pressed preview shows, once."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    if "amount" not in data or callback_data.draft != _mark(data):
        return alert(query, t("old-button"))
    key, amount, on_date = data["key"], Amount(*data["amount"]), date.fromisoformat(data["on_date"])
    await recording.record(
        session,
        actor,
        now,
        today,
        programme,
        key=key,
        on_date=on_date,
        amount=amount,
        comment=data["comment"],
    )
    await state.clear()
    return show(query, reading_ui.saved(t, indicators.find(programme, key), amount, on_date))


async def _draft(state: FSMContext, key: str, amount: Amount, today: date) -> None:
    await state.set_data(
        {
            "key": key,
            "amount": [amount.value, amount.numerator, amount.denominator],
            "on_date": today.isoformat(),
            "comment": "",
        }
    )


def _mark(data: dict[str, Any]) -> int:
    """Tells a preview's button from that of another reading, or of this one before it was changed."""
    return zlib.crc32(json.dumps(data, sort_keys=True).encode())


async def _preview(
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Screen:
    await state.set_state(ReadingSteps.preview)
    data = await state.get_data()
    on_date = date.fromisoformat(data["on_date"])
    found = await indicators.details(session, actor, programme, today, settings, data["key"])
    evidence = found.standing.evidence
    return reading_ui.preview(
        t,
        found.standing.indicator,
        Amount(*data["amount"]),
        on_date,
        data["comment"],
        recording.superseded(found.history, on_date),
        evidence.value if evidence and on_date.year == today.year else None,
        _mark(data),
    )

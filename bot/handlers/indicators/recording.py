"""/reading: recording where the school stands."""

import json
import zlib
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.outbox import File
from bot.errors import NotFoundError
from bot.features import indicators
from bot.features.accounts import require
from bot.features.indicators import recording
from bot.features.indicators.recording import Amount
from bot.filters import Go, RoleIs, Says
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui.files import file_of
from bot.ui.indicators import (
    ReadingPick,
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
    """Recording a reading: its value, a look at it, another date, a comment, a file."""

    value = State()
    preview = State()
    date = State()
    comment = State()
    file = State()


CHANGES = {
    ReadingChange.DATE: ReadingSteps.date,
    ReadingChange.COMMENT: ReadingSteps.comment,
    ReadingChange.FILE: ReadingSteps.file,
}


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
    """Ask for another date, a comment or a file, or leave them as they are."""
    require(actor, Role.ADMIN)
    if raw_state not in {step.state for step in (ReadingSteps.preview, *CHANGES.values())}:
        return alert(query, t("old-button"))
    if callback_data.change == ReadingChange.BACK:
        return show(query, await _preview(session, actor, state, t, programme, settings, today))
    await state.set_state(CHANGES[callback_data.change])
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


@router.message(Says(ReadingSteps.file))
async def send_file(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """The paper that the value comes from: one file or photo, the last one sent."""
    require(actor, Role.ADMIN)
    file = file_of(message)
    if file is None:
        return show(message, reading_ui.change(t, ReadingChange.FILE, today, recording.COMMENT_LENGTH))
    await state.update_data(file=list(file))
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
        file=_file(data),
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
            "file": None,
        }
    )


def _file(data: dict[str, Any]) -> File | None:
    return File(*data["file"]) if data["file"] else None


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
        _file(data),
        recording.superseded(found.history, on_date),
        evidence.value if evidence and on_date.year == today.year else None,
        _mark(data),
    )

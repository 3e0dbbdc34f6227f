"""Noting down contacts by other channels: a call, a letter on paper, a meeting."""

from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.db.access import Actor
from bot.db.base import Session
from bot.db.notes import Channel
from bot.features import roster
from bot.features.notes import TEXT_MAX, contacts, writing
from bot.features.outbox import clean_text
from bot.filters import Says
from bot.handlers.notes.picking import NoteSteps
from bot.texts import Texts
from bot.ui.notes import CallDone, ContactBy, ContactPupil, ContactSave
from bot.ui.notes import contacts as ui
from bot.ui.screen import Replies, Screen, alert, show, tell

router = Router()


@router.callback_query(ContactPupil.filter())
async def contact_about(
    query: CallbackQuery, callback_data: ContactPupil, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """About whom, by which channel, with whom?"""
    if not callback_data.pupil_id:
        found = await roster.class_list(session, actor, callback_data.class_id, today)
        return show(query, ui.pupils(t, *found))
    to = await writing.addressees(session, actor, today, [callback_data.pupil_id])
    return show(query, ui.channels(t, to.pupils[0]))


@router.callback_query(ContactBy.filter())
async def contact_by(
    query: CallbackQuery,
    callback_data: ContactBy,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Wait for what it was about."""
    to = await writing.addressees(session, actor, today, [callback_data.pupil_id])
    await state.set_state(NoteSteps.contact)
    await state.set_data(
        {
            "pupil": callback_data.pupil_id,
            "channel": callback_data.channel.value,
            "guardian": callback_data.guardian_id or None,
        }
    )
    return show(query, ui.words(t, to.pupils[0]))


@router.callback_query(CallDone.filter())
async def call_done(
    query: CallbackQuery,
    callback_data: CallDone,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """The teacher has called a guardian who asked for it: what was it about?"""
    receipt = (await contacts.asked_call(session, actor, callback_data.receipt_id)).receipt
    to = await writing.addressees(session, actor, today, [receipt.pupil_id])
    await state.set_state(NoteSteps.contact)
    await state.set_data(
        {"pupil": receipt.pupil_id, "channel": Channel.PHONE.value, "guardian": receipt.guardian_id}
    )
    return tell(query, ui.words(t, to.pupils[0]))


@router.message(Says(NoteSteps.contact))
async def contact_words(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime, today: date
) -> Replies:
    """Save it with the words typed."""
    words = clean_text(message.text, TEXT_MAX)
    return show(message, await _save_contact(session, actor, state, t, now, today, words))


@router.callback_query(ContactSave.filter())
async def contact_without_words(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Save it as it is."""
    if raw_state != NoteSteps.contact.state:
        return alert(query, t("old-button"))
    return show(query, await _save_contact(session, actor, state, t, now, today, None))


async def _save_contact(
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
    words: str | None,
) -> Screen:
    data = await state.get_data()
    contact = await contacts.log(
        session,
        actor,
        now,
        today,
        pupil_id=data["pupil"],
        channel=Channel(data["channel"]),
        guardian_id=data["guardian"],
        text=words,
    )
    await state.clear()
    return ui.saved(t, contact)

"""Nothing is swallowed: what fits no other handler gets an answer that says what can be done now."""

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.outbox import set_reachable
from bot.features import outbox
from bot.features.notes import FILES_MAX, answering
from bot.filters import AlbumGoesOn
from bot.handlers.accounts.menu import main_menu
from bot.programme.calendar import Calendar
from bot.texts import Texts
from bot.ui.files import file_of
from bot.ui.notes.answering import offer
from bot.ui.screen import Replies, Screen, alert, go, keyboard, show

router = Router()


@router.message(AlbumGoesOn("pictures"))
async def collect_album(message: Message, state: FSMContext, album: dict[str, Any]) -> Replies:
    """A further picture of an album that nobody waits for: it is kept with the first one."""
    file = file_of(message)
    if file and len(album["files"]) < FILES_MAX:
        await state.update_data(files=[*album["files"], file])
    return []


@router.message()
async def unknown_message(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Replies:
    """A text, sticker, location or anything else that nobody waits for."""
    if message.chat.type != "private":
        return [message.answer(t("private-only"))] if message.text else []
    if raw_state:
        return show(message, Screen(t("fallback-step"), keyboard([go(t, "cancel")])))
    if actor.person_id is None:
        return show(message, Screen(t("fallback", hint=t("fallback-hint-guest"))))
    menu = await main_menu(session, actor, t, calendar, now, today)
    if menu.keyboard is None:
        return show(message, menu)
    file = file_of(message)
    words = (message.text or message.caption or "").strip()
    if actor.is_one_of(Role.GUARDIAN) and (file or words) and not words.startswith("/"):
        # Kept without a step: whatever the person does next ends it.
        kept = {"unclaimed": message.message_id, "text": words, "files": [file] if file else []}
        if file and message.media_group_id:
            kept |= {"album": message.media_group_id, "at": int(message.date.timestamp()), "pictures": True}
        await state.set_data(kept)
        found = await answering.writers(session, actor, now, today)
        return show(message, offer(t, message.message_id, found, menu.keyboard))
    return show(message, Screen(t("fallback", hint=t("fallback-hint-person")), menu.keyboard))


@router.edited_message()
async def edited(message: Message, t: Texts) -> Replies:
    """Edits are not taken in: the person is told to write anew."""
    return show(message, Screen(t("fallback-edited"))) if message.chat.type == "private" else []


@router.callback_query()
async def old_button(query: CallbackQuery, t: Texts) -> Replies:
    """A button of a flow that is over, or one that was never ours."""
    return alert(query, t("old-button"))


@router.my_chat_member()
async def membership(event: ChatMemberUpdated, session: Session, actor: Actor, now: datetime) -> Replies:
    """Somebody has blocked the bot, or is back."""
    if event.chat.type == "private" and actor.person_id:
        if event.new_chat_member.status == "kicked":
            await set_reachable(session, actor.person_id, since=now)
        else:
            await outbox.come_back(session, actor.person_id, now)
    return []

"""/language: Russian or English."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.db.access import Actor
from bot.db.base import Session
from bot.features import accounts
from bot.texts import Texts, texts
from bot.ui import accounts as ui
from bot.ui.accounts import Language
from bot.ui.screen import Event, Replies, Screen, go, keyboard, show

router = Router()


@router.message(Command("language"))
async def ask_language(event: Event, actor: Actor, t: Texts) -> Replies:
    """Offer the languages; a guest's cannot be remembered."""
    if actor.person_id is None:
        return show(event, Screen(t("language-guest")))
    return show(event, ui.languages(t))


@router.callback_query(Language.filter())
async def set_language(
    query: CallbackQuery, callback_data: Language, session: Session, actor: Actor, now: datetime
) -> Replies:
    """Remember the choice and give the commands in that language."""
    t = texts(callback_data.language)
    await accounts.set_language(session, actor, now, t.language)
    return [
        *show(query, Screen(t("language-set"), keyboard([go(t, "menu")]))),
        ui.set_commands(t, actor.telegram_id, actor.roles),
    ]

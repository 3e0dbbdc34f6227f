"""How an announcement is getting on: looking, stopping, going on."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.features.outbox import announcing
from bot.texts import Texts
from bot.ui import outbox as ui
from bot.ui.outbox import Announced
from bot.ui.screen import Replies, show

router = Router()

DO = {"look": announcing.look, "ask": announcing.to_stop, "stop": announcing.stop, "go_on": announcing.go_on}


@router.callback_query(Announced.filter())
async def announced(
    query: CallbackQuery,
    callback_data: Announced,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """How far it has come, after what was pressed."""
    action = callback_data.action
    found = await DO[action](session, actor, now, settings, callback_data.kind, callback_data.subject_id)
    if action == "ask" and found.spread.waiting:
        return show(query, ui.stop_ask(t, found))
    return show(query, ui.announcement(t, found, settings.school.zone))

"""Slips with invitations for a class or the whole school: printed, withdrawn; the leaflet beside them."""

from datetime import date, datetime, timedelta

from aiogram import Bot, Router
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.features.accounts import printing
from bot.reports import aside
from bot.reports.leaflet import Leaflet, page
from bot.reports.slips import Slip, sheets
from bot.texts import Texts, texts
from bot.ui import slips as ui
from bot.ui import slips_words as words
from bot.ui.roster import SlipsAsk
from bot.ui.screen import Replies, Screen, go, keyboard, show, tell
from bot.ui.slips import LeafletPrint, SlipsPrint, SlipsWithdraw

router = Router()


@router.callback_query(SlipsAsk.filter())
async def ask(
    query: CallbackQuery,
    callback_data: SlipsAsk,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Say how many slips there would be, and that earlier ones stop working."""
    offer = await printing.offer(session, actor, now, today, callback_data.class_id or None)
    return show(query, ui.ask(t, offer, settings.invitations.valid_days))


@router.callback_query(SlipsPrint.filter())
async def print_slips(
    query: CallbackQuery,
    callback_data: SlipsPrint,
    session: Session,
    actor: Actor,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Draw the slips, then make their codes work."""
    class_id, days = callback_data.class_id or None, settings.invitations.valid_days
    places = await printing.prepare(session, actor, today, class_id, callback_data.latest)
    await session.commit()  # drawing takes seconds: the write lock is given back
    name = (await bot.me()).username or ""
    until = today + timedelta(days=days)
    on_paper = texts(callback_data.language)
    slips = [Slip(**words.slip(on_paper, place, settings.school.name, name, until)) for place in places]
    file = await aside(sheets, slips, on_paper("slips-file"))
    await printing.issue(session, actor, now, places, class_id, days)
    ready = Screen(t("slips-ready", count=len(slips)), keyboard([go(t, "menu")]))
    document = BufferedInputFile(file, "invitations.pdf")
    return [*tell(query, ready), SendDocument(chat_id=query.from_user.id, document=document)]


@router.callback_query(LeafletPrint.filter())
async def print_leaflet(
    query: CallbackQuery,
    callback_data: LeafletPrint,
    session: Session,
    actor: Actor,
    t: Texts,
    bot: Bot,
    settings: Settings,
) -> Replies:
    """Draw the leaflet, for those who may print slips."""
    await printing.allow(session, actor, callback_data.class_id or None)
    await session.commit()  # as above
    leaflet = Leaflet(**words.leaflet(t, settings.school.name, (await bot.me()).username or ""))
    document = BufferedInputFile(await aside(page, leaflet), "leaflet.pdf")
    ready = Screen(t("leaflet-ready"), keyboard([go(t, "menu")]))
    return [*tell(query, ready), SendDocument(chat_id=query.from_user.id, document=document)]


@router.callback_query(SlipsWithdraw.filter())
async def withdraw(
    query: CallbackQuery,
    callback_data: SlipsWithdraw,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Withdraw the open invitations of a class, after the question."""
    class_id = callback_data.class_id
    if not callback_data.sure:
        return show(query, ui.withdraw_ask(t, await printing.offer(session, actor, now, today, class_id)))
    await printing.withdraw_class(session, actor, now, today, class_id)
    offer = await printing.offer(session, actor, now, today, class_id)
    return show(query, ui.ask(t, offer, settings.invitations.valid_days), toast=t("slips-withdrawn"))

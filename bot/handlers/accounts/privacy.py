"""/privacy: the notice, my data as files, leaving; and the question that a changed notice asks anew."""

import asyncio
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import accounts, privacy
from bot.features.accounts import NOTICE_VERSION
from bot.handlers.accounts.menu import main_menu
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from bot.reports import personal
from bot.reports.personal import Chapter
from bot.texts import Texts
from bot.ui import privacy as ui
from bot.ui.accounts import no_commands
from bot.ui.privacy import ConsentAgain, Leave, MyData
from bot.ui.screen import Event, Replies, Screen, show, tell

router = Router()
# What everybody else comes to first who has not agreed to the notice as it is now.
gate = Router()


class ConsentIsOld(Filter):
    """The actor has agreed to an earlier notice than today's."""

    async def __call__(self, event: Any, actor: Actor) -> bool:  # noqa: D102
        return actor.person_id is not None and actor.notice != NOTICE_VERSION


def documents(t: Texts, settings: Settings) -> tuple[str, str]:
    """The notice and the consent, each a document of its own."""
    school, kept, nights = settings.school.name, settings.privacy, settings.backup.keep
    notice = ui.notice(t, school, days=kept.account_days, years=kept.texts_years, nights=nights)
    return notice, ui.consent(t, school, NOTICE_VERSION)


@gate.message(ConsentIsOld())
@gate.callback_query(ConsentIsOld())
async def ask_again(event: Event, t: Texts, settings: Settings) -> Replies:
    """Show the notice anew and ask; whatever else the person wanted is not done, and nothing is stored."""
    notice, _ = documents(t, settings)
    question = ui.consent_again(t, settings.school.name, NOTICE_VERSION)
    assert event.from_user is not None  # noqa: S101 - private chats only
    return [*tell(event, Screen(notice)), *question.calls(event.from_user.id)]


@router.callback_query(ConsentAgain.filter())
async def agree_again(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    t: Texts,
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Replies:
    """The person agrees to the notice as it is now."""
    await accounts.agree_again(session, actor, now)
    menu = await main_menu(session, actor, t, calendar, now, today)
    return [*show(query, Screen(t("consent-renewed"))), *menu.calls(query.from_user.id)]


@router.message(Command("privacy"))
async def show_privacy(event: Event, session: Session, actor: Actor, t: Texts, settings: Settings) -> Replies:
    """The notice, the consents given, my data, and the way out."""
    notice, _ = documents(t, settings)
    given = [consent.given_at for consent in await accounts.consents(session, actor)]
    is_guest = actor.person_id is None
    return show(event, ui.privacy(t, notice, given, settings.school.zone, is_guest=is_guest))


@router.callback_query(MyData.filter())
async def my_data(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """Everything that the bot keeps of the person: a page to read, and JSON."""
    stands = await state.get_state(), await state.get_data()
    # Where Redis has conversations the database has none.
    sections = await privacy.export(session, actor, {"conversations": [stands] if any(stands) else []})
    await session.commit()  # writing may take a while: the write lock is given back
    page, values = await asyncio.to_thread(_files, t, settings, programme, sections, now, today)
    chat_id = query.from_user.id
    return [
        *tell(query, Screen(t("privacy-mine-ready"))),
        SendDocument(chat_id=chat_id, document=BufferedInputFile(page, "my-data.html")),
        SendDocument(chat_id=chat_id, document=BufferedInputFile(values, "my-data.json")),
    ]


def _files(
    t: Texts,
    settings: Settings,
    programme: Programme,
    sections: list[privacy.Section],
    now: datetime,
    today: date,
) -> tuple[bytes, bytes]:
    school, zone = settings.school.name, settings.school.zone
    titles = {section.table: ui.title(t, section) for section in sections}
    chapters = [
        Chapter(titles[section.table], ui.records(t, section, programme, zone))
        for section in sections
        if section.rows
    ]
    title, intro, outro = ui.frame(t, school, today, NOTICE_VERSION)
    values = {
        "school": school,
        "made_at": now.astimezone(zone),
        "notice": NOTICE_VERSION,
        "tables": ui.plain(sections, titles),
    }
    return personal.page(t.language, title, intro, chapters, outro), personal.as_json(values)


@router.callback_query(Leave.filter())
async def leave(
    query: CallbackQuery,
    callback_data: Leave,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Withdraw consent and erase, after the question, which says what the school keeps."""
    if not callback_data.sure:
        return show(query, ui.leave_ask(t, await privacy.kept_of(session, actor)))
    if actor.person_id is None:
        raise NotFoundError
    await state.clear()
    kept = await privacy.erase(session, actor, now, today, settings)
    return [*show(query, ui.left(t, kept)), no_commands(actor.telegram_id)]

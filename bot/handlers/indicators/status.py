"""/status: where the school stands."""

from datetime import date

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, MediaUnion

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.features import activities, findings, indicators
from bot.filters import Go, RoleIs
from bot.programme.model import Programme
from bot.reports import aside, charts
from bot.texts import Texts
from bot.ui import indicators as ui
from bot.ui import values
from bot.ui.indicators import (
    IndicatorCard,
    IndicatorPicture,
    IndicatorWhy,
    ReadingFiles,
    StatusDirection,
    StatusView,
    View,
)
from bot.ui.screen import Event, Replies, alert, show, tell

router = Router()


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
    heard = await findings.closed(session, today, settings)
    await state.clear()
    return show(event, ui.status(t, programme, standings, today.year, unassigned, heard))


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
            bars = [charts.Bar(**bar) for bar in values.bars(t, standings)]
            pages = await aside(charts.overview, bars, title, values.legend(t), t("status-mark"))
            files = [BufferedInputFile(page, f"status-{i}.png") for i, page in enumerate(pages, 1)]
            chat_id = query.from_user.id
            if len(files) == 1:
                return [query.answer(), SendPhoto(chat_id=chat_id, photo=files[0])]
            album: list[MediaUnion] = [InputMediaPhoto(media=file) for file in files]
            return [query.answer(), SendMediaGroup(chat_id=chat_id, media=album)]


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


@router.callback_query(IndicatorPicture.filter())
async def show_picture(
    query: CallbackQuery,
    callback_data: IndicatorPicture,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """One indicator's history, targets and forecast."""
    found = await indicators.details(session, actor, programme, today, settings, callback_data.key)
    course = values.course(t, found, today)
    if course is None:
        return alert(query, t("history-picture-none"))
    # Drawing takes a second: the write lock is given back first.
    await session.commit()
    picture = await aside(charts.course, charts.Course(**course))
    file = BufferedInputFile(picture, f"indicator-{found.standing.indicator.number}.png")
    return [query.answer(), SendPhoto(chat_id=query.from_user.id, photo=file)]


@router.callback_query(ReadingFiles.filter())
async def show_files(
    query: CallbackQuery,
    callback_data: ReadingFiles,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """The papers that an indicator's readings come from."""
    found = await indicators.details(session, actor, programme, today, settings, callback_data.key)
    return tell(query, ui.files(t, found))


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

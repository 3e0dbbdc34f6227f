"""/tasks: one's own parts of the programme, and reporting them."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.outbox import File
from bot.errors import AppError
from bot.features.activities import moving, reassigning, reporting
from bot.features.outbox import clean_text
from bot.filters import Go, RoleIs, Says
from bot.handlers.activities import ActivitySteps
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui.activities import TaskDo, TaskSend
from bot.ui.activities import doing as ui
from bot.ui.files import captioned, file_of
from bot.ui.screen import Event, Replies, Screen, alert, show, tell

router = Router()


@router.message(Command("tasks"), RoleIs(Role.RESPONSIBLE))
@router.callback_query(Go("tasks"))
async def show_tasks(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    today: date,
) -> Replies:
    """What is to be done, what comes, what is done."""
    found = await reporting.tasks(session, actor, today)
    await state.clear()
    return show(event, ui.tasks(t, programme, found, today))


@router.callback_query(TaskDo.filter())
async def do_task(
    query: CallbackQuery,
    callback_data: TaskDo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    calendar: Calendar,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Show one part, note that it is in progress, or ask for the report, another date, why it is not theirs.

    What is asked stands below what was pressed: the reminder, or the director's comment, stays in sight.
    """
    id_, toast = callback_data.assignment_id, None
    match callback_data.action:
        case "start":
            toast = ui.started(t, quiet=await reporting.start(session, actor, now, today, id_))
        case "move":
            part = await moving.may_ask(session, actor, id_)
            await state.set_state(ActivitySteps.day)
            await state.set_data({"assignment": id_})
            return tell(query, ui.ask_day(t, programme, part, moving.offers(part, calendar, today), today))
        case "decline":
            part = await reassigning.may_decline(session, actor, id_)
            await state.set_state(ActivitySteps.refusal)
            await state.set_data({"assignment": id_})
            return tell(query, ui.ask_refusal(t, programme, part, reporting.COMMENT_MAX))
    found = await reporting.task(session, actor, id_)
    if callback_data.action == "files" and found.report and found.report.files:
        return tell(query, ui.files(t, programme, found))
    if callback_data.action == "done" and found.part.unfinished:
        await state.set_state(ActivitySteps.report)
        await state.set_data({"assignment": id_})
        limits = reporting.REPORT_MAX, reporting.FILES_MAX
        return tell(query, ui.ask_report(t, programme, found.part, *limits))
    own, admin = found.part.staff_id == actor.staff_id, actor.is_one_of(Role.ADMIN)
    screen = ui.task(t, programme, found, today, settings.school.zone, own=own, admin=admin)
    # A reminder names several: each is shown below it.
    return tell(query, screen) if callback_data.action == "see" else show(query, screen, toast=toast)


@router.message(Says(ActivitySteps.report))
async def take_report(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
) -> Replies:
    """Words, and photos or files as evidence, in any order.

    Words typed again replace the earlier ones, a caption is added to them. The pictures of an
    album come one by one: only the first of them is answered.
    """
    data = await state.get_data()
    part = (await reporting.task(session, actor, data["assignment"])).part
    if not part.unfinished:  # the director has closed it meanwhile
        await state.clear()
        return show(message, ui.reported_already(t))
    file, album = file_of(message), message.media_group_id
    if file is None and not (message.text or message.caption):
        raise AppError("error-task-content")
    before = data.get("text", "")
    text = message.text or captioned(before, message.caption)
    text = clean_text(text, reporting.REPORT_MAX) if text else ""
    files = data.get("files", [])
    if file and len(files) >= reporting.FILES_MAX:
        await state.update_data(over=album)
        said = album is not None and album == data.get("over")
        words_only = Screen(t("error-files-max", max=reporting.FILES_MAX))
        return [] if said else tell(message, words_only)
    goes_on = album is not None and album == data.get("album")
    number = data["draft"] if goes_on else message.message_id
    if file:
        files = [*files, list(file)]
    await state.update_data(text=text, files=files, album=album, draft=number)
    if goes_on and text == before:
        return []
    evidence = [File(*each) for each in files]
    return tell(message, ui.draft(t, programme, part, text, evidence, number, album=album is not None))


@router.callback_query(TaskSend.filter())
async def send_report(
    query: CallbackQuery,
    callback_data: TaskSend,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Report what was looked over."""
    data = await state.get_data()
    if raw_state != ActivitySteps.report.state or data.get("draft") != callback_data.draft:
        return alert(query, t("old-button"))
    part = (await reporting.task(session, actor, data["assignment"])).part
    files = [File(*each) for each in data["files"]]
    await reporting.report(session, actor, now, today, programme, settings, part.id, data["text"], files)
    await state.clear()
    return show(query, ui.reported(t, programme, part))

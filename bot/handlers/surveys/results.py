"""What came out of a survey: screens, picture, workbook; and telling those who were asked."""

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendDocument, SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, MediaUnion, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.features.surveys import results
from bot.features.surveys.results import Results
from bot.filters import Says
from bot.reports import aside, charts, workbook
from bot.texts import Texts, texts
from bot.ui.screen import Replies, alert, show, tell
from bot.ui.surveys import results as ui
from bot.ui.surveys.results import SurveyOutcome, SurveyPublish, SurveyResults

router = Router()


class OutcomeSteps(StatesGroup):
    """Publishing: what the school will do about it, and a look at that."""

    measures = State()
    preview = State()


@router.callback_query(SurveyResults.filter())
async def look(
    query: CallbackQuery,
    callback_data: SurveyResults,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """The figures, the groups, the words; a picture or a workbook of them; or begin to publish."""
    survey_id, page = callback_data.survey_id, callback_data.page
    if callback_data.view == "publish":
        found = await results.to_publish(session, actor, settings, survey_id)
        await state.set_state(OutcomeSteps.measures)
        await state.set_data({"survey": survey_id})
        return show(query, ui.ask_measures(t, found))
    found = await results.results(session, actor, settings, survey_id)
    await state.clear()
    match callback_data.view:
        case "groups":
            return show(query, ui.groups(t, found, page))
        case "words":
            return show(query, ui.words(t, found, page))
        case "picture":
            # Drawing takes a second: the write lock is given back first.
            await session.commit()
            pictures = await _draw(t, found)
            return [query.answer(None if pictures else t("survey-picture-none")), *_album(query, pictures)]
        case "excel":
            names = []
            if not found.row.survey.anonymous:
                names = await results.named(session, actor, now, survey_id)
            await session.commit()
            sheets = [workbook.Sheet(*sheet) for sheet in ui.workbook_sheets(t, found, names)]
            book = await aside(workbook.workbook, sheets)
            file = BufferedInputFile(book, f"survey-{survey_id}.xlsx")
            return [
                query.answer(t("survey-excel-ready")),
                SendDocument(chat_id=query.from_user.id, document=file),
            ]
    return show(query, ui.results(t, found, settings.indicators.min_answers, page))


async def _draw(t: Texts, found: Results) -> list[bytes]:
    blocks = [charts.Block(*block) for block in ui.picture_blocks(t, found)]
    return await aside(charts.distribution, *ui.picture_head(t, found), blocks)


def _album(query: CallbackQuery, pictures: list[bytes]) -> Replies:
    chat_id = query.from_user.id
    files = [BufferedInputFile(png, f"survey-{number}.png") for number, png in enumerate(pictures, 1)]
    if len(files) == 1:
        return [SendPhoto(chat_id=chat_id, photo=files[0])]
    album: list[MediaUnion] = [InputMediaPhoto(media=file) for file in files[:10]]
    return [SendMediaGroup(chat_id=chat_id, media=album)] if album else []


# --- publishing ------------------------------------------------------------------------------------------


@router.message(Says(OutcomeSteps.measures))
@router.message(Says(OutcomeSteps.preview))
async def take_measures(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
) -> Replies:
    """Show what the participants will see. Whoever types on at the preview corrects the words."""
    data = await state.get_data()
    measures = results.clean_measures(message.text)
    found = await results.to_publish(session, actor, settings, data["survey"])
    picture_id = data.get("picture")
    if picture_id is None:
        await session.commit()
        # The school's language: the one picture goes to everybody.
        pictures = await _draw(texts("ru"), found)
        picture_id = await results.keep_picture(session, pictures[0])
    draft = message.message_id
    await state.set_state(OutcomeSteps.preview)
    await state.set_data(
        {"survey": data["survey"], "measures": measures, "picture": picture_id, "draft": draft}
    )
    return tell(message, ui.publish_preview(t, found, measures, draft, picture_id))


@router.callback_query(SurveyPublish.filter())
async def publish(
    query: CallbackQuery,
    callback_data: SurveyPublish,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Tell everybody who was asked, as the pressed preview has it."""
    data = await state.get_data()
    if raw_state != OutcomeSteps.preview.state or data["draft"] != callback_data.draft:
        return alert(query, t("old-button"))
    number = await results.publish(
        session, actor, now, settings, data["survey"], data["measures"], data["picture"]
    )
    await state.clear()
    return show(query, ui.published(t, data["survey"], number))


@router.callback_query(SurveyOutcome.filter())
async def outcome(
    query: CallbackQuery,
    callback_data: SurveyOutcome,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
) -> Replies:
    """What came out, for a participant."""
    found = await results.outcome(session, actor, settings, callback_data.survey_id)
    return show(query, ui.outcome(t, found, found.results.row.survey.picture_id))

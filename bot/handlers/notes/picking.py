"""/note: whom it is about, and of what kind it is. Names may be typed as well as pressed."""

from collections.abc import Sequence
from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.roster import PupilRow
from bot.features import roster
from bot.features.notes import following, writing
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts
from bot.ui.notes import NoteChosen, NoteClass, NoteMany, NotePupil, NoteToggle
from bot.ui.notes import writing as ui
from bot.ui.screen import Event, Replies, Screen, alert, show, tell

router = Router()


class NoteSteps(StatesGroup):
    """Composing: class, pupil or several, kind, words and files, the preview, another time; a contact."""

    school_class = State()
    pupil = State()
    choosing = State()
    kind = State()
    text = State()
    preview = State()
    later = State()
    contact = State()


async def chosen_so_far(state: FSMContext, raw_state: str | None) -> list[int]:
    """The pupils who are chosen; none at any other step."""
    if raw_state not in {NoteSteps.choosing.state, NoteSteps.kind.state}:
        return []
    pupils: list[int] = (await state.get_data()).get("pupils", [])
    return pupils


@router.message(Command("note"), RoleIs(*writing.WRITERS))
@router.callback_query(Go("note"))
async def start(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Which class? Who has only one is asked for the pupil at once; a specialist has the register."""
    classes = await writing.classes(session, actor)
    await state.clear()
    if not classes and actor.is_one_of(Role.SPECIALIST):
        return show(event, await _ask_pupil(session, actor, state, t, today, 0))
    if len(classes) == 1:
        return show(event, await _ask_pupil(session, actor, state, t, today, classes[0].id))
    await state.set_state(NoteSteps.school_class if classes else None)
    return show(event, ui.classes(t, classes))


@router.message(Says(NoteSteps.school_class))
async def class_by_typing(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The class, typed."""
    classes = await writing.classes(session, actor)
    typed = (message.text or "").replace(" ", "").upper()
    for school_class in classes:
        if school_class.name.upper() == typed:
            return tell(message, await _ask_pupil(session, actor, state, t, today, school_class.id))
    return tell(message, ui.again(t, "note-unclear-class", ui.classes(t, classes)))


@router.callback_query(NoteClass.filter())
async def choose_pupil(
    query: CallbackQuery,
    callback_data: NoteClass,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Which pupil?"""
    return show(query, await _ask_pupil(session, actor, state, t, today, callback_data.class_id))


async def _ask_pupil(
    session: Session, actor: Actor, state: FSMContext, t: Texts, today: date, class_id: int
) -> Screen:
    """Which pupil of the class; 0: of the register."""
    if class_id:
        school_class, pupils = await roster.class_list(session, actor, class_id, today)
        screen = ui.pupils(t, school_class, pupils)
    else:
        pupils = await writing.pupils_outside_classes(session, actor, today)
        screen = ui.register_pupils(t, pupils)
    await state.set_state(NoteSteps.pupil if pupils else None)
    await state.set_data({"class": class_id})
    return screen


@router.message(Says(NoteSteps.pupil))
async def pupil_by_typing(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The pupil, by a first name or a surname that only one of those shown has."""
    class_id = (await state.get_data())["class"]
    if class_id:
        _, pupils = await roster.class_list(session, actor, class_id, today)
    else:
        pupils = await writing.pupils_outside_classes(session, actor, today)
    found = writing.named(pupils, message.text or "")
    if len(found) == 1:
        return tell(message, await _ask_kind(session, actor, state, t, today, [found[0].id]))
    question = await _ask_pupil(session, actor, state, t, today, class_id)
    return tell(message, ui.again(t, _unclear(found), question))


def _unclear(found: Sequence[PupilRow]) -> str:
    return "note-unclear-many" if found else "note-unclear-name"


@router.callback_query(NotePupil.filter())
async def choose_kind(
    query: CallbackQuery,
    callback_data: NotePupil,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """What kind of note? Or an invitation, where nobody would get it."""
    return show(query, await _ask_kind(session, actor, state, t, today, [callback_data.pupil_id]))


async def _ask_kind(
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    pupils: list[int],
    *,
    many: bool = False,
) -> Screen:
    to = await writing.addressees(session, actor, today, pupils)
    await state.set_state(NoteSteps.kind if to.reached else None)
    await state.set_data({"pupils": pupils, "many": many})
    return ui.kinds(t, to, len(pupils) if many else 0)


@router.message(Says(NoteSteps.kind))
async def kind_by_typing(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The kind is pressed: words cannot say it."""
    data = await state.get_data()
    question = await _ask_kind(session, actor, state, t, today, data["pupils"], many=data["many"])
    return tell(message, ui.again(t, "note-unclear-kind", question))


# --- several ---------------------------------------------------------------------------------------------


@router.callback_query(NoteMany.filter())
async def choose_many(
    query: CallbackQuery,
    callback_data: NoteMany,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Several pupils: a press each; or the whole class, or its silent families, at once."""
    class_id = callback_data.class_id
    chosen = []
    if callback_data.choose == "all":
        _, pupils = await roster.class_list(session, actor, class_id, today)
        chosen = [pupil.id for pupil in pupils]
        if chosen:
            return show(query, await _ask_kind(session, actor, state, t, today, chosen, many=True))
    if callback_data.choose == "silent":
        heard = await following.last_heard(session, actor, now, today, settings, class_id)
        chosen = [each.pupil.id for each in heard.silent]
    return show(query, await _ask_several(session, actor, state, t, today, class_id, chosen))


async def _ask_several(
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    class_id: int,
    chosen: Sequence[int],
) -> Screen:
    school_class, pupils = await roster.class_list(session, actor, class_id, today)
    # The order of the class; somebody of another class that was looked at before is not among them.
    kept = [pupil.id for pupil in pupils if pupil.id in chosen]
    await state.set_state(NoteSteps.choosing)
    await state.set_data({"pupils": kept, "class": class_id})
    return ui.choose(t, school_class, pupils, kept)


@router.callback_query(NoteToggle.filter())
async def toggle(
    query: CallbackQuery,
    callback_data: NoteToggle,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """One more, or one less."""
    chosen = [*set(await chosen_so_far(state, raw_state)) ^ {callback_data.pupil_id}]
    return show(query, await _ask_several(session, actor, state, t, today, callback_data.class_id, chosen))


@router.message(Says(NoteSteps.choosing))
async def toggle_by_typing(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """One more, by name."""
    data = await state.get_data()
    _, pupils = await roster.class_list(session, actor, data["class"], today)
    found = writing.named(pupils, message.text or "")
    more = [found[0].id] if len(found) == 1 else []
    question = await _ask_several(session, actor, state, t, today, data["class"], [*data["pupils"], *more])
    return tell(message, question if more else ui.again(t, _unclear(found), question))


@router.callback_query(NoteChosen.filter())
async def chosen(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """What kind of note, for those chosen?"""
    pupils = await chosen_so_far(state, raw_state)
    if not pupils:
        return alert(query, t("old-button"))
    return show(query, await _ask_kind(session, actor, state, t, today, pupils, many=True))

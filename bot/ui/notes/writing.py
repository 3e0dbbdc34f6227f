"""Composing a note, and templates."""

from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape, unescape
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.db.notes import NoteKind, NoteTemplate
from bot.db.roster import PupilRow, SchoolClass
from bot.features.notes.writing import Addressees, Draft, SentNote
from bot.texts import Html, Texts
from bot.ui.invite import GuardianAdd, GuardianClass, GuardianPlace
from bot.ui.notes import (
    ContactPupil,
    NoteChosen,
    NoteClass,
    NoteDraft,
    NoteLater,
    NoteMany,
    NoteOpen,
    NotePick,
    NotePupil,
    NoteTemplates,
    NoteToggle,
    held_until,
    note,
    take_back_button,
    who,
)
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten

# Telegram shows at most 100 buttons.
PUPILS_SHOWN = 90
# The names of those whom a note does not reach take up so much of a preview.
NAMES_LENGTH = 300
# An album is more than one file.
ALBUM = 2


def classes(t: Texts, found: Sequence[SchoolClass]) -> Screen:
    """Which class?"""
    if not found:
        return Screen(t("note-no-classes"), keyboard([go(t, "menu")]))
    buttons = rows((button(c.name, NoteClass(class_id=c.id)) for c in found), 4)
    return Screen(t("note-which-class"), keyboard(*buttons, [go(t, "cancel")]))


def _templates_button(t: Texts) -> InlineKeyboardButton:
    """The way to the teacher's own templates."""
    return button(t("note-templates"), NoteTemplates(template_id=0, action="list"))


def pupils(t: Texts, school_class: SchoolClass, found: Sequence[PupilRow]) -> Screen:
    """Which pupil, several, or the whole class? Those whom no note would reach are marked."""
    if not found:
        return Screen(t("note-no-pupils", class_name=school_class.name), keyboard([go(t, "menu")]))
    many = [
        button(t("note-several"), NoteMany(class_id=school_class.id, choose="none")),
        button(t("note-whole-class"), NoteMany(class_id=school_class.id, choose="all")),
    ]
    text = _legend(t, t("note-which-pupil", class_name=school_class.name), found)
    return Screen(text, keyboard(many, *_pupil_buttons(t, found), [_templates_button(t)], [go(t, "cancel")]))


def register_pupils(t: Texts, found: Sequence[PupilRow]) -> Screen:
    """Which pupil, for a specialist?"""
    if not found:
        return Screen(t("note-no-register"), keyboard([go(t, "menu")]))
    text = _legend(t, t("note-which-register"), found)
    return Screen(text, keyboard(*_pupil_buttons(t, found), [_templates_button(t)], [go(t, "cancel")]))


def _pupil_buttons(t: Texts, found: Sequence[PupilRow]) -> list[Row]:
    return rows((button(_label(t, pupil), NotePupil(pupil_id=pupil.id)) for pupil in found[:PUPILS_SHOWN]), 2)


def _label(t: Texts, pupil: PupilRow) -> str:
    if pupil.stopped:
        return unescape(t("note-pupil-stopped", name=pupil.name))
    return pupil.name if pupil.reached else unescape(t("note-pupil-alone", name=pupil.name))


def _legend(t: Texts, text: Html, found: Sequence[PupilRow]) -> Html:
    blocks = [text, Html("")]
    if any(not pupil.reached for pupil in found):
        blocks.append(t("note-pupil-alone-legend"))
    if any(pupil.stopped for pupil in found):
        blocks.append(t("note-pupil-stopped-legend"))
    return Html("\n".join(blocks)) if len(blocks) > 2 else text


def again(t: Texts, why: str, question: Screen) -> Screen:
    """The same question once more, after words that do not answer it."""
    return question._replace(text=f"{t(why)}\n\n{question.text}")


def choose(t: Texts, school_class: SchoolClass, found: Sequence[PupilRow], chosen: Collection[int]) -> Screen:
    """Several pupils, a press each."""
    buttons = [
        button(
            f"✓ {pupil.name}" if pupil.id in chosen else _label(t, pupil),
            NoteToggle(class_id=school_class.id, pupil_id=pupil.id),
        )
        for pupil in found[:PUPILS_SHOWN]
    ]
    done = [button(t("note-chosen", count=len(chosen)), NoteChosen())] if chosen else []
    every = [button(t("note-whole-class"), NoteMany(class_id=school_class.id, choose="all"))]
    text = _legend(t, t("note-choose", class_name=school_class.name), found)
    return Screen(text, keyboard(done, *rows(buttons, 2), every, [go(t, "cancel")]))


def kinds(t: Texts, to: Addressees, chosen: int = 0) -> Screen:
    """What kind of note? Where nobody would get it: how to invite somebody. `chosen`: how many of them."""
    pupil_id = 0 if chosen else to.pupils[0].id
    if not to.reached:
        return _alone(t, to, several=bool(chosen))
    buttons = [[button(t(f"note-pick-{kind}"), NotePick(pupil_id=pupil_id, kind=kind))] for kind in NoteKind]
    text = t("note-which-kind-many", count=chosen) if chosen else t("note-which-kind", child=to.child)
    if not chosen and to.pupils[0].stopped:  # better known before the words are written
        text = Html(f"{text}\n\n{_stopped(t, to.pupils[0])}")
        buttons.append([_contact_button(t, to)])
    return Screen(text, keyboard(*buttons, [go(t, "cancel")]))


def _stopped(t: Texts, pupil: PupilRow) -> Html:
    names = ", ".join(shorten(who(t, place), 120) for place in pupil.guardians if place.stopped)
    return t("note-recipients-stopped", names=names)


def _contact_button(t: Texts, to: Addressees) -> InlineKeyboardButton:
    return button(t("contact-log"), ContactPupil(class_id=to.class_id, pupil_id=to.pupils[0].id))


def _alone(t: Texts, to: Addressees, *, several: bool) -> Screen:
    back = button(t("note-other-pupil"), NoteClass(class_id=to.class_id))
    if several:
        return Screen(t("note-alone-many"), keyboard([back], [go(t, "menu")]))
    invite = _invitations(t, to)
    words = t("note-alone" if invite else "note-alone-ask", child=to.child)
    return Screen(words, keyboard(*invite, [_contact_button(t, to)], [back], [go(t, "menu")]))


def _invitations(t: Texts, to: Addressees) -> list[Row]:
    """A button for everybody who has not come, for those who may invite."""
    if not to.may_invite:
        return []
    if len(to.pupils) > 1:
        invite = button(t("class-invite"), GuardianClass(class_id=to.class_id))
        return [] if len(to.reached) == len(to.pupils) else [[invite]]
    pupil = to.pupils[0]
    if not pupil.guardians:
        return [[button(t("note-invite-somebody"), GuardianAdd(pupil_id=pupil.id))]]
    return [
        [button(unescape(t("note-invite", name=who(t, place))), GuardianPlace(guardian_id=place.id))]
        for place in pupil.guardians
        if not place.connected
    ]


def ask_text(
    t: Texts,
    to: Addressees,
    chosen: int,
    kind: NoteKind,
    templates: Sequence[NoteTemplate],
    *,
    files: int = 0,
    draft: int = 0,
) -> Screen:
    """Write the text, send a picture, a voice message, or take a template; `files`: so many are there."""
    text = t(f"note-ask-many-{kind}", count=chosen) if chosen else t(f"note-ask-{kind}", child=to.child)
    buttons = [
        button(f"📄 {shorten(each.text, 40)}", NoteTemplates(template_id=each.id, action="use"))
        for each in templates
    ]
    lines = [text, t("note-with-files", count=files) if files else t("note-ask-files")]
    return Screen("\n\n".join(lines), keyboard(*rows(buttons), _no_files(t, files, draft), [go(t, "cancel")]))


def _no_files(t: Texts, files: int, draft: int) -> Row:
    return [button(t("note-no-files", count=files), NoteDraft(draft=draft, action="files"))] if files else []


def preview(
    t: Texts,
    to: Addressees,
    draft: Draft,
    teacher: str,
    number: int,
    zone: ZoneInfo,
    surnames: Sequence[str] = (),
    *,
    kept: bool = False,
    album: bool = False,
) -> Screen:
    """The note as the guardians will see it, who they are, and what can be done with it.

    `surnames` of pupils seem to be in it. `album`: the pictures of an album may still be coming, nobody knows
    how many.
    """
    body = note(t, to.child, draft.kind, teacher, draft.text, urgent=draft.urgent)
    lines = [t("note-preview-many", child=to.child) if len(to.pupils) > 1 else t("note-preview"), body]
    if draft.files:
        lines.append(t("note-with-album") if album else t("note-with-files", count=len(draft.files)))
    lines.append(recipients(t, to))
    if surnames:
        lines.append(t("note-surnames", names=shorten(", ".join(surnames), NAMES_LENGTH)))
    if draft.at:
        lines.append(t("note-goes-at", moment=t.moment(draft.at.astimezone(zone))))

    def act(key: str, action: str) -> Row:
        return [button(t(key), NoteDraft.model_validate({"draft": number, "action": action}))]

    urgent = act("note-make-usual" if draft.urgent else "note-make-urgent", "urgent")
    later = act("note-later-change" if draft.at else "note-later", "later")
    keep = act("note-keep", "keep") if draft.text and not kept else []
    buttons = [
        act("note-send-later" if draft.at else "note-send", "send"),
        act("note-edit", "edit"),
        _no_files(t, ALBUM if album else len(draft.files), number),
        [*urgent, *later],
        keep,
        [go(t, "cancel")],
    ]
    return Screen("\n\n".join(lines), keyboard(*buttons))


def recipients(t: Texts, to: Addressees) -> Html:
    """Who will get it, who is not with the bot, who has closed it: by name for one pupil, else in numbers."""
    if len(to.pupils) > 1:
        places = [place for pupil in to.pupils for place in pupil.guardians if place.connected]
        came = sum(not place.stopped for place in places)
        stopped = [pupil.name for pupil in to.pupils if any(place.stopped for place in pupil.guardians)]
        alone = [pupil.name for pupil in to.pupils if not pupil.reached]
        lines = [t("note-recipients-many", guardians=came)]
        if alone:
            lines.append(t("note-recipients-alone", names=shorten(", ".join(alone), NAMES_LENGTH)))
        if stopped:
            names = shorten(", ".join(stopped), NAMES_LENGTH)
            lines.append(t("note-recipients-stopped-many", count=len(places) - came, names=names))
        return Html("\n".join(lines))
    pupil = to.pupils[0]
    lines = []
    for key, came in (("note-recipients", True), ("note-recipients-absent", False)):
        named = [place for place in pupil.guardians if place.connected == came and not place.stopped]
        if named:
            words = ", ".join(shorten(who(t, place), 120) for place in named)
            lines.append(Html(f"{t(key)} {escape(words, quote=False)}"))
    if any(place.stopped for place in pupil.guardians):
        lines.append(_stopped(t, pupil))
    return Html("\n".join(lines))


def later(t: Texts, number: int, now: datetime) -> Screen:
    """When shall it go? `now` in school time."""
    choices = [(0, 18), (1, 8), (1, 18)] if now.hour < 18 else [(1, 8), (1, 12), (1, 18)]
    buttons = [
        [
            button(
                t("note-later-at", day="today" if days == 0 else "tomorrow", hour=f"{hour}:00"),
                NoteLater(draft=number, days=days, hour=hour),
            )
        ]
        for days, hour in choices
    ]
    at_once = button(t("note-later-not"), NoteLater(draft=number, days=-1, hour=0))
    return Screen(t("note-later-ask"), keyboard(*buttons, [at_once], [go(t, "cancel")]))


def sent(t: Texts, done: SentNote, draft: Draft, now: datetime, zone: ZoneInfo) -> Screen:
    """The note is on its way: to whom, when, who could be invited; and that it can be taken back."""
    to, note_ = done.to, done.note
    lines = [
        t("note-sent-many", count=len(to.pupils)) if len(to.pupils) > 1 else t("note-sent", child=to.child)
    ]
    if draft.at:
        lines = [t("note-planned", moment=t.moment(note_.goes_at.astimezone(zone)))]
    elif held := held_until(t, "note-held", note_.goes_at, now, zone):
        lines.append(held)
    if draft.urgent:
        lines.append(t("note-sent-urgent-later" if draft.at else "note-sent-urgent"))
    lines.append(recipients(t, to))
    if done.gone:
        lines.append(t("note-gone", count=done.gone))
    look = button(t("note-look"), NoteOpen(note_id=note_.id))
    back = take_back_button(t, note_)
    text = "\n\n".join(lines)
    return Screen(text, keyboard(*_invitations(t, to), [look, back], [go(t, "note"), go(t, "menu")]))


# --- templates -------------------------------------------------------------------------------------------


def templates(t: Texts, found: Sequence[NoteTemplate]) -> Screen:
    """The teacher's own templates; a press asks whether to delete one."""
    if not found:
        return Screen(t("note-templates-none"), keyboard([go(t, "note")], [go(t, "menu")]))
    buttons = rows(
        button(
            f"🗑 {t(f'note-sign-{each.kind}')} {shorten(each.text, 40)}",
            NoteTemplates(template_id=each.id, action="ask"),
        )
        for each in found
    )
    return Screen(t("note-templates-title"), keyboard(*buttons, [go(t, "note")], [go(t, "menu")]))


def template_ask(t: Texts, template: NoteTemplate) -> Screen:
    """Whether to delete it."""
    yes = button(t("note-template-delete"), NoteTemplates(template_id=template.id, action="delete"))
    no = button(t("note-template-not"), NoteTemplates(template_id=0, action="list"))
    words = escape(shorten(template.text, 500), quote=False)
    return Screen(f"{t('note-template-ask')}\n\n<i>{words}</i>", keyboard([yes], [no]))

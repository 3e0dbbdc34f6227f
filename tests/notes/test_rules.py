"""Laws of texts and screens of notes."""

from datetime import UTC, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.notes import (
    Channel,
    Copy,
    Note,
    NoteAnswer,
    NoteKind,
    NoteReceipt,
    NoteThread,
    ReceiptState,
)
from bot.db.notes.talk import Sides
from bot.db.outbox import File
from bot.db.roster import GuardianRow, PupilRow, SchoolClass
from bot.errors import AppError
from bot.features.notes import ANSWER_MAX, TEXT_MAX
from bot.features.notes.answering import Exchange, Read
from bot.features.notes.following import ClassList, Heard
from bot.features.notes.surnames import holds
from bot.features.notes.writing import Addressees, Draft, SentNote
from bot.features.outbox import after_quiet_hours, clean_text
from bot.texts import texts
from bot.ui.notes import (
    NoteCopy,
    ThreadOpen,
    answering,
    following,
    held_until,
    leads_to,
    messages,
    states,
    writing,
)
from bot.ui.screen import button, keyboard

OMSK = ZoneInfo("Asia/Omsk")
NOON = datetime(2026, 10, 14, 6, 0, tzinfo=UTC)
T = texts("ru")
TELEGRAM = 4096

# Emoji count two units each, markup must not count as markup, long names are the worst case.
any_text = st.text(st.sampled_from("аб <>&\"'{}🦊\n"), min_size=1, max_size=TEXT_MAX).filter(str.strip)


def units(text: str) -> int:
    return len(unescape(text).encode("utf-16-le")) // 2


def accepted(text: str, limit: int) -> str | None:
    try:
        return clean_text(text, limit)
    except AppError:
        return None


@given(any_text)
def test_a_text_is_kept_as_it_is_or_refused(text: str) -> None:
    kept = accepted(text, 100)
    assert (kept == text.strip()) == (units_of(text.strip()) <= 100)


def units_of(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", [None, "", "  \n "])
def test_no_text_is_refused(text: str | None) -> None:
    with pytest.raises(AppError) as error:
        clean_text(text, 10)
    assert error.value.key == "error-text-empty"


def test_the_limit_counts_as_telegram_counts() -> None:
    assert clean_text("🦊" * 5, 10) == "🦊" * 5
    with pytest.raises(AppError) as error:
        clean_text("🦊" * 6, 10)
    assert error.value.arguments == {"limit": 10, "length": 12}


def addressees(count: int = 1, name: str = "М" * 200) -> Addressees:
    places = tuple(GuardianRow(i, name, "законный представитель", i != 0, i != 3) for i in range(4))
    pupils = [PupilRow(i, "С" * 100, "И" * 100, places if i % 2 == 0 else ()) for i in range(count)]
    return Addressees(tuple(pupils), 1, True)


def arguments_of(text: str, kind: str = "success", **more: object) -> dict[str, object]:
    names = {"child": "И" * 100, "teacher": "У" * 100}
    return {
        "receipt": 1,
        "kind": kind,
        "text": text,
        "files": [],
        "urgent": True,
        "edited": True,
        **names,
        **more,
    }


def stopped_family() -> Addressees:
    """A mother who has closed the bot, a father who has not come."""
    mother = GuardianRow(1, "Сомова Юлия", "мать", connected=True, reachable=False)
    father = GuardianRow(2, "Сомов Лев", "отец", connected=False, reachable=True)
    return Addressees((PupilRow(1, "Сомов", "Петя", (mother, father)),), 1, may_invite=True)


STOPPED = "⛔ Закрыли бота: мама (Сомова Юлия). Сообщение дойдёт, когда бота откроют снова."


def test_who_has_closed_the_bot_is_not_among_those_who_get_it() -> None:
    to, draft = stopped_family(), Draft((1,), NoteKind.CONCERN, "Слово")
    note = Note(id=1, kind=NoteKind.CONCERN, text="Слово", goes_at=NOON)
    for screen in (
        writing.preview(T, to, draft, "Берг А.И.", 1, OMSK),
        writing.sent(T, SentNote(note, to, 0), draft, NOON, OMSK),
    ):
        assert STOPPED in screen.text and "Пока не с ботом: папа (Сомов Лев)" in screen.text
        assert "Получат" not in screen.text


def test_whose_family_has_closed_the_bot_is_seen_before_the_words_are_written() -> None:
    to = stopped_family()
    picker = writing.pupils(T, SchoolClass(id=1, grade=5, letter="А"), to.pupils)
    assert picker.keyboard and picker.keyboard.inline_keyboard[1][0].text == "⛔ Сомов Петя"
    assert "⛔ — родители закрыли бота" in picker.text and "✉️" not in picker.text
    assert STOPPED in writing.kinds(T, to).text


def test_of_several_those_who_have_closed_the_bot_are_counted_apart() -> None:
    mother = GuardianRow(3, "Лебедева Ирина", "мать", connected=True, reachable=True)
    masha = PupilRow(2, "Лебедева", "Маша", (mother,))
    words = writing.recipients(T, Addressees((masha, *stopped_family().pupils), 1, may_invite=True))
    assert words.startswith("Получит 1 родитель.")
    assert "⛔ 1 родитель закрыл бота, сообщение дойдёт, когда он откроет его снова: Сомов Петя." in words


def test_a_class_list_names_whom_the_bot_does_not_reach_though_they_have_read() -> None:
    pupil = stopped_family().pupils[0]
    found = ClassList(SchoolClass(id=1, grade=5, letter="А"), [Heard(pupil, NOON, silent=False)], leads=True)
    screen = following.class_heard(T, found, NOON.date(), OMSK, 30)
    assert "⛔ Сомов Петя" in screen.text and "не дойдёт до семей: Сомов Петя." in screen.text


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("letter", ["я", "<", "🦊"])
@pytest.mark.parametrize("count", [1, 30])
def test_the_longest_note_fits_into_one_message(kind: NoteKind, letter: str, count: int) -> None:
    text = letter * (TEXT_MAX // units_of(letter))
    to = addressees(count, "М" * 100)
    draft = Draft((1,), kind, text, (File("photo", "x"),), urgent=True, at=NOON)
    assert units(writing.preview(T, to, draft, "У" * 100, 1, OMSK).text) <= TELEGRAM
    assert units(messages.to_guardian(T, arguments_of(text, kind.value)).text) <= TELEGRAM
    note = Note(id=1, kind=kind, text=text, goes_at=NOON)
    assert units(writing.sent(T, SentNote(note, to, 3), draft, NOON, OMSK).text) <= TELEGRAM


def test_files_of_a_note_go_before_it() -> None:
    screen = messages.to_guardian(T, arguments_of("x", files=[["photo", "id", ""]]))
    assert screen.files == (File("photo", "id"),) and screen.protect


def copy(receipt: NoteReceipt, text: str = "Молодец", guardian_person: int | None = 1) -> Copy:
    note = Note(
        id=1,
        staff_id=1,
        channel=Channel.BOT,
        kind=NoteKind.SUCCESS,
        text=text,
        files=[],
        urgent=False,
        created_at=NOON,
        goes_at=NOON,
    )
    return Copy(
        receipt,
        note,
        "Маша",
        SchoolClass(grade=5, letter="А"),
        "Берг А.И.",
        1,
        "Мама",
        "мать",
        guardian_person,
    )


@given(st.integers(0, 8), st.integers(1, ANSWER_MAX), any_text)
def test_a_thread_of_any_length_fits_and_keeps_the_note_and_the_latest_answer(
    count: int, length: int, text: str
) -> None:
    answers = tuple(
        NoteAnswer(id=i, by_guardian=i % 2 == 0, text=f"№{i} " + "я" * length, files=[], created_at=NOON)
        for i in range(count)
    )
    screen = answering.own_copy(T, Read(copy(NoteReceipt(id=1), text=text), answers), OMSK, with_files=True)
    assert units(screen.text) <= TELEGRAM
    assert text in unescape(screen.text)
    shown = [i for i in range(count) if f"№{i} " in screen.text]
    assert shown == list(range(count))[count - len(shown) :], "the latest are kept, in their order"
    assert ("не поместились" in screen.text) == (len(shown) < count)
    thread = NoteThread(id=1, staff_id=1, guardian_id=1, last_at=NOON, waits=False)
    sides = Sides(thread, "Маша", SchoolClass(grade=5, letter="А"), "Берг А.И.", 1, "Мама", "мать", 1)
    for by_guardian in (True, False):
        both = Exchange(sides, [copy(NoteReceipt(id=1), text=text)], answers, by_guardian)
        assert units(answering.exchange(T, both, OMSK).text) <= TELEGRAM


@given(any_text, st.integers(1, 60))
def test_a_note_with_many_copies_fits(text: str, count: int) -> None:
    copies = [copy(NoteReceipt(id=i), text=text) for i in range(count)]
    screen = following.opened(T, copies, NOON, OMSK, changeable=True)
    assert units(screen.text) <= TELEGRAM and text.strip() in unescape(screen.text)


def test_a_call_asked_for_does_not_hide_that_there_is_an_answer() -> None:
    marks = {"delivered_at": NOON, "read_at": NOON, "call_asked_at": NOON}
    for answered, words in (
        (None, "Мама: просит позвонить 📞"),
        (NOON, "Мама: есть ответ, просит позвонить 📞"),
    ):
        receipt = NoteReceipt(id=1, pupil_id=1, answered_at=answered, **marks)
        assert states(T, [copy(receipt)], OMSK) == [f"• {words}"]


def test_the_preview_is_what_the_guardian_gets() -> None:
    text = "Решил <все> & 🦊"
    arguments = arguments_of(text, "concern", teacher="Берг А.И.", urgent=False, edited=False)
    shown = writing.preview(T, addressees(), Draft((1,), NoteKind.CONCERN, text), "Берг А.И.", 1, OMSK)
    assert messages.to_guardian(T, arguments).text in shown.text
    assert "&lt;все&gt; &amp; 🦊" in shown.text


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ({"obstacle": ReceiptState.ABSENT}, ReceiptState.ABSENT),
        ({"outbox_id": 1}, ReceiptState.WAITING),
        ({"outbox_id": 1, "obstacle": ReceiptState.UNREACHABLE}, ReceiptState.UNREACHABLE),
        ({"obstacle": ReceiptState.OFF}, ReceiptState.OFF),
        ({"obstacle": ReceiptState.UNREACHABLE, "delivered_at": NOON}, ReceiptState.DELIVERED),
        ({"delivered_at": NOON}, ReceiptState.DELIVERED),
        ({"delivered_at": NOON, "read_at": NOON}, ReceiptState.READ),
        ({"read_at": NOON, "answered_at": NOON}, ReceiptState.ANSWERED),
        ({"read_at": NOON, "answered_at": NOON, "call_asked_at": NOON}, ReceiptState.CALL),
    ],
)
def test_a_copy_is_as_far_as_its_last_step(marks: dict[str, object], state: ReceiptState) -> None:
    assert NoteReceipt(**marks).state == state


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda d: d.replace(tzinfo=UTC)))  # noqa: DTZ001
def test_the_teacher_is_told_the_moment_of_the_first_loud_hour(now: datetime) -> None:
    goes_at = after_quiet_hours(now, OMSK, time(20), time(8))
    words = held_until(T, "note-held", goes_at, now, OMSK)
    local = now.astimezone(OMSK)
    if 8 <= local.hour < 20:
        assert words is None
    else:
        assert words and "08:00" in words
        assert ("завтра" in words) == (local.hour >= 20)


@pytest.mark.parametrize(("days", "words"), [(0, "сегодня"), (1, "1 день назад"), (4, "4 дня назад")])
def test_days_are_counted_in_words(days: int, words: str) -> None:
    assert T("class-days", days=days) == words
    assert timedelta(days=days) // timedelta(days=1) == days


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_kind_and_state_has_its_words(language: str) -> None:
    t = texts(language)
    for kind in NoteKind:
        assert t(f"note-sign-{kind}") and t(f"note-kind-{kind}") and t(f"note-pick-{kind}")
        assert t(f"note-ask-{kind}", child="x")
    assert all(t(f"note-state-{state}") for state in ReceiptState)


@pytest.mark.parametrize("data", ["nth:1:_", "nth", "nth:", "nth:x", "nr:1", "nr:1:none", "nr:1:read:x"])
def test_a_button_of_another_version_leads_nowhere(data: str) -> None:
    assert data.partition(":")[0] in {NoteCopy.__prefix__, ThreadOpen.__prefix__}
    assert leads_to(keyboard([button("x", data)])) is None


@pytest.mark.parametrize(
    ("text", "surname", "found"),
    [
        ("Лукошкин сегодня молодец", "Лукошкин", True),
        ("Спасибо Лукошкину!", "Лукошкин", True),
        ("Рядом сидит Меркулову Нику позвали", "Меркулова", True),
        ("с Белорецкой и Ивановым", "Белорецкая", True),
        ("с Белорецкой и Ивановым", "Иванов", True),
        ("принёс лукошко", "Лукошкин", False),
        ("мерил котов", "Котов", False),
        ("Лист сдан", "Ли", False),
        ("Ли сдал лист", "Ли", True),
        ("Степан", "Степанов", False),
    ],
)
def test_a_surname_is_found_in_every_case(text: str, surname: str, *, found: bool) -> None:
    assert holds(text, surname) == found

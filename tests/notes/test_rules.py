"""Laws of texts and screens of notes."""

from datetime import UTC, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.notes import Copy, Note, NoteAnswer, NoteKind, NoteReceipt, ReceiptState
from bot.db.roster import GuardianRow, PupilRow, SchoolClass
from bot.errors import AppError
from bot.features.notes import ANSWER_MAX, TEXT_MAX, Addressee, Thread
from bot.features.outbox import after_quiet_hours, clean_text
from bot.texts import texts
from bot.ui import notes as ui

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


def addressee(name: str = "М" * 200) -> Addressee:
    places = tuple(GuardianRow(i, name, "законный представитель", i != 0, True) for i in range(4))
    return Addressee(PupilRow(1, "С" * 100, "И" * 100, places), 1, True)


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("letter", ["я", "<", "🦊"])
def test_the_longest_note_fits_into_one_message(kind: NoteKind, letter: str) -> None:
    text = letter * (TEXT_MAX // units_of(letter))
    screen = ui.preview(T, addressee(), kind, text, "У" * 100, 1)
    assert units(screen.text) <= TELEGRAM
    arguments = {"receipt": 1, "kind": kind.value, "child": "И" * 100, "teacher": "У" * 100, "text": text}
    assert units(ui.message(T, arguments).text) <= TELEGRAM


def copy(receipt: NoteReceipt, text: str = "Молодец", guardian_person: int | None = 1) -> Copy:
    note = Note(id=1, staff_id=1, kind=NoteKind.SUCCESS, text=text, created_at=NOON)
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
        NoteAnswer(id=i, receipt_id=1, by_guardian=i % 2 == 0, text=f"№{i} " + "я" * length, created_at=NOON)
        for i in range(count)
    )
    thread = Thread(copy(NoteReceipt(id=1), text=text), answers)
    for screen in (ui.own_copy(T, thread, OMSK), ui.opened(T, [thread], OMSK)):
        assert units(screen.text) <= TELEGRAM
        assert text in unescape(screen.text)
        shown = [i for i in range(count) if f"№{i} " in screen.text]
        assert shown == list(range(count))[count - len(shown) :], "the latest are kept, in their order"
        assert ("не поместились" in screen.text) == (len(shown) < count)


def test_the_preview_is_what_the_guardian_gets() -> None:
    text = "Решил <все> & 🦊"
    arguments = {"receipt": 1, "kind": "concern", "child": "И" * 100, "teacher": "Берг А.И.", "text": text}
    shown = ui.preview(T, addressee(), NoteKind.CONCERN, text, "Берг А.И.", 1)
    assert ui.message(T, arguments).text in shown.text
    assert "&lt;все&gt; &amp; 🦊" in shown.text


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ({}, ReceiptState.ABSENT),
        ({"outbox_id": 1}, ReceiptState.WAITING),
        ({"outbox_id": 1, "unreachable_at": NOON}, ReceiptState.UNREACHABLE),
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
    words = ui.held_until(T, "note-held", goes_at, now, OMSK)
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

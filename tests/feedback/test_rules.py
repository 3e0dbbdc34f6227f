"""How long somebody has waited; what fits into a letter; the key's file."""

import stat
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ConfigError, Settings, with_key
from bot.db.feedback import Ticket
from bot.db.outbox import File
from bot.errors import AppError
from bot.features.feedback import Content, Waited, waited
from bot.programme.calendar import Calendar
from bot.texts import texts
from bot.ui.feedback import waited as in_words
from bot.ui.screen import fit_latest

SETTINGS = Settings()
HOURS = st.integers(0, 6500)
TERM = datetime(2026, 9, 1, tzinfo=UTC)


def waiting(since: datetime, *, named: bool) -> Ticket:
    day = since.astimezone(SETTINGS.school.zone).date()
    return Ticket(waiting_on=day, waiting_since=since if named else None)


class TestWaited:
    @pytest.mark.parametrize(
        ("since", "now", "named", "words"),
        [
            ("2026-10-14 06:00", "2026-10-14 06:20", True, "меньше часа"),
            ("2026-10-14 06:00", "2026-10-14 07:59", True, "1 час"),
            ("2026-10-14 03:00", "2026-10-14 08:00", True, "5 часов"),
            ("2026-10-14 03:00", "2026-10-14 08:00", False, "с сегодняшнего дня"),
            ("2026-10-16 06:00", "2026-10-18 06:00", True, "меньше рабочего дня"),  # Friday to Sunday
            ("2026-10-16 06:00", "2026-10-19 03:00", True, "1 рабочий день"),
            ("2026-10-14 06:00", "2026-10-20 06:00", False, "4 рабочих дня"),
            ("2026-10-14 06:00", "2026-10-21 06:00", False, "5 рабочих дней"),
            ("2026-11-03 06:00", "2026-11-05 06:00", False, "1 рабочий день"),  # 4 November is a holiday
        ],
    )
    def test_in_words(self, since: str, now: str, named: bool, words: str) -> None:
        began, moment = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (since, now))
        found = waited(waiting(began, named=named), moment, SETTINGS, Calendar())
        assert found and in_words(texts("ru"), found) == words

    @given(began=HOURS, hours=st.integers(0, 2000), named=st.booleans())
    def test_it_only_grows_and_every_length_has_words(self, began: int, hours: int, named: bool) -> None:
        since = TERM + timedelta(hours=began)
        calendar, ticket = Calendar(), waiting(since, named=named)
        now = since + timedelta(hours=hours)
        earlier, later = (
            waited(ticket, moment, SETTINGS, calendar) for moment in (now, now + timedelta(hours=5))
        )
        assert earlier and later and earlier.days <= later.days <= (hours + 5) / 24 + 1
        for language in ("ru", "en"):
            assert in_words(texts(language), earlier)

    def test_who_does_not_wait(self) -> None:
        assert (
            waited(Ticket(waiting_on=None), datetime(2026, 10, 14, tzinfo=UTC), SETTINGS, Calendar()) is None
        )

    def test_an_anonymous_letter_tells_no_hours(self) -> None:
        since = datetime(2026, 10, 14, 3, tzinfo=UTC)
        found = waited(waiting(since, named=False), since + timedelta(hours=4), SETTINGS, Calendar())
        assert found == Waited(0, None, today=True)


class TestContent:
    def test_words_or_files_or_both(self) -> None:
        photo = File("photo", "p")
        assert Content("  Слова ").checked() == Content("Слова")
        assert Content("", (photo,)).checked() == Content("", (photo,))
        assert Content(" x ", (photo,)).checked() == Content("x", (photo,))

    @pytest.mark.parametrize(
        ("content", "key"),
        [
            (Content("  "), "error-text-empty"),
            (Content("ы" * 3001), "error-text-length"),
            (Content("", (File("photo", "p"),) * 11), "error-ticket-files"),
        ],
    )
    def test_what_is_refused(self, content: Content, key: str) -> None:
        with pytest.raises(AppError) as refused:
            content.checked()
        assert refused.value.key == key


@given(lines=st.lists(st.text(min_size=1, max_size=3200), max_size=12))
def test_a_thread_always_fits_and_keeps_its_end(lines: list[str]) -> None:
    escaped = [escape(line, quote=False) for line in lines]
    text = fit_latest("Заголовок", escaped, texts("ru")("ticket-cut"))
    assert len(unescape(text).encode("utf-16-le", "surrogatepass")) // 2 <= 4096
    if lines:
        assert text.endswith((escaped[-1], "</i>"))


class TestKey:
    def test_it_is_made_once_for_its_owner_only(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "bot.key"
        first = with_key(SETTINGS, path)
        assert with_key(SETTINGS, path) == first
        assert len(first.feedback.key.get_secret_value()) == 64
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [each.name for each in path.parent.iterdir()] == ["bot.key"]
        assert first.feedback.key.get_secret_value() not in repr(first)

    def test_a_configured_one_needs_no_file(self, tmp_path: Path) -> None:
        settings = Settings.model_validate({"feedback": {"key": "ours"}})
        assert with_key(settings, tmp_path / "bot.key") == settings
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40])
    def test_a_damaged_one_is_named_and_not_replaced(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "bot.key"
        path.write_bytes(content)
        with pytest.raises(ConfigError, match=r"bot\.key"):
            with_key(SETTINGS, path)
        assert path.read_bytes() == content

    def test_a_place_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(ConfigError, match="cannot be read or made"):
            with_key(SETTINGS, tmp_path / "file" / "bot.key")

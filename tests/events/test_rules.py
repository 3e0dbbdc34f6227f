"""Laws: telling an audience, calendar files, when a reminder is due."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.db.roster import SchoolClass
from bot.features.events import reminder_at
from bot.features.events.audience import describe
from bot.programme.calendar import level
from bot.reports.calendar import Entry, calendar_file
from bot.texts import texts
from bot.ui.events import times

OMSK = ZoneInfo("Asia/Omsk")
NOW = datetime(2026, 10, 14, 6, tzinfo=UTC)


def school_of(grades: list[tuple[int, str]]) -> list[SchoolClass]:
    return [SchoolClass(id=n, grade=g, letter=letter) for n, (g, letter) in enumerate(sorted(grades), 1)]


class TestAudience:
    @given(st.dictionaries(st.tuples(st.integers(1, 11), st.sampled_from("АБВ")), st.booleans(), max_size=20))
    def test_every_class_is_told_once_and_no_other(self, picked: dict[tuple[int, str], bool]) -> None:
        classes = school_of(list(picked))
        chosen = {c.id for c in classes if picked[c.grade, c.letter]}
        told = describe(chosen, classes)
        if told.whole:
            assert chosen == {c.id for c in classes} and not told.levels and not told.classes
            return
        by_name = {c.name: c for c in classes}
        covered = [c.id for c in classes if level(c.grade) in told.levels]
        covered += [by_name[name].id for name in told.classes]
        assert sorted(covered) == sorted(chosen)

    def test_in_as_few_words_as_possible(self) -> None:
        classes = school_of([(1, "А"), (3, "А"), (5, "А"), (9, "Б"), (10, "А")])
        assert describe({1, 2, 3, 4, 5}, classes).whole
        assert describe({1, 2, 3}, classes) == (False, ("noo",), ("5А",))
        assert describe({5}, classes) == (False, (), ("10А",))
        assert describe(set(), classes) == (False, (), ())
        assert not describe(set(), []).whole


NAIVE = datetime(2026, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(*NAIVE, timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
# What iCalendar can carry: no control characters but the end of a line.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200
)


class TestCalendar:
    @hypothesis.settings(max_examples=30)  # to explain the zone takes its time
    @given(
        st.lists(
            st.builds(
                Entry,
                uid=st.uuids().map(str),
                title=WORDS,
                starts=MOMENTS,
                ends=MOMENTS,
                place=WORDS,
                description=WORDS,
                sequence=st.integers(0, 99),
            ),
            min_size=1,
            max_size=4,
        )
    )
    def test_what_goes_in_comes_out(self, entries: list[Entry]) -> None:
        calendar: Any = Calendar.from_ical(calendar_file(entries, NOW, OMSK))
        found = calendar.events
        assert [str(event["uid"]) for event in found] == [entry.uid for entry in entries]
        for event, entry in zip(found, entries, strict=True):
            assert event["dtstart"].dt == entry.starts and event["dtend"].dt == entry.ends
            assert event["dtstart"].params["TZID"] == "Asia/Omsk"
            assert str(event["summary"]) == entry.title and str(event["location"]) == entry.place
            assert int(event["sequence"]) == entry.sequence

    def entry(self, **changes: object) -> Entry:
        values = {
            "uid": "a",
            "title": "Собрание, 5А; важно",
            "starts": datetime(2026, 10, 20, 12, tzinfo=UTC),
            "ends": datetime(2026, 10, 20, 13, 30, tzinfo=UTC),
        }
        return Entry(**values | changes)  # type: ignore[arg-type]

    def test_the_zone_is_explained_and_no_older_than_it_must_be(self) -> None:
        text = calendar_file([self.entry()], NOW, OMSK).decode()
        assert "DTSTART;TZID=Asia/Omsk:20261020T180000" in text
        assert text.count("BEGIN:VTIMEZONE") == 1 and "TZOFFSETTO:+0600" in text
        assert "1981" not in text
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

    @pytest.mark.parametrize(
        ("cancelled", "method", "status"),
        [
            ((False,), "PUBLISH", "CONFIRMED"),
            ((True,), "CANCEL", "CANCELLED"),
            ((True, False), "PUBLISH", "CANCELLED"),
        ],
    )
    def test_called_off(self, cancelled: tuple[bool, ...], method: str, status: str) -> None:
        entries = [self.entry(uid=str(n), cancelled=gone) for n, gone in enumerate(cancelled)]
        calendar: Any = Calendar.from_ical(calendar_file(entries, NOW, OMSK))
        assert str(calendar["method"]) == method and str(calendar.events[0]["status"]) == status

    def test_all_day_ends_on_the_day_after_the_last(self) -> None:
        days = {"starts": date(2026, 10, 30), "ends": date(2026, 10, 31)}
        text = calendar_file([self.entry(**days)], NOW, OMSK).decode()
        assert "DTSTART;VALUE=DATE:20261030" in text and "DTEND;VALUE=DATE:20261101" in text

    def test_the_phone_reminds_of_what_takes_place(self) -> None:
        reminds = {"reminds": timedelta(hours=2)}
        assert "TRIGGER:-PT2H" in calendar_file([self.entry(**reminds)], NOW, OMSK).decode()
        assert b"VALARM" not in calendar_file([self.entry(**reminds, cancelled=True)], NOW, OMSK)

    def test_an_empty_one_is_a_calendar_too(self) -> None:
        assert not Calendar.from_ical(calendar_file([], NOW, OMSK)).events


@given(MOMENTS)
def test_the_reminder_is_due_at_six_on_the_eve(starts: datetime) -> None:
    due = reminder_at(starts, OMSK).astimezone(OMSK)
    assert (due.hour, due.minute) == (18, 0)
    assert due.date() + timedelta(days=1) == starts.astimezone(OMSK).date()
    assert due < starts


def test_times_in_words() -> None:
    t, starts = texts("ru"), datetime(2026, 10, 20, 18, tzinfo=OMSK)
    assert times(t, starts, starts + timedelta(hours=1)) == "вторник, 20 октября, 18:00–19:00"
    assert times(t, starts, starts + timedelta(hours=7)).endswith("18:00–среда, 21 октября, 01:00")

"""Days and times as people type them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import texts
from bot.ui.moments import parse_day, parse_hours, parse_moment, parse_past_day, parse_time

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, 30, tzinfo=ZoneInfo("Asia/Omsk"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25.11", TODAY),
        ("26.11.", date(2026, 11, 26)),
        ("24.11", date(2026, 11, 24)),  # just past: whoever asks says so
        ("26.09", date(2026, 9, 26)),
        ("25.09", date(2027, 9, 25)),
        ("вчера", date(2026, 11, 24)),
        ("1.2.27", date(2027, 2, 1)),
        ("01/02/2027", date(2027, 2, 1)),
        ("24.11.2026", date(2026, 11, 24)),
        (" 3  декабря ", date(2026, 12, 3)),
        ("3 мая 2027 г.", date(2027, 5, 3)),
        ("3 May", date(2027, 5, 3)),
        ("Завтра", date(2026, 11, 26)),
        ("tomorrow", date(2026, 11, 26)),
        ("сегодня", TODAY),
        ("послезавтра", date(2026, 11, 27)),
        ("31.02", None),
        ("29.02", None),
        ("0.5", None),
        ("когда-нибудь", None),
        ("5 штук", None),
        ("", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25.11", TODAY),
        ("24.11", date(2026, 11, 24)),
        ("30.11", date(2026, 11, 30)),  # still to come: whoever asks says so
        ("23.01", date(2027, 1, 23)),
        ("24.01", date(2026, 1, 24)),
        ("позавчера", date(2026, 11, 23)),
        ("24.11.2025", date(2025, 11, 24)),
        ("x", None),
    ],
)
def test_past_days(text: str, day: date | None) -> None:
    assert parse_past_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:00", time(18)),
        ("9", time(9)),
        ("7.45", time(7, 45)),
        ("24:00", None),
        ("x", None),
        ("18:60", None),
    ],
)
def test_times(text: str, at: time | None) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("18:00", NOW.replace(hour=18, minute=0)),
        ("12:30", NOW.replace(day=26)),
        ("25.11 18:00", NOW.replace(hour=18, minute=0)),
        ("завтра в 9", NOW.replace(day=26, hour=9, minute=0)),
        ("3 декабря, 17.30", NOW.replace(month=12, day=3, hour=17)),
        ("tomorrow at 9:00", NOW.replace(day=26, hour=9, minute=0)),
        ("завтра", None),
        ("в 9", None),
        ("25.11", None),
        ("", None),
    ],
)
def test_moments(text: str, moment: datetime | None) -> None:
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22-7", (time(22), time(7))),
        ("22:30–7", (time(22, 30), time(7))),
        (" 21.30 — 8:15 ", (time(21, 30), time(8, 15))),
        ("с 22 до 7", (time(22), time(7))),
        ("From 22 to 7:00", (time(22), time(7))),
        ("0-0", (time(0), time(0))),
        ("24-7", None),
        ("22-7-1", None),
        ("22:70-7", None),
        ("22", None),
        ("ночью", None),
        ("", None),
    ],
)
def test_hours(text: str, hours: tuple[time, time] | None) -> None:
    assert parse_hours(text) == hours


@given(st.dates(date(2026, 9, 26), date(2027, 9, 25)), st.sampled_from(["ru", "en"]))
def test_what_the_bot_says_it_understands(day: date, language: str) -> None:
    assert parse_day(texts(language).day(day), TODAY) == day
    assert parse_day(texts(language).day(day, date(2020, 1, 1)), TODAY) == day


@given(st.text())
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    parse_day(text, TODAY), parse_time(text), parse_hours(text), parse_moment(text, NOW)


def test_dates_in_words() -> None:
    assert texts("ru").moment(NOW) == "среда, 25 ноября, 12:30"
    assert texts("en").moment(NOW) == "Wednesday, 25 November, 12:30"

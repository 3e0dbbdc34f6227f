"""Calendar files (RFC 5545) that any phone opens: values -> bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//school-bot//calendar//RU"


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar.

    `starts` and `ends` are aware moments, or two days (the last included) for what lasts all day. A calendar
    that has the entry already knows it by `uid` and takes over the copy with the highest `sequence`.
    """

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | date
    place: str = ""
    description: str = ""
    sequence: int = 0
    cancelled: bool = False
    # How long before the start a phone reminds; None: it does not.
    reminds: timedelta | None = None


def calendar_file(entries: Sequence[Entry], now: datetime, zone: ZoneInfo) -> bytes:
    """An iCalendar file of the entries, their times in `zone`, which the file explains.

    A file of nothing but cancelled entries takes them out of the calendar (METHOD CANCEL).
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    gone = bool(entries) and all(entry.cancelled for entry in entries)
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, now, zone))
    if entries:
        # The zone's rules since the first entry: those of the last century help nobody.
        first = min(_day(entry.starts) for entry in entries)
        calendar.add_missing_timezones(first_date=first - timedelta(days=1))
    return bytes(calendar.to_ical())


def _day(at: datetime | date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _event(entry: Entry, now: datetime, zone: ZoneInfo) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    for name, at, more in (("dtstart", entry.starts, 0), ("dtend", entry.ends, 1)):
        # The end of what lasts all day is the day after it.
        event.add(name, at.astimezone(zone) if isinstance(at, datetime) else at + timedelta(days=more))
    if entry.place:
        event.add("location", entry.place)
    if entry.description:
        event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.reminds is not None and not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -entry.reminds)
        event.add_component(alarm)
    return event

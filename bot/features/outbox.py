"""Messages to others: when they may go out, and what became of them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def after_quiet_hours(now: datetime, zone: ZoneInfo, quiet_from: time, quiet_to: time) -> datetime:
    """The first moment from `now` on that is outside the quiet hours (school time).

    Quiet hours may span midnight; equal bounds mean that there are none.
    """
    local = now.astimezone(zone)
    at = local.timetz().replace(tzinfo=None)
    spans_midnight = quiet_from > quiet_to
    quiet = at >= quiet_from or at < quiet_to if spans_midnight else quiet_from <= at < quiet_to
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if spans_midnight and at >= quiet_from else 0)
    return datetime.combine(day, quiet_to, zone)

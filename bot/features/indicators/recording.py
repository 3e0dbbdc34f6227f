"""Readings: what people type as a value, and recording it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.db import indicators as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.indicators import Reading, ReadingRow
from bot.db.outbox import File
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.indicators import YES_NO, find
from bot.programme.model import Kind, Programme

# The programme was written on figures of 2022; nobody looks further back than two years before.
FIRST_DAY = date(2020, 1, 1)
COUNT_MAX = 100_000
VALUE_LENGTH = 100
COMMENT_LENGTH = 500


@dataclass(frozen=True)
class Amount:
    """A value, for a share with the numbers that it was made of where they are known."""

    value: float
    numerator: float | None = None
    denominator: float | None = None


_NUMBER = r"(\d{1,9}(?:[.,]\d{1,6})?)"
# "11 из 20", "11/20", "11 of 20", also with a word before: "чисел: 11 из 20".
_FRACTION = re.compile(rf"(?:[^\d:]*:)?\s*{_NUMBER}\s*(?:/|из|of)\s*{_NUMBER}\s*\.?", re.IGNORECASE)
_SINGLE = re.compile(rf"([-+−–]?)\s*{_NUMBER}\s*(%|п\.?\s*п\.?)?\s*\.?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def read_amount(kind: Kind, text: str) -> Amount:
    """What somebody typed as the value of an indicator of that kind.

    A share is per cent or "11 из 20", a count a whole number, a decrease points. Raises AppError for what
    is no number of the kind or out of its range; NotFoundError for kinds that are answered by a button.
    """
    if kind in YES_NO:
        raise NotFoundError
    if not text.strip():
        raise AppError("error-text-empty")
    if len(text) > VALUE_LENGTH:
        raise AppError("error-text-length", limit=VALUE_LENGTH, length=len(text))
    if kind == Kind.SHARE and (pair := _FRACTION.fullmatch(text.strip())):
        return checked(kind, share_of(_number(pair[1]), _number(pair[2])))
    single = _SINGLE.fullmatch(text.strip())
    if single is None or (kind == Kind.COUNT and single[3]):
        raise AppError(f"error-reading-{kind}")
    value = _number(single[2])
    return checked(kind, Amount(-value if single[1] in ("-", "−", "–") else value))


def share_of(numerator: float, denominator: float) -> Amount:
    """A share from its numbers.

    Raises AppError for an empty denominator and for more than all of it.
    """
    if denominator <= 0:
        raise AppError("error-reading-denominator")
    if numerator > denominator:
        raise AppError("error-reading-numerator")
    return Amount(100 * numerator / denominator, numerator, denominator)


def checked(kind: Kind, amount: Amount) -> Amount:
    """The amount, if an indicator of that kind can have it.

    Raises AppError; NotFoundError for an answer that is neither yes nor no.
    """
    if kind in YES_NO and amount.value not in (0, 1):
        raise NotFoundError
    least, greatest = kind.bounds
    if not least <= amount.value <= min(greatest, COUNT_MAX):
        raise AppError(f"error-reading-{kind}-range")
    if kind == Kind.COUNT and not amount.value.is_integer():
        raise AppError("error-reading-count")
    return amount


def read_date(text: str, today: date) -> date:
    """A day that somebody typed as ДД.ММ.ГГГГ.

    Raises AppError for no such day, one to come, or one before FIRST_DAY.
    """
    match = _DATE.fullmatch(text.strip())
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise AppError("error-reading-date")
    return check_date(day, today)


def check_date(day: date, today: date) -> date:
    """The day, if a reading can have it.

    Raises AppError.
    """
    if day > today:
        raise AppError("error-reading-date-future")
    if day < FIRST_DAY:
        raise AppError("error-reading-date-old", year=str(FIRST_DAY.year))
    return day


def read_comment(text: str) -> str:
    """What somebody typed as the comment.

    Raises AppError for an empty or too long one.
    """
    text = text.strip()
    if not text:
        raise AppError("error-text-empty")
    if len(text) > COMMENT_LENGTH:
        raise AppError("error-text-length", limit=COMMENT_LENGTH, length=len(text))
    return text


@dataclass(frozen=True)
class Superseded:
    """What a reading of a day takes the place of, and the later one that goes on to count, if there is."""

    before: ReadingRow | None
    later: ReadingRow | None


def superseded(readings: Sequence[ReadingRow], on_date: date) -> Superseded:
    """What a reading recorded now for that day would supersede among these, the last first."""
    before = next((row for row in readings if row.on_date <= on_date), None)
    later = readings[0] if readings and readings[0].on_date > on_date else None
    return Superseded(before, later)


async def record(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    *,
    key: str,
    on_date: date,
    amount: Amount,
    comment: str = "",
    file: File | None = None,
) -> None:
    """Record a reading. For an admin; those there are stay as they are.

    Raises AppError for a value or day that cannot be, NotFoundError for an unknown key.
    """
    require(actor, Role.ADMIN)
    indicator = find(programme, key)
    checked(indicator.kind, amount)
    check_date(on_date, today)
    before = superseded(await db.history(session, key), on_date).before
    session.add(
        Reading(
            indicator_key=key,
            on_date=on_date,
            value=amount.value,
            numerator=amount.numerator,
            denominator=amount.denominator,
            comment=comment,
            file=list(file or ()),
            recorded_by=actor.person_id,
            recorded_at=now,
        )
    )
    audit.record(
        session,
        actor,
        now,
        "reading.recorded",
        f"indicator:{key}",
        on_date=on_date,
        was=before.value if before else None,
        to=amount.value,
        numerator=amount.numerator,
        denominator=amount.denominator,
    )

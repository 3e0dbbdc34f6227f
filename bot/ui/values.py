"""Values of indicators and answers of surveys, in words and as bars of a picture.

For the chat and the command line alike: without aiogram, which costs seconds.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import floor
from typing import Any

from bot.db.indicators import ReadingRow
from bot.db.surveys import QuestionKind, SurveyQuestion
from bot.features.indicators import YES_NO, Details, Standing
from bot.features.indicators.recording import Amount
from bot.features.indicators.sources.evidence import Evidence
from bot.programme.model import Activity, Direction, Indicator, Kind, State, target_for
from bot.texts import Html, Texts


def short(t: Texts, named: Indicator | Direction | Activity) -> str:
    """The short title in the person's language."""
    return named.short_en if t.language == "en" else named.short


def shown(value: float) -> float:
    """Rounded down: 59.96 must not look like the 60 that it does not reach."""
    return floor(value * 10 + 1e-6) / 10


# Numbers as a language writes them take most of the time of a screen of indicators, and are few: kept.
@lru_cache(2000)
def number_text(t: Texts, value: float) -> Html:
    """A value without its unit."""
    return t("indicator-number", value=shown(value))


@lru_cache(2000)
def value_text(t: Texts, kind: Kind, value: float | None) -> Html:
    """A value with its unit."""
    if value is None:
        return t("indicator-no-value")
    return t(f"indicator-value-{kind}", value=shown(value))


def amount_text(t: Texts, kind: Kind, amount: Amount | ReadingRow | Standing | Evidence) -> str:
    """A value with its unit and the numbers that it was made of."""
    words = value_text(t, kind, amount.value)
    if kind != Kind.SHARE or amount.numerator is None or amount.denominator is None:
        return words
    return t("indicator-fraction", value=words, numerator=amount.numerator, denominator=amount.denominator)


def against_target(t: Texts, standing: Standing) -> str:
    """Value and target as short as can be: "64 / 60 %"."""
    kind, in_force = standing.indicator.kind, standing.in_force
    if standing.value is None or in_force is None or kind in YES_NO:
        return value_text(t, kind, standing.value)
    target = value_text(t, kind, in_force.target.value)
    return f"{number_text(t, standing.value)} / {target}"


def day_text(day: date) -> str:
    """A date as short as it is typed."""
    return f"{day:%d.%m.%Y}"


def labels(t: Texts, question: SurveyQuestion) -> Mapping[int, str]:
    """The answers that a question offers, by score."""
    match question.kind:
        case QuestionKind.SCALE:
            return {score: str(score) for score in range(1, 6)}
        case QuestionKind.YES_NO:
            return {1: t("survey-yes"), 0: t("survey-no")}
    return dict(enumerate(question.options))


# --- for pictures ----------------------------------------------------------------------------------------


def legend(t: Texts) -> dict[State, str]:
    """What the colours of the picture mean."""
    return {state: t(f"status-state-{state}") for state in State}


def bars(t: Texts, standings: Sequence[Standing]) -> list[dict[str, Any]]:
    """The fields of the bars (bot/reports/charts.py) of an overview."""
    return [_bar(t, standing) for standing in standings]


def _bar(t: Texts, standing: Standing) -> dict[str, Any]:
    """Per cent as they are; yes fills the bar; for the rest the target stands at four fifths of it."""
    indicator, in_force = standing.indicator, standing.in_force
    target = in_force.target.value if in_force and indicator.kind not in YES_NO else None
    full = 100.0
    if indicator.kind in YES_NO:
        full = 1
    elif indicator.kind != Kind.SHARE:
        full = 1.25 * (target or 1)
    return {
        "label": f"{indicator.number} {short(t, indicator)}",
        "text": against_target(t, standing),
        "filled": None if standing.value is None else standing.value / full,
        "mark": None if target is None else target / full,
        "state": standing.state,
    }


def course(t: Texts, details: Details, today: date) -> dict[str, Any] | None:
    """The fields of the picture of an indicator's history; None without a value, and of yes and no."""
    standing, indicator = details.standing, details.standing.indicator
    kind = indicator.kind
    readings = [(row.on_date, row.value) for row in details.history[::-1]]
    computed = [(m.on, m.evidence.value) for m in details.months if m.evidence.value is not None]
    if kind in YES_NO or not (readings or computed):
        return None
    last = max([*readings, *computed], key=lambda point: point[0])
    state = t(f"status-state-{standing.state}") if standing.state else ""
    ahead = None
    if details.forecast:
        ahead = (details.forecast.value, value_text(t, kind, details.forecast.value))
    targets = {year: target_for(indicator, year) for year in range(min(indicator.targets), today.year + 1)}
    legend = ("history-reading", "history-computed", "history-target", "history-forecast")
    value = value_text(t, kind, standing.value)
    return {
        "title": f"{indicator.number} {short(t, indicator)}",
        "under": t("history-now", value=value, state=state) if state else value,
        "year": today.year,
        "readings": readings,
        "computed": computed,
        "targets": {
            year: (found.target.value, value_text(t, kind, found.target.value))
            for year, found in targets.items()
            if found
        },
        "now": value_text(t, kind, last[1]),
        "ahead": ahead,
        "legend": tuple(t(key) for key in legend),
    }

"""What the report says, for the chat and the command line alike: without aiogram, which costs seconds.

Of a child or a guardian nothing stands in it but that there is one, by class: docs/decisions/0017.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from bot.db.activities import Report as Deeds
from bot.db.indicators import ReadingRow
from bot.features.activities import OccurrenceState
from bot.features.indicators import YES_NO, Origin, Standing
from bot.features.indicators.reporting import Chapter, Deed, Report
from bot.features.indicators.results import Answered, Checked
from bot.features.indicators.sources.evidence import Evidence
from bot.features.surveys.results import QuestionResult
from bot.programme.model import Activity, Direction, Kind, State
from bot.texts import Argument, Texts
from bot.ui import values
from bot.ui.programme_words import oddity
from bot.ui.values import amount_text, day_text, labels, short, shown, value_text

Pair = tuple[str, State | None]
# As bot/reports/workbook.py takes them.
Cell = str | int | float | Decimal | date | Pair | None
Rows = list[Sequence[Cell]]

# On which colour the state of an occurrence stands.
COLOURS = {
    OccurrenceState.ACCEPTED: State.MET,
    OccurrenceState.REPORTED: State.NEAR,
    OccurrenceState.RETURNED: State.NEAR,
    OccurrenceState.OVERDUE: State.BEHIND,
}
MARKS = {True: State.MET, False: State.BEHIND, None: State.UNKNOWN}


def _say(t: Texts, key: str, **arguments: Argument) -> str:
    """Words for a file, which knows no HTML."""
    return unescape(t(key, **arguments))


def file_name(report: Report, kind: str) -> str:
    """What the file is called: by the day that it tells of."""
    return f"report-{report.period.on.isoformat()}.{kind}"


def span(t: Texts, report: Report) -> str:
    """From which day to which."""
    first, on = day_text(report.period.first), day_text(report.period.on)
    return _say(t, "report-span", first=first, on=on)


def _approved(t: Texts, report: Report) -> str:
    approval = report.programme.approval
    day = day_text(approval.date)
    return _say(
        t, "report-approved", position=approval.position, by=approval.by, order=approval.order, day=day
    )


def _state(t: Texts, standing: Standing) -> Pair:
    """Its state in words, on its colour; "" in the years before the first target."""
    return (_say(t, f"status-state-{standing.state}") if standing.state else "", standing.state)


# --- the workbook ----------------------------------------------------------------------------------------


def sheets(t: Texts, report: Report) -> list[tuple[str, list[str], Rows, str]]:
    """The fields of the workbook's sheets: name, head, rows, what stands at the foot of a printed page."""
    foot = f"{report.programme.school.name}, {span(t, report)}"
    year = str(report.period.on.year)
    columns: dict[str, tuple[list[str], Rows]] = {
        "about": (_head(t, "about", "about-value"), _about(t, report)),
        "status": (
            [
                *_head(t, "number", "indicator", "kind", "start"),
                *map(str, report.programme.years),
                _say(t, "report-column-target", year=year),
                *_head(t, "value", "numerator", "denominator", "state", "origin", "day", "prolonged"),
            ],
            [_standing(t, standing, report.programme.years) for standing in report.standings],
        ),
        "history": (
            _head(t, "number", "indicator", "day", "origin", "value", "numerator", "denominator", "comment"),
            [row for chapter in report.chapters for row in _history(t, chapter)],
        ),
        "evidence": (
            _head(t, "number", "indicator", "counts", "item", "day", "count"),
            [row for chapter in report.chapters for row in _evidence(t, chapter)],
        ),
        "activities": (
            _head(
                t,
                "number",
                "activity",
                "deadline",
                "starts",
                "due",
                "state",
                "responsible",
                "part",
                "report",
                "reported",
                "answer",
                "files",
            ),
            [row for deed in report.deeds for row in _deed(t, deed, report.zone)],
        ),
        "surveys": (
            _head(
                t,
                "survey",
                "closed",
                "asked",
                "answered",
                "response",
                "satisfied",
                "question",
                "option",
                "count",
                "share",
            ),
            _surveys(t, report),
        ),
        "results": (
            _head(t, "number", "result", "reached", "grounds"),
            [(c.result.number, c.result.text, _reached(t, c), _grounds(t, c)) for c in report.results],
        ),
    }
    return [(_say(t, f"report-sheet-{name}"), head, rows, foot) for name, (head, rows) in columns.items()]


def _head(t: Texts, *columns: str) -> list[str]:
    return [_say(t, f"report-column-{column}") for column in columns]


def _about(t: Texts, report: Report) -> Rows:
    school, count = report.programme.school, Counter(standing.state for standing in report.standings)
    states = {state: count[state] for state in State}
    return [
        (_say(t, "report-about-school"), school.full_name),
        (_say(t, "report-about-programme"), report.programme.title),
        (_say(t, "report-about-approved"), _approved(t, report)),
        (_say(t, "report-about-on"), report.period.on),
        (_say(t, "report-about-first"), report.period.first),
        (_say(t, "report-about-made"), report.made_on),
        *((_say(t, f"status-state-{state}").capitalize(), number) for state, number in states.items()),
        (_say(t, "report-about-heard"), _say(t, "report-heard", done=report.heard[0], total=report.heard[1])),
        (_say(t, "report-about-targets"), _say(t, "report-note-targets")),
        (_say(t, "report-about-names"), _say(t, "report-note-names")),
    ]


def _number(t: Texts, kind: Kind, value: float | None) -> Cell:
    """A value as a cell: a share as one, a whole number as one, yes and no in words."""
    if value is None:
        return None
    match kind:
        case Kind.SHARE:
            return _share(value)
        case Kind.YEARLY | Kind.PRESENCE:
            return _say(t, f"indicator-value-{kind}", value=value)
    return _plain(value)


def _share(per_cent: float) -> float:
    """Per cent as a share, to the digit that is shown."""
    return round(shown(per_cent) / 100, 3)


def _plain(value: float | None) -> Cell:
    """A number as it is, without a fraction where it has none."""
    if value is None or value == int(value):
        return None if value is None else int(value)
    return Decimal(str(shown(value)))


def _standing(t: Texts, standing: Standing, years: Sequence[int]) -> Sequence[Cell]:
    indicator, kind, in_force = standing.indicator, standing.indicator.kind, standing.in_force
    start = indicator.start
    return (
        indicator.number,
        indicator.title,
        _say(t, f"report-kind-{kind}"),
        _number(t, kind, start.value if start else None),
        *(_number(t, kind, indicator.targets[year].value) for year in years),
        _number(t, kind, in_force.target.value if in_force else None),
        _number(t, kind, standing.value),
        _plain(standing.numerator),
        _plain(standing.denominator),
        _state(t, standing),
        _say(t, f"report-origin-{standing.origin}"),
        standing.on_date,
        "" if in_force is None else _say(t, "report-yes" if in_force.prolonged else "report-no"),
    )


def _history(t: Texts, chapter: Chapter) -> Rows:
    """Readings and computed months, the earliest first."""
    indicator = chapter.standing.indicator

    def row(on: date, origin: Origin, amount: ReadingRow | Evidence, comment: str = "") -> Sequence[Cell]:
        return (
            indicator.number,
            short(t, indicator),
            on,
            _say(t, f"report-origin-{origin}"),
            _number(t, indicator.kind, amount.value),
            _plain(amount.numerator),
            _plain(amount.denominator),
            comment,
        )

    known = [month for month in chapter.details.months if month.evidence.value is not None]
    months = [row(month.on, Origin.COMPUTED, month.evidence) for month in known]
    readings = [row(r.on_date, Origin.RECORDED, r, r.comment) for r in chapter.details.history[::-1]]
    return sorted([*readings, *months], key=lambda cells: cells[2])  # type: ignore[arg-type, return-value]


def _evidence(t: Texts, chapter: Chapter) -> Rows:
    """Who and what is missing, and what counts: what may not leave the school is only counted."""
    if chapter.why is None:
        return []
    indicator = chapter.standing.indicator
    rows: Rows = []
    for counts, items in (("missing", chapter.why.missing), ("counted", chapter.why.counted)):
        told = Counter((item.outside, item.on) for item in items)
        rows += [
            (
                indicator.number,
                short(t, indicator),
                _say(t, f"report-{counts}"),
                name or _say(t, "report-unnamed"),
                on,
                number,
            )
            for (name, on), number in told.items()
        ]
    return rows


def _deed(t: Texts, deed: Deed, zone: ZoneInfo) -> Rows:
    """A row for each report, and for each part of which there is none."""
    rows: Rows = []
    for part in deed.stage.parts:
        own: Sequence[Deeds | None] = [*deed.reports.get(part.id, ())] or [None]
        for report in own:
            words: Sequence[Cell] = (None,) * 4
            if report:
                decided = {True: "accepted", False: "returned", None: ""}[report.accepted]
                answer = _say(t, f"report-part-{decided}") if decided else ""
                said = ": ".join(filter(None, (answer, report.comment)))
                words = (report.text, report.created_at.astimezone(zone).date(), said, len(report.files))
            rows.append(
                (
                    deed.activity.number,
                    short(t, deed.activity),
                    deed.activity.deadline,
                    deed.stage.starts_on,
                    part.due_on,
                    _occurrence(t, deed.stage.state),
                    part.name,
                    _say(t, f"report-part-{part.state}"),
                    *words,
                )
            )
    return rows


def _occurrence(t: Texts, state: OccurrenceState) -> Pair:
    return (_say(t, f"report-occurrence-{state}"), COLOURS.get(state))


def _surveys(t: Texts, report: Report) -> Rows:
    rows: Rows = []
    for found in report.surveys:
        row = found.row
        survey = (
            row.survey.title,
            row.survey.closed_at.astimezone(report.zone).date() if row.survey.closed_at else None,
            row.asked,
            row.finished,
            row.finished / row.asked if row.asked else None,
            None if found.satisfied is None else _share(found.satisfied),
        )
        answers = [answer for result in found.questions for answer in _answers(t, result)]
        rows += [(*survey, *answer) for answer in answers] or [survey]
    return rows


def _answers(t: Texts, result: QuestionResult) -> Rows:
    text = result.question.text
    if result.hidden or not result.total:
        return [(text, _say(t, "survey-hidden-plain"), None, None)]
    offered = labels(t, result.question).items()
    return [
        (text, label, count, count / result.total)
        for score, label in offered
        for count in (result.counts.get(score, 0),)
    ]


# --- expected results ------------------------------------------------------------------------------------


def _reached(t: Texts, checked: Checked) -> Pair:
    mark = {True: "yes", False: "no", None: "unknown"}[checked.reached]
    return (_say(t, f"report-reached-{mark}"), MARKS[checked.reached])


def _grounds(t: Texts, checked: Checked) -> str:
    """What data say, and the director's word where it is for them to say."""
    lines = [answer_text(t, answered) for answered in checked.answered]
    if not checked.by_data:
        word = checked.word
        lines.append(word.comment if word else _say(t, "report-no-word"))
    return "\n".join(filter(None, lines))


def answer_text(t: Texts, answered: Answered) -> str:
    """What an indicator or other data say of a result: the value, and what was promised."""
    if answered.indicator:
        what = f"{answered.indicator.number} {short(t, answered.indicator)}"
    else:
        what = _say(t, f"report-data-{answered.data}")
    value = value_text(t, answered.kind, answered.value)
    if answered.wanted is None or answered.kind in YES_NO:
        return _say(t, "report-answer-value", what=what, value=value)
    wanted = value_text(t, answered.kind, answered.wanted)
    return _say(t, "report-answer-wanted", what=what, value=value, wanted=wanted)


# --- the document ----------------------------------------------------------------------------------------


def paper(t: Texts, report: Report) -> dict[str, Any]:
    """The fields of the document (bot/reports/document.py)."""
    programme, on = report.programme, report.period.on
    return {
        "title": _say(t, "report-title"),
        "above": (programme.school.full_name, programme.school.address),
        "below": (
            programme.title,
            _approved(t, report),
            span(t, report),
            _say(t, "report-made", day=t.day(report.made_on, date.min)),
        ),
        "foot": f"{programme.school.name}, {span(t, report)}",
        "chapters": [
            _overview(t, report),
            *(chapter for each in programme.directions for chapter in _direction(t, report, each)),
            (
                _say(t, "report-results"),
                1,
                (_say(t, "report-results-note"),),
                (),
                (
                    _head(t, "number", "result", "reached", "grounds"),
                    [
                        (str(c.result.number), c.result.text, _reached(t, c), _grounds(t, c))
                        for c in report.results
                    ],
                    (1.1, 9, 2.3, 5.6),
                ),
            ),
            (
                _say(t, "report-oddities"),
                1,
                (_say(t, "report-oddities-note"),),
                [oddity(t, odd) for odd in report.oddities],
            ),
        ],
        "signature": (
            _say(t, "report-signature"),
            _say(t, "report-signature-day", day=t.day(on, date.min)),
        ),
    }


def _overview(t: Texts, report: Report) -> tuple[Any, ...]:
    standings, year = report.standings, report.period.on.year
    count = Counter(standing.state for standing in standings)
    words = [
        _say(
            t,
            "report-counts",
            total=len(standings),
            met=count[State.MET],
            near=count[State.NEAR],
            behind=count[State.BEHIND],
            unknown=count[State.UNKNOWN],
        )
    ]
    if any(standing.in_force and standing.in_force.prolonged for standing in standings):
        words.append(unescape(t("status-prolonged", last=str(report.programme.years[-1]))))
    done, total = report.heard
    if total:
        words.append(_say(t, "report-heard", done=done, total=total))
    words += [_say(t, "report-note-targets"), _say(t, "report-note-names")]
    title = _say(t, "status-picture-title", year=str(year))
    picture = (values.bars(t, standings), title, values.legend(t), _say(t, "status-mark"))
    return (_say(t, "report-overview"), 1, words, (), None, picture)


def _direction(t: Texts, report: Report, direction: Direction) -> list[tuple[Any, ...]]:
    """The indicators of a direction in the document's order and words, and its activities."""
    year = str(report.period.on.year)
    standings = [s for s in report.standings if s.indicator.direction == direction.number]
    activities = [a for a in report.programme.activities if a.direction == direction.number]
    return [
        (
            _say(t, "report-direction", number=str(direction.number), title=direction.title),
            1,
            (),
            (),
            (
                [
                    *_head(t, "number", "indicator", "start"),
                    _say(t, "report-column-target", year=year),
                    *_head(t, "value", "state"),
                ],
                [_line(t, standing) for standing in standings],
                (1.1, 7.1, 2.1, 2.6, 2.9, 2.2),
            ),
        ),
        (
            _say(t, "report-activities", title=direction.activities_title),
            2,
            (),
            (),
            (
                _head(t, "number", "activity", "deadline", "responsible", "state"),
                [
                    _activity(t, activity, [d for d in report.deeds if d.activity == activity])
                    for activity in activities
                ],
                (1.1, 6.9, 2.9, 3.2, 3.9),
            ),
        ),
    ]


def _line(t: Texts, standing: Standing) -> Sequence[str | Pair]:
    indicator, in_force = standing.indicator, standing.in_force
    return (
        indicator.number,
        indicator.title,
        indicator.start.written if indicator.start else "",
        in_force.target.written if in_force else "",
        amount_text(t, indicator.kind, standing),
        _state(t, standing),
    )


def _activity(t: Texts, activity: Activity, deeds: Sequence[Deed]) -> Sequence[str | Pair]:
    """How many occurrences of the period stand where; on the colour of the worst."""
    count = Counter(deed.stage.state for deed in deeds)
    order = [*COLOURS, OccurrenceState.OPEN, OccurrenceState.PLANNED]
    lines = [f"{_say(t, f'report-occurrence-{state}')}: {count[state]}" for state in order if count[state]]
    worst = next((COLOURS[state] for state in [*COLOURS][::-1] if count[state]), None)
    return (
        activity.number,
        activity.title,
        activity.deadline,
        ", ".join([*activity.responsible, *activity.positions]),
        ("\n".join(lines) or _say(t, "report-no-occurrence"), worst),
    )

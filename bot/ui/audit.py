"""/audit: buttons and words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.features.audit.looking import (
    EVERYBODY,
    GROUPS,
    THE_BOT,
    Card,
    Entry,
    Names,
    Page,
    Refers,
    Wanted,
    Who,
    WhoKind,
)
from bot.programme.model import Programme
from bot.texts import Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten, turns

# The periods that have a button, in days; today alone is one.
DAYS = (1, 7, 30)
VALUE_MAX = 150
SPAN_DAY = "%y%m%d"


class Audit(CallbackData, prefix="aud"):
    """A page of what is looked for; or a question (`ask`: g, w, p, s), or one entry, from which it goes back.

    `span`: from a day to a day, "261001-261014".
    """

    group: str = ""
    who: int = EVERYBODY
    span: str = ""
    about: int = 0
    page: int = 0
    ask: str = ""
    entry: int = 0

    @property
    def wanted(self) -> Wanted:
        """What is looked for. Raises ValueError for days that are none."""
        first, _, last = self.span.partition("-")
        return Wanted(self.group, self.who, _day(first), _day(last), self.about)

    def but(self, **fields: Any) -> "Audit":
        """The same with other fields; what is not said of the screen falls back to the first page."""
        return self.model_copy(update={"page": 0, "ask": "", "entry": 0, **fields})


def _day(text: str) -> date | None:
    return datetime.strptime(text, SPAN_DAY).date() if text else None  # noqa: DTZ007 - a day has no zone


def span(first: date, last: date) -> str:
    """A period as callback data has it."""
    return f"{first:{SPAN_DAY}}-{last:{SPAN_DAY}}"


# --- words -----------------------------------------------------------------------------------------------


# The beginnings of the texts for values that have words elsewhere, by the first word of the action and the
# detail's name. All others are worded by "audit-is-…".
WORDS: Mapping[str, str] = {
    "backup.reason": "backup-reason",
    "declaration.practices": "practice",
    "declaration.was": "practice",
    "document.kind": "document-kind",
    "language.to": "language",
    "language.was": "language",
    "note.kind": "note-kind",
    "preference.to": "privacy-manner",
    "preference.topic": "privacy-topic",
    "preference.was": "privacy-manner",
    "risk.outcome": "risk-outcome",
    "route.result": "route-result",
    "route.to": "route-mark",
    "route.was": "route-mark",
    "staff.position": "position",
    "staff.roles": "privacy-role",
    "survey.template": "survey-template",
    "template.kind": "note-kind",
    "ticket.topic": "ticket-topic",
    "visit.practices": "practice",
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


class Wording:
    """Entries in words: of one language, one school, one day."""

    def __init__(self, t: Texts, programme: Programme, zone: ZoneInfo, today: date) -> None:
        self.t, self.programme, self.zone, self.today = t, programme, zone, today

    def who(self, who: Who) -> Html:
        """Who did it."""
        if who.name:
            return self.t(f"audit-named-{who.kind}", name=who.name)
        return self.t(f"audit-who-{who.kind}", number=str(who.person_id))

    def action(self, entry: Entry) -> str:
        """What was done."""
        return self._said(f"audit-do-{entry.action.replace('.', '-')}", entry.action)

    def subject(self, entry: Entry, names: Names) -> Html:
        """To what."""
        which = entry.which
        match entry.noun:
            case "staff" | "class" | "pupil" | "guardian":
                which = _name(Refers(entry.noun), which, names)
            case "indicator":
                return self._indicator(which)
            case "year":
                pass
            case _:
                which = f"№ {which}"
        return self.t(f"audit-of-{entry.noun}", which=which)

    def _indicator(self, key: str) -> Html:
        found = next((each for each in self.programme.indicators if each.key == key), None)
        if found is None:  # of an earlier programme
            return self.t("audit-of-indicator", number=key, short="")
        short = found.short if self.t.language == "ru" else found.short_en
        return self.t("audit-of-indicator", number=found.number, short=short)

    def changed(self, entry: Entry, names: Names) -> str | None:
        """From what to what; None where nothing took the place of anything."""
        if "to" not in entry.details:
            return None
        to = self.value(entry, "to", names)
        if "was" not in entry.details:
            return to
        return self.t("audit-from-to", was=self.value(entry, "was", names), to=to)

    def details(self, entry: Entry, names: Names) -> Iterator[str]:
        """What else there is to say, a line each."""
        for name, value in entry.details.items():
            if name == "to" or (name == "was" and "to" in entry.details) or value in ([], {}):
                continue
            yield self.t(
                "audit-detail", name=self.t(f"audit-key-{name}"), value=self.value(entry, name, names)
            )
        if (changed := self.changed(entry, names)) is not None:
            yield self.t("audit-changed", change=changed)

    def value(self, entry: Entry, name: str, names: Names) -> str:
        """A value of a detail, in words as far as there are any."""
        value = entry.details[name]
        if name == "act":
            acts = {act.key: act.title for act in self.programme.local_acts}
            return shorten(acts.get(value, self.t("audit-nothing")), VALUE_MAX)
        words = WORDS.get(f"{entry.action.partition('.')[0]}.{name}", "")
        return shorten(self._value(value, entry.refers(name), words, names), VALUE_MAX)

    def _value(self, value: Any, kind: Refers | None, words: str, names: Names) -> str:
        t = self.t
        match value:
            case None | "" | [] | {}:
                return t("audit-nothing")
            case bool():
                return t("audit-yes" if value else "audit-no")
            case list():
                return ", ".join(self._value(each, kind, words, names) for each in value)
            case dict():
                return "; ".join(self._pair(key, each, words, names) for key, each in value.items())
            case int() | float():
                return _name(kind, str(value), names) if kind else t("audit-number", number=value)
            case str() if _MOMENT.fullmatch(value):
                at = datetime.fromisoformat(value).astimezone(self.zone)
                return f"{t.day(at.date(), self.today)}, {at:%H:%M}"
            case str() if _DAY.fullmatch(value):
                return t.day(date.fromisoformat(value), self.today)
            case _:
                return self._said(f"{words}-{value}" if words else f"audit-is-{value}", value)

    def _said(self, key: str, otherwise: str) -> str:
        """Words of ours; as it stands in the trail, which is never changed, where there are none any more."""
        try:
            return self.t(key)
        except KeyError:
            return otherwise

    def _pair(self, key: str, value: Any, words: str, names: Names) -> str:
        """What a survey's audience is made of; what became of a class, of a part of an activity."""
        if key not in ("role", "levels", "classes"):
            said = self._value(value, None, words, names)
            return f"{_name(Refers.ROW, key, names) if key.isdecimal() else key} → {said}"
        prefix = "survey-level" if key == "levels" else "survey-to"
        kind = Refers.CLASS if key == "classes" else None
        return self._value(value, kind, prefix, names) if value else self.t("audit-all")


def _name(kind: Refers | None, which: str, names: Names) -> str:
    """The name of a row, else its number."""
    known: Mapping[Refers | None, Mapping[int, str]] = {
        Refers.STAFF: names.staff,
        Refers.CLASS: names.classes,
        Refers.PUPIL: names.pupils,
        Refers.GUARDIAN: names.guardians,
    }
    name = known.get(kind, {}).get(int(which), "") if which.isdecimal() else ""
    return name or f"№ {which}"


# --- screens ---------------------------------------------------------------------------------------------


def listed(words: Wording, found: Page, asked: Audit) -> Screen:
    """A page of entries by day, with the filters under it."""
    t = words.t
    lines: list[str] = [t("audit-title"), _filters(words, found)]
    if not found.entries:
        lines += ["", t("audit-empty")]
    day: date | None = None
    for number, entry in enumerate(found.entries, 1):
        at = entry.at.astimezone(words.zone)
        if at.date() != day:
            day = at.date()
            lines += ["", t("audit-day", day=t.weekday(day), year=str(day.year))]
        lines.append(_line(words, found, number, entry, f"{at:%H:%M}"))
    here = asked.but(page=found.number)
    cards = [
        button(str(number), here.model_copy(update={"entry": entry.id}))
        for number, entry in enumerate(found.entries, 1)
    ]
    filters = [button(t(f"audit-ask-{ask}"), asked.but(ask=ask)) for ask in "gwp"]
    clear = [button(t("audit-clear"), Audit())] if asked.but() != Audit() else []
    pages = turns(found.number, found.of, lambda page: asked.but(page=page))
    buttons = keyboard(*rows(cards, 6), pages, filters, clear, [go(t, "menu")])
    # Names of people stand here, on a single entry also of children and parents.
    return Screen("\n".join(lines), buttons, protect=True)


def _line(words: Wording, found: Page, number: int, entry: Entry, at: str) -> str:
    # Beside an account that was erased nobody is named: that would say whose it was.
    names = Names() if entry.who.kind == WhoKind.GONE else found.names
    what = words.action(entry)
    own = entry.noun == "person" and entry.which == str(entry.who.person_id)
    if not own and found.about is None:
        what = words.t("audit-what", what=what, subject=words.subject(entry, names))
    changes = [words.value(entry, "what", names)] if "what" in entry.details else []
    if (changed := words.changed(entry, names)) is not None:
        changes.append(shorten(changed, 60))
    for change in changes:
        what = words.t("audit-what-changed", what=what, change=change)
    return words.t("audit-line", number=number, time=at, who=words.who(entry.who), what=what)


def _filters(words: Wording, found: Page) -> Html:
    t, wanted = words.t, found.wanted
    said: list[str] = [t(f"audit-group-{wanted.group}")] if wanted.group else []
    if found.whose:
        said.append(words.who(found.whose))
    if wanted.first and wanted.last:
        first, last = t.day(wanted.first, words.today), t.day(wanted.last, words.today)
        said.append(first if first == last else f"{first} – {last}")
    if found.about:
        names = Names() if found.about.who.kind == WhoKind.GONE else found.names
        said.append(words.subject(found.about, names))
    return t("audit-filters", filters=Html(" · ".join(said))) if said else t("audit-all-entries")


def card(words: Wording, found: Card, asked: Audit) -> Screen:
    """One entry, with all that was noted, and the way to what else happened to the same."""
    t, entry = words.t, found.entry
    at = entry.at.astimezone(words.zone)
    lines = [
        t("audit-card", what=words.action(entry)),
        words.subject(entry, found.names),
        "",
        t("audit-card-who", who=words.who(entry.who)),
        t("audit-card-when", day=t.weekday(at.date()), year=str(at.year), time=f"{at:%H:%M}"),
        *words.details(entry, found.names),
    ]
    buttons: list[Row] = []
    if found.same > 1:
        buttons.append([button(t("audit-same", count=found.same), Audit(about=entry.id))])
    if entry.who.kind == WhoKind.STAFF:
        buttons.append([button(t("audit-same-who", who=entry.who.name), Audit(who=entry.who.person_id))])
    back = button(t("audit-back"), asked.but(page=asked.page))
    return Screen("\n".join(lines), keyboard(*buttons, [back]), protect=True)


def ask_group(t: Texts, asked: Audit) -> Screen:
    """What is it about?"""
    groups = [button(t(f"audit-group-{group}"), asked.but(group=group)) for group in GROUPS]
    return Screen(t("audit-asked-g"), keyboard(*rows(groups, 2), _any(t, asked, group="")))


def ask_who(t: Texts, people: Sequence[tuple[int, str]], asked: Audit) -> Screen:
    """Whose doings?"""
    staff = rows((button(name, asked.but(who=person_id)) for person_id, name in people[:80]), 2)
    bot = [button(t("audit-who-bot", number=""), asked.but(who=THE_BOT))]
    return Screen(t("audit-asked-w"), keyboard(*staff, bot, _any(t, asked, who=EVERYBODY)))


def ask_period(t: Texts, today: date, asked: Audit) -> Screen:
    """From when to when?"""
    days = [
        button(t("audit-days", days=days), asked.but(span=span(today - timedelta(days=days - 1), today)))
        for days in DAYS
    ]
    typed = [button(t("audit-typed"), asked.but(ask="s"))]
    return Screen(t("audit-asked-p"), keyboard(days, typed, _any(t, asked, span="")))


def ask_span(t: Texts) -> Screen:
    """The typed period."""
    return Screen(t("audit-asked-s"), keyboard([button(t("audit-back"), f"{GO}audit")]))


def _any(t: Texts, asked: Audit, **fields: Any) -> Row:
    return [button(t("audit-any"), asked.but(**fields))]

"""Values computed from what people did in the bot, by key of the indicator."""

from collections.abc import Mapping

from sqlalchemy import literal, union_all

from bot.db.base import Session
from bot.db.prepared import Prepared
from bot.features.indicators.sources import climate, parents, pupils, staff
from bot.features.indicators.sources.evidence import Counted, Day, Evidence, Source

SOURCES: Mapping[str, Source] = {**staff.SOURCES, **pupils.SOURCES, **parents.SOURCES, **climate.SOURCES}

_COUNTED = {key: source for key, source in SOURCES.items() if isinstance(source, Counted)}
# All that is counted in one question, a row for each.
_COUNTING = Prepared(
    union_all(*(source.counting.add_columns(literal(key)) for key, source in _COUNTED.items()))
)


async def evidence(session: Session, day: Day) -> dict[str, Evidence]:
    """Every computed value on a day, by key: one query for all that is counted, and one for marks."""
    rows = await _COUNTING.rows(session, **day.values)
    found = {key: _COUNTED[key].made_of(day, *numbers) for *numbers, key in rows}
    for key in SOURCES.keys() - found.keys():
        found[key] = await SOURCES[key].evidence(session, day)
    return found

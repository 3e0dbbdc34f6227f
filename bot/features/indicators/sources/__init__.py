"""Values computed from what people did in the bot, by key of the indicator."""

from collections.abc import Mapping

from bot.features.indicators.sources import climate, parents, pupils, staff
from bot.features.indicators.sources.evidence import Source

SOURCES: Mapping[str, Source] = {**staff.SOURCES, **pupils.SOURCES, **parents.SOURCES, **climate.SOURCES}

"""What every process of the journeys would do first, done once in the process that they are forked from."""

import gc

from alembic import command  # noqa: F401
from sqlalchemy.orm import configure_mappers

from bot import app, cli  # noqa: F401
from bot.reports import charts, slips  # noqa: F401
from bot.texts import LANGUAGES, texts
from sandbox import server  # noqa: F401

configure_mappers()
for language in LANGUAGES:
    texts(language)
gc.freeze()
gc.enable()

"""Status and readings are an admin's."""

from collections.abc import Callable

import pytest

from bot.db.base import Database
from bot.handlers.indicators import ReadingSteps
from bot.ui.indicators import (
    IndicatorCard,
    IndicatorWhy,
    ReadingPick,
    StatusDirection,
    StatusView,
    View,
)
from bot.ui.indicators.recording import (
    ReadingAnswer,
    ReadingChange,
    ReadingDirection,
    ReadingEdit,
    ReadingSave,
)
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import DIRECTOR, School

ADMIN = {DIRECTOR}
DRAFT = {"key": "rooms", "amount": [30, None, None], "on_date": "2026-10-14", "comment": ""}


def status(view: View) -> Callable[[School], StatusView]:
    return lambda _: StatusView(view=view)


CASES = [
    Case("indicators.show_status", ADMIN, says="/status"),
    Case("indicators.show_status", ADMIN, press=lambda _: "go:status"),
    Case("indicators.show_direction", ADMIN, press=lambda _: StatusDirection(number=1)),
    *(
        Case("indicators.show_view", ADMIN, press=status(view))
        for view in View
        if view != View.PICTURE  # the same permission, and seconds of drawing
    ),
    Case("indicators.show_card", ADMIN, press=lambda _: IndicatorCard(key="teacher_feedback")),
    Case("indicators.show_why", ADMIN, press=lambda _: IndicatorWhy(key="teacher_feedback")),
    Case("indicators.start", ADMIN, says="/reading"),
    Case("indicators.start", ADMIN, press=lambda _: "go:reading"),
    Case("indicators.choose_direction", ADMIN, press=lambda _: ReadingDirection(number=1)),
    Case("indicators.choose_indicator", ADMIN, press=lambda _: ReadingPick(key="rooms")),
    Case("indicators.type_value", ADMIN, says="35", step=ReadingSteps.value, data=lambda _: {"key": "rooms"}),
    Case("indicators.press_value", ADMIN, press=lambda _: ReadingAnswer(key="psych_service", yes=True)),
    Case("indicators.change", set(), press=lambda _: ReadingEdit(change=ReadingChange.DATE)),
    Case("indicators.type_date", ADMIN, says="01.10.2026", step=ReadingSteps.date, data=lambda _: DRAFT),
    Case("indicators.type_comment", ADMIN, says="По акту", step=ReadingSteps.comment, data=lambda _: DRAFT),
    Case("indicators.save", set(), press=lambda _: ReadingSave(draft=1)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)

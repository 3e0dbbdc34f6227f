"""Status and readings are an admin's."""

from collections.abc import Callable

import pytest

from bot.db.base import Database
from bot.handlers.indicators.recording import ReadingSteps
from bot.handlers.indicators.reporting import ReportSteps
from bot.ui.indicators import (
    IndicatorCard,
    IndicatorPicture,
    IndicatorWhy,
    ReadingFiles,
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
from bot.ui.indicators.reporting import (
    ReportAsk,
    ReportFile,
    ReportOf,
    ResultBare,
    ResultCard,
    Results,
    ResultSay,
)
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import DIRECTOR, School

ADMIN = {DIRECTOR}
DRAFT = {"key": "rooms", "amount": [30, None, None], "on_date": "2026-10-14", "comment": "", "file": None}


def status(view: View) -> Callable[[School], StatusView]:
    return lambda _: StatusView(view=view)


DAYS = {"on": "2026-10-14", "first": "2026-09-01"}
R, S, D = "indicators.recording.", "indicators.status.", "indicators.reporting."
CASES = [
    Case(S + "show_status", ADMIN, says="/status"),
    Case(S + "show_status", ADMIN, press=lambda _: "go:status"),
    Case(S + "show_direction", ADMIN, press=lambda _: StatusDirection(number=1)),
    *(
        Case(S + "show_view", ADMIN, press=status(view))
        for view in View
        if view != View.PICTURE  # the same permission, and seconds of drawing
    ),
    Case(S + "show_card", ADMIN, press=lambda _: IndicatorCard(key="teacher_feedback")),
    Case(S + "show_why", ADMIN, press=lambda _: IndicatorWhy(key="teacher_feedback")),
    Case(S + "show_picture", ADMIN, press=lambda _: IndicatorPicture(key="psych_service")),
    Case(S + "show_files", ADMIN, press=lambda _: ReadingFiles(key="rooms")),
    Case(R + "start", ADMIN, says="/reading"),
    Case(R + "start", ADMIN, press=lambda _: "go:reading"),
    Case(R + "choose_direction", ADMIN, press=lambda _: ReadingDirection(number=1)),
    Case(R + "choose_indicator", ADMIN, press=lambda _: ReadingPick(key="rooms")),
    Case(
        R + "type_value",
        ADMIN,
        says="35",
        step=ReadingSteps.value,
        data=lambda _: {"key": "rooms"},
    ),
    Case(
        R + "press_value",
        ADMIN,
        press=lambda _: ReadingAnswer(key="psych_service", yes=True),
    ),
    Case(R + "change", set(), press=lambda _: ReadingEdit(change=ReadingChange.DATE)),
    Case(
        R + "type_date",
        ADMIN,
        says="01.10.2026",
        step=ReadingSteps.date,
        data=lambda _: DRAFT,
    ),
    Case(
        R + "type_comment",
        ADMIN,
        says="По акту",
        step=ReadingSteps.comment,
        data=lambda _: DRAFT,
    ),
    Case(R + "send_file", ADMIN, says="Нет файла", step=ReadingSteps.file, data=lambda _: DRAFT),
    Case(R + "save", set(), press=lambda _: ReadingSave(draft=1)),
    Case(D + "start", ADMIN, says="/report"),
    Case(D + "start", ADMIN, press=lambda _: "go:report"),
    Case(D + "choose", ADMIN, press=lambda _: ReportOf(**DAYS)),
    Case(D + "ask", ADMIN, press=lambda _: ReportAsk(which="on", **DAYS)),
    Case(D + "type_on", ADMIN, says="01.10.2026", step=ReportSteps.on, data=lambda _: DAYS),
    Case(D + "type_first", ADMIN, says="01.10.2026", step=ReportSteps.first, data=lambda _: DAYS),
    Case(D + "make", ADMIN, press=lambda _: ReportFile(kind="xlsx", **DAYS)),
    Case(D + "show_results", ADMIN, press=lambda _: Results()),
    Case(D + "show_result", ADMIN, press=lambda _: ResultCard(number=19)),
    Case(D + "ask_comment", ADMIN, press=lambda _: ResultSay(number=19, reached=True)),
    Case(
        D + "type_comment",
        ADMIN,
        says="Открыт",
        step=ReportSteps.comment,
        data=lambda _: {"number": 19, "reached": True},
    ),
    Case(D + "say_bare", ADMIN, press=lambda _: ResultBare(number=19, reached=False)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)

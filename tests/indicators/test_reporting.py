"""The report for the district: what it tells of, what it leaves out, the same wherever it is made."""

import asyncio
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot import cli
from bot.config import Settings
from bot.db.activities import ActivityReport, Assignment, AssignmentState, Occurrence, Part, Report
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.indicators import ExpectedResult
from bot.db.risk.register import RiskEntry
from bot.db.surveys import QuestionKind, Survey, SurveyAnswer, SurveyQuestion
from bot.errors import AppError, NotFoundError
from bot.features.indicators import reporting, results
from bot.features.indicators.reporting import Period, as_of, period
from bot.programme.load import load
from bot.reports import charts
from bot.reports.slips import qr_code
from bot.texts import texts
from bot.ui import report_words as words
from bot.ui.indicators.reporting import ReportFile, ReportOf, ResultSay
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.indicators.facts import add_note, add_reading, add_survey, noon
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, STARK, School

PROGRAMME = load()
TODAY = date(2026, 10, 14)
NOW = noon(TODAY)
TO_TICK, BY_DATA = 19, 15


async def report(database: Database, settings: Settings, asked: Period | None = None) -> reporting.Report:
    async with database.write() as session:
        return await reporting.report(session, None, NOW, TODAY, PROGRAMME, settings, asked or period(TODAY))


def sheet(found: reporting.Report, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the head."""
    t = texts("ru")
    title = t(f"report-sheet-{name}")
    head, rows = next((head, rows) for each, head, rows, _ in words.sheets(t, found) if each == title)
    return [dict(zip(head, row, strict=True)) for row in rows]


class TestPeriod:
    def test_from_the_school_years_beginning_up_to_today_unless_others_are_given(self) -> None:
        assert period(TODAY) == Period(date(2026, 9, 1), TODAY)
        assert period(TODAY, date(2026, 8, 31)) == Period(date(2025, 9, 1), date(2026, 8, 31))
        assert period(TODAY, TODAY, date(2026, 1, 1)) == Period(date(2026, 1, 1), TODAY)

    @pytest.mark.parametrize(
        ("on", "first", "error"),
        [
            (TODAY + timedelta(days=1), None, "error-report-future"),
            (TODAY, TODAY + timedelta(days=1), "error-report-order"),
            (date(2019, 12, 31), None, "error-reading-date-old"),
        ],
    )
    def test_others_cannot_be(self, on: date, first: date | None, error: str) -> None:
        with pytest.raises(AppError) as refusal:
            period(TODAY, on, first)
        assert refusal.value.key == error

    def test_what_a_district_asks_for(self) -> None:
        ends = [date(2025, 12, 31), date(2026, 8, 31)]
        assert reporting.ends(TODAY) == ends
        assert reporting.ends(date(2026, 11, 20)) == [*ends, date(2026, 10, 31)]
        assert reporting.ends(date(2027, 1, 10)) == [date(2026, 8, 31), date(2026, 12, 31)]


class TestActivities:
    @pytest.mark.parametrize(
        ("until", "state"),
        [
            (1, AssignmentState.OPEN),
            (2, AssignmentState.REPORTED),
            (3, AssignmentState.RETURNED),
            (4, AssignmentState.REPORTED),
            (5, AssignmentState.ACCEPTED),
        ],
    )
    def test_a_part_stands_where_it_stood(self, until: int, state: AssignmentState) -> None:
        """Reported on the 1st, sent back on the 2nd, reported again on the 3rd, accepted on the 4th."""

        def at(day: int) -> datetime:
            return datetime(2026, 10, day, 12, tzinfo=UTC)

        def reported(on: int, decided: int, accepted: bool) -> Report:
            return Report(
                id=on,
                assignment_id=1,
                occurrence_id=1,
                activity_key="staff_courses",
                due_on=TODAY,
                staff_name="Берг А.И.",
                person_id=1,
                text="Провели",
                created_at=at(on),
                decided_at=at(decided),
                accepted=accepted,
                comment=None,
                files=(),
            )

        unknown = dict.fromkeys((each.name for each in fields(Part)), None)
        part = Part(**{**unknown, "id": 1, "state": AssignmentState.ACCEPTED})  # type: ignore[arg-type]
        reports = [reported(1, 2, False), reported(3, 4, True)]
        assert as_of(part, reports, datetime(2026, 10, until, tzinfo=UTC)).state == state

    async def test_the_occurrences_of_the_period_with_their_reports(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            for due, text in ((date(2026, 9, 30), "Провели"), (date(2026, 8, 31), "Давно"), (TODAY, None)):
                occurrence = Occurrence(
                    activity_key="staff_courses", nominal_due=due, starts_on=due.replace(day=1), due_on=due
                )
                session.add(occurrence)
                await session.flush()
                part = Assignment(
                    occurrence_id=occurrence.id,
                    responsible="Диканова М.Е.",
                    staff_id=school.staff[BERG],
                    state=AssignmentState.REPORTED if text else AssignmentState.OPEN,
                )
                session.add(part)
                await session.flush()
                if text:
                    handed_in = ActivityReport(
                        assignment_id=part.id,
                        staff_id=school.staff[BERG],
                        text=text,
                        created_at=noon(due),
                        files=[["photo", "1", ""], ["document", "2", "план.docx"]],
                    )
                    session.add(handed_in)
            await session.commit()
        first, second = sheet(await report(database, settings), "activities")
        assert (first["Отчёт"], first["Сдан"], first["Ответственные"]) == (
            "Провели",
            date(2026, 9, 30),
            "Берг А.И.",
        )
        assert first["Состояние"][0] == "сдано, ждёт ответа" and second["Состояние"][0] == "идёт"
        assert (first["Файлов"], second["Файлов"], second["Отчёт"]) == (2, None, None)


class TestWhatLeavesTheSchool:
    async def test_staff_are_named_children_and_guardians_are_counted_by_class(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            for child in ("Маша", "Петя", "Ваня"):
                entry = RiskEntry(
                    pupil_id=school.pupils[child],
                    staff_id=school.staff[BERG],
                    created_at=NOW,
                    active_from=TODAY,
                )
                session.add(entry)
            for _ in range(2):
                add_note(session, school.staff[BERG], NOW, NOW)
            await session.commit()
        found = await report(database, settings)
        evidence = sheet(found, "evidence")

        def told(number: str) -> list[tuple[Any, ...]]:
            rows = (row for row in evidence if row["№"] == number)
            return [(row["Посчитано или не хватает"], row["Кто или что"], row["Сколько"]) for row in rows]

        assert told("2.1") == [("не хватает", "5А", 2), ("не хватает", "9Б", 1)]
        assert told("3.1") == [("не хватает", "5А", 3), ("не хватает", "9Б", 1)]
        assert told("3.4") == [("не хватает", "Штарк О.П.", 1), ("посчитано", "Берг А.И.", 1)]
        everything = repr([*words.sheets(texts("ru"), found), words.paper(texts("ru"), found)])
        families = ("Лебедев", "Сомов", "Котов", "Рыбин", "Маша", "Петя", "Ваня", "Ирина", "мать")
        assert [name for name in families if name in everything] == []

    @pytest.mark.parametrize(("answers", "hidden"), [([5, 5, 4, 1, 1], False), ([5, 4, 1, 1], True)])
    @pytest.mark.parametrize("anonymous", [True, False])
    async def test_surveys_tell_nothing_of_few_people_and_no_words(
        self,
        database: Database,
        school: School,
        settings: Settings,
        answers: list[int | None],
        hidden: bool,
        anonymous: bool,
    ) -> None:
        async with database.write() as session:
            await add_survey(session, NOW, answers)
            (await session.get_one(Survey, 1)).anonymous = anonymous
            question = SurveyQuestion(
                survey_id=1, position=2, kind=QuestionKind.TEXT, text="Почему?", options=[], headline=False
            )
            session.add(question)
            await session.flush()
            session.add_all(
                SurveyAnswer(id=f"w{i}", question_id=question.id, text="Тайное слово") for i in range(20)
            )
            await session.commit()
        rows = sheet(await report(database, settings), "surveys")
        asked = [row for row in rows if row["Вопрос"] == "Довольны ли вы?"]
        assert "Тайное" not in repr(rows) and "Почему" not in repr(rows)
        if hidden:
            assert rows[0]["Доля довольных (4 и 5)"] is None
            assert [(row["Ответ"], row["Сколько"], row["Доля"]) for row in asked] == [
                ("ответов мало, итог скрыт", None, None)
            ] * 2
        else:
            assert rows[0]["Доля довольных (4 и 5)"] == 0.6
            assert [row["Сколько"] for row in asked[:5]] == [2, 0, 0, 1, 2]

    async def test_it_is_an_admins_and_noted(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            for who in (BERG, PSYCHOLOGIST):
                actor = await School.actor(session, who, NOW)
                with pytest.raises(NotFoundError):
                    await reporting.report(session, actor, NOW, TODAY, PROGRAMME, settings, period(TODAY))
            director = await School.actor(session, DIRECTOR, NOW)
            await reporting.report(session, director, NOW, TODAY, PROGRAMME, settings, period(TODAY))
            await session.flush()
            entry = (await session.scalars(select(AuditEntry))).one()
        assert (entry.action, entry.details) == (
            "report.made",
            {"from_day": "2026-09-01", "on_date": "2026-10-14"},
        )


class TestStatus:
    async def test_all_indicators_in_the_documents_order_and_words_numbers_as_numbers(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            add_reading(session, "rooms", TODAY, 39.97)
            add_reading(session, "pairs_teacher", TODAY, 3)
            add_reading(session, "grade_gap", TODAY, 4.55)
            add_reading(session, "it_equipment", TODAY, 1)
            await session.commit()
        found = await report(database, settings)
        rows = sheet(found, "status")
        assert [row["№"] for row in rows] == [indicator.number for indicator in PROGRAMME.indicators]
        assert [row["Показатель"] for row in rows] == [indicator.title for indicator in PROGRAMME.indicators]
        by_number = {row["№"]: row for row in rows}
        rooms = by_number["4.1"]
        # Short of the target it never looks like it.
        assert (rooms["Значение"], rooms["Цель 2026 года"], rooms["2023"]) == (0.399, 0.4, 0.3)
        assert rooms["Состояние"][0] == "почти" and rooms["Цель продлена"] == "да"
        assert by_number["2.5"]["Значение"] == 3 and isinstance(by_number["2.5"]["Значение"], int)
        assert str(by_number["2.2"]["Значение"]) == "4.5" and by_number["4.8"]["Значение"] == "есть"
        chapters = words.paper(texts("ru"), found)["chapters"]
        tables = [chapter[4] for chapter in chapters if len(chapter) > 4 and chapter[4]]
        # Of each direction its indicators, then its activities; last the expected results.
        assert [row[1] for table in tables[:-1:2] for row in table[1]] == [row["Показатель"] for row in rows]
        assert len(tables[-1][1]) == len(PROGRAMME.results)

    async def test_the_history_has_readings_and_the_ends_of_months(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            add_reading(session, "teacher_feedback", date(2026, 3, 1), 60)
            add_reading(session, "teacher_feedback", TODAY + timedelta(days=1), 100)
            await session.commit()
        rows = [row for row in sheet(await report(database, settings), "history") if row["№"] == "3.4"]
        assert [(row["Дата"], row["Откуда значение"], row["Значение"]) for row in rows] == [
            (date(2026, 3, 1), "внесено", 0.6),
            (date(2026, 9, 30), "посчитано ботом", 0.0),
            (TODAY, "посчитано ботом", 0.0),
        ]

    async def test_a_past_day_stays_as_it_was(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        before = await report(database, settings, period(TODAY, TODAY - timedelta(days=1)))
        async with database.write() as session:
            for staff_id in (school.staff[BERG], school.staff[STARK]):
                for _ in range(2):
                    add_note(session, staff_id, NOW, NOW)
            await add_survey(session, NOW, [5] * 9)
            session.add(ExpectedResult(number=TO_TICK, reached=True, comment="", said_at=NOW))
            for indicator in PROGRAMME.indicators:
                add_reading(session, indicator.key, TODAY, 1)
            await session.commit()
        assert await report(database, settings, period(TODAY, TODAY - timedelta(days=1))) == before
        assert await report(database, settings) != before

    async def test_the_number_of_queries_does_not_depend_on_how_much_there_is(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        with count_queries(database) as few:
            await report(database, settings)
        async with database.write() as session:
            for i in range(5):
                await add_survey(session, NOW - timedelta(days=i), [5, 4, 3, 2, 1, 1])
            for i in range(30):
                add_note(session, school.staff[BERG], NOW - timedelta(hours=i), NOW)
                for indicator in PROGRAMME.indicators:
                    add_reading(session, indicator.key, TODAY - timedelta(days=i), 1)
            await session.commit()
        with count_queries(database) as many:
            await report(database, settings)
        assert few.count == many.count


class TestResults:
    async def say(self, database: Database, number: int, reached: bool, comment: str | None = "") -> None:
        async with database.write() as session:
            actor = await School.actor(session, DIRECTOR, NOW)
            await results.say(session, actor, NOW, PROGRAMME, number, reached=reached, comment=comment)
            await session.commit()

    async def checked(self, database: Database, settings: Settings, number: int) -> results.Checked:
        async with database.read() as session:
            actor = await School.actor(session, DIRECTOR, NOW)
            return await results.checked(session, actor, PROGRAMME, TODAY, settings, number)

    async def test_data_answer_where_they_can(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        assert (await self.checked(database, settings, BY_DATA)).reached is False  # no pairs, 4 wanted
        async with database.write() as session:
            for key in ("pairs_teacher", "pairs_peer"):
                add_reading(session, key, TODAY, 4)
            await session.commit()
        found = await self.checked(database, settings, BY_DATA)
        assert found.by_data and found.reached
        with pytest.raises(NotFoundError):
            await self.say(database, BY_DATA, False)
        # Nothing is known of the year before.
        assert (await self.checked(database, settings, 2)).reached is None

    async def test_the_director_says_of_the_others_and_the_last_word_holds(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        assert (await self.checked(database, settings, TO_TICK)).reached is None
        await self.say(database, TO_TICK, True, " Центр открыт ")
        await self.say(database, TO_TICK, True, "Центр открыт")  # twice is once
        await self.say(database, TO_TICK, False)
        found = await self.checked(database, settings, TO_TICK)
        assert (
            found.reached is False
            and found.word
            and (found.word.by, found.word.comment) == ("Динер Н.М.", "")
        )
        async with database.read() as session:
            assert len((await session.scalars(select(ExpectedResult))).all()) == 2
            entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
        assert [(e.subject, e.details) for e in entries] == [
            ("result:19", {"was": None, "to": True}),
            ("result:19", {"was": True, "to": False}),
        ]

    @pytest.mark.parametrize("comment", [None, "  ", "а" * 501])
    async def test_a_comment_is_words(self, database: Database, school: School, comment: str | None) -> None:
        with pytest.raises(AppError):
            await self.say(database, TO_TICK, True, comment)


class TestChat:
    @pytest.fixture
    def director(self, telegram: Telegram, school: School) -> Chat:
        return telegram.chat(DIRECTOR)

    async def test_days_are_chosen_or_typed(self, director: Chat) -> None:
        await director.says("/status")
        await director.presses("Отчёт для района")
        assert "на <b>14.10.2026</b>" in director.last.text and "с <b>01.09.2026</b>" in director.last.text
        await director.presses("С начала 2026 года")
        assert "с <b>01.01.2026</b>" in director.last.text
        await director.presses("На 31.08.2026")
        assert "с <b>01.09.2025</b>" in director.last.text
        await director.presses("На другой день")
        await director.says("вчерась")
        assert "или «вчера»" in director.last.text
        await director.says("15.10.2026")
        assert "ещё не наступил" in director.last.text
        await director.says("01.10")
        assert "на <b>01.10.2026</b>" in director.last.text
        await director.presses("С другого дня")
        await director.says("20 сентября 2026")
        assert "с <b>20.09.2026</b>" in director.last.text

    @pytest.mark.parametrize("days", [("x", "2026-09-01"), ("2026-10-14", ""), ("2026-10-14", "2026-13-01")])
    async def test_what_are_no_days_is_refused(self, director: Chat, days: tuple[str, str]) -> None:
        await director.says("/report")
        await director.forges(ReportOf(on=days[0], first=days[1]).pack())
        assert director.toast == "Такого нет, или это не ваше."
        await director.forges(ReportFile(kind="docx", on="2027-01-01", first="2026-09-01").pack())
        assert "ещё не наступил" in director.toast

    async def test_expected_results_are_ticked_with_a_comment(self, director: Chat) -> None:
        await director.says("/report")
        await director.presses("Ожидаемые результаты")
        await director.presses("⚪ 19")
        assert "Создан консультационный центр" in director.last.text
        await director.presses("Достигнуто")
        await director.says("Открыт в <кабинете> 12")
        assert "✅ Достигнуто. Динер Н.М., 14.10.2026: Открыт в &lt;кабинете&gt; 12" in director.last.text
        await director.presses("Пока не достигнуто")
        await director.presses("Без комментария")
        assert "🔴 Пока не достигнуто. Динер Н.М., 14.10.2026" in director.last.text
        await director.presses("К списку результатов")
        await director.presses("🔴 15")
        assert "отмечать ничего не нужно" in director.last.text
        assert "2.5 Пары «учитель-ученик»: 0, нужно 4" in director.last.text
        await director.forges(ResultSay(number=BY_DATA, reached=True).pack())
        assert director.toast == "Такого нет, или это не ваше."

    async def test_a_history_as_a_picture(self, director: Chat, database: Database) -> None:
        async with database.write() as session:
            add_reading(session, "rooms", date(2026, 3, 1), 30)
            await session.commit()
        await director.says("/status")
        await director.presses("4. Климат")
        await director.presses("4.1")
        await director.presses("История картинкой")
        assert director.last.photo and director.last.photo.startswith(b"\x89PNG")


@pytest.fixture
def at_the_schools_computer(
    database: Database, clock: StoppedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The command line of the same school at the same moment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(cli.common, "the_clock", lambda: clock)
    url = database.url.render_as_string(hide_password=False)
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    yield tmp_path


async def test_the_command_line_writes_what_the_chat_sends(
    telegram: Telegram,
    school: School,
    database: Database,
    at_the_schools_computer: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Drawing takes seconds and has tests of its own.
    png = qr_code("x")
    monkeypatch.setattr(charts, "overview", lambda *_: [png])
    async with database.write() as session:
        add_reading(session, "rooms", date(2026, 3, 1), 30)
        add_note(session, school.staff[BERG], NOW, NOW)
        await add_survey(session, NOW, [5, 5, 4, 1, 1])
        await session.commit()
    director = telegram.chat(DIRECTOR)
    for kind, button, days in (
        ("xlsx", "Таблица Excel", []),
        ("docx", "Документ Word", ["--date", "14.10.2026", "--since", "2026-09-01"]),
    ):
        await director.says("/report")
        await director.presses(button)
        sent = director.last.document
        assert sent and "за период с 01.09.2026 по 14.10.2026" in director.last.text
        command = ["report", "--out", f"out.{kind}", *days]
        capsys.readouterr()  # the log of the chat
        assert await asyncio.to_thread(cli.main, command) == 0
        assert capsys.readouterr().out == f"out.{kind}: 2026-09-01 to 2026-10-14\n"
        written = (at_the_schools_computer / f"out.{kind}").read_bytes()
        assert content(kind, written) == content(kind, sent)


def content(kind: str, file: bytes) -> Any:
    """All that can be read in a file."""
    if kind == "xlsx":
        book = load_workbook(BytesIO(file))
        return {
            page.title: [[(c.value, c.number_format, c.fill.fgColor.rgb) for c in row] for row in page]
            for page in book
        }
    document = docx.Document(BytesIO(file))
    tables = [[cell.text for row in table.rows for cell in row.cells] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables, len(document.inline_shapes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "x.pdf"], "--out x.pdf: write a name that ends with .xlsx or .docx"),
        (["--out", "x.xlsx", "--date", "x"], "--date x: write a day such as 14.10.2026 or 2026-10-14"),
        (["--out", "x.xlsx", "--date", "2026-10-15"], "That day is yet to come."),
        (["--out", "x.xlsx", "--since", "15.10.2026"], "The period begins after its end."),
    ],
)
def test_a_wrong_command_is_told_so(
    school: School,
    at_the_schools_computer: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    assert cli.main(["report", *arguments]) == 2
    assert capsys.readouterr().err.startswith(said)


def test_where_it_cannot_write_it_says_so(
    school: School, at_the_schools_computer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", "--out", "none/x.xlsx"]) == 1
    assert "none/x.xlsx: cannot be written" in capsys.readouterr().err

"""LibreOffice opens both files of the report; the pages it makes of the demonstration's are in docs/samples.

Only where its command is there: .ci/run installs it.
"""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from bot.config import Settings
from bot.db.base import Database
from bot.demo.school import DIRECTOR, found
from bot.features.indicators import reporting
from bot.programme.load import load
from bot.reports import document, workbook
from bot.texts import texts
from bot.ui import report_words as words
from tests.journeys.transcripts import WRITE
from tests.school import School

OFFICE = shutil.which("soffice")
SAMPLES = Path(__file__).parent.parent.parent / "docs" / "samples"
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
pytestmark = [pytest.mark.long, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]


@pytest.fixture(params=["small", pytest.param("demonstration", marks=pytest.mark.soak)])
async def report(request: pytest.FixtureRequest, database: Database, settings: Settings) -> reporting.Report:
    """That of the small school of the tests, or the demonstration school's."""
    programme, today = load(), NOW.astimezone(settings.school.zone).date()
    if request.param == "demonstration":
        admins = settings.school.model_copy(update={"admins": (DIRECTOR,)})
        await found(database, settings.model_copy(update={"school": admins}), programme, NOW)
    async with database.write() as session:
        if request.param == "small":
            await School.found(session, NOW)
        asked = reporting.period(today)
        return await reporting.report(session, None, NOW, today, programme, settings, asked)


def convert(file: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice writes it in another format."""
    assert OFFICE
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{file.stem}.{to}"


def pages(pdf: Path) -> list[Any]:
    """The pages as pictures; none is empty."""
    drawn = [page.render(scale=1.2).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    assert all(len(page.convert("L").getcolors() or ()) != 1 for page in drawn)
    return drawn


def plain(cell: Any) -> Any:
    """The value, a number with as many digits as LibreOffice keeps."""
    return round(cell.value, 9) if isinstance(cell.value, float) else cell.value


def keep(request: pytest.FixtureRequest, page: Any, name: str) -> None:
    """Write the sample, when asked to."""
    if os.environ.get(WRITE) and "demonstration" in request.node.name:
        page.convert("P", palette=1, colors=64).save(SAMPLES / name, optimize=True)


def test_the_workbook_opens_with_every_value_and_prints(
    request: pytest.FixtureRequest, report: reporting.Report, tmp_path: Path
) -> None:
    file = tmp_path / "report.xlsx"
    sheets = [workbook.Sheet(*sheet) for sheet in words.sheets(texts("ru"), report)]
    file.write_bytes(workbook.workbook(sheets))
    (tmp_path / "again").mkdir()
    again = load_workbook(convert(file, "xlsx", tmp_path / "again"))
    for sheet in load_workbook(file):
        theirs = again[sheet.title]
        for row, their_row in zip(sheet, theirs, strict=True):
            assert list(map(plain, row)) == list(map(plain, their_row))
    keep(request, pages(convert(file, "pdf", tmp_path))[1], "report-workbook.png")


def test_the_document_becomes_pages(
    request: pytest.FixtureRequest, report: reporting.Report, tmp_path: Path
) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(document.document(document.Paper(**words.paper(texts("ru"), report))))
    drawn = pages(convert(file, "pdf", tmp_path))
    assert 8 <= len(drawn) <= 20
    keep(request, drawn[1], "report-overview.png")
    keep(request, drawn[2], "report-document.png")

"""Paper sheets of a survey: values to PDF, a family a page or more."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bot.reports.pdf import BOLD, REGULAR, register_fonts

MARGIN, STRIP = 48, 64
SIZE, SMALL, TITLE = 11, 9, 15
LINE, BOX = 15, 10


@dataclass(frozen=True)
class Layout:
    """What stands on every sheet.

    A question: its words, how to answer, the options, whether these stand in a row, lines to write on.
    """

    school: str
    title: str
    intro: Sequence[str]
    questions: Sequence[tuple[str, str, Sequence[str], bool, int]]
    cut: str
    foot: str


@dataclass(frozen=True)
class Addressed:
    """To whom a sheet goes, on the strip that is cut off; and its code."""

    to: str
    code: str


def survey_sheets(layout: Layout, sheets: Sequence[Addressed]) -> bytes:
    """A PDF (A4) of the sheets; each begins on a page of its own and has its code on every page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setTitle(layout.title)
    for sheet in sheets:
        _Pages(canvas, A4, layout, sheet).draw()
    canvas.save()
    return file.getvalue()


class _Pages:
    """The pages of one sheet, written from the top down."""

    def __init__(self, canvas: Any, size: tuple[float, float], layout: Layout, sheet: Addressed) -> None:
        self.canvas, self.layout, self.sheet = canvas, layout, sheet
        self.width, self.height = size
        self.y = self.height - MARGIN
        self.page = 1

    def draw(self) -> None:
        self._strip()
        self._code()
        self._text(self.layout.school, SMALL, REGULAR, after=6)
        self._text(self.layout.title, TITLE, BOLD, after=6)
        for line in self.layout.intro:
            self._text(line, SIZE, REGULAR, after=3)
        self.y -= 8
        for question in self.layout.questions:
            self._question(*question)
        self._room(2 * LINE)
        self._text(self.layout.foot, SMALL, REGULAR)
        self.canvas.showPage()

    def _strip(self) -> None:
        """To whom, and the line to cut along."""
        self._text(self.sheet.to, SIZE, BOLD)
        self._text(self.layout.cut, SMALL, REGULAR)
        bottom = self.height - MARGIN - STRIP + 24
        self.canvas.setDash(4, 3)
        self.canvas.line(MARGIN / 2, bottom, self.width - MARGIN / 2, bottom)
        self.canvas.setDash()
        self.y = bottom - 28

    def _code(self) -> None:
        self.canvas.setFont(BOLD, TITLE)
        self.canvas.drawRightString(self.width - MARGIN, self.y, self.sheet.code)

    def _question(self, words: str, hint: str, options: Sequence[str], in_a_row: bool, lines: int) -> None:
        rows = 1 if in_a_row else len(options)
        self._room(LINE * (len(self._wrapped(words, SIZE, BOLD)) + bool(hint) + rows + 1) + 24 * lines)
        self._text(words, SIZE, BOLD)
        if hint:
            self._text(hint, SMALL, REGULAR)
        x = float(MARGIN)
        for number, option in enumerate(options):
            self.canvas.rect(x, self.y - 2, BOX, BOX)
            self.canvas.setFont(REGULAR, SIZE)
            self.canvas.drawString(x + BOX + 6, self.y - 1, option)
            if in_a_row and number + 1 < len(options):
                x += BOX + 40 + self._width(option, SIZE, REGULAR)
            else:
                self.y -= LINE + 2
        for _ in range(lines):
            self.y -= 24
            self.canvas.setLineWidth(0.4)
            self.canvas.line(MARGIN, self.y + 8, self.width - MARGIN, self.y + 8)
            self.canvas.setLineWidth(1)
        self.y -= 10

    def _room(self, needed: float) -> None:
        """Turn to a new page where so much has no room on this one."""
        if self.y - needed > MARGIN:
            return
        self.canvas.showPage()
        self.page += 1
        self.y = self.height - MARGIN
        self._code()
        self._text(f"{self.layout.title} · {self.page}", SMALL, REGULAR, after=10)

    def _text(self, text: str, size: int, font: str, after: float = 0) -> None:
        room = self.width - 2 * MARGIN
        for line in self._wrapped(text, size, font, room):
            self.canvas.setFont(font, size)
            self.canvas.drawString(MARGIN, self.y, line)
            self.y -= size + 4
        self.y -= after

    def _wrapped(self, text: str, size: int, font: str, room: float | None = None) -> list[str]:
        from reportlab.lib.utils import simpleSplit

        return list(simpleSplit(text, font, size, room or self.width - 2 * MARGIN))

    def _width(self, text: str, size: int, font: str) -> float:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(text, font, size))

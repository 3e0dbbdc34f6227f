"""What people hold in their hands when they come in: a QR code on a screen, sheets of slips to cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from bot.reports.pdf import BOLD, REGULAR, register_fonts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# An A4 page in points; printers leave a margin.
PAGE = (595.28, 841.89)
MM = 72 / 25.4
MARGIN = 6 * MM
COLUMNS, ROWS = 3, 5
PER_PAGE = COLUMNS * ROWS
WIDTH, HEIGHT = (PAGE[0] - 2 * MARGIN) / COLUMNS, (PAGE[1] - 2 * MARGIN) / ROWS
PADDING = 3 * MM
QR_SIDE = 25 * MM
# Light modules around the code that a reader needs, by the standard.
QUIET = 4
SMALLEST = 4.5


@dataclass(frozen=True)
class Slip:
    """One guardian's slip. A new `group` (the class) begins a new page.

    `aside` stands beside the code, `lines` below it.
    """

    group: str
    heading: str
    name: str
    whom: str
    until: str
    aside: str
    lines: tuple[str, ...]
    link: str


def qr_code(link: str) -> bytes:
    """A PNG of the link that a phone reads from a screen or from paper."""
    import segno

    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=10, border=QUIET)
    return picture.getvalue()


def sheets(slips: Sequence[Slip], title: str) -> bytes:
    """A PDF of A4 pages with 15 slips each, cut lines between them, every group on pages of its own."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=PAGE)
    canvas.setTitle(title)
    for _, group in groupby(slips, key=lambda slip: slip.group):
        members = list(group)
        for start in range(0, len(members), PER_PAGE):
            page = members[start : start + PER_PAGE]
            for place, slip in enumerate(page):
                row, column = divmod(place, COLUMNS)
                _draw(canvas, slip, MARGIN + column * WIDTH, PAGE[1] - MARGIN - (row + 1) * HEIGHT)
            _cut_lines(canvas, -(-len(page) // COLUMNS))
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: "Canvas", slip: Slip, x: float, y: float) -> None:
    """One slip, its lower left corner at x, y: whose it is above, the code at the left, the link below."""
    left, right = x + PADDING, x + WIDTH - PADDING
    top = y + HEIGHT - PADDING
    top = _text(canvas, slip.heading, left, top, right - left, 7.5, BOLD, rows=1) - 2.2 * MM
    quiet = QUIET * draw_qr(canvas, slip.link, left, top - QR_SIDE, QR_SIDE)
    beside = left + QR_SIDE + quiet
    room = right - beside
    line = _text(canvas, slip.name, beside, top, room, 9, BOLD, rows=3)
    line = _text(canvas, slip.whom, beside, line - 1, room, 7.5, REGULAR, rows=2)
    line = _text(canvas, slip.until, beside, line - 2, room, 7, REGULAR, rows=2)
    _text(canvas, slip.aside, beside, line - 4, room, 6.3, REGULAR, rows=4)
    below = top - QR_SIDE - quiet
    for words in slip.lines:
        below = _text(canvas, words, left, below, right - left, 7, REGULAR, rows=2)
    address, _, code = slip.link.partition("?")
    below = _text(canvas, address.removeprefix("https://"), left, below - 2, right - left, 7.5, BOLD, rows=1)
    _text(canvas, f"?{code}", left, below, right - left, 7.5, BOLD, rows=1)


def _text(
    canvas: "Canvas", words: str, x: float, top: float, width: float, size: float, font: str, *, rows: int
) -> float:
    """Words in at most so many rows, smaller where they would not fit; where the next may begin below."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = simpleSplit(words, font, size, width)
    while size > SMALLEST and (
        len(lines) > rows or any(stringWidth(line, font, size) > width for line in lines)
    ):
        size -= 0.25
        lines = simpleSplit(words, font, size, width)
    canvas.setFont(font, size)
    for line in lines[:rows]:
        top -= size * 1.14
        canvas.drawString(x, top + size * 0.2, line)
    return top


def draw_qr(canvas: "Canvas", link: str, x: float, y: float, side: float) -> float:
    """Draw the code as dark rectangles, so wide without its quiet zone; returns the width of a module."""
    import segno

    matrix = segno.make(link, error="m").matrix
    module = side / len(matrix)
    path = canvas.beginPath()
    for number, row in enumerate(matrix):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                # A trace higher than a module, so that no light line shows between two rows.
                path.rect(
                    x + column * module, y + side - (number + 1) * module, length * module, module * 1.02
                )
            column += length
    canvas.drawPath(path, stroke=0, fill=1)
    return module


def _cut_lines(canvas: "Canvas", rows: int) -> None:
    """Dashed lines where scissors go, around the rows that are there."""
    canvas.saveState()
    canvas.setStrokeGray(0.55)
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    bottom = PAGE[1] - MARGIN - rows * HEIGHT
    for column in range(COLUMNS + 1):
        canvas.line(MARGIN + column * WIDTH, bottom, MARGIN + column * WIDTH, PAGE[1] - MARGIN)
    for row in range(rows + 1):
        height = PAGE[1] - MARGIN - row * HEIGHT
        canvas.line(MARGIN, height, PAGE[0] - MARGIN, height)
    canvas.restoreState()

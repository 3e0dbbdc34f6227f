"""What a parent takes home from a meeting: one A4 page that says what the bot is, in large print."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bot.reports.pdf import BOLD, REGULAR, register_fonts
from bot.reports.slips import MM, PAGE, draw_qr

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph

SIDE, TOP, BOTTOM = 17 * MM, 14 * MM, 12 * MM
WIDTH = PAGE[0] - 2 * SIDE
GAP = 8 * MM
QR_SIDE = 30 * MM
# The print of the lines in points: as large as the page allows.
LARGEST, SMALLEST = 14.0, 9.0
INK, SOFT = (0.10, 0.36, 0.42), (0.91, 0.95, 0.95)


@dataclass(frozen=True)
class Leaflet:
    """What the page says; of a part the heading comes first, then its lines.

    The lines of `come` are steps; `sees` and `sees_not` stand side by side; a pen fills in those of `ask`.
    """

    school: str
    title: str
    lead: str
    does: tuple[str, ...]
    come: tuple[str, ...]
    help: str
    sees: tuple[str, ...]
    sees_not: tuple[str, ...]
    others: str
    leave: tuple[str, ...]
    ask: tuple[str, ...]
    code: str
    link: str


def page(leaflet: Leaflet) -> bytes:
    """A PDF of one page; the print is made smaller where long names would not fit."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    size = LARGEST
    # Drawn on a sheet that is thrown away until it fits: what is measured is what is printed.
    while _Sheet(Canvas(BytesIO()), size).draw(leaflet) < BOTTOM and size > SMALLEST:
        size -= 0.25
    file = BytesIO()
    canvas = Canvas(file, pagesize=PAGE, invariant=1)
    canvas.setTitle(leaflet.title)
    canvas.setAuthor(leaflet.school)
    _Sheet(canvas, size).draw(leaflet)
    canvas.save()
    return file.getvalue()


class _Sheet:
    """The page as it is filled from above; `y` is where the next thing may begin."""

    def __init__(self, canvas: "Canvas", size: float) -> None:
        self.canvas, self.size = canvas, size
        self.y = PAGE[1] - TOP

    def draw(self, leaflet: Leaflet) -> float:
        """Draw all of it; returns the height at which it ends."""
        size, half = self.size, (WIDTH - GAP) / 2
        self._words(leaflet.school, SIDE, WIDTH, size * 0.9)
        self.y -= 1 * MM
        self._words(leaflet.title, SIDE, WIDTH, size * 2.1, BOLD, INK)
        self.y -= 1.5 * MM
        self._words(leaflet.lead, SIDE, WIDTH, size * 1.08)
        self._part(leaflet.does, SIDE, WIDTH)
        beside = QR_SIDE + GAP
        top = self.y
        self._part(leaflet.come, SIDE, WIDTH - beside, numbered=True)
        self._words(leaflet.help, SIDE + size * 1.5, WIDTH - beside - size * 1.5, size)
        self.y = min(self.y, self._code(leaflet, PAGE[0] - SIDE - QR_SIDE, top))
        top = self.y
        self._part(leaflet.sees, SIDE, half)
        left, self.y = self.y, top
        self._part(leaflet.sees_not, SIDE + half + GAP, half)
        self.y = min(left, self.y) - 1 * MM
        self._words(leaflet.others, SIDE, WIDTH, size)
        self._part(leaflet.leave, SIDE, WIDTH)
        heading, *lines = leaflet.ask
        self._heading(heading, SIDE, WIDTH)
        for line in lines:
            self._to_fill_in(line)
        return self.y

    def _part(self, part: tuple[str, ...], x: float, width: float, *, numbered: bool = False) -> None:
        heading, *lines = part
        self._heading(heading, x, width)
        indent = self.size * 1.5
        for number, line in enumerate(lines, 1):
            top = self.y - self.size * 0.72
            self.canvas.setFillColorRGB(*INK)
            if numbered:
                self.canvas.circle(x + self.size * 0.55, top, self.size * 0.62, stroke=0, fill=1)
                self.canvas.setFillColorRGB(1, 1, 1)
                self.canvas.setFont(BOLD, self.size * 0.85)
                self.canvas.drawCentredString(x + self.size * 0.55, top - self.size * 0.3, str(number))
            else:
                self.canvas.circle(x + self.size * 0.5, top, self.size * 0.16, stroke=0, fill=1)
            self._words(line, x + indent, width - indent, self.size)
            self.y -= self.size * (0.3 if numbered else 0.12)

    def _heading(self, words: str, x: float, width: float) -> None:
        self.y -= self.size * 0.75
        size = self.size * 1.2
        height = size * 1.45
        self.canvas.setFillColorRGB(*SOFT)
        self.canvas.roundRect(x, self.y - height, width, height, 3, stroke=0, fill=1)
        self.canvas.setFillColorRGB(*INK)
        self.canvas.setFont(BOLD, size)
        self.canvas.drawString(x + self.size * 0.4, self.y - height + size * 0.42, words)
        self.y -= height + self.size * 0.35

    def _code(self, leaflet: Leaflet, x: float, top: float) -> float:
        """The code that opens the bot, and what it is; where it ends."""
        small = _paragraph(leaflet.code, 9.5, REGULAR, centred=True)
        name = _paragraph("@" + leaflet.link.rpartition("/")[2], 9.5, BOLD, centred=True)
        y = top - self.size * 0.75 - QR_SIDE
        self.canvas.setFillColorRGB(0, 0, 0)
        draw_qr(self.canvas, leaflet.link, x, y, QR_SIDE)
        for words in (name, small):
            _, height = words.wrap(QR_SIDE + GAP, PAGE[1])
            y -= height + 1.5 * MM
            words.drawOn(self.canvas, x - GAP / 2, y)
        return y

    def _to_fill_in(self, words: str) -> None:
        """Words, and a line for a pen behind them."""
        self.y -= self.size * 1.5
        self.canvas.setFillColorRGB(0, 0, 0)
        self.canvas.setFont(REGULAR, self.size)
        self.canvas.drawString(SIDE, self.y, words)
        begin = SIDE + self.canvas.stringWidth(words, REGULAR, self.size) + 3 * MM
        self.canvas.setStrokeGray(0.4)
        self.canvas.setLineWidth(0.7)
        self.canvas.line(begin, self.y - 1, SIDE + WIDTH, self.y - 1)

    def _words(
        self,
        words: str,
        x: float,
        width: float,
        size: float,
        font: str = REGULAR,
        ink: Sequence[float] = (0, 0, 0),
    ) -> None:
        paragraph = _paragraph(words, size, font, ink)
        _, height = paragraph.wrap(width, PAGE[1])
        self.y -= height
        paragraph.drawOn(self.canvas, x, self.y)


def _paragraph(
    words: str, size: float, font: str, ink: Sequence[float] = (0, 0, 0), *, centred: bool = False
) -> "Paragraph":
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "",
        fontName=font,
        fontSize=size,
        leading=size * 1.25,
        textColor=Color(*ink),
        alignment=1 if centred else 0,
    )
    return Paragraph(escape(words), style)

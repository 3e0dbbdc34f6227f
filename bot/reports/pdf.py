"""The letters of our PDF files: PT Sans, carried along, since a PDF has no Cyrillic of its own."""

from functools import cache
from pathlib import Path

REGULAR, BOLD = "PTSans", "PTSans-Bold"

_FILES = {REGULAR: "PTSans-Regular.ttf", BOLD: "PTSans-Bold.ttf"}


@cache
def register_fonts() -> None:
    """Make REGULAR and BOLD known to reportlab, once a process; what is drawn with them is embedded."""
    # Late: reportlab costs a second.
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, Path(__file__).with_name("fonts") / file))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)

"""The letters of our PDF files."""

from io import BytesIO
from pathlib import Path

import pypdfium2
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.reports import pdf

WORDS = "Ёлка №5 «съешь» — ещё; Annex 2"


def test_cyrillic_is_embedded_and_read_back() -> None:
    pdf.register_fonts()
    file = BytesIO()
    canvas = Canvas(file)
    for name in (pdf.REGULAR, pdf.BOLD):
        canvas.setFont(name, 12)
        canvas.drawString(100, 400, WORDS)
        canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(file.getvalue())
    try:
        for page in document:
            text = page.get_textpage()
            assert text.get_text_range() == WORDS
            text.close()
            page.close()
    finally:
        document.close()
    assert b"/FontFile2" in file.getvalue()


def test_every_letter_of_a_form_is_in_both_weights() -> None:
    pdf.register_fonts()
    needed = "".join(map(chr, [*range(0x20, 0x7F), *range(0x410, 0x450)])) + "Ёё№«»„“—–…•·×½≥≤"
    for name in (pdf.REGULAR, pdf.BOLD):
        font = getFont(name)
        assert isinstance(font, TTFont)
        assert [char for char in needed if ord(char) not in font.face.charToGlyph] == []


def test_the_licence_lies_beside_the_fonts() -> None:
    folder = Path(pdf.__file__).with_name("fonts")
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")

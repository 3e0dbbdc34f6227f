"""The report in words: values to DOCX. python-docx is imported where it is used: it costs time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.programme.model import State
from bot.reports import charts
from bot.reports.workbook import COLOURS, HEAD, printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as Grid
    from docx.table import _Cell

# What Russian offices write in; where it is not there its metric twin is taken.
FONT = "Times New Roman"
SIZE, SMALL = 12, 9.5
# An A4 page in centimetres: less room than the sum of a table's columns must not be left.
PAGE, SIDE, TOP = (21.0, 29.7), 1.5, 1.8
ROOM = PAGE[0] - 2 * SIDE
# Two pictures of an overview stand side by side.
PICTURE = ROOM / 2 - 0.5


@dataclass(frozen=True)
class Table:
    """A head that stands on every page, rows, and what parts of the room the columns take.

    A pair in a row is words on the colour of a state.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str | tuple[str, State | None]]]
    widths: Sequence[float]


@dataclass(frozen=True)
class Overview:
    """The fields of bars (charts.Bar), the title, what the colours mean, and the word for a target."""

    bars: Sequence[Mapping[str, Any]]
    title: str
    legend: Mapping[State, str]
    mark: str


@dataclass(frozen=True)
class Chapter:
    """A heading of a level (1 begins a page), and what stands under it."""

    title: str
    level: int
    words: Sequence[str] = ()
    bullets: Sequence[str] = ()
    table: tuple[Any, ...] | None = None
    overview: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Paper:
    """A whole document; `above` and `below` the title on its first page, `signature` at the end."""

    title: str
    above: Sequence[str]
    below: Sequence[str]
    foot: str
    chapters: Sequence[tuple[Any, ...]]
    signature: Sequence[str]


def document(paper: Paper) -> bytes:
    """A DOCX file (A4): a title page, chapters with tables and pictures, a line to sign."""
    import docx

    file = docx.Document()
    _styles(file)
    _page(file, paper)
    _cover(file, paper)
    for fields in paper.chapters:
        chapter = Chapter(*fields)
        heading = file.add_heading(printable(chapter.title), chapter.level)
        heading.paragraph_format.page_break_before = chapter.level == 1
        for words in chapter.words:
            file.add_paragraph(printable(words))
        for words in chapter.bullets:
            file.add_paragraph(printable(words), style="List Bullet")
        if chapter.table:
            _table(file, Table(*chapter.table))
        if chapter.overview:
            _overview(file, Overview(*chapter.overview))
    _signature(file, paper.signature)
    bytes_ = BytesIO()
    file.save(bytes_)
    return bytes_.getvalue()


def _styles(file: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": SIZE, "Title": 20, "Heading 1": 14, "Heading 2": 12, "List Bullet": SIZE}
    for name, size in sizes.items():
        style: Any = file.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # the template's own take the place of the name
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_before = Pt(12 if name.startswith("Heading") else 0)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = name.startswith("Heading")
    border = file.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        file.styles["Title"].element.pPr.remove(border)
    language = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "ru-RU")


def _page(file: "Document", paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    section = file.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(SIDE)
    section.top_margin = section.bottom_margin = Cm(TOP)
    section.footer_distance = Cm(0.9)
    section.different_first_page_header_footer = True
    file.core_properties.title, file.core_properties.author = paper.title, paper.above[0]
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{printable(paper.foot)} · ").font.size = Pt(SMALL)
    for element in (
        _element("w:fldChar", fldCharType="begin"),
        _element("w:instrText", "PAGE"),
        _element("w:fldChar", fldCharType="end"),
    ):
        number = foot.add_run()
        number.font.size = Pt(SMALL)
        number._r.append(element)


def _cover(file: "Document", paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for words in paper.above:
        file.add_paragraph(printable(words)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = file.add_paragraph(printable(paper.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].bold = True
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(150), Pt(18)
    for words in paper.below:
        file.add_paragraph(printable(words)).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(file: "Document", table: Table) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    grid = file.add_table(rows=0, cols=len(table.head), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(table.widths)
    widths = [Cm(ROOM * width / whole) for width in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    head = _row(grid, table.head, widths, bold=True)
    head.append(_element("w:tblHeader"))
    for row in table.rows:
        _row(grid, row, widths)
    file.add_paragraph()


def _row(
    grid: "Grid",
    cells: Sequence[str | tuple[str, State | None]],
    widths: Sequence[Any],
    *,
    bold: bool = False,
) -> Any:
    """Add a row that is not torn apart between two pages; its properties."""
    from docx.shared import Pt

    row: Any = grid.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    for cell, value, width in zip(row.cells, cells, widths, strict=True):
        words, state = value if isinstance(value, tuple) else (value, None)
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(1), Pt(2)
        run = paragraph.add_run(printable(words))
        run.font.size, run.font.bold = Pt(SMALL), bold
        if bold or state:
            _shade(cell, COLOURS[state] if state else HEAD)
    return properties


def _shade(cell: "_Cell", colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=colour))


def _element(name: str, text: str | None = None, **attributes: str | None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement(name)
    if text:
        element.text = text
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _overview(file: "Document", overview: Overview) -> None:
    from docx.shared import Cm

    bars = [charts.Bar(**bar) for bar in overview.bars]
    pictures = charts.overview(bars, overview.title, overview.legend, overview.mark)
    grid = file.add_table(rows=-(-len(pictures) // 2), cols=2)
    grid.autofit = False
    for number, png in enumerate(pictures):
        paragraph = grid.cell(*divmod(number, 2)).paragraphs[0]
        paragraph.add_run().add_picture(BytesIO(png), width=Cm(PICTURE))


def _signature(file: "Document", lines: Sequence[str]) -> None:
    from docx.shared import Pt

    for number, words in enumerate(lines):
        line = file.add_paragraph(printable(words))
        line.paragraph_format.keep_with_next = number + 1 < len(lines)
        line.paragraph_format.space_before = Pt(36 if not number else 6)

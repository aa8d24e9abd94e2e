"""A pack as a Word document, A4: real headings, tables with heading rows, pictures with their text."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dashboard.packs.document import Cover, Line, MeasurePart, Pack, StrandPart, Table
from dashboard.packs.office_file import describe, without_clock
from dashboard.packs.pictures import chart_svg, png_of
from dashboard.packs.printable import printable
from dashboard.words.attention_lines import NOTHING_STANDS_OUT
from dashboard.words.phrases import KEY, NOTHING

_FONT: Final = "Arial"
_INK: Final = RGBColor(0x0B, 0x0C, 0x0C)
_QUIET: Final = RGBColor(0x50, 0x5A, 0x5F)
_CHART_WIDTH: Final = 700
_TEXT_WIDTH: Final = Cm(17.4)
_REST: Final = (("Measure", 6.2), ("Latest", 3.0), ("Year", 1.6), ("Change", 3.0), ("Target", 3.6))
"""The columns of the measures that need no attention, with their widths in centimetres."""


def word_of(pack: Pack) -> bytes:
    """Return the pack as a Word document; the same pack gives the same bytes."""
    document = docx.Document()
    set_up(document, pack)
    document.add_paragraph(printable(pack.meeting), style="Title")
    for words in (pack.subtitle, pack.freshness):
        add_quiet(document.add_paragraph(), words)
    document.add_paragraph().add_run(printable(pack.classification)).bold = True
    document.add_heading("What needs attention", level=1)
    if not pack.attention:
        document.add_paragraph(NOTHING_STANDS_OUT)
    add_lines(document, pack.attention)
    for listed in pack.lists:
        document.add_heading(printable(listed.title), level=1)
        add_lines(document, listed.lines)
    for part in pack.strands:
        _strand(document, part)
    add_quiet(document.add_paragraph(), KEY)
    written = BytesIO()
    document.save(written)
    return without_clock(written.getvalue())


def add_lines(document: Document, lines: Sequence[Line]) -> None:
    """Write lines as a list."""
    for line in lines:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(printable(line.subject)).bold = True
        paragraph.add_run(printable(line.rest))


def set_up(document: Document, cover: Cover) -> None:
    """Set up the page, its styles and its footer, and say in the file what it is."""
    describe(document.core_properties, title=cover.title, author=cover.meeting, as_at=cover.as_at)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.6)
    for name, size, before, after in (
        ("Normal", 9.5, 0, 3),
        ("Title", 22, 0, 4),
        ("Heading 1", 16, 16, 6),
        ("Heading 2", 12, 12, 4),
        ("Heading 3", 11, 12, 2),
        ("List Bullet", 9.5, 0, 2),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        if (rule := style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None) is not None:
            style.element.pPr.remove(rule)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _say_language(document)
    footer = section.footer.paragraphs[0]
    add_quiet(footer, f"{cover.title} · {cover.classification} · ")
    _page_number(footer)


def _say_language(document: Document) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(8.5), _QUIET
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    field.append(run._r)


def _strand(document: Document, part: StrandPart) -> None:
    document.add_heading(printable(part.strand), level=1)
    if part.exceptions:
        document.add_heading(f"What needs attention in {part.strand}", level=2)
    for measure in part.exceptions:
        _exception(document, measure)
    if part.rest:
        which = "The other measures" if part.exceptions else "The measures"
        document.add_heading(f"{which} of {part.strand}", level=2)
        _rest(document, part.rest)


def _exception(document: Document, measure: MeasurePart) -> None:
    document.add_heading(printable(measure.title), level=3).paragraph_format.keep_with_next = True
    told = document.add_paragraph()
    told.paragraph_format.keep_with_next = True
    told.add_run(printable(measure.figures["Latest"])).bold = True
    add_quiet(told, f"  {measure.facts}")
    told.add_run().add_break()
    told.add_run(printable(measure.told))
    add_quiet(told, f" {measure.whom}")
    if measure.chart is not None:
        drawn = png_of(chart_svg(measure.chart.specification, width=_CHART_WIDTH))
        picture = add_picture(document, drawn, measure.title, measure.chart.alternative)
        picture.paragraph_format.keep_with_next = measure.periods is not None
    if measure.periods is not None:
        add_periods(document, measure.periods)
    if measure.notes:
        notes = document.add_paragraph()
        notes.paragraph_format.space_before = Pt(3)
        add_quiet(notes, measure.notes)


def add_picture(document: Document, drawn: bytes, title: str, alternative: str) -> Paragraph:
    """Write a picture, with what it says to those who can't see it; return its paragraph."""
    picture = document.add_paragraph()
    inline = picture.add_run().add_picture(BytesIO(drawn), width=Cm(15.4))._inline
    inline.docPr.set("descr", printable(alternative))
    inline.docPr.set("title", printable(title))
    return picture


def add_periods(document: Document, periods: Table) -> None:
    """Write the last periods across the page, a column a period, so that chart and table share a page."""
    across = [(heading, [row[at] for row in periods.rows]) for at, heading in enumerate(periods.headings)]
    table = add_table(document, 1 + len(periods.rows), len(across), periods.caption)
    for line, ((heading, words_of_row), row) in enumerate(zip(across, table.rows, strict=True)):
        for column, (words, cell) in enumerate(zip((heading, *words_of_row), row.cells, strict=True)):
            fill_cell(cell, words, bold=line == 0 or column == 0, size=8)
            cell.paragraphs[0].paragraph_format.keep_with_next = line + 1 < len(across)


def _rest(document: Document, measures: tuple[MeasurePart, ...]) -> None:
    table = add_table(document, len(_REST), 1 + len(measures), "Measures, with their latest figures", widths=_REST)
    first, *others = table.rows
    for (heading, _), cell in zip(_REST, first.cells, strict=True):
        fill_cell(cell, heading, bold=True, size=8)
    for measure, row in zip(measures, others, strict=True):
        told, figures = measure.figures, row.cells
        fill_cell(figures[0], measure.title, bold=True)
        _quiet_line(figures[0], measure.told)
        if measure.notes:
            _quiet_line(figures[0], measure.notes)
        fill_cell(figures[1], told["Latest"], bold=True)
        _quiet_line(figures[1], " · ".join(told[name] for name in ("Cases", "Period") if told[name] != NOTHING))
        fill_cell(figures[2], told["Year"])
        fill_cell(figures[3], told["Change"])
        fill_cell(figures[4], told["Target"])
        if told["Can it be met?"] != NOTHING:
            _quiet_line(figures[4], told["Can it be met?"])


def add_table(
    document: Document, columns: int, rows: int, caption: str, *, widths: tuple[tuple[str, float], ...] | None = None
) -> WordTable:
    """Return a table whose first row repeats as its heading, whose rows stay whole, and that says what it is."""
    table: WordTable = document.add_table(rows, columns)
    table.autofit = False
    table._tbl.tblPr.append(_hairlines())
    shares = [Cm(width) for _, width in widths] if widths else [Emu(_TEXT_WIDTH // columns)] * columns
    for column, width in zip(table.columns, shares, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        for cell, width in zip(row.cells, shares, strict=True):
            cell.width = width
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), printable(caption))
    table._tbl.tblPr.append(said)
    return table


def _hairlines() -> BaseOxmlElement:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9CED1")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders


def fill_cell(cell: _Cell, words: str, *, bold: bool = False, size: float = 9) -> None:
    """Write the words of a cell."""
    run = cell.paragraphs[0].add_run(printable(words))
    run.bold, run.font.size = bold, Pt(size)
    cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def _quiet_line(cell: _Cell, words: str) -> None:
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    add_quiet(paragraph, words)


def add_quiet(paragraph: Paragraph, words: str) -> None:
    """Write words that stand back."""
    run = paragraph.add_run(printable(words))
    run.bold, run.font.size, run.font.color.rgb = False, Pt(8.5), _QUIET

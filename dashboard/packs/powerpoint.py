"""A pack as slides for the room: what needs attention, then strand by strand its table and its charts."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil
from typing import Final, TypeVar

import pptx
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.util import Cm, Length, Pt

from dashboard.packs.document import Line, MeasurePart, Pack, StrandPart
from dashboard.packs.office_file import describe, without_clock
from dashboard.packs.pictures import chart_svg, png_of
from dashboard.packs.printable import printable
from dashboard.words.attention_lines import NOTHING_STANDS_OUT

_WIDTH: Final = Cm(33.867)
_HEIGHT: Final = Cm(19.05)
_MARGIN: Final = Cm(1.5)
_ACROSS: Final = Cm(30.867)
_TITLE_TOP: Final[Length] = Cm(1)
_TITLE_LAYOUT: Final = 5
_INK: Final = RGBColor.from_string("0B0C0C")
_QUIET: Final = RGBColor.from_string("505A5F")
_HEAD: Final = RGBColor.from_string("E3E5E7")
_PAPER: Final = RGBColor.from_string("FFFFFF")
_FONT: Final = "Arial"
_ROWS_OF_TEXT: Final = 18
"""So many rows of text a slide has space for, a list's lines apart from one another."""
_LETTERS_IN_A_ROW: Final = 100
_ROWS_ON_A_SLIDE: Final = 12
_CHARTS_ON_A_SLIDE: Final = 2
_NARROW_CHART: Final = 560
_WIDE_CHART: Final = 1150
_CHART_HEIGHT: Final = 230
"""In pixels, of which 37 make a centimetre on the slide."""
_COLUMNS: Final = (("Measure", 9.6), ("Latest", 3.0), ("Cases", 4.2), ("Change", 5.0), ("Target", 9.0))
"""The columns of a strand's table, with their widths in centimetres."""

T = TypeVar("T")


def powerpoint_of(pack: Pack) -> bytes:
    """Return the pack as slides, 16:9; the same pack gives the same bytes."""
    slides = pptx.Presentation()
    slides.slide_width, slides.slide_height = _WIDTH, _HEIGHT
    describe(slides.core_properties, title=pack.title, author=pack.meeting, as_at=pack.as_at)
    _first(slides, pack)
    _lines(slides, "What needs attention", pack.attention or (Line("", NOTHING_STANDS_OUT),))
    for listed in pack.lists:
        _lines(slides, listed.title, listed.lines)
    for part in pack.strands:
        _strand(slides, part)
    written = BytesIO()
    slides.save(written)
    return without_clock(written.getvalue())


def _first(slides: Presentation, pack: Pack) -> None:
    slide = _slide(slides, pack.meeting, size=36, top=Cm(6))
    frame = _text(slide, Cm(8.4), Cm(4))
    for line in (pack.subtitle, pack.freshness, pack.classification):
        _paragraph(frame, line, size=18, colour=_QUIET)


def _lines(slides: Presentation, title: str, lines: Sequence[Line]) -> None:
    batches = _slides_of(lines)
    for number, batch in enumerate(batches, start=1):
        slide = _slide(slides, _numbered(title, number, len(batches)))
        frame = _text(slide, Cm(3.4), Cm(14))
        for line in batch:
            _paragraph(frame, line.rest, size=16, bold_first=line.subject, space=8)


def _slides_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines slide by slide, as many on each as it has space for."""
    batches: list[list[Line]] = []
    rows = 0
    for line in lines:
        needed = ceil(len(line.subject + line.rest) / _LETTERS_IN_A_ROW)
        if not batches or rows + needed > _ROWS_OF_TEXT:
            batches.append([])
            rows = 0
        batches[-1].append(line)
        rows += needed
    return batches


def _strand(slides: Presentation, part: StrandPart) -> None:
    measures = (*part.exceptions, *part.rest)
    batches = list(_batches(measures, _ROWS_ON_A_SLIDE))
    for number, batch in enumerate(batches, start=1):
        slide = _slide(slides, _numbered(str(part.strand), number, len(batches)))
        _table(slide, batch, part.exceptions)
    for batch in _batches([measure for measure in part.exceptions if measure.chart], _CHARTS_ON_A_SLIDE):
        slide = _slide(slides, " · ".join(measure.title for measure in batch), size=22)
        for place, measure in enumerate(batch):
            _chart(slide, measure, Cm(1.5 + 15.6 * place), is_alone=len(batch) == 1)


def _table(slide: Slide, measures: Sequence[MeasurePart], exceptions: Sequence[MeasurePart]) -> None:
    rows = len(measures) + 1
    frame = slide.shapes.add_table(rows, len(_COLUMNS), _MARGIN, Cm(3.2), _ACROSS, Cm(1.05 * rows))
    _describe(frame, "Measures with their latest figures; those in bold need attention")
    table = frame.table
    for at, (_, width) in enumerate(_COLUMNS):
        table.columns[at].width = Cm(width)
    for cell, (heading, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _cell(cell, heading, bold=True, ground=_HEAD)
    for row, measure in zip(list(table.rows)[1:], measures, strict=True):
        is_exception = measure in exceptions
        told = {"Measure": measure.title, **measure.figures}
        for cell, (name, _) in zip(row.cells, _COLUMNS, strict=True):
            _cell(cell, told[name], bold=is_exception and name in ("Measure", "Latest"), ground=_PAPER)


def _chart(slide: Slide, measure: MeasurePart, left: Length, *, is_alone: bool) -> None:
    """Draw a chart with its value and sentence above it, across the slide where it is alone.

    The table of its periods stands in the notes.
    """
    width, pixels = (_ACROSS, _WIDE_CHART) if is_alone else (Cm(15), _NARROW_CHART)
    frame = _text(slide, Cm(3.3), Cm(4), left=left, width=width)
    _paragraph(frame, f"  {measure.facts}", size=12, bold_first=f"{measure.title} {measure.figures['Latest']}")
    _paragraph(frame, measure.told, size=14)
    _paragraph(frame, measure.whom, size=12, colour=_QUIET)
    if measure.chart is not None:
        drawn = png_of(chart_svg(measure.chart.specification, width=pixels, height=_CHART_HEIGHT))
        picture = slide.shapes.add_picture(BytesIO(drawn), left, Cm(7.2), width=width)
        _describe(picture, measure.chart.alternative)
    foot = _text(slide, Cm(15.4), Cm(3), left=left, width=width)
    _paragraph(foot, measure.notes, size=10, colour=_QUIET)
    if measure.periods is not None:
        notes = slide.notes_slide.notes_text_frame
        if notes is not None:
            told = [measure.periods.caption, *("; ".join(row) for row in measure.periods.rows)]
            notes.text = printable("\n".join([*([notes.text] if notes.text else []), *told]))


def _slide(slides: Presentation, title: str, *, size: float = 26, top: Length = _TITLE_TOP) -> Slide:
    slide: Slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_LAYOUT])
    [shape] = slide.placeholders
    shape.left, shape.top, shape.width, shape.height = _MARGIN, top, _ACROSS, Cm(1.8)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.paragraphs[0].alignment = None
    _paragraph(frame, title, size=size, bold=True)
    return slide


def _text(slide: Slide, top: Length, height: Length, *, left: Length = _MARGIN, width: Length = _ACROSS) -> TextFrame:
    frame: TextFrame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    return frame


def _paragraph(
    frame: TextFrame,
    words: str,
    *,
    size: float,
    bold: bool = False,
    bold_first: str = "",
    colour: RGBColor = _INK,
    space: float = 4,
) -> None:
    """Write a paragraph, the first of a frame in the one that it has; `bold_first` are words before the others."""
    is_first = len(frame.paragraphs) == 1 and not frame.paragraphs[0].runs
    paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
    paragraph.space_after = Pt(space)
    paragraph.alignment = 1
    for text, is_bold in ((bold_first, True), (words, bold)):
        if text:
            run = paragraph.add_run()
            run.text = printable(text)
            run.font.name, run.font.size, run.font.bold, run.font.color.rgb = _FONT, Pt(size), is_bold, colour
            run._r.get_or_add_rPr().set("lang", "en-GB")


def _cell(cell: _Cell, words: str, *, bold: bool, ground: RGBColor) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = ground
    cell.margin_top = cell.margin_bottom = Cm(0.12)
    _paragraph(cell.text_frame, words, size=13, bold=bold, space=0)


def _describe(shape: BaseShape, words: str) -> None:
    """Give a shape the words for those who can't see it."""
    [properties] = shape._element.iter(qn("p:cNvPr"))
    properties.set("descr", printable(words))


def _numbered(title: str, number: int, of: int) -> str:
    return title if of == 1 else f"{title} ({number} of {of})"


def _batches(every: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(every), size):
        yield every[start : start + size]

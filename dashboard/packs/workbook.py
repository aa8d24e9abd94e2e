"""A pack as a workbook of its data: what it says of each measure, and every figure behind it."""

from collections.abc import Sequence
from datetime import UTC, date
from io import BytesIO
from math import ceil
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.rows import COLUMNS
from dashboard.exports.safe_cells import safe_cell
from dashboard.packs.document import FIGURES, Cover, Line, Pack
from dashboard.packs.printable import printable
from dashboard.words.attention_lines import NOTHING_STANDS_OUT

_SUMMARY: Final = ("Strand", "Measure", "Needs attention", *FIGURES, "In words", "Ask", "Notes")
_SUMMARY_WIDTHS: Final = (16, 38, 10, 12, 14, 12, 10, 18, 20, 16, 70, 40, 40)
_FIGURE_WIDTHS: Final = {"measure": 50, "sentence": 120}
_A4: Final = 9
_LINE_WIDTH: Final = 100
_LINE_HEIGHT: Final = 15.0


def workbook_of(pack: Pack) -> bytes:
    """Return the pack as a workbook; the same pack gives the same bytes.

    Numbers are numbers; text is never a formula, whatever it begins with (exports.safe_cells).
    """
    sheets = Sheets(pack)
    sheets.lines(
        "Pack",
        [pack.meeting, pack.subtitle, pack.freshness, pack.classification, "", "What needs attention"]
        + (_told(pack.attention) or [NOTHING_STANDS_OUT])
        + [line for part in pack.lists for line in ("", part.title, *_told(part.lines))],
    )
    summary = [
        (
            part.strand,
            measure.title,
            "yes" if measure in part.exceptions else "no",
            *(measure.figures[name] for name in FIGURES),
            measure.told,
            measure.whom,
            measure.notes,
        )
        for part, measure in pack.measures()
    ]
    sheets.table("Measures", _SUMMARY, summary, _SUMMARY_WIDTHS)
    rows = [[row[name] for name in COLUMNS] for row in pack.data]
    sheets.table("Figures", COLUMNS, rows, [_FIGURE_WIDTHS.get(name, 14) for name in COLUMNS])
    return sheets.written()


def _told(lines: Sequence[Line]) -> list[str]:
    return [f"{line.subject}{line.rest}" for line in lines]


class Sheets:
    """Writes the sheets of a workbook."""

    def __init__(self, cover: Cover) -> None:
        self._file = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = book = xlsxwriter.Workbook(self._file, options)
        moment = cover.as_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": printable(cover.title), "author": printable(cover.meeting), "created": moment})
        self._heading: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})

    def lines(self, name: str, lines: Sequence[str]) -> None:
        """Write lines of text, the first as a heading."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, _LINE_WIDTH)
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, _safe(line), self._heading if at == 0 else self._text)
            sheet.set_row(at, _height([line], [_LINE_WIDTH]))
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def table(
        self, name: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float]
    ) -> None:
        """Write rows under headings that stay in sight and can be filtered."""
        sheet = self._book.add_worksheet(name)
        for at, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, self._heading)
        for line, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                self._write(sheet, line, at, cell)
            sheet.set_row(line, _height(row, widths))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def written(self) -> bytes:
        """Return the workbook with its sheets; none can be added afterwards."""
        self._book.close()
        return self._file.getvalue()

    def _write(self, sheet: Worksheet, line: int, at: int, cell: object) -> None:
        match cell:
            case None | "":
                pass
            case bool() | int() | float():
                sheet.write_number(line, at, cell)
            case date():
                sheet.write_datetime(line, at, cell, self._day)
            case _:
                sheet.write_string(line, at, _safe(str(cell)), self._text)


def _height(row: Sequence[object], widths: Sequence[float]) -> float:
    """Return the height of a row, in points, in which its texts have space: not every program works it out."""
    lines = [ceil(len(cell) / width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str)]
    return _LINE_HEIGHT * max(lines, default=1) if any(lines) else _LINE_HEIGHT


def _safe(text: str) -> str:
    return str(safe_cell(printable(text)))

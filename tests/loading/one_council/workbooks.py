"""Workbooks of three kinds, dates as dates and numbers as numbers, written with what each kind asks for alone."""

import datetime as dt
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import xlsxwriter

from tests.loading.one_council.council import EXTRACTS, Rows, extract

_DAY: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TIME: Final = re.compile(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$")
_NUMBER: Final = re.compile(r"^-?\d+(\.\d+)?$")
_DAY_0: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zone

Value = dt.datetime | float | str


def value(cell: str) -> Value:
    """Return what a cell holds, as a spreadsheet keeps it; impossible dates stay text."""
    for form, pattern in (("%Y-%m-%d", _DAY), ("%Y-%m-%d %H:%M", _TIME)):
        if pattern.match(cell):
            try:
                return dt.datetime.strptime(cell, form)  # noqa: DTZ007 - spreadsheets know no time zone
            except ValueError:
                return cell
    return float(cell) if _NUMBER.match(cell) else cell


def _table(rows: Rows) -> Iterator[list[Value]]:
    yield list(rows[0])
    for row in rows:
        yield [value(cell) for cell in row.values()]


def xlsx(folder: Path) -> None:
    """Write a workbook of Excel."""
    folder.mkdir()
    with xlsxwriter.Workbook(folder / "council.xlsx") as book:
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for name in EXTRACTS:
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(_table(extract(name))):
                for column, cell in enumerate(cells):
                    if isinstance(cell, dt.datetime):
                        sheet.write_datetime(number, column, cell, moment)
                    elif cell != "":
                        sheet.write(number, column, cell)


def ods(folder: Path) -> None:
    """Write a workbook of LibreOffice."""

    def cell(one: Value) -> str:
        if isinstance(one, dt.datetime):
            return f'<table:table-cell office:value-type="date" office:date-value="{one.isoformat()}"/>'
        if isinstance(one, float):
            return f'<table:table-cell office:value-type="float" office:value="{one!r}"/>'
        if one == "":
            return "<table:table-cell/>"
        return f'<table:table-cell office:value-type="string"><text:p>{escape(one)}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>" for cells in _table(extract(name))
        )
        + "</table:table>"
        for name in EXTRACTS
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    folder.mkdir()
    with zipfile.ZipFile(folder / "council.ods", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)


def _record(number: int, content: bytes = b"") -> bytes:
    """Return a record of a binary workbook: its number and its length in groups of seven bits, then its content."""
    head = bytes([number]) if number < 128 else bytes([(number & 127) | 128, number >> 7])
    length, size = b"", len(content)
    while True:
        more = size >> 7
        length += bytes([(size & 127) | (128 if more else 0)])
        size = more
        if not more:
            return head + length + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_cell(column: int, one: Value) -> bytes:
    """Return a cell: dates as the number of the day in a style of dates, the second of the two styles."""
    if isinstance(one, str):
        return _record(6, struct.pack("<II", column, 0) + _wide(one))
    is_date = isinstance(one, dt.datetime)
    number = (one - _DAY_0) / dt.timedelta(days=1) if isinstance(one, dt.datetime) else one
    return _record(5, struct.pack("<IId", column, int(is_date), number))


def xlsb(folder: Path) -> None:
    """Write a binary workbook of Excel."""
    sheets = []
    for name in EXTRACTS:
        rows = b""
        for number, cells in enumerate(_table(extract(name))):
            rows += _record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0, 0) + struct.pack("<I", 0))
            rows += b"".join(_binary_cell(column, one) for column, one in enumerate(cells) if one != "")
        size = struct.pack("<IIII", 0, len(extract(name)), 0, len(extract(name)[0]) - 1)
        sheets.append(_record(129) + _record(148, size) + _record(145) + rows + _record(146) + _record(130))
    bundle = b"".join(
        _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(EXTRACTS, start=1)
    )
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    style = struct.pack("<HHHHHBBHBB", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    dated = struct.pack("<HHHHHBBHBB", 0, 22, 0, 0, 0, 0, 0, 0, 0, 0)
    styles = _record(278) + _record(617, struct.pack("<I", 2)) + _record(47, style) + _record(47, dated)
    styles += _record(618) + _record(279)
    office = "http://schemas.openxmlformats.org"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(EXTRACTS) + 1)
    )
    folder.mkdir()
    with zipfile.ZipFile(folder / "council.xlsb", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{office}/package/2006/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        )
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships">{relations}'
            f'<Relationship Id="rId99" Type="{office}/officeDocument/2006/relationships/styles" '
            'Target="styles.bin"/></Relationships>',
        )
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/styles.bin", styles)
        for number, sheet in enumerate(sheets, start=1):
            package.writestr(f"xl/worksheets/sheet{number}.bin", sheet)


WORKBOOKS: Final[dict[str, Callable[[Path], None]]] = {
    "a workbook of Excel": xlsx,
    "a binary workbook of Excel": xlsb,
    "a workbook of LibreOffice": ods,
}

"""Workbooks of one sheet, made cell by cell in every format, with formulas that failed or were never worked out.

What no library writes is written by hand after the open specifications ([MS-XLSB], [MS-XLS], ECMA-376, OpenDocument),
no more of it than a reader asks for.
"""

import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from tests.loading.annex_a import old_workbook

ERROR_CODES: Final = {
    "#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A,
}  # fmt: skip


@dataclass(frozen=True)
class Failed:
    """A formula that failed, and what a spreadsheet shows for it."""

    shown: str


@dataclass(frozen=True)
class Raw:
    """A cell as its format writes it."""

    content: str


Cell = str | Failed | Raw | None
Rows = Sequence[Sequence[Cell]]
Writer = Callable[[Path, Rows], Path]


def xlsx(file: Path, rows: Rows, prefix: str = "") -> Path:
    """Write a workbook of ECMA-376; `prefix` is one of its names of elements, `x:` say."""

    def cell(one: Cell) -> str:
        match one:
            case None:
                return "<c/>"
            case Raw(content):
                return content
            case Failed(shown):
                return f'<c s="0" t="e"><f>VLOOKUP(A1,K:L,2,FALSE)</f><v>{shown}</v></c>'
        return f'<c t="inlineStr"><is><t>{escape(one)}</t></is></c>'

    sheet = "".join(f"<row>{''.join(map(cell, cells))}</row>" for cells in rows)
    sheet = f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"
    if prefix:
        sheet = sheet.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    named = f"xmlns:{prefix.rstrip(':')}" if prefix else "xmlns"
    return _package(
        file,
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _relations(f"{relations}/officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="referrals" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(f"{relations}/worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet.replace("worksheet>", f'worksheet {named}="{main}">', 1),
        },
    )


def ods(file: Path, rows: Rows) -> Path:
    """Write an OpenDocument spreadsheet; a formula fails as LibreOffice tells of it."""

    def cell(one: Cell) -> str:
        match one:
            case None:
                return "<table:table-cell/>"
            case Raw(content):
                return content
            case Failed(shown):
                return (
                    '<table:table-cell table:formula="of:=VLOOKUP([.A1];[.K1:.L9];2;0)" office:value-type="string" '
                    f'office:string-value="" calcext:value-type="error"><text:p>{shown}</text:p></table:table-cell>'
                )
        return f'<table:table-cell office:value-type="string"><text:p>{escape(one)}</text:p></table:table-cell>'

    table = "".join(f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>" for cells in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "calcext")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _package(
        file,
        {
            "mimetype": kind,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="referrals">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        },
    )


def xlsb(file: Path, rows: Rows) -> Path:
    """Write a binary workbook: text, and failed formulas."""

    def record(kind: int, content: bytes = b"") -> bytes:
        found = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(content)
        while size > 127:
            found, size = found + bytes([size & 0x7F | 0x80]), size >> 7
        return found + bytes([size]) + content

    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    def cell(column: int, one: Cell) -> bytes:
        place = struct.pack("<II", column, 0)
        if isinstance(one, Failed):
            return record(11, place + bytes([ERROR_CODES[one.shown]]) + bytes(2) + struct.pack("<II", 0, 0))
        return record(6, place + text(one)) if isinstance(one, str) else b""

    sheet = b"".join(
        record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)) + b"".join(cell(*one) for one in enumerate(cells))
        for row, cells in enumerate(rows)
    )
    size = record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    bundle = struct.pack("<II", 0, 1) + text("rId1") + text("referrals")
    return _package(
        file,
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _relations(f"{relations}/officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": record(131) + record(143) + record(156, bundle) + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": _relations(f"{relations}/worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": record(129) + size + record(145) + sheet + record(146) + record(130),
        },
    )


def xls(file: Path, rows: Rows) -> Path:
    """Write an old workbook: text, and failed formulas."""
    return old_workbook.xls(
        file,
        {
            "referrals": [
                [old_workbook.Error(ERROR_CODES[one.shown]) if isinstance(one, Failed) else one for one in cells]
                for cells in rows
            ]
        },
    )


WRITERS: Final[dict[str, Writer]] = {"xlsx": xlsx, "xlsm": xlsx, "xlsb": xlsb, "xls": xls, "ods": ods}


def _relations(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def _package(file: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file

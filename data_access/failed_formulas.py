"""Workbooks whose formulas failed or were never worked out, made readable: such a cell gives what it shows.

The reader of workbooks gives up on a sheet with an error that it doesn't know (`#SPILL!`), gives nothing for a
formula that was saved without its result, and for one that failed nothing in .xlsb, nothing or 0 in .ods. So such
cells are changed in a copy, as the sheets stream by; a workbook without such a cell is left alone. What is changed:

- .xlsx, .xlsm: a cell with `<f>` and no `<v>` is a formula without its result. (A formula whose result is an empty
  text has `t="str"` and an empty `<v>`.) A cell of `t="e"` shows the error.
- .ods: a formula without `office:value-type` has no result; where LibreOffice says `calcext:value-type="error"`, or
  the cell shows an error, it failed.

- .xlsb: the record of a formula that failed (BrtFmlaError of [MS-XLSB]) becomes that of an error by itself
  (BrtCellError), which the reader knows.

In .xls and .xlsb every formula has a result, if only an old one, so which were never worked out can't be told there.

Stands by itself, with nothing but the standard library, since it runs in the small process that opens workbooks.
"""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

NOT_CALCULATED: Final = b"#NOT CALCULATED!"

OPEN_DOCUMENT: Final = "content.xml"
"""The member that has the sheets of an OpenDocument workbook."""

_KNOWN_ERRORS: Final = frozenset({b"#N/A", b"#REF!", b"#VALUE!", b"#DIV/0!", b"#NAME?", b"#NULL!", b"#NUM!"})
"""The errors that the reader of workbooks knows by itself."""

_SHEET: Final = re.compile(r"(?:^|/)worksheets/[^/]+\.xml$", re.IGNORECASE)
_BINARY_SHEET: Final = re.compile(r"(?:^|/)worksheets/[^/]+\.bin$", re.IGNORECASE)
_CELL_ERROR, _FORMULA_ERROR = 3, 11
_BINARY_ERROR_SIZE: Final = 9
_BINARY_SIGN: Final = re.compile(
    rb"\x0b(?:[\0-\x7f]|[\x80-\xff]{1,3}[\0-\x7f]).{8}[\0\x07\x0f\x17\x1d\x24\x2a\x2b]", re.DOTALL
)
"""The record of a failed formula: its kind, its size, column and style, the code of the error."""
_BLOCK: Final = 1 << 20
_LONGEST_CELL: Final = 8 << 20

# possessive (++, *+) wherever it can be, so that no content makes a search go back over it again and again
_INSIDE_TAG: Final = rb"""(?:[^<>"'/]++|"[^"<]*+"|'[^'<]*+')*+"""
_UNCALCULATED: Final = re.compile(
    rb"<(?P<p>(?:[\w.-]+:)?+)c(?P<attributes>(?:\s%b)?)>\s*+<(?P=p)f(?:\s%b)?(?:/>|>[^<]*+</(?P=p)f>)\s*+"
    rb"(?P<empty><(?P=p)v\s*+(?:/>|>\s*+</(?P=p)v>)\s*+)?</(?P=p)c>" % (_INSIDE_TAG, _INSIDE_TAG)
)
_FAILED: Final = re.compile(
    rb"""<(?P<p>(?:[\w.-]+:)?+)c(?P<attributes>\s[^<>]*?\bt\s*=\s*["']e["'][^<>/]*+)>"""
    rb"(?P<formula>\s*+(?:<(?P=p)f(?:\s%b)?(?:/>|>[^<]*+</(?P=p)f>)\s*+)?)<(?P=p)v>(?P<error>[^<]*+)</(?P=p)v>"
    % _INSIDE_TAG
)
_SIGNS: Final = (
    re.compile(rb'"e"'),
    re.compile(rb"'e'"),
    re.compile(rb"f>\s*+<(?:/|(?:[\w.-]+:)?v\s*+/|(?:[\w.-]+:)?v>\s*+<)"),
    re.compile(rb"/>\s*+</(?:[\w.-]+:)?c>"),
)
"""What is met far sooner than by looking at every cell: one at least of these stands in each cell to change."""

_TYPE: Final = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
_OPEN_FORMULA: Final = re.compile(
    rb"<(?P<p>(?:[\w.-]+:)?+)table-cell(?=[^<>]*?formula\s*=)(?P<attributes>\s%b)"
    rb"(?:/>|>(?P<body>(?:[^<]++|<(?!/(?P=p)table-cell>))*+)</(?P=p)table-cell>)" % _INSIDE_TAG
)
_RESULT: Final = re.compile(
    rb"""\s(?:office:(?:\w+-)?value|office:value-type|calcext:value-type|table:formula)\s*=\s*"""
    rb"""(?:"[^"<]*+"|'[^'<]*+')"""
)
_TAG: Final = re.compile(rb"<[^<>]*+>")
_OPEN_SIGNS: Final = (re.compile(rb"formula"),)
_SHOWN_ERROR: Final = re.compile(rb"#N/A|#[A-Z/0_]++[!?]|Err:\d++")


@dataclass(frozen=True)
class _Mending:
    """How the cells of a format are mended: where one ends, and the steps that change those in a piece of a sheet.

    Only pieces with one of the `signs` can have such a cell. Without an `end` a sheet is one piece.
    """

    end: re.Pattern[bytes] | None
    signs: tuple[re.Pattern[bytes], ...]
    steps: tuple[Callable[[bytes], bytes], ...]

    def mended(self, piece: bytes) -> bytes:
        if not any(sign.search(piece) for sign in self.signs):
            return piece
        for step in self.steps:
            piece = step(piece)
        return piece


def readable(file: Path, folder: Path) -> Path:
    """Return the workbook, or where cells of it have to be changed into text a copy of it in the folder.

    Raise what `zipfile` raises for a package that is damaged.
    """
    if not zipfile.is_zipfile(file):
        return file
    with zipfile.ZipFile(file) as package:
        mended = {name for name in package.namelist() if (how := _mending(name)) and _is_to_mend(package, name, how)}
        if not mended:
            return file
        copy = folder / f"readable{file.suffix}"
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
            for name in dict.fromkeys(package.namelist()):
                how = _mending(name) if name in mended else None
                with package.open(name) as content, written.open(zipfile.ZipInfo(name), "w", force_zip64=True) as to:
                    if how is None:
                        shutil.copyfileobj(content, to)
                    else:
                        to.writelines(how.mended(piece) for piece in _pieces(content, how.end))
    return copy


def _mending(name: str) -> _Mending | None:
    if name == OPEN_DOCUMENT:
        return _OPEN
    if _BINARY_SHEET.search(name):
        return _BINARY
    return _OFFICE if _SHEET.search(name) else None


def _is_to_mend(package: zipfile.ZipFile, name: str, how: _Mending) -> bool:
    with package.open(name) as content:
        return any(how.mended(piece) != piece for piece in _pieces(content, how.end))


def _pieces(content: IO[bytes], end: re.Pattern[bytes] | None) -> Iterator[bytes]:
    """Yield the content in pieces that end where a cell does, so that no cell is parted."""
    if end is None:
        yield content.read()
        return
    rest = b""
    while block := content.read(_BLOCK):
        rest += block
        cut = len(rest) if len(rest) > _LONGEST_CELL else _last_end(rest, end)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def _last_end(content: bytes, end: re.Pattern[bytes]) -> int:
    tail = max(len(content) - _BLOCK // 16, 0)
    return next(
        (ends[-1] for begins in (tail, 0) if (ends := [match.end() for match in end.finditer(content, begins)])), 0
    )


def _as_text(attributes: bytes, prefix: bytes, text: bytes) -> bytes:
    plain = _TYPE.sub(b"", attributes)
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (prefix, plain, prefix, text, prefix, prefix)


def _uncalculated(cell: re.Match[bytes]) -> bytes:
    kind = _TYPE.search(cell["attributes"])
    if kind and kind[1] == b"str" and cell["empty"] is not None:
        return cell[0]
    return _as_text(cell["attributes"], cell["p"], NOT_CALCULATED)


def _failed(cell: re.Match[bytes]) -> bytes:
    if cell["error"].strip() in _KNOWN_ERRORS:
        return cell[0]
    return cell[0].replace(cell["attributes"], _TYPE.sub(b' t="str"', cell["attributes"]), 1)


def _open_formula(cell: re.Match[bytes]) -> bytes:
    attributes = cell["attributes"]
    shown = _TAG.sub(b"", cell["body"] or b"").strip()
    has_failed = b'calcext:value-type="error"' in attributes or _SHOWN_ERROR.fullmatch(shown)
    if not has_failed and b"office:value-type" in attributes:
        return cell[0]
    if has_failed and (not shown or shown.startswith(b"Err:")):
        shown = b"#VALUE!"  # LibreOffice has numbers of its own for errors that others show so
    return b'<%btable-cell%b office:value-type="string"><text:p>%b</text:p></%btable-cell>' % (
        cell["p"],
        _RESULT.sub(b"", attributes).rstrip(),
        shown or NOT_CALCULATED,
        cell["p"],
    )


def _failed_records(sheet: bytes) -> bytes:
    """Return a binary sheet with records of errors in place of those of failed formulas."""
    parts, kept, at = [], 0, 0
    while at + 1 < len(sheet):
        begins, kind = at, sheet[at]
        at += 1 if kind < 128 else 2
        size = shift = 0
        while at < len(sheet) and shift < 28:
            part = sheet[at]
            at, size, shift = at + 1, size | (part & 127) << shift, shift + 7
            if part < 128:
                break
        if kind == _FORMULA_ERROR and size >= _BINARY_ERROR_SIZE:
            content = sheet[at : at + _BINARY_ERROR_SIZE]
            parts += [sheet[kept:begins], bytes([_CELL_ERROR, _BINARY_ERROR_SIZE]), content]
            kept = at + size
        at += size
    return b"".join([*parts, sheet[kept:]])


_OFFICE: Final = _Mending(
    re.compile(rb"</(?:[\w.-]+:)?c>"),
    _SIGNS,
    (partial(_UNCALCULATED.sub, _uncalculated), partial(_FAILED.sub, _failed)),
)
_BINARY: Final = _Mending(None, (_BINARY_SIGN,), (_failed_records,))
_OPEN: Final = _Mending(
    re.compile(rb"</(?:[\w.-]+:)?table-row>"), _OPEN_SIGNS, (partial(_OPEN_FORMULA.sub, _open_formula),)
)

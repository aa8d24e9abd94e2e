"""The structure of a CSV file, looked through from beginning to end before anything of it is taken.

What is found is told by row and line, never by what stands there: the number of cells, the heading of the column.
Rows are counted as a spreadsheet shows them. A cell that goes on over several lines makes lines more than rows.
"""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

from data_access.loading.delivery.unreadable_files import wrong_encoding
from data_access.loading.formats.csv_layout import Layout
from data_access.problems import ExtractProblem

LONGEST_LINE: Final = 1_000_000

_BLOCK: Final = 1 << 16
"""How many bytes are looked through at once."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_QUOTE: Final = b'"'
_AGAIN: Final = "Nothing of it was loaded; make the extract again."


def checked_structure(file: Path, layout: Layout) -> str:
    """Return the SHA-256 of a CSV file; raise ExtractProblem, with row and line, where it is no sound table.

    Cells beyond the last heading are no fault where they are blank, nor are blank cells left out at a row's end.
    """
    with file.open("rb") as content:
        walk = _Walk(file.name, layout)
        while block := content.read(_BLOCK):
            walk.take_lines(block + content.readline(LONGEST_LINE))
        walk.end()
    return walk.digest.hexdigest()


@dataclass
class _Walk:
    """The way through the lines of a file: the line and row reached, and the record that is open."""

    shown: str
    layout: Layout
    line: int = 0
    row: int = 0
    begins: int = 0
    offset: int = 0
    cells: int = 0
    is_open: bool = False
    is_ended: bool = True
    record: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256()
        self.separator = self.layout.separator.encode()
        self.width = len(self.layout.headings)

    def take_lines(self, lines: bytes) -> None:
        """Take the next lines, whole ones: all at once where nothing about them needs a closer look."""
        cells = self._cells_of_plain_rows(lines)
        if not cells:
            content = io.BytesIO(lines)
            while line := content.readline(LONGEST_LINE):
                self.take(line)
            return
        self.digest.update(lines)
        self.line, self.row = self.line + len(cells), self.row + len(cells)
        self.begins, self.cells, self.is_ended = self.line, cells[-1], lines.endswith(b"\n")
        self.offset += len(lines)

    def _cells_of_plain_rows(self, lines: bytes) -> list[int]:
        """Return how many cells each line has; none where any may be no sound row of the table by itself."""
        if self.is_open or self.row < self.layout.row or len(lines) >= LONGEST_LINE:
            return []
        if _QUOTE in lines or b"\0" in lines or lines.count(b"\r") != lines.count(b"\r\n") or not _is_utf_8(lines):
            return []
        cells = [line.count(self.separator) + 1 for line in lines.removesuffix(b"\n").split(b"\n")]
        return cells if max(cells) <= self.width else []

    def take(self, line: bytes) -> None:
        """Take the next line, with its end."""
        self.line += 1
        self.digest.update(line)
        if not self.is_open:
            self.row, self.begins = self.row + 1, self.line
        if len(line) == LONGEST_LINE:
            which = "a first row" if self.row == 1 else f"a row, {self.row:,},"
            self._refuse(f" has {which} of more than a million characters: it is no table. Nothing was loaded.")
        if b"\0" in line:
            self._refuse_zero_bytes(line)
        if not line.isascii():
            self._check_encoding(line)
        self.offset += len(line)
        if self.line == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        self.is_ended = line.endswith((b"\n", b"\r"))
        if not self.is_open and _QUOTE not in line:
            self.cells = line.count(self.separator) + 1
            if b"\r" in line and b"\r" in line.rstrip(b"\r\n"):
                self._refuse(f", {self._place()}: a line end of an old kind (CR alone) stands in the row. {_AGAIN}")
            if self.cells > self.width and self.row > self.layout.row:
                self._check_width(line.rstrip(b"\r\n").split(self.separator))
        else:
            self._take_quoted(line)

    def end(self) -> None:
        """Take the end of the file."""
        if self.is_open:
            self._refuse(
                f", {self._place()} seems cut off or damaged: a quotation mark lacks its partner. It begins the cell "
                f"{self._column(self.cells)}, which then never ends. {_AGAIN}"
            )
        # Excel leaves out the blank cells at a row's end, so only a row without a line end tells of a file cut off
        if not self.is_ended and self.cells < self.width and self.row > self.layout.row:
            self._refuse(
                f" seems cut off: its last row has {self.cells} cells, the headings are {self.width} "
                f"({self._place()}). {_AGAIN}"
            )

    def _take_quoted(self, line: bytes) -> None:
        """Take a line with quotation marks, or one inside a cell that an earlier line began."""
        if not self.is_open:
            self.cells, self.record = 1, []
        self.record.append(line)
        at, astray, stray_cell = 0, 0, 0
        while True:
            if self.is_open or line[at : at + 1] == _QUOTE:
                ends = _closing(line, at if self.is_open else at + 1)
                self.is_open = ends < 0
                if self.is_open:
                    break
                at = ends + 1
                if line[at : at + 1] not in (self.separator, b"\r", b"\n", b""):
                    self._refuse_quote(self.cells, "its cell goes on after the mark that should end it")
            else:
                ends = line.find(self.separator, at)
                marks = line.count(_QUOTE, at, len(line) if ends < 0 else ends)
                astray, stray_cell = astray + marks, stray_cell or (self.cells if marks else 0)
                at = len(line) if ends < 0 else ends
            if line[at : at + 1] != self.separator:
                break
            at, self.cells = at + 1, self.cells + 1
        if astray % 2:
            self._refuse_quote(stray_cell, "it stands inside a cell")
        if not self.is_open and self.cells > self.width and self.row > self.layout.row:
            self._check_width(_cells(b"".join(self.record), self.separator))

    def _check_width(self, cells: list[bytes]) -> None:
        if any(cell.strip(b' "\r\n\t\xc2\xa0') for cell in cells[self.width :]):
            self._refuse(
                f", {self._place()} has {len(cells)} cells, more cells than there are headings ({self.width}): "
                f"a {_SEPARATOR_NAMES.get(self.separator, 'separator')} too many, or one inside a cell that is not "
                f"in quotation marks. {_AGAIN}"
            )

    def _check_encoding(self, line: bytes) -> None:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            where = f"line {self.line:,}, byte {self.offset + error.start + 1:,} of the file"
            raise wrong_encoding(self.shown, where, "Windows-1252" if _is_windows_1252(line) else None) from None

    def _refuse_zero_bytes(self, line: bytes) -> NoReturn:
        at = self.offset + line.index(b"\0") + 1
        seems = "it is damaged, no CSV file, or not in the encoding UTF-8"
        if line.count(b"\0") > len(line) // 3 and len(line.strip(b"\0")) > 1:
            seems = "it seems to be in the encoding UTF-16. In Excel, save it as “CSV UTF-8”"
        self._refuse(
            f" holds zero bytes (the first in line {self.line:,}, byte {at:,} of the file): {seems}. {_AGAIN}"
        )

    def _refuse_quote(self, cell: int, why: str) -> NoReturn:
        self._refuse(
            f", {self._place()}: a quotation mark lacks its partner in the cell {self._column(cell)}; {why}. "
            "A cell with quotation marks must begin and end with one, and each inside must be doubled. Nothing of it "
            "was loaded."
        )

    def _column(self, cell: int) -> str:
        """Return how a cell is named: by its heading where it has one."""
        heading = self.layout.headings[cell - 1] if self.row > self.layout.row and cell <= self.width else ""
        return " ".join(heading.split()) or f"number {cell}"

    def _place(self) -> str:
        return f"row {self.row}" if self.row == self.begins else f"row {self.row} (line {self.begins})"

    def _refuse(self, what: str) -> NoReturn:
        raise ExtractProblem(self.shown + what)


_SEPARATOR_NAMES: Final = {b",": "comma", b";": "semicolon", b"\t": "tab"}
_MARKS_OF_WINDOWS: Final = "£€‘’“”–—…°½¼¾•"


def _closing(line: bytes, at: int) -> int:
    """Return where the quotation mark stands that ends the cell open at `at`; -1 for none. Doubled ones end none."""
    while (mark := line.find(_QUOTE, at)) >= 0:
        if line[mark + 1 : mark + 2] != _QUOTE:
            return mark
        at = mark + 2
    return -1


def _cells(record: bytes, separator: bytes) -> list[bytes]:
    """Return the cells of a sound record, quotation marks and all."""
    cells, begins, at = [], 0, 0
    while at < len(record):
        if at == begins and record[at : at + 1] == _QUOTE:
            at = _closing(record, at + 1) + 1
        elif record[at : at + 1] == separator:
            cells.append(record[begins:at])
            begins = at = at + 1
        else:
            at += 1
    return [*cells, record[begins:]]


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_windows_1252(line: bytes) -> bool:
    try:
        marks = [letter for letter in line.decode("cp1252") if not letter.isascii()]
    except UnicodeDecodeError:
        return False
    return all(letter.isalpha() or letter in _MARKS_OF_WINDOWS for letter in marks)

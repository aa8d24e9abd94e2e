"""A series in a CSV file, as spreadsheets save it: its columns, its rows, and whatever a reader should be asked."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from dashboard.analysis.series import Point
from dashboard.commands.series_cells import (
    DATE_WANTED,
    NUMBER_WANTED,
    Day,
    Decimals,
    Number,
    day_of,
    decimals_of,
    is_month_first,
    number_of,
    says_nothing,
    why_no_date,
    why_no_number,
)

_SEPARATORS: Final = (",", ";", "\t", "|")
_TITLE_ROWS: Final = 20
"""So many rows may stand above the headings."""
_VALUES: Final = ("date", "value")
_COUNTS: Final = ("date", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its number as a spreadsheet counts, its point, and whether it is written in per cent."""

    number: int
    point: Point
    is_percentage: bool


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """The rows of a file, and what a reader of the result could not see: `remarks` in plain English."""

    rows: tuple[Row, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Headings:
    """A row that could be the headings, counted from 0, and why it is not."""

    place: int
    cells: Sequence[str]
    fault: str

    def known(self) -> int:
        """Return how many of the columns that may be wanted it has."""
        return len({_name(cell) for cell in self.cells} & {*_VALUES, *_COUNTS}) or -int(not any(self.cells))


@dataclass(frozen=True, slots=True)
class _Table:
    """A file parted into cells: by which mark, the columns by name, and the rows below with their numbers."""

    separator: str
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, Sequence[str]]]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by name; a blank where the row ends before."""
        return {name: row[place].strip() if place < len(row) else "" for name, place in self.columns.items()}


def read_series(file: Path, *, needs_counts: bool) -> SeriesFile:
    """Return the series of a file, blank rows skipped: date and value, or date, numerator and denominator.

    `needs_counts` asks for the latter. Raises ClickException, naming file, row and column, for every fault.
    """
    table = _table(file, _text(file), needs_counts=needs_counts)
    figures = [name for name in table.columns if name != "date"]
    each = [(number, table.cells(row)) for number, row in table.rows]
    decimals = decimals_of((cells[name] for _, cells in each for name in figures), table.separator)
    rows: list[Row] = []
    days: list[Day] = []
    for number, cells in each:
        day = _day(file, number, cells["date"])
        if rows and day.on == rows[-1].point.start:
            raise refusal(file, number, "date", f"{day.on}", f"each date once; row {rows[-1].number} has it")
        if rows and day.on < rows[-1].point.start:
            hint = " (read as day, month, year)" if day.is_slashed else ""
            raise refusal(file, number, "date", f"{day.on}", f"a date after the row before: oldest first{hint}")
        rows.append(_row(file, number, day, cells, decimals))
        days.append(day)
    if not rows:
        raise click.ClickException(f"{file}: no rows below the headings.")
    return SeriesFile(tuple(rows), tuple(_remarks(each, days, figures)))


def refusal(file: Path, row: int, field: str, value: str, expected: str) -> click.ClickException:
    """Return what tells a fault: where it stands, what stands there, and what was expected."""
    return click.ClickException(f"{file}, row {row}, {field}: '{value}'; expected {expected}.")


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be read ({error.strerror}).") from error
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not UTF-8 text. In Excel, save it as 'CSV UTF-8'.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _table(file: Path, text: str, *, needs_counts: bool) -> _Table:
    """Return the file parted by the mark that gives the columns wanted; refused where none does."""
    told, body = _told_separator(text)
    nearest = _Headings(0, (), "no column 'date'")
    for mark in sorted(_SEPARATORS, key=lambda mark: (mark != told, -body.count(mark))):
        try:
            lines = list(csv.reader(io.StringIO(body), delimiter=mark))
        except csv.Error as error:
            raise click.ClickException(f"{file}: not a CSV file ({error}).") from error
        for place, cells in enumerate(lines[:_TITLE_ROWS]):
            names = [_name(cell) for cell in cells]
            wanted = _wanted(names, needs_counts=needs_counts)
            fault = _fault(names, wanted)
            if not fault:
                columns = {name: names.index(name) for name in wanted}
                return _Table(mark, columns, tuple(_below(file, lines, place, mark)))
            nearest = max(nearest, _Headings(place, cells, fault), key=_Headings.known)
    choice = ", ".join(_COUNTS) if needs_counts else f"{', '.join(_VALUES)} or {', '.join(_COUNTS)}"
    raise click.ClickException(
        f"{file}, row {nearest.place + 1}: {nearest.fault}; expected the columns {choice}, but found: "
        f"{', '.join(cell.strip() for cell in nearest.cells) or 'nothing'}."
    )


def _told_separator(text: str) -> tuple[str | None, str]:
    """Return the mark that a first line such as `sep=;` tells, and what follows; that line is no row to a reader."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.?)"?[,;\t|]*', first, re.IGNORECASE)
    return (None, text) if told is None else (told[1], rest)


def _below(
    file: Path, lines: Sequence[Sequence[str]], headings: int, mark: str
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows below the headings that say anything, by number; one longer than the headings is refused."""
    width = len(lines[headings])
    for number, cells in enumerate(lines[headings + 1 :], start=headings + 2):
        if any(cell.strip() for cell in cells[width:]):
            raise click.ClickException(
                f"{file}, row {number}: {len(cells)} cells below {width} headings. A '{mark}' within a number or a "
                "word needs quotation marks around the cell."
            )
        if any(cell.strip() for cell in cells):
            yield number, cells


def _name(heading: str) -> str:
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


def _wanted(names: Sequence[str], *, needs_counts: bool) -> tuple[str, ...]:
    return _COUNTS if needs_counts or "numerator" in names or "denominator" in names else _VALUES


def _fault(names: Sequence[str], wanted: Sequence[str]) -> str:
    """Return what is wrong with a row of headings; empty where it has the columns wanted, each once."""
    if absent := [name for name in wanted if name not in names]:
        return f"no column '{absent[0]}'"
    if repeated := sorted(name for name in wanted if names.count(name) > 1):
        return f"column '{repeated[0]}' twice"
    return "both 'value' and 'numerator'" if "numerator" in wanted and "value" in names else ""


def _day(file: Path, number: int, text: str) -> Day:
    day = day_of(text)
    if day is None:
        raise refusal(file, number, "date", text, DATE_WANTED + why_no_date(text))
    return day


def _row(file: Path, number: int, day: Day, cells: Mapping[str, str], decimals: Decimals) -> Row:
    figures: dict[str, Number | None] = {}
    for field, text in cells.items():
        if field == "date":
            continue
        figures[field] = None if says_nothing(text) else number_of(text, decimals)
        if figures[field] is None and not says_nothing(text):
            raise refusal(file, number, field, text, NUMBER_WANTED + why_no_number(text, decimals))
    if "value" in cells:
        value = figures["value"]
        point = Point.missing(day.on) if value is None else Point.of_value(day.on, value.value)
        return Row(number, point, value is not None and value.is_percentage)
    numerator, denominator = figures["numerator"], figures["denominator"]
    if numerator is None or denominator is None:
        if numerator is not denominator:
            field = "numerator" if numerator is None else "denominator"
            raise refusal(file, number, field, cells[field], "a number in both columns, or in neither")
        return Row(number, Point.missing(day.on), is_percentage=False)
    if not denominator.value and numerator.value:
        raise refusal(file, number, "denominator", cells["denominator"], "more than 0")
    for field, figure in (("numerator", numerator), ("denominator", denominator)):
        if figure.is_percentage:
            raise refusal(file, number, field, cells[field], "a number of cases, not a percentage")
    return Row(number, Point.of_counts(day.on, numerator.value, denominator.value), is_percentage=False)


def _remarks(
    rows: Sequence[tuple[int, Mapping[str, str]]], days: Sequence[Day], figures: Sequence[str]
) -> Iterator[str]:
    """Yield what was taken for granted: words that mean nothing, and dates that may have been misread."""
    words = Counter(cells[name] for _, cells in rows for name in figures if cells[name] and says_nothing(cells[name]))
    for word, count in words.items():
        yield f"{count} cell{'' if count == 1 else 's'} with '{word}': taken as missing."
    if is_month_first(days):
        first = days[0]
        yield (
            f"Every date lies in one month ({first.on:%B}) and none after its 12th: are they month first? They were "
            f"read as day, month, year: {first.written} as {first.on.day} {first.on:%B %Y}. "
            "If they are month first, write them as 2010-01-18."
        )

"""The CSV dialects of the programs that councils have."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.loading.one_council.council import EXTRACTS, Rows, extract, write

_DAY: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}:\d{2}))?$")

Cell = Callable[[str], str]
Writer = Callable[[Path], None]


def _table(
    rows: Rows, cell: Cell, *, separator: str, end: str, heading: Cell = str, quoting: int = csv.QUOTE_MINIMAL
) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow([heading(name) for name in rows[0]])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def plain(folder: Path) -> None:
    """Write the files as the format describes them."""
    for name in EXTRACTS:
        write(folder, f"{name}.csv", _table(extract(name), str, separator=",", end="\n"))


def excel(folder: Path) -> None:
    """Write the files as Excel does where the comma is the decimal sign: its own first line, semicolons, UK dates."""

    def cell(value: str) -> str:
        return _DAY.sub(lambda day: f"{day[3]}/{day[2]}/{day[1]}" + (f" {day[4]}" if day[4] else ""), value)

    for name in EXTRACTS:
        table = _table(extract(name), cell, separator=";", end="\r\n")
        write(folder, f"{name}.csv", f"sep=;\r\n{table}", "utf-8-sig")


def sql_server(folder: Path) -> None:
    """Write the files as SQL Server does: tabs, NULL for nothing, days as times of midnight, fractions of seconds."""

    def cell(value: str) -> str:
        if not value:
            return "NULL"
        return _DAY.sub(lambda day: f"{day[1]}-{day[2]}-{day[3]} {day[4] or '00:00'}:00.000", value)

    for name in EXTRACTS:
        write(folder, f"{name}.csv", _table(extract(name), cell, separator="\t", end="\r\n"))


def reporting_tool(folder: Path) -> None:
    """Write the files as a reporting tool does: a title, headings in words, everything quoted, dates in words."""

    def cell(value: str) -> str:
        return _DAY.sub(lambda day: f"{day[1]}-{day[2]}-{day[3]}" + (f"T{day[4]}:00" if day[4] else ""), value)

    def heading(name: str) -> str:
        return name.capitalize().replace("_", " ")

    for name in EXTRACTS:
        rows = extract(name)
        table = _table(rows, cell, separator=",", end="\r\n", heading=heading, quoting=csv.QUOTE_ALL)
        blank = "," * (len(rows[0]) - 1)
        write(folder, f"{name}.csv", f"Report of {name}{blank}\r\n{blank}\r\n{table}")


DIALECTS: Final[dict[str, Writer]] = {
    "as described": plain,
    "Excel": excel,
    "SQL Server": sql_server,
    "a reporting tool": reporting_tool,
}

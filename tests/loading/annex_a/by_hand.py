"""Counts of an Annex A workbook as an analyst makes them by hand: plain Python, and nothing of the reader."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any, Final

import openpyxl

DAY_OF: Final = {
    1: "Date of Contact",
    2: "Assessment start date",
    3: "Date of referral",
    4: "Continuous Assessment Start Date",
    5: "Strategy discussion initiating Section 47 Enquiry Start Date",
    6: "CIN Start Date",
    7: "Child Protection Plan Start Date",
}
CONFERENCE: Final = "Date of Initial Child Protection Conference"

Event = tuple[str, dt.date]
"""A child and a day."""


def events(file: Path, number: int, heading: str | None = None) -> Counter[Event]:
    """Return how often each child has each day in a list, rows the same in every cell counted once."""
    heading = heading or DAY_OF[number]
    book = openpyxl.load_workbook(file, data_only=True)
    sheet = next(book[name] for name in book.sheetnames if name.replace("_", " ").strip() == f"List {number}")
    found: Counter[Event] = Counter()
    columns: list[str] = []
    met = set()
    for cells in sheet.iter_rows(values_only=True):
        if not columns:
            columns = [str(cell).strip() for cell in cells] if "Child Unique ID" in cells else []
            continue
        row = tuple(str(cell).replace("\xa0", " ").strip() if cell is not None else "" for cell in cells)
        if row in met:
            continue
        met.add(row)
        child = row[columns.index("Child Unique ID")].removesuffix(".0")
        day = day_of(cells[columns.index(heading)])
        if child and day:
            found[child, day] += 1
    return found


def day_of(cell: Any) -> dt.date | None:
    """Return the day of a cell; None for none that a person would read as one."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, int | float):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"):
        try:
            return dt.datetime.strptime(str(cell).replace("\xa0", " ").strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None


def re_referred(referrals: Counter[Event]) -> Counter[str]:
    """Return for each child how many referrals came within a year of an earlier one; of two on a day one did."""
    found: Counter[str] = Counter()
    in_order = sorted(referrals.elements())
    for place, (child, day) in enumerate(in_order):
        leap_day = (day.month, day.day) == (2, 29)
        year_before = day.replace(year=day.year - 1, day=28 if leap_day else day.day)
        found[child] += any(other == child and earlier >= year_before for other, earlier in in_order[:place])
    return +found

"""One referral written in every format that is read, with the cells that a test puts into it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from data_access.loading import LoadReport, load_extracts
from data_access.loading.delivery.manifest import Terms
from tests.council import LOADER
from tests.loading.annex_a.layouts import referral, table, xlsx
from tests.loading.cin_census.making import census, child, element
from tests.loading.handing_over import CONFIRMED, Council, terms

HEADINGS = ("referral_id", "child_id", "received_at", "team_id", "source", "closed_on")
ON = dt.date(2024, 3, 4)


@dataclass(frozen=True)
class Cells:
    """What a test puts into a referral of 4 March 2024: the child, who referred, the day of the closure."""

    child: str = "C1"
    source: str = ""
    closed: str = ""


def csv(folder: Path, rows: Sequence[Cells]) -> Path:
    """Write the referrals as a CSV of the native shape."""
    file = folder / "referrals.csv"
    file.write_text("\n".join(",".join(row) for row in _native(rows)) + "\n", encoding="utf-8")
    return file


def workbook(folder: Path, rows: Sequence[Cells]) -> Path:
    """Write the referrals as a workbook of the native shape, every cell as text."""
    file = folder / "referrals.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("referrals")
        for row, cells in enumerate(_native(rows)):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    return file


def annex_a(folder: Path, rows: Sequence[Cells]) -> Path:
    """Write the referrals as list 3; the closures are those of plans of child protection, list 7."""
    plans = [
        {
            "Child Unique ID": row.child,
            "Child Protection Plan Start Date": ON,
            "Child Protection Plan End Date": row.closed,
        }
        for row in rows
    ]
    lists = {
        "List 3": table(3, *(referral(row.child, ON, source=row.source) for row in rows)),
        "List 7": table(7, *plans),
    }
    return xlsx(folder / "annex-a.xlsx", lists)


def cin_census(folder: Path, rows: Sequence[Cells]) -> Path:
    """Write the referrals as a census."""
    children = [
        child(
            row.child,
            element("CINreferralDate", ON.isoformat())
            + element("ReferralSource", row.source)
            + element("CINclosureDate", row.closed),
        )
        for row in rows
    ]
    file = folder / "census.xml"
    file.write_text(census(*children), encoding="utf-8")
    return file


def _native(rows: Sequence[Cells]) -> list[tuple[str, ...]]:
    native = [
        (f"R{number}", row.child, ON.isoformat(), "AT1", row.source, row.closed) for number, row in enumerate(rows)
    ]
    return [HEADINGS, *native]


Maker = Callable[[Path, Sequence[Cells]], Path]

MAKERS: dict[str, Maker] = {"CSV": csv, "workbook": workbook, "Annex A": annex_a, "CIN census": cin_census}
"""How a referral is written in each format."""
FORMATS = list(MAKERS)

SOURCE: dict[str, str] = {"Annex A": "Referral Source", "CIN census": "ReferralSource"}
CHILD: dict[str, str] = {"Annex A": "Child Unique ID", "CIN census": "LAchildID"}
ENDED: dict[str, tuple[str, str, str]] = {
    "Annex A": ("plans", "to_date", "Child Protection Plan End Date"),
    "CIN census": ("referrals", "closed_on", "CINclosureDate"),
}
"""The headings of each format, where they aren't the native ones; for the closure the table and column as well."""


def held() -> Terms:
    """Return terms that cover the day of the referral."""
    return terms("2024-04-02 07:00", "2024-01-01", "2024-03-31", complete=True)


def load(council: Council, form: str, *rows: Cells) -> LoadReport:
    """Write the referrals in a format and load them."""
    file = MAKERS[form](council.folder, rows)
    return load_extracts(
        council.engine, LOADER, [file], terms=None if form == "CIN census" else held(), confirmed=CONFIRMED
    )


def told(council: Council, extract: str) -> set[tuple[str, str, str | None]]:
    """Return check, field and value of the warnings on an extract."""
    return {
        (row["check"], row["field"], row["value"])
        for row in council.table("load_warnings")
        if row["extract"] == extract
    }

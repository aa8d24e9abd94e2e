"""Annex A workbooks made for tests: Ofsted's headings, rows given by heading, in any kind of workbook file."""

import csv
import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter

import data_access.extracts
from data_access.loading.checks.cleaning import Codes
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a import read
from data_access.loading.formats.workbook import tables_of

MADE: Final = dt.datetime.fromisoformat("2010-03-29 07:00")
"""When every workbook says that it was made, so that the same sheets make the same file."""

_PERSON: Final = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
_HELD: Final = ["Allocated Team", "Allocated Worker"]
_DISABILITY: Final = ["Does the Child have a Disability"]

HEADINGS: Final[Mapping[int, list[str]]] = {
    1: [*_PERSON, "Date of Contact", "Contact Source"],
    2: [*_PERSON, "Assessment start date", "Assessment completion date", "Organisation completing assessment"],
    3: [
        *_PERSON,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *_HELD,
    ],
    4: [
        *_PERSON,
        *_DISABILITY,
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support",
        *_HELD,
    ],
    5: [
        *_PERSON,
        *_DISABILITY,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *_HELD,
    ],
    6: [
        *_PERSON,
        *_DISABILITY,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case status",
        *_HELD,
    ],
    7: [
        *_PERSON,
        *_DISABILITY,
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans",
        *_HELD,
    ],
}
"""Ofsted's headings of each list, 2018 to 2024."""

Rows = Sequence[Sequence[Any]]


def table(number: int, *rows: Mapping[str, Any]) -> Rows:
    """Return a list with its headings; each row given by heading, other cells blank."""
    headings = HEADINGS[number]
    unknown = {heading for row in rows for heading in row} - set(headings)
    assert not unknown, f"list {number} has no {unknown}"
    return [headings, *([row.get(heading) for heading in headings] for row in rows)]


def referral(child: Any, day: Any, **more: Any) -> dict[str, Any]:
    """Return a row of list 3; `nfa`, `source`, `team`, `born`, `age`, `sex` and `ethnicity` as words say."""
    called = {
        "nfa": "Referral NFA?",
        "source": "Referral Source",
        "team": "Allocated Team",
        "born": "Date of Birth",
        "age": "Age of Child (Years)",
        "sex": "Gender",
        "ethnicity": "Ethnicity",
        "worker": "Allocated Worker",
    }
    return {
        "Child Unique ID": child,
        "Date of referral": day,
        **{called[name]: value for name, value in more.items()},
    }


def xlsx(file: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook: dates as real dates, numbers as numbers, the rest as text."""
    with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(row, column, cell, days)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return file


def ods(file: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write an OpenDocument spreadsheet: dates as dates, numbers as numbers, the rest as text."""

    def cell_of(cell: Any) -> str:
        if cell is None:
            return "<table:table-cell/>"
        if isinstance(cell, dt.date):
            return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
        if isinstance(cell, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell_of, cells))}</table:table-row>" for cells in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(file, "w") as package:
        # members of no date, so that the same sheets make the same file
        package.writestr(zipfile.ZipInfo("mimetype"), kind)
        package.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml"),
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        package.writestr(
            zipfile.ZipInfo("content.xml"),
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return file


def codes() -> Codes:
    """Return the codes that ship: by list, from code, label and spelling in lower case."""
    found: Codes = {}
    folder = Path(data_access.extracts.__file__).parent
    with (folder / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["list"], {}).update(
                {row["code"].lower(): row["code"], row["label"].lower(): row["code"]}
            )
    with (folder / "spellings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["list"], {}).setdefault(row["spelling"], row["code"])
    return found


def sheets_of(file: Path) -> dict[str, Sheet]:
    """Return what the reader makes of a workbook, by extract."""
    sheets = read(file, "digest", tables_of(file), codes())
    assert len({sheet.extract for sheet in sheets}) == len(sheets)
    return {str(sheet.extract): sheet for sheet in sheets}


def rows_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows of a sheet by native column name, with ROW."""
    frame = sheet.cells.collect()
    assert frame.columns == [ROW, *sheet.headings]
    assert all(dtype == pl.String for name, dtype in frame.schema.items() if name != ROW)
    return frame.to_dicts()


def remarks_of(sheet: Sheet) -> list[tuple[int, str, str, str | None]]:
    """Return row, check, field and value of a sheet's remarks."""
    assert sheet.remarks is not None
    return [row[:4] for row in sheet.remarks.rows()]


def made(folder: Path, sheets: Mapping[str, Rows]) -> dict[str, Sheet]:
    """Return what the reader makes of these sheets, written as a workbook."""
    return sheets_of(xlsx(folder / "lists.xlsx", sheets))

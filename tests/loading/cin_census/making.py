"""Censuses made for the tests, and what the reader makes of them."""

import csv
from collections.abc import Iterable
from pathlib import Path

import polars as pl

import data_access.extracts
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.cin_census import read

HEADER = """<Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>
<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails>
<Source><DateTime>2024-05-23T11:14:05</DateTime></Source></Header>"""

REFERRAL = "<CINreferralDate>2023-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>"


def _shipped() -> dict[str, dict[str, str]]:
    folder, found = Path(data_access.extracts.__file__).parent, {}
    for name, word in (("codes", "code"), ("spellings", "spelling")):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found.setdefault(row["list"], {})[row[word].lower()] = row["code"]
    return found


CODES = _shipped()


def element(name: str, inside: object = "") -> str:
    return f"<{name}>{inside}</{name}>\n"


def identifiers(child: str, sex: str = "<Sex>F</Sex>", born: str = "2015-03-27") -> str:
    birth = element("PersonBirthDate", born) if born else ""
    return element("ChildIdentifiers", f"<LAchildID>{child}</LAchildID>\n{birth}{sex}")


def child(reference: str, *details: str, characteristics: str = "<Ethnicity>WBRI</Ethnicity>", **more: str) -> str:
    inside = "".join(element("CINdetails", one) for one in details)
    return element(
        "Child", f"{identifiers(reference, **more)}{element('ChildCharacteristics', characteristics)}{inside}"
    )


def census(*children: str, header: str = HEADER) -> str:
    return f"<Message>\n{header}\n<Children>\n{''.join(children)}</Children>\n</Message>\n"


def sheets_of(folder: Path, text: str | bytes, name: str = "census.xml") -> dict[str, Sheet]:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return by_extract(read(file, "digest", CODES))


def by_extract(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    return {str(sheet.extract): sheet for sheet in sheets}


def rows_of(sheet: Sheet) -> list[dict[str, object]]:
    return sheet.cells.collect().to_dicts()


def column(sheet: Sheet, name: str) -> list[str]:
    return sheet.cells.select(name).collect().to_series().to_list()


def remarks_of(sheet: Sheet) -> list[tuple[object, ...]]:
    assert sheet.remarks is not None
    return sheet.remarks.select(ROW, "check", "field", "value").rows()


def size(sheet: Sheet) -> int:
    return int(sheet.cells.select(pl.len()).collect().item())

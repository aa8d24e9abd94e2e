"""The readers, each with sound files to spoil and the ways to spoil them."""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from data_access.loading.delivery.manifest import Terms
from tests.faults.fuzz import spoiling
from tests.faults.fuzz.spoiling import Spoil
from tests.loading.annex_a import layouts
from tests.loading.annex_a.old_workbook import xls
from tests.loading.handing_over import terms

ROOT: Final = Path(__file__).parents[3]
TOY: Final = ROOT / "sample_data" / "toy" / "extracts"
CENSUSES: Final = ROOT / "tests" / "loading" / "cin_census" / "files"

TERMS: Final = terms(covers_from="2009-01-01", complete=True)


@dataclass(frozen=True)
class Sound:
    """A sound file: its name, its content, the ways to spoil it, and whether it comes under terms of the load."""

    name: str
    content: bytes
    ways: Sequence[Spoil]
    with_terms: bool = True


def _csvs() -> list[Sound]:
    return [
        Sound(file.name, file.read_bytes(), spoiling.CSV, with_terms=file.stem != "manifest")
        for file in sorted(TOY.glob("*.csv"))
    ]


def _rows(file: Path) -> list[list[str]]:
    return [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()[:12]]


def _workbooks() -> list[Sound]:
    sheets = {name: _rows(TOY / f"{name}.csv") for name in ("referrals", "assessments", "staff", "manifest")}
    with tempfile.TemporaryDirectory() as folder:
        new, old, opened = (Path(folder) / f"week.{kind}" for kind in ("xlsx", "xls", "ods"))
        layouts.xlsx(new, sheets)
        xls(old, sheets)
        layouts.ods(opened, sheets)
        return [
            Sound(new.name, new.read_bytes(), spoiling.WORKBOOK, with_terms=False),
            Sound(opened.name, opened.read_bytes(), spoiling.WORKBOOK, with_terms=False),
            Sound(old.name, old.read_bytes(), spoiling.OLD_WORKBOOK, with_terms=False),
        ]


def _annex_a() -> list[Sound]:
    days = [dt.date(2010, 3, day) for day in (1, 9, 17)]
    sheets = {
        f"List {number}": [
            headings,
            *(
                [day if "date" in heading.lower() else f"{heading[:3]}{place}" for heading in headings]
                for place, day in enumerate(days)
            ),
        ]
        for number, headings in layouts.HEADINGS.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        new, opened = Path(folder) / "annex a.xlsx", Path(folder) / "annex a.ods"
        layouts.xlsx(new, sheets)
        layouts.ods(opened, sheets)
        return [Sound(file.name, file.read_bytes(), spoiling.WORKBOOK) for file in (new, opened)]


def _censuses() -> list[Sound]:
    return [
        Sound(file.name, file.read_bytes(), spoiling.XML, with_terms=False) for file in sorted(CENSUSES.glob("*.xml"))
    ]


READERS: Final[dict[str, Callable[[], list[Sound]]]] = {
    "CSV": cache(_csvs),
    "workbook": cache(_workbooks),
    "Annex A": cache(_annex_a),
    "CIN census": cache(_censuses),
}


def case(reader: str, number: int) -> tuple[str, bytes, Terms | None]:
    """Return a spoilt file: its name, its content, and the terms under which it comes."""
    chance = Random(f"{reader} {number}")  # noqa: S311 - to find the same file again by its number
    sound = READERS[reader]()
    one, other = chance.choice(sound), chance.choice(sound)
    content = spoiling.spoilt(one.content, chance, one.ways, other.content)
    return one.name, content, TERMS if one.with_terms else None

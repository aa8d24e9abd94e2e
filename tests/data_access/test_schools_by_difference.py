"""Schools on every closing day, kept by difference: a CAF reaches its school alone, new dates reach every school."""

import datetime as dt
import math
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_utc
from data_access.loading import load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.measures import MEASURES
from data_access.rollup import counting, upkeep
from data_access.rollup.reach import Reach
from tests.council import LOADER

_MEASURE: Final = MEASURES["schools_starting_a_caf"]
_SCHOOLS: Final = "school_id,opened,closed\nH1,,\nH2,,\nH3,2010-01-15,\n"
_CAFS: Final = "caf_id,child_id,started_on,agency,school_id\n"


def _load(engine: sa.Engine, folder: Path, covers_to: dt.date, **tables: str) -> dict[dt.date, tuple[int, int]]:
    """Load extracts taken on the day after those covered; return numerator and denominator by closing day's part.

    What the rollup keeps is held to the cohort counted now.
    """
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    taken = to_utc(dt.datetime.combine(covers_to + dt.timedelta(days=1), dt.time(7)))
    report = load_extracts(
        engine, LOADER, [folder], terms=Terms(taken, dt.date(2009, 2, 1), covers_to, complete=False)
    )
    assert sum(loaded.refused for loaded in report.loaded) == 0
    for name in tables:
        (folder / f"{name}.csv").unlink()
    with engine.connect() as connection:
        kept = counting.kept_cells(connection, _MEASURE)
        as_at = as_at_of(_MEASURE.definition, read_coverage(connection))
        assert kept.equals(counting.cells(connection, _MEASURE, as_at, Reach(everything=True)))
    whole = kept.filter(team_id=EVERY_TEAM)
    return {part: (met, of) for part, met, of in whole.select("part", "numerator", "denominator").iter_rows() if of}


def test_a_caf_reaches_its_school_and_new_dates_reach_all(
    database: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "WHOLE_FROM", math.inf)
    january, first, second = dt.date(2010, 1, 25), dt.date(2010, 2, 1), dt.date(2010, 2, 8)
    cafs = _CAFS + "F1,C1,2009-10-05,school,H1\nF2,C2,2010-01-12,school,H2\n"
    assert _load(database, tmp_path, dt.date(2010, 2, 3), schools=_SCHOOLS, cafs=cafs) == {january: (2, 3)}
    moved = _CAFS + "F2,C2,2010-01-12,school,H3\n"
    assert _load(database, tmp_path, dt.date(2010, 2, 3), cafs=moved) == {january: (2, 3)}
    gone = _CAFS + "F2,C2,2010-01-12,school,\n"
    assert _load(database, tmp_path, dt.date(2010, 2, 3), cafs=gone) == {january: (1, 3)}
    more = _CAFS + "F3,C3,2010-02-05,school,H3\n"
    assert _load(database, tmp_path, dt.date(2010, 2, 14), schools=_SCHOOLS, cafs=more) == {
        january: (1, 3),
        first: (2, 3),
        second: (2, 3),
    }
    closed = "school_id,opened,closed\nH1,,2010-02-07\n"
    assert _load(database, tmp_path, dt.date(2010, 2, 14), schools=closed) == {
        january: (1, 3),
        first: (2, 3),
        second: (1, 2),
    }

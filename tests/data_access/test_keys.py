"""Keys that rows depend on: an extract's own, and none at all; counted by difference as when counted whole."""

import csv
import datetime as dt
import math
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.database.schema.figures import PENDING_KEYS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_utc
from data_access.loading import load_extracts, tick
from data_access.loading.delivery.manifest import Terms
from data_access.measures import MEASURES, Measure
from data_access.measures.definition import Key
from data_access.rollup import counting, upkeep
from data_access.rollup.reach import NO_KEY, Reach
from tests.council import LOADER

_GIVEN: Final = MEASURES["police_notifications_passed_on"]
_NOTIFICATION: Final = _GIVEN.cases.get_final_froms()[0]
_NAME: Final = "notifications_by_child"
BY_CHILD: Final = Measure(
    replace(_GIVEN.definition, id=_NAME, key=Key.CHILD),
    _GIVEN.cases.with_only_columns(
        *(
            _NOTIFICATION.c.child_key.label("key") if column.key == "key" else column
            for column in _GIVEN.cases.selected_columns
        )
    ),
    _GIVEN.near,
    _GIVEN.toy,
)
"""The same notifications, counted by the child whom one in three does not name."""


@pytest.fixture
def kept(database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """Give a database that counts the notifications by their own key and by child, and both by difference."""
    monkeypatch.setitem(MEASURES, _NAME, BY_CHILD)
    monkeypatch.setattr(upkeep, "WHOLE_FROM", math.inf)
    return database


def _load(engine: sa.Engine, folder: Path, taken: str, *rows: tuple[str, ...]) -> None:
    headings = ("notification_id", "child_id", "received_at", "screened_at", "outcome", "kind")
    with (folder / "notifications.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *((*row, "merlin") for row in rows)])
    terms = Terms(to_utc(dt.datetime.fromisoformat(taken)), dt.date(2010, 1, 4), dt.date(2010, 3, 28), complete=False)
    report = load_extracts(engine, LOADER, [folder], terms=terms)
    assert sum(loaded.refused for loaded in report.loaded) == 0


def _sums(engine: sa.Engine) -> dict[str, tuple[int, ...]]:
    """Return what the rollup holds of the whole service, having held it to the cohorts counted now."""
    found = {}
    with engine.connect() as connection:
        for measure in (_GIVEN, BY_CHILD):
            cells = counting.kept_cells(connection, measure)
            as_at = as_at_of(measure.definition, read_coverage(connection))
            assert cells.equals(counting.cells(connection, measure, as_at, Reach(everything=True))), measure.id
            whole = cells.filter(team_id=EVERY_TEAM).select(counting.SUMS).sum()
            found[measure.id] = whole.row(0)
    return found


def test_a_column_that_may_be_blank_is_known_as_such() -> None:
    without = {measure.id for measure in MEASURES.values() for cohort in measure.cohorts if cohort.key_may_be_null}
    assert without == {"held_back_then_referred"}
    assert [cohort.key_may_be_null for cohort in BY_CHILD.cohorts] == [True]


def test_rows_without_a_child_are_reached(kept: sa.Engine, tmp_path: Path) -> None:
    first = (
        ("N1", "C1", "2010-03-01 10:00", "2010-03-01 11:00", "passed_on"),
        ("N2", "", "2010-03-01 10:00", "", ""),
        ("N3", "", "2010-03-02 10:00", "2010-03-02 11:00", "held_back"),
    )
    _load(kept, tmp_path, "2010-03-28 07:00", *first)
    assert set(_sums(kept).values()) == {(1, 2, 2, 0, 1)}
    _load(kept, tmp_path, "2010-03-28 08:00", ("N2", "", "2010-03-01 10:00", "2010-03-03 09:00", "passed_on"))
    assert set(_sums(kept).values()) == {(2, 3, 3, 0, 0)}
    _load(kept, tmp_path, "2010-03-28 09:00", ("N3", "C1", "2010-03-02 10:00", "2010-03-02 11:00", "passed_on"))
    assert set(_sums(kept).values()) == {(3, 3, 3, 0, 0)}


def test_time_alone_reaches_rows_without_a_child(kept: sa.Engine, tmp_path: Path) -> None:
    _load(kept, tmp_path, "2010-03-28 07:00", ("N2", "", "2010-03-29 10:00", "2010-03-29 11:00", "passed_on"))
    assert set(_sums(kept).values()) == {(0, 0, 0, 0, 1)}
    with kept.connect() as connection:
        pending = connection.execute(sa.select(PENDING_KEYS.c.measure, PENDING_KEYS.c.key)).all()
    assert {tuple(row) for row in pending} == {(_GIVEN.id, "N2"), (_NAME, NO_KEY)}
    tick(kept, to_utc(dt.datetime.fromisoformat("2010-03-30 07:00")))
    assert set(_sums(kept).values()) == {(1, 1, 1, 0, 0)}

"""A child's row may hang on a member of staff: what changes about them reaches the children whose cases they hold."""

import datetime as dt
import math
from typing import Final

import polars as pl
import pytest
import sqlalchemy as sa

from data_access import queries
from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.measures import MEASURES
from data_access.measures.registry import ties_by_staff
from data_access.rollup import counting, upkeep
from data_access.rollup.reach import Reach
from data_access.scope import Scope
from tests.data_access.whole_state import apply
from tests.strategies import ExtractFile, Tick

POSTGRESQL_IN_SOAK = True

WITHOUT: Final = "children_without_social_worker"
SUNDAYS: Final = ("2010-03-07", "2010-03-14", "2010-03-21", "2010-03-28")
TAKEN: Final = dt.datetime.fromisoformat("2010-03-29 07:00")
Cells = dict[str, str | None]

REFERRALS: Final[list[Cells]] = [
    {"referral_id": f"R{child}", "child_id": child, "received_at": "2010-02-01", "decided_at": "2010-02-01"}
    | {"decision": "initial_assessment", "team_id": "T1", "closed_on": None}
    for child in ("C1", "C2")
]
ALLOCATIONS: Final[list[Cells]] = [
    {"allocation_id": f"L{child}", "child_id": child, "staff_id": worker, "team_id": "T1"}
    | {"from": "2010-02-01", "to": None, "kind": "case_holder"}
    for child, worker in (("C1", "W1"), ("C2", "W2"))
]


def _post(worker: str, role: str = "social_worker", *, to: str | None = None) -> Cells:
    return {"staff_id": worker, "from": "2009-01-01", "to": to, "team_id": "T1", "role": role, "fte": "1"}


def _absence(worker: str, begins: str, ends: str | None) -> Cells:
    return {"absence_id": "B1", "staff_id": worker, "from": begins, "to": ends, "part_day": "no"}


def _load(engine: sa.Engine, table: str, rows: list[Cells], *, hours: int = 0) -> None:
    taken = TAKEN + dt.timedelta(hours=hours)
    covers = dt.date(2010, 1, 4), dt.date(2010, 3, 28)
    apply(engine, ExtractFile(table, tuple(rows[0]), tuple(rows), taken, *covers, complete=False))


@pytest.fixture
def kept(database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """Give a database of two children, each with a social worker, kept by difference."""
    monkeypatch.setattr(upkeep, "WHOLE_FROM", math.inf)
    _load(database, "referrals", REFERRALS)
    _load(database, "allocations", ALLOCATIONS)
    _load(database, "staff", [_post("W1"), _post("W2")])
    _load(database, "absences", [_absence("W9", "2010-01-04", "2010-01-29")])
    return database


def _stand(engine: sa.Engine) -> list[float]:
    """Return how many children had none at the end of each week, having held the rollup to the cohort."""
    with engine.connect() as connection:
        measure = MEASURES[WITHOUT]
        as_at = as_at_of(measure.definition, read_coverage(connection))
        cells = counting.kept_cells(connection, measure)
        assert cells.equals(counting.cells(connection, measure, as_at, Reach(everything=True)))
        found = queries.series(Scope.everything(), connection, [WITHOUT], first=dt.date(2010, 3, 1))
    weeks = found.filter(pl.col("end").cast(pl.String).is_in(SUNDAYS))
    return weeks["value"].to_list()


def test_absences_reach_children_by_the_allocations_of_whoever_is_absent() -> None:
    assert ties_by_staff() == {"absences": {("staff_id", "allocations", "staff_id")}}


def test_an_absence_reaches_the_children_of_whoever_is_absent(kept: sa.Engine) -> None:
    assert _stand(kept) == [0, 0, 0, 0]
    _load(kept, "absences", [_absence("W1", "2010-03-08", None)], hours=1)
    assert _stand(kept) == [0, 0, 1, 1]
    _load(kept, "absences", [_absence("W1", "2010-03-08", "2010-03-19")], hours=2)
    assert _stand(kept) == [0, 0, 0, 0]


def test_an_absence_given_to_someone_else_reaches_the_children_of_both(kept: sa.Engine) -> None:
    _load(kept, "absences", [_absence("W1", "2010-03-01", None)], hours=1)
    assert _stand(kept) == [0, 1, 1, 1]
    _load(kept, "absences", [_absence("W2", "2010-03-15", None)], hours=2)
    assert _stand(kept) == [0, 0, 0, 1]


def test_whoever_leaves_or_becomes_a_manager_leaves_children_without(kept: sa.Engine) -> None:
    _load(kept, "staff", [_post("W1", to="2010-03-12")], hours=1)
    assert _stand(kept) == [0, 1, 1, 1]
    _load(kept, "staff", [_post("W2", "practice_manager")], hours=2)
    assert _stand(kept) == [1, 2, 2, 2]


def test_an_absence_lasts_long_enough_by_time_alone(kept: sa.Engine) -> None:
    _load(kept, "absences", [_absence("W1", "2010-03-26", None)], hours=1)
    assert _stand(kept) == [0, 0, 0, 0]
    apply(kept, Tick(dt.datetime.fromisoformat("2010-04-12 07:00")))
    _stand(kept)
    with kept.connect() as connection:
        waiting = queries.waiting(Scope.everything(), connection, WITHOUT)
    assert waiting.select("case_id", "reason").rows() == [("RC1|2010-04-06", "social worker away")]

"""Whatever a load changes, counts kept by difference are those of a full count, on both engines."""

import contextlib
import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.coverage.as_at import Covered, read_coverage
from data_access.database.frames import polars_type
from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.london_time import to_utc
from data_access.extracts import Extract, extract_named
from data_access.extracts.formats import NATIVE
from data_access.loading.checks.cleaning import FIELD, KEY
from data_access.loading.delivery.covering import write_coverage
from data_access.loading.delivery.manifest import Terms
from data_access.loading.merge import affected_keys, affected_rows, transaction
from data_access.loading.merge.fates import MOVED
from data_access.quality import upkeep
from data_access.quality.checking import differences
from data_access.rollup.reach import AFFECTED_KEYS
from tests.data_access.quality.standing import AS_AT, BEGINS, ENDS, Row, key_text
from tests.data_access.quality.test_rules_against_the_judge import worlds
from tests.drawing import examples

POSTGRESQL_IN_SOAK = True

World = dict[str, list[Row]]
DAYS_LATER = st.sampled_from([-1, 0, 0, 1, 2, 7])


@dataclass(frozen=True)
class Rows:
    """Rows of an extract, ready to be merged."""

    extract: Extract
    terms: Terms
    cells: list[Row]
    refused: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=dict.fromkeys((KEY, FIELD, "content"), pl.String))
    )
    form: str = NATIVE

    @property
    def stored(self) -> tuple[str, ...]:
        return tuple(name for column in self.extract.columns for name in column.stored)

    @property
    def rows_read(self) -> int:
        return len(self.cells)

    def rows(self) -> pl.LazyFrame:
        table = CASE_TABLES[self.extract.name]
        schema = {name: polars_type(table.c[name].type) for name in self.stored}
        known = [{name: row.get(name) for name in self.stored} for row in self.cells]
        keys = [key_text(self.extract.name, row) for row in self.cells]
        return pl.DataFrame(known, schema=schema).with_columns(pl.Series(KEY, keys, dtype=pl.String)).lazy()


def deliver(connection: sa.Connection, load_id: int, world: World, taken: dt.datetime, begins: dt.date) -> set[str]:
    """Merge a world as complete extracts, as a load does; return the extracts that were counted by difference."""
    terms = Terms(to_utc(taken), dt.date(2000, 1, 1), dt.date(2020, 12, 31), complete=True, source_system=None)
    planned = [Rows(extract_named(name), terms, rows) for name, rows in world.items()]
    decided = transaction.decide(connection, planned, load_id, lambda _: None)
    moved = {
        merge.extract.name: rows for merge in decided.merges if (rows := sum(merge.rows[fate] for fate in MOVED))
    }
    coverage = read_coverage(connection) | {(name, NATIVE): Covered(to_utc(taken), begins, ENDS) for name in world}
    AFFECTED_KEYS.create(connection)
    for merge in decided.merges:
        affected_keys.affect(connection, merge)
    affected_keys.affect_children(connection, decided.moved_children)
    kept = upkeep.begin(connection, coverage, moved)
    affected_rows.affect_rows(connection, kept, decided.merges)
    kept.look()
    transaction.carry_out(connection, decided, load_id, lambda _: None)
    write_coverage(connection, coverage)
    kept.settle(load_id)
    AFFECTED_KEYS.drop(connection)
    transaction.finish(connection, decided)
    return {*kept.tallied, *kept.unaffected}


@st.composite
def deliveries(draw: st.DrawFn) -> list[tuple[World, dt.datetime, dt.date]]:
    """Return a few worlds, one after the other, each with when it was taken and the first day that it covers."""
    found, taken = [], AS_AT - dt.timedelta(days=30)
    for _ in range(draw(st.integers(2, 4))):
        world = draw(worlds())
        # what is left of the world before stays among what comes, so that rows change and are not all withdrawn
        if found and draw(st.booleans()):
            for name, rows in found[-1][0].items():
                keys = {key_text(name, row) for row in world.get(name, [])}
                left = [row for row in rows if key_text(name, row) not in keys]
                world[name] = [*world.get(name, []), *left[: draw(st.integers(0, len(left)))]]
        if draw(st.integers(0, 3)) == 0:
            into = draw(st.sampled_from(["C1", "c 01"]))
            world["child_merges"] = [{"child_id": "C2", "merged_into": into, "merged_on": dt.date(2010, 1, 1)}]
        taken += dt.timedelta(days=draw(DAYS_LATER))
        found.append((world, taken, draw(st.sampled_from([BEGINS, BEGINS, dt.date(2009, 3, 1)]))))
    return found


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    with new_database() as url:
        engine = connect(url)
        with engine.connect() as opened:
            yield opened
        engine.dispose()


@pytest.fixture(params=[math.inf, upkeep.WHOLE_FROM], ids=["by difference", "by the program's choice"])
def way_of_counting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small worlds be counted by difference too, which the program would count again as a whole."""
    monkeypatch.setattr(upkeep, "WHOLE_FROM", request.param)


@pytest.mark.fuzz
@pytest.mark.usefixtures("way_of_counting")
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=3, soak=15))
@given(steps=deliveries())
def test_whatever_is_delivered_counts_are_those_of_a_full_count(
    connection: sa.Connection, steps: Sequence[tuple[World, dt.datetime, dt.date]]
) -> None:
    with connection.begin() as whole:
        for load_id, (world, taken, begins) in enumerate(steps, start=1):
            deliver(connection, load_id, world, taken, begins)
            assert differences(connection) == []
        whole.rollback()

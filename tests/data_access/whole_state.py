"""Comparing a database with the judge: case by case, and every cell of the rollup."""

import tempfile
from collections import Counter
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.database.schema.decisions import AUDIT_EVENTS
from data_access.database.schema.figures import CALENDAR
from data_access.database.schema.metadata import EVERY_TEAM, FACTS, METADATA
from data_access.dates.london_time import to_utc
from data_access.dates.periods import week_of
from data_access.loading import load_extracts, tick
from data_access.loading.record.rebuilding import rebuild
from data_access.measures import MEASURES, Measure
from data_access.measures.contract import COUNTED, LEFT_ON, MET, NOT_COMPUTABLE, NOT_MET, NOT_YET_DUE
from data_access.quality.checking import differences
from data_access.rollup import counting
from data_access.rollup.counting import SUMS
from data_access.rollup.reach import Reach
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED
from tests.oracle import CohortRow, World, cohort
from tests.strategies.extract_file import ExtractFile
from tests.strategies.histories import Tick

STATES = {MET: "counted", NOT_MET: "counted", COUNTED: "counted", NOT_YET_DUE: "not_yet_due"}


def apply(engine: sa.Engine, step: ExtractFile | Tick) -> None:
    """Do one step of a history with the real loader."""
    if isinstance(step, Tick):
        tick(engine, to_utc(step.as_at))
        return
    with tempfile.TemporaryDirectory() as folder:
        step.write(Path(folder))
        report = load_extracts(engine, LOADER, [Path(folder)], confirmed=CONFIRMED)
        assert sum(loaded.refused for loaded in report.loaded) == 0


def assert_judged_alike(engine: sa.Engine, world: World) -> None:
    """Hold cohort, rollup and judge against one another for every measure."""
    with engine.connect() as connection:
        coverage = read_coverage(connection)
        for measure in MEASURES.values():
            judged = cohort(world, measure.id)
            as_at = as_at_of(measure.definition, coverage)
            assert found_rows(connection, measure) == Counter(judged), measure.id
            kept = counting.kept_cells(connection, measure)
            again = counting.cells(connection, measure, as_at, Reach(everything=True))
            assert kept.equals(again), f"{measure.id}: rollup and cohort differ"
            assert cells(kept) == judged_cells(judged), measure.id
        assert differences(connection) == []


def assert_rebuilt_alike(engine: sa.Engine) -> None:
    """Make all tables again from the record of loads, and hold them to what stood."""
    before = _tables(engine)
    rebuild(engine, LOADER)
    after = _tables(engine)
    for name, rows in before.items():
        assert after[name] == rows, name


def _tables(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for name, table in METADATA.tables.items()
            if table not in (CALENDAR, FACTS, AUDIT_EVENTS)
        }


def found_rows(connection: sa.Connection, measure: Measure) -> Counter[CohortRow]:
    """Return the measure's cohort in the judge's words."""
    as_at = as_at_of(measure.definition, read_coverage(connection))
    if as_at is None:
        return Counter()
    rows = connection.execute(measure.cohort, as_at.parameters()).mappings().all()
    return Counter(_row(measure, dict(row)) for row in rows)


def _row(measure: Measure, row: dict[str, object]) -> CohortRow:
    result = str(row["result"])
    state = "not_computable" if result.startswith(NOT_COMPUTABLE) else STATES[result]
    if measure.definition.adding_up.brings_amounts:
        numerator, denominator = (row["numerator"], row["denominator"]) if state == "counted" else (0, 0)
    else:
        numerator, denominator = int(result in (MET, COUNTED)), int(result in (MET, NOT_MET))
    left_on = row[LEFT_ON] if measure.definition.adding_up.stands else None
    amounts = numerator, denominator
    return CohortRow(measure.id, row["case_id"], row["event_date"], row["team_id"], *amounts, state, left_on)


def cells(kept: pl.DataFrame) -> dict[tuple[object, ...], tuple[int, ...]]:
    """Return the rollup's cells by part and team."""
    return {(row[0], row[1]): tuple(row[2:]) for row in kept.select("part", "team_id", *SUMS).iter_rows()}


def judged_cells(rows: list[CohortRow]) -> dict[tuple[object, ...], tuple[int, ...]]:
    """Return what the cells should hold, added up row by row."""
    found: dict[tuple[object, ...], list[int]] = {}
    entered = [(row, row.event_date, 1) for row in rows]
    left = [(row, row.left_on, -1) for row in rows if row.left_on is not None]
    for row, on, sign in [*entered, *left]:
        part = max(week_of(on), on.replace(day=1))
        for team in (row.team_id, EVERY_TEAM):
            sums = found.setdefault((part, team), [0] * len(SUMS))
            for place, amount in enumerate(
                (
                    row.numerator,
                    row.denominator,
                    row.state == "counted",
                    row.state == "not_yet_due",
                    row.state == "not_computable",
                )
            ):
                sums[place] += sign * int(amount)
    return {cell: tuple(sums) for cell, sums in found.items() if any(sums)}

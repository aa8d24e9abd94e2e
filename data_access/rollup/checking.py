"""Checking a database from end to end: are the figures kept those that the cases make?"""

from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import Coverage, as_at_of, lacking, read_coverage
from data_access.database.facts import data_version
from data_access.database.opening import reading
from data_access.database.schema.loads import LOADED_EXTRACTS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_local
from data_access.extracts.formats import NATIVE
from data_access.measures import MEASURES, Measure
from data_access.queries.asking import gaps
from data_access.rollup import counting
from data_access.rollup.counting import SUMS, is_current
from data_access.rollup.reach import Reach


@dataclass(frozen=True)
class Findings:
    """What was checked, as sentences, and what was found to be wrong."""

    told: tuple[str, ...]
    wrong: tuple[str, ...]


def findings(engine: sa.Engine) -> Findings:
    """Compare every cell of the rollup with the cohort, and the sums of teams with those of every team."""
    told, wrong = [], []
    with reading(engine) as connection:
        told.append(f"data version {data_version(connection)}")
        if not is_current(connection, MEASURES.values()):
            wrong.append("the figures were worked out by other definitions; run `safe-dashboard upgrade`")
        coverage = read_coverage(connection)
        told += [
            f"{name}{'' if form == NATIVE else f' ({form})'}: as at {to_local(covered.as_at):%Y-%m-%d %H:%M}, "
            f"covers {covered.begins} to {covered.ends}"
            for (name, form), covered in sorted(coverage.items())
        ]
        missing = gaps(connection, MEASURES.values())
        table = LOADED_EXTRACTS
        counts = sa.select(sa.func.sum(table.c.rows_refused), sa.func.sum(table.c.warnings))
        refused, warnings = connection.execute(counts).one()
        told.append(f"{refused or 0:,} rows refused and {warnings or 0:,} warnings so far")
        for measure in MEASURES.values():
            as_at = as_at_of(measure.definition, coverage)
            kept = counting.kept_cells(connection, measure)
            counted = counting.cells(connection, measure, as_at, Reach(everything=True))
            different = counting.difference(counted, kept)
            if different.height:
                first = different.row(0, named=True)
                wrong.append(
                    f"{measure.id}: {different.height:,} figures differ from the cases, the first for "
                    f"{first['team_id']} from {first['part']}"
                )
            by_team = kept.filter(pl.col("team_id") != EVERY_TEAM).select(SUMS).sum()
            whole = kept.filter(pl.col("team_id") == EVERY_TEAM).select(SUMS).sum()
            if not by_team.equals(whole):
                wrong.append(f"{measure.id}: the teams do not add up to the whole")
            state = f"{kept.height:,} figures agree with the cases" if as_at else _why_none(measure, coverage)
            if not different.height:
                told.append(f"{measure.id}: {state}")
            told += [
                f"{measure.id}: not computable from {gap.begins} to {gap.ends}, since {gap.extract} came without the "
                f"column {gap.column}"
                for gap in (missing[measure.id] if as_at else ())
            ]
    return Findings(tuple(told), tuple(wrong))


def _why_none(measure: Measure, coverage: Coverage) -> str:
    missing = lacking(measure.definition, coverage)
    return "no data" if missing is None else f"not computable from {missing.format}"

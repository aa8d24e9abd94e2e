"""How many rows break each rule: counted at the end of every load, so that each rule can be followed over time."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import rows_into
from data_access.database.schema import CASE_TABLES, COVERAGE, EVERY_TEAM, LOADS, QUALITY_COUNTS
from data_access.dates.london_time import local_date
from data_access.extracts import extract_named
from data_access.quality.registry import RULES
from data_access.quality.rule import Rule, team_of

COUNTS: Final = {"rule": pl.String, "team_id": pl.String, "rows": pl.Int64, "broken": pl.Int64}
"""The columns of counts: the rows of a team that the rule looks at, and how many of them break it."""


def count_quality(connection: sa.Connection, load_id: int) -> None:
    """Write to `quality_counts` what stands after this load; call it in the load's transaction, after the merge.

    Of the loads before, those keep their counts that were the last of their day, and the latest: a folder that is
    fed every few minutes would fill the table.
    """
    rows_into(connection, QUALITY_COUNTS, counts(connection).select(pl.lit(load_id).alias("load_id"), *COUNTS))
    before = connection.execute(
        sa.select(LOADS.c.load_id, LOADS.c.loaded_at)
        .where(LOADS.c.load_id < load_id)
        .order_by(LOADS.c.load_id.desc())
        .limit(2)
    ).all()
    if len(before) == 2 and local_date(before[0].loaded_at) == local_date(before[1].loaded_at):
        connection.execute(sa.delete(QUALITY_COUNTS).where(QUALITY_COUNTS.c.load_id == before[1].load_id))


def counts(connection: sa.Connection) -> pl.DataFrame:
    """Return COUNTS of every rule as the tables stand, by team and for every team.

    A rule that looks at no row, or whose extract was never loaded, has none: nothing to check is not "all is well".
    """
    rows: Counter[tuple[str, str]] = Counter()
    broken: Counter[tuple[str, str]] = Counter()
    for extract, taken_on in days_taken(connection).items():
        together, apart = _rules_of(extract)
        for row in connection.execute(_walk(extract), {"as_at_on": taken_on}).mappings() if together or apart else ():
            for rule in (*together, *apart):
                for team in (row["of_team"], EVERY_TEAM):
                    rows[rule.name, team] += row[f"rows_{rule.name}"]
                    broken[rule.name, team] += row.get(f"broken_{rule.name}", 0)
        for rule in apart:
            for team, number in connection.execute(_by_team(rule), {"as_at_on": taken_on}):
                for whose in (team, EVERY_TEAM):
                    broken[rule.name, whose] += number
    found = [(*key, number, broken[key]) for key, number in rows.items() if number]
    return pl.DataFrame(found, schema=COUNTS, orient="row")


def days_taken(connection: sa.Connection) -> dict[str, date]:
    """Return for every extract that was ever loaded the London date on which the latest was taken."""
    taken = sa.select(COVERAGE.c.extract, sa.func.max(COVERAGE.c.as_at, type_=sa.DateTime)).group_by(
        COVERAGE.c.extract
    )
    return {extract: local_date(as_at) for extract, as_at in connection.execute(taken)}


@cache
def _rules_of(extract: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules of an extract that are counted in one walk, and those that need a select of their own."""
    by_kind: defaultdict[bool, list[Rule]] = defaultdict(list)
    for rule in RULES.values():
        if rule.extract == extract:
            by_kind[rule.compares_rows].append(rule)
    return tuple(by_kind[False]), tuple(by_kind[True])


@cache
def _walk(extract: str) -> sa.Select[Any]:
    """Return one select over an extract that counts by team the rows that each rule looks at, and those broken."""
    together, apart = _rules_of(extract)
    numbers: list[sa.Label[Any]] = [_number(rule.looks_at).label(f"rows_{rule.name}") for rule in (*together, *apart)]
    numbers += [_number(sa.and_(rule.looks_at, rule.broken)).label(f"broken_{rule.name}") for rule in together]
    columns: list[sa.Label[Any]] = [team_of(extract_named(extract)).label("of_team"), *numbers]
    return sa.select(*columns).select_from(CASE_TABLES[extract]).group_by("of_team")


def _number(holds: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((holds, 1)))


@cache
def _by_team(rule: Rule) -> sa.Select[Any]:
    columns: list[sa.Label[Any]] = [
        team_of(extract_named(rule.extract)).label("of_team"),
        sa.func.count().label("broken"),
    ]
    return (
        sa.select(*columns)
        .select_from(CASE_TABLES[rule.extract])
        .where(rule.looks_at, rule.broken)
        .group_by("of_team")
    )

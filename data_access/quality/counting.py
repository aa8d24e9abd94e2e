"""How many rows break each rule, by team: of all that stands, or of the rows alone that a load affects."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import Coverage, read_coverage
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import local_date
from data_access.extracts import extract_named
from data_access.quality.affected import is_affected, narrowed
from data_access.quality.registry import RULES
from data_access.quality.rule import Rule, team_of

COUNTS: Final = {"rule": pl.String, "team_id": pl.String, "rows": pl.Int64, "broken": pl.Int64}
"""The columns of counts: the rows of a team that the rule looks at, and how many of them break it."""

TALLY: Final = COUNTS | {"given": pl.Int64}
"""The columns of a tally: counts as they were if every source gave what the rules ask for, and how many rows do. Only
tallies of parts can be added up: that a single row gives something makes a rule look at all the others."""

SUMS: Final = ("rows", "broken", "given")


def counts(connection: sa.Connection) -> pl.DataFrame:
    """Return COUNTS of every rule as the tables stand, by team and for every team.

    A rule that looks at no row, or whose extract was never loaded, has none: nothing to check is not "all is well".
    """
    return reported(whole_tally(connection, days_taken(connection)))


def whole_tally(connection: sa.Connection, taken: Mapping[str, date]) -> pl.DataFrame:
    """Return TALLY of every rule of these extracts as the tables stand, each as at a London date."""
    tallies = [tally(connection, extract, taken_on) for extract, taken_on in taken.items()]
    return pl.concat([pl.DataFrame(schema=TALLY), *tallies])


def reported(tallied: pl.DataFrame) -> pl.DataFrame:
    """Return COUNTS of a whole TALLY: the rules that look at any row, and whose source gives what they ask for."""
    asking = [name for name, rule in RULES.items() if rule.given is not None]
    given = tallied.filter(pl.col("team_id") == EVERY_TEAM, pl.col("given") > 0).get_column("rule")
    silent = pl.col("rule").is_in(asking) & ~pl.col("rule").is_in(given.implode())
    return tallied.filter(pl.col("rows") > 0, ~silent).select(*COUNTS)


def tally(connection: sa.Connection, extract: str, taken_on: date, *, affected: bool = False) -> pl.DataFrame:
    """Return TALLY of an extract's rules, by team and for every team: of all its rows, or of those affected alone."""
    together, apart = _rules_of(extract)
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    as_at = {"as_at_on": taken_on}
    for row in connection.execute(_walk(extract, affected), as_at).mappings() if together or apart else ():
        for rule in (*together, *apart):
            for team in (row["of_team"], EVERY_TEAM):
                for at, name in enumerate(SUMS):
                    sums[rule.name, team][at] += row.get(f"{name}_{rule.name}", 0)
    for rule in apart:
        for team, number in connection.execute(_by_team(rule, affected), as_at):
            for whose in (team, EVERY_TEAM):
                sums[rule.name, whose][SUMS.index("broken")] += number
    return pl.DataFrame([(*cell, *numbers) for cell, numbers in sums.items()], schema=TALLY, orient="row")


def difference(after: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of two TALLYs that differ, each with after − before."""
    both = pl.concat([after, before.with_columns(-pl.col(SUMS))]).group_by("rule", "team_id").agg(pl.col(SUMS).sum())
    return both.filter(pl.any_horizontal(pl.col(SUMS) != 0)).sort("rule", "team_id")


def days_taken(connection: sa.Connection) -> dict[str, date]:
    """Return for every extract that was ever loaded the London date on which the latest was taken."""
    return days_of(read_coverage(connection))


def days_of(coverage: Coverage) -> dict[str, date]:
    """Return for every extract of a coverage the London date on which the latest was taken."""
    taken: dict[str, date] = {}
    for (extract, _), covered in coverage.items():
        taken[extract] = max(local_date(covered.as_at), taken.get(extract, date.min))
    return taken


@cache
def _rules_of(extract: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules of an extract that are counted in one walk, and those that need a select of their own."""
    mine = [rule for rule in RULES.values() if rule.extract == extract]
    return (
        tuple(rule for rule in mine if rule.compared_by is None),
        tuple(rule for rule in mine if rule.compared_by is not None),
    )


@cache
def _walk(extract: str, affected: bool) -> sa.Select[Any]:
    """Return one select over an extract that counts by team the rows of each rule: looked at, giving, and broken."""
    together, apart = _rules_of(extract)
    numbers: list[sa.Label[Any]] = [_number(rule.looks_at).label(f"rows_{rule.name}") for rule in (*together, *apart)]
    numbers += [_number(sa.and_(rule.looks_at, rule.broken)).label(f"broken_{rule.name}") for rule in together]
    numbers += [_number(rule.given).label(f"given_{rule.name}") for rule in together if rule.given is not None]
    columns: list[sa.Label[Any]] = [team_of(extract_named(extract)).label("of_team"), *numbers]
    walk = sa.select(*columns).select_from(CASE_TABLES[extract]).group_by("of_team")
    return walk.where(is_affected(extract_named(extract))) if affected else walk


def _number(holds: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((holds, 1)))


@cache
def _by_team(rule: Rule, affected: bool) -> sa.Select[Any]:
    extract, by = extract_named(rule.extract), str(rule.compared_by)
    columns: list[sa.Label[Any]] = [team_of(extract).label("of_team"), sa.func.count().label("broken")]
    counted = sa.select(*columns).select_from(CASE_TABLES[rule.extract]).where(rule.looks_at).group_by("of_team")
    if not affected:
        return counted.where(rule.broken)
    return counted.where(is_affected(extract), narrowed(rule.broken, extract, by))

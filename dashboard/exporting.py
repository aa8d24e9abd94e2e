"""Figures and cases for other programs, in one stable form: rows by period, by team or by case.

Other programs rely on the names and order of these columns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.suppression import HIDDEN, SMALLEST_SHOWN, suppress
from dashboard.analysis.targets import in_view, tag
from dashboard.judged import judge_figures, targets_of
from data_access.measures import Definition, measure_named
from data_access.measures.definition import About, Kind
from data_access.periods import Grain
from data_access.queries import cases, doubts, series, teams
from data_access.scope import Scope
from data_access.targets import RebaseStep, TargetStep, rebases, target_steps

COLUMNS: Final = (
    "measure", "period", "start", "team", "numerator", "denominator", "value", "not_yet_due", "not_computable",
    "state", "variation", "assurance", "target", "target_state", "sentence", "classification",
)  # fmt: skip
"""`value` is a fraction, or a number for counts; a blank `team` is the whole service. Variation and target are those
of the row's own period; assurance and sentence stand in the latest settled row of a series, which they are about."""

INTERNAL: Final = "internal"
PUBLIC: Final = "public"

Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What to export: measures, the grain (None: each one's natural period), the days, and whether it may leave."""

    measures: tuple[str, ...]
    grain: Grain | None = None
    first: date | None = None
    last: date | None = None
    public: bool = False


def by_period(scope: Scope, connection: sa.Connection, wanted: Wanted, *, team: str | None = None) -> list[Row]:
    """Return a row for each measure and period, of a team or the whole: COLUMNS."""
    found = series(scope, connection, wanted.measures, grain=wanted.grain, last=wanted.last, team=team)
    steps = target_steps(scope, connection, wanted.measures, team=team)
    anew = rebases(connection, wanted.measures, team=team)
    doubtful = doubts(scope, connection, wanted.measures, last=wanted.last, team=team)
    rows: list[Row] = []
    for name in wanted.measures:
        definition = measure_named(name).definition
        mine = found.filter(pl.col("measure") == name).sort("start")
        is_natural = wanted.grain in (None, Grain(definition.period))
        judged = _judged(definition, mine, steps[name], anew[name], doubtful) if is_natural else {}
        since = mine if wanted.first is None else mine.filter(pl.col("end") >= wanted.first)
        rows += [_row(figure, judged.get(figure["start"], {})) for figure in since.iter_rows(named=True)]
    return _public(rows, wanted.grain) if wanted.public else rows


def by_team(scope: Scope, connection: sa.Connection, wanted: Wanted) -> list[Row]:
    """Return a row for each measure, period and team that has cases in it: COLUMNS."""
    internal = Wanted(wanted.measures, wanted.grain, wanted.first, wanted.last)
    rows = [
        row
        for team in teams(scope, connection).get_column("team")
        for row in by_period(scope, connection, internal, team=team)
        if row["numerator"] or row["denominator"] or row["not_yet_due"] or row["not_computable"]
    ]
    rows.sort(key=lambda row: (wanted.measures.index(row["measure"]), row["start"], row["team"]))
    return _public(rows, wanted.grain) if wanted.public else rows


def by_case(scope: Scope, connection: sa.Connection, wanted: Wanted, *, team: str | None = None) -> list[Row]:
    """Return a row for each case: the measure, queries.CASE_COLUMNS, the measure's details, the classification."""
    rows: list[Row] = []
    for name in wanted.measures:
        listed = cases(
            scope, connection, name, first=wanted.first or date.min, last=wanted.last or date.max, team=team
        )
        rows += [{"measure": name, **row, "classification": INTERNAL} for row in listed.iter_rows(named=True)]
    return rows


def _row(figure: Row, judged: Row) -> Row:
    row: Row = {name: figure.get(name) for name in COLUMNS} | judged
    for name in ("numerator", "denominator"):
        amount: float = row[name]
        row[name] = int(amount) if float(amount).is_integer() else amount
    if measure_named(figure["measure"]).definition.kind is Kind.COUNT:
        row["denominator"] = None
    return row | {"classification": INTERNAL}


def _judged(
    definition: Definition,
    figures: pl.DataFrame,
    steps: Sequence[TargetStep],
    anew: Sequence[RebaseStep],
    doubtful: pl.DataFrame,
) -> dict[date, Row]:
    """Return variation, assurance, target, its tag and the sentence by the period's first day."""
    judgement = judge_figures(definition, figures, steps, anew, doubts=doubtful)
    targets = targets_of(steps)
    found: dict[date, Row] = {}
    for one in judgement.points:
        target = in_view(targets, one.point.start)
        found[one.point.start] = {
            "variation": str(one.variation) if one.point.judged else None,
            "target": None if target is None else target.value,
            "target_state": str(tag(one.point, target)) if one.point.judged else None,
        } | _about_the_latest(judgement, one.point.start)
    return found


def _about_the_latest(judgement: Judgement, start: date) -> Row:
    if judgement.latest is None or judgement.latest.point.start != start:
        return {}
    return {"assurance": str(judgement.assurance), "sentence": judgement.sentence}


def _public(rows: list[Row], grain: Grain | None) -> list[Row]:
    """Return the rows as they may leave: small numbers hidden, with what would give them away."""
    shown: list[Row] = []
    for table in _tables(rows):
        definition = measure_named(table[0]["measure"]).definition
        if definition.about is About.STAFF_HEALTH:
            shown += [row | {"classification": PUBLIC} for row in table]
            continue
        is_count = definition.kind is Kind.COUNT
        cells = [[row["numerator"]] if is_count else _pair(row) for row in table]
        hidden = suppress(cells)
        for row, kept, total in zip(table, hidden.cells, hidden.row_totals, strict=True):
            shown.append(_suppressed(row, kept, total, is_count=is_count))
    return _without_small_steps(shown) if grain is Grain.YEAR_TO_DATE else shown


def _without_small_steps(rows: list[Row]) -> list[Row]:
    """Hide what a year to date gives away week by week: rows that part from the last one shown by a small number."""
    last: dict[tuple[str, str | None], list[int]] = {}
    shown: list[Row] = []
    for row in rows:
        whose, numbers = (row["measure"], row["team"]), [row["numerator"], row["denominator"]]
        if measure_named(row["measure"]).definition.about is About.STAFF_HEALTH:
            shown.append(row)
        elif HIDDEN not in numbers and _part_by_enough(last.get(whose), met := _met_and_not(row)):
            last[whose] = met
            shown.append(row)
        else:
            hidden = {name: HIDDEN for name in ("numerator", "denominator", "value") if row[name] is not None}
            shown.append(row | hidden)
    return shown


def _met_and_not(row: Row) -> list[int]:
    return [row["numerator"]] if row["denominator"] is None else _pair(row)


def _part_by_enough(before: list[int] | None, now: list[int]) -> bool:
    """Return whether each number is as it was or has grown by more than a small number, or a new year began."""
    if before is None or sum(now) < sum(before):
        return True
    return all(step == 0 or step >= SMALLEST_SHOWN for step in map(int.__sub__, now, before))


def _pair(row: Row) -> list[int]:
    return [row["numerator"], row["denominator"] - row["numerator"]]


def _tables(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield the rows that stand in one table: those of one measure and period, team by team."""
    table: list[Row] = []
    for row in rows:
        if table and (row["measure"], row["start"]) != (table[0]["measure"], table[0]["start"]):
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _suppressed(row: Row, kept: Sequence[int | None], total: int | None, *, is_count: bool) -> Row:
    beside = {
        name: HIDDEN if 0 < (row[name] or 0) < SMALLEST_SHOWN else row[name]
        for name in ("not_yet_due", "not_computable")
    }
    row = row | beside | {"classification": PUBLIC}
    if all(cell is not None for cell in kept):
        return row
    row |= {"numerator": HIDDEN if kept[0] is None else kept[0], "value": HIDDEN, "sentence": None}
    if not is_count:
        row["denominator"] = HIDDEN if total is None else total
    return row | {"variation": None, "assurance": None, "target_state": None}

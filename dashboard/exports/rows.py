"""Figures and cases for other programs, in one stable form: rows by period, by team or by case.

Other programs rely on the names and order of these columns.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from dashboard.analysis.public_sentence import public_sentence
from dashboard.analysis.targets import in_view, tag
from dashboard.readings.judgements import JudgedMeasure, judge_measures, judging_context, targets_of
from data_access.dates.periods import Grain
from data_access.measures import measure_named
from data_access.measures.definition import About
from data_access.queries import State, cases, series, teams_with_figures
from data_access.scope import Scope

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
    figures = {name: found.filter(pl.col("measure") == name).sort("start") for name in wanted.measures}
    natural = {
        name: mine
        for name, mine in figures.items()
        if wanted.grain in (None, Grain(measure_named(name).definition.period))
    }
    judged = judge_measures(natural, judging_context(scope, connection, list(natural), team=team))
    rows: list[Row] = []
    for name, mine in figures.items():
        told = _told(judged[name], public=wanted.public) if name in judged else {}
        since = mine if wanted.first is None else mine.filter(pl.col("end") >= wanted.first)
        rows += [_row(figure, told.get(figure["start"], {})) for figure in since.iter_rows(named=True)]
    return rows


def by_team(scope: Scope, connection: sa.Connection, wanted: Wanted) -> list[Row]:
    """Return a row for each measure, period and team that has cases in it: COLUMNS.

    Cases of no team have a row of their own, so that the teams add up to the whole. A team whose figure on staff
    health may not be shown has a row that says so.
    """
    rows = [
        row
        for team in teams_with_figures(scope, connection)
        for row in by_period(scope, connection, wanted, team=team)
        if row["numerator"]
        or row["denominator"]
        or row["not_yet_due"]
        or row["not_computable"]
        or _may_not_be_shown(row)
    ]
    rows.sort(key=lambda row: (wanted.measures.index(row["measure"]), row["start"], row["team"]))
    return rows


def _may_not_be_shown(row: Row) -> bool:
    is_health = measure_named(row["measure"]).definition.about is About.STAFF_HEALTH
    return is_health and row["state"] == State.NOT_COMPUTABLE


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
    if not measure_named(figure["measure"]).definition.adding_up.has_denominator:
        row["denominator"] = None
    return row | {"classification": INTERNAL}


def _told(judged: JudgedMeasure, *, public: bool) -> dict[date, Row]:
    """Return variation, assurance, target, its tag and the sentence by the period's first day."""
    judgement = judged.judgement
    targets = [] if judged.definition.annual_target else targets_of(judged.targets)
    found: dict[date, Row] = {}
    for one in judgement.points:
        target = in_view(targets, one.point.start)
        found[one.point.start] = {
            "variation": str(one.variation) if one.point.judged else None,
            "target": None if target is None else target.value,
            "target_state": str(tag(one.point, target)) if one.point.judged else None,
        }
    if judgement.latest is not None and judgement.year is not None:
        found[judgement.latest.point.start] |= {
            "target": judgement.year.target.value,
            "target_state": str(judgement.target_state),
        }
    if judgement.latest is not None and judged.lacking is None:
        found[judgement.latest.point.start]["assurance"] = str(judgement.assurance)
    if judged.why_none is not None and not judged.figures.is_empty():
        found.setdefault(judged.figures["start"][-1], {})["sentence"] = judged.sentence
    elif judgement.latest is not None:
        found[judgement.latest.point.start]["sentence"] = public_sentence(judgement) if public else judged.sentence
    return found

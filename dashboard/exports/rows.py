"""Figures and cases for other programs, in one stable form: rows by period, by team or by case.

Other programs rely on the names and order of these columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.analysis.public_sentence import public_sentence
from dashboard.analysis.targets import in_view, tag
from dashboard.readings.cases import listed
from dashboard.readings.judgements import JudgedMeasure, figures_of, judge_measures, judging_context, targets_of
from dashboard.readings.reading import Reading
from data_access.dates.periods import Grain
from data_access.measures import measure_named
from data_access.measures.definition import About
from data_access.queries import State, teams_with_figures

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


def by_period(reading: Reading, wanted: Wanted, *, team: str | None = None) -> list[Row]:
    """Return a row for each measure and period, of a team or the whole: COLUMNS."""
    figures = figures_of(reading, wanted.measures, grain=wanted.grain, last=wanted.last, team=team)
    natural = {
        name: series
        for name, series in figures.items()
        if wanted.grain in (None, Grain(measure_named(name).definition.period))
    }
    context = judging_context(reading, list(natural), team=team)
    judged = judge_measures(natural, context.with_set_targets() if wanted.public else context)
    rows: list[Row] = []
    for name, series in figures.items():
        told = told_by_period(judged[name], public=wanted.public) if name in judged else {}
        rows += _rows(series, told, wanted.first)
    return rows


def rows_of(judged: JudgedMeasure) -> list[Row]:
    """Return a row for each period of a measure that a page shows, in the words of the page: COLUMNS."""
    return _rows(judged.figures, told_by_period(judged, public=False), None)


def by_team(reading: Reading, wanted: Wanted) -> list[Row]:
    """Return a row for each measure, period and team that has cases in it: COLUMNS.

    Cases of no team have a row of their own, so that the teams add up to the whole. A team whose figure on staff
    health may not be shown has a row that says so.
    """
    rows = [
        row
        for team in teams_with_figures(reading.scope, reading.connection)
        for row in by_period(reading, wanted, team=team)
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


def by_case(reading: Reading, wanted: Wanted, *, team: str | None = None) -> list[Row]:
    """Return a row for each case: the measure, queries.CASE_COLUMNS, the measure's details, the classification.

    Raise NotAllowedProblem for who may list no cases.
    """
    rows: list[Row] = []
    for name in wanted.measures:
        cases = listed(reading, name, first=wanted.first or date.min, last=wanted.last or date.max, team=team)
        rows += [{"measure": name, **row, "classification": INTERNAL} for row in cases.iter_rows(named=True)]
    return rows


def _rows(series: pl.DataFrame, told: Mapping[date, Row], first: date | None) -> list[Row]:
    since = series if first is None else series.filter(pl.col("end") >= first)
    return [_row(figure, told.get(figure["start"], {})) for figure in since.iter_rows(named=True)]


def _row(figure: Row, judged: Row) -> Row:
    row: Row = {name: figure.get(name) for name in COLUMNS} | judged
    for name in ("numerator", "denominator"):
        amount: float = row[name]
        row[name] = int(amount) if float(amount).is_integer() else amount
    if not measure_named(figure["measure"]).definition.adding_up.has_denominator:
        row["denominator"] = None
    return row | {"classification": INTERNAL}


def told_by_period(judged: JudgedMeasure, *, public: bool) -> dict[date, Row]:
    """Return variation, assurance, target, its tag and the sentence by the period's first day.

    `public`: the sentence is one that may leave (analysis.public_sentence).
    """
    judgement = judged.judgement
    targets = [] if judged.definition.annual_target else targets_of(judged.targets)
    by_start: dict[date, Row] = {}
    for each in judgement.points:
        target = in_view(targets, each.point.start)
        by_start[each.point.start] = {
            "variation": str(each.variation) if each.point.judged else None,
            "target": None if target is None else target.value,
            "target_state": str(tag(each.point, target)) if each.point.judged else None,
        }
    if judgement.latest is not None and judgement.year is not None:
        by_start[judgement.latest.point.start] |= {
            "target": judgement.year.target.value,
            "target_state": str(judgement.target_state),
        }
    if judgement.latest is not None and judged.lacking is None:
        by_start[judgement.latest.point.start]["assurance"] = str(judgement.assurance)
    if judged.why_none is not None and not judged.figures.is_empty():
        by_start.setdefault(judged.figures["start"][-1], {})["sentence"] = judged.sentence
    elif judgement.latest is not None:
        by_start[judgement.latest.point.start]["sentence"] = public_sentence(judgement) if public else judged.sentence
    return by_start

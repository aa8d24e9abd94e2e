"""Measures as pages show them: each with its figures, its judgement and its headline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.readings.judgements import Context, JudgedMeasure, figures_of, judge_measures, judging_context
from dashboard.readings.reading import Reading
from data_access import queries
from data_access.dates.periods import ended_by
from data_access.measures import MEASURES, measure_named
from data_access.vocabulary import Period

HEADLINES: Final = tuple(name for name, measure in MEASURES.items() if measure.definition.headline)
"""The measures of the board, in reading order."""
EVERY_MEASURE: Final = tuple(MEASURES)
"""Every measure, headline or not, in reading order."""


@dataclass(frozen=True)
class MeasureView(JudgedMeasure):
    """One measure as a page shows it: its `figures` run from the first covered day to the chosen week.

    `headline` is the row of queries.headline: the latest settled period, with `ytd_` and `12m_` beside it.
    """

    headline: dict[str, Any]


def measure_views(
    reading: Reading,
    measures: Sequence[str],
    *,
    team: str | None = None,
    up_to: date | None = None,
    context: Context | None = None,
    rebased: bool = True,
) -> tuple[MeasureView, ...]:
    """Return some measures in their order, of a team or the whole, up to a day (None: to the latest).

    `context` is their judging_context, where it is at hand: it is the same for every day. Where they are not
    `rebased`, they are judged as if limits had never started again.

    Raise QueryProblem for a measure or team that there is not, DatabaseProblem where the figures are not of this
    program's definitions.
    """
    queries.check_current(reading.connection)
    figures: dict[str, pl.DataFrame] = {}
    headlines: dict[str, dict[str, Any]] = {}
    for period, alike in _by_period(measures).items():
        last = None if up_to is None else ended_by(up_to, period)
        figures |= figures_of(reading, alike, last=last, team=team)
        rows = queries.headline(reading.scope, reading.connection, alike, up_to=last, team=team)
        headlines |= {row["measure"]: row for row in rows.iter_rows(named=True)}
    judged = judge_measures(figures, context or judging_context(reading, measures, team=team), rebased=rebased)
    return tuple(MeasureView(**vars(judged[name]), headline=headlines[name]) for name in measures)


def _by_period(measures: Sequence[str]) -> Mapping[Period, list[str]]:
    by_period: dict[Period, list[str]] = {}
    for name in measures:
        by_period.setdefault(measure_named(name).definition.period, []).append(name)
    return by_period

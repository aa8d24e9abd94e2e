"""Targets for the cases of a value of a dimension, such as the CAFs that schools start, as they hold for a window."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import sqlalchemy as sa

from data_access import queries
from data_access.dates.periods import Span, month_after, periods
from data_access.decisions.fields import Content
from data_access.decisions.kinds.target import WITH_VALUE
from data_access.decisions.reads.targets import nearest_targets
from data_access.decisions.standing import Standing
from data_access.measures import Definition, measure_named
from data_access.queries.definitions import changes_of_standard
from data_access.queries.figures import State, Sums, state_of
from data_access.scope import Scope
from data_access.vocabulary import Period


@dataclass(frozen=True)
class ValueTarget:
    """A target for the cases of a dimension's value: a fraction or, for counts, a number for each natural period.

    `comparison` is at_least, above, at_most or below; `source` plan, national or ours (a line without a tag).
    `is_worked_out` says that `value` tells the value's own figure of an earlier time.
    """

    dimension: str
    dimension_value: str
    value: float
    is_worked_out: bool
    comparison: str
    source: str
    plan_item: str | None
    reason: str


def targeted_dimensions(connection: sa.Connection, measure: str, *, team: str | None) -> tuple[str, ...]:
    """Return the dimensions of a measure whose values have targets, for a team or for the whole."""
    every = {target.content["dimension"] for target in nearest_targets(connection, [measure], team)}
    return tuple(name for name in measure_named(measure).definition.dimensions if name in every)


def value_targets(
    scope: Scope, connection: sa.Connection, measure: str, *, by: str, team: str | None, first: date, last: date
) -> list[ValueTarget]:
    """Return the targets of the values of a dimension that hold on `last`, the end of a window of whole periods.

    Against the year before, the window of the year before counts: 52 weeks earlier, or 12 months. None is returned
    where what a target is held against isn't settled, or stood under another standard.
    """
    definition = measure_named(measure).definition
    latest: dict[str, Standing] = {}
    for target in nearest_targets(connection, [measure], team):
        if target.content["dimension"] == by and _starts(target.content) <= last:
            held = latest.setdefault(target.content["dimension_value"], target)
            if _starts(held.content) <= _starts(target.content):
                latest[target.content["dimension_value"]] = target
    made = []
    for key, target in latest.items():
        content = target.content
        value = content["value"]
        if content["kind"] not in WITH_VALUE:
            span = _held_against(definition, content, first, last)
            value = None if span is None else _figure(scope, connection, definition, by, key, team, span, last)
        if value is not None:
            made.append(
                ValueTarget(
                    by,
                    key,
                    value,
                    content["kind"] not in WITH_VALUE,
                    content["comparison"],
                    content["source"],
                    content["plan_item"],
                    target.reason or "",
                )
            )
    return made


def _starts(content: Content) -> date:
    starts: date = content["due_on"] or content["from_date"]
    return starts


def _held_against(definition: Definition, content: Content, first: date, last: date) -> Span | None:
    """Return the days whose figure is the target; None where no whole period begins in them."""
    if content["kind"] == "year_before":
        begins, ends = _year_before(definition.period, first, last)
        return Span(begins, ends, begins)
    begins, ends = content["baseline_from"], content["baseline_to"]
    whole = [each for each in periods(definition.period, begins, ends) if each[0] >= begins]
    return Span(whole[0][0], whole[-1][1], whole[0][0]) if whole else None


def _year_before(period: Period, first: date, last: date) -> tuple[date, date]:
    if period is Period.WEEK:
        return first - timedelta(weeks=52), last - timedelta(weeks=52)
    return month_after(first, -12), month_after(last + timedelta(days=1), -12) - timedelta(days=1)


def _figure(
    scope: Scope,
    connection: sa.Connection,
    definition: Definition,
    by: str,
    key: str,
    team: str | None,
    span: Span,
    last: date,
) -> float | None:
    """Return the figure of a value over a span; None where none is settled.

    Of a count it is the mean of its periods, of what stands that of the span's last day.
    """
    changes = changes_of_standard(scope, connection).get(definition.id, ())
    if any(span.first < change.from_date <= last for change in changes):
        return None
    parts = queries.breakdown(scope, connection, definition.id, first=span.first, last=span.end, by=by, team=team)
    as_at = queries.as_at_times(connection, [measure_named(definition.id)])[definition.id]
    whole = Sums(
        *(int(parts[name].sum()) for name in ("numerator", "denominator", "cases", "not_yet_due", "not_computable"))
    )
    if state_of(definition, as_at, span, whole) is not State.COMPLETE:
        return None
    own = parts.filter(pl.col(by) == key)
    if definition.adding_up.has_denominator:
        value: float | None = own["value"].item() if own.height else None
        return value
    counted = len(periods(definition.period, span.first, span.end)) if definition.adding_up.sums_over_time else 1
    return float(own["numerator"].sum()) / counted

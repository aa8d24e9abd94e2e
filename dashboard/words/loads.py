"""Loads and quality in words: figures before and after, periods restated, how many rows more or fewer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from dashboard.analysis.wording import figure, periods, short_day
from dashboard.charts.trend_rows import full_period_name
from dashboard.readings.judgements import subject_of
from dashboard.readings.loads import Restated
from dashboard.readings.quality import BrokenRule
from data_access.extracts import extract_named
from data_access.loading import MeasureMove
from data_access.measures import Definition, measure_named

NO_FIGURE: Final = "no figure"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number of things: "1 row", "2,300 rows", "no rows"."""
    many = plural or f"{noun}s"
    return f"1 {noun}" if number == 1 else f"{number:,} {many}" if number else f"no {many}"


def title_of(extract: str) -> str:
    """Return an extract's title."""
    return extract_named(extract).title


def since_before(rule: BrokenRule) -> str:
    """Return how many rows more or fewer break a rule than at the load before."""
    if rule.before is None:
        return "first counted"
    more = rule.broken - rule.before
    return "no change" if not more else f"{more:,} more" if more > 0 else f"{-more:,} fewer"


def share_of(part: int, whole: int) -> str:
    """Return a share in percent with one decimal place; under 0.1% as such."""
    share = part / whole
    return "under 0.1%" if 0 < share < 0.0005 else f"{share:.1%}".replace(".0%", "%")


def amounts(definition: Definition, amounts_of_period: tuple[float, float]) -> str:
    """Return a period's figure with what makes it: "93% (38 of 41)", "26"."""
    numerator, denominator = amounts_of_period
    subject = subject_of(definition)
    if not definition.adding_up.has_denominator:
        return figure(numerator, subject)
    if not denominator:
        return "no cases"
    counted = f"{numerator:,.0f} {definition.adding_up.between} {denominator:,.0f}"
    return f"{figure(numerator / denominator, subject)} ({counted})"


def before_and_after(restated: Restated) -> str:
    """Return a restated period as a sentence without its measure: "w/c 8 February 2010: 94% (47 of 50) → 93% (…)"."""
    definition = measure_named(restated.measure).definition
    name = full_period_name(restated.start, subject_of(definition).period)
    return f"{name}: {amounts(definition, restated.before)} → {amounts(definition, restated.after)}"


def restated_told(restated: Sequence[Restated], most: int) -> str:
    """Return what a load restated of one measure, the latest periods first: "w/c 8 February 2010: 94% (…) → …; …"."""
    told = [before_and_after(period_restated) for period_restated in reversed(restated)]
    left = len(told) - most
    if left <= 0:
        return "; ".join(told)
    period = subject_of(measure_named(restated[0].measure).definition).period
    return f"{'; '.join(told[:most])}; and {periods(left, period)} before"


def restated_rows(restated: Iterable[Restated], most: int) -> list[tuple[str, str, str, str]]:
    """Return restated periods as rows of measure, period, before, after: the latest of each measure first.

    Of a measure with more than `most` periods the last row tells how many more there are.
    """
    rows: list[tuple[str, str, str, str]] = []
    for measure, group in groupby(restated, key=lambda row: row.measure):
        definition, latest_first = measure_named(measure).definition, list(group)[::-1]
        period = subject_of(definition).period
        rows += [
            (
                definition.title,
                full_period_name(row.start, period),
                amounts(definition, row.before),
                amounts(definition, row.after),
            )
            for row in latest_first[:most]
        ]
        if left := len(latest_first) - most:
            rows += [(definition.title, f"and {periods(left, period)} before", "", "")] if left > 0 else []
    return rows


def move_rows(moves: Iterable[MeasureMove]) -> list[tuple[str, str, str, str]]:
    """Return the measures that a load moves: title, latest figure before and after, number of periods restated."""
    rows = []
    for move in moves:
        definition = measure_named(move.measure).definition
        before = _latest(definition, move.start_before, move.before)
        after = _latest(definition, move.start_after, move.after)
        restated = periods(move.restated, subject_of(definition).period) if move.restated else "none"
        rows.append((definition.title, before, after if after != before else "as before", restated))
    return rows


def _latest(definition: Definition, start: date | None, value: float | None) -> str:
    if start is None or value is None:
        return NO_FIGURE
    subject = subject_of(definition)
    return f"{figure(value, subject)}, {full_period_name(start, subject.period)}"


def covers(row: Mapping[str, Any]) -> str:
    """Return the dates that an extract covers: "1 Apr 2007 to 28 Mar 2010"."""
    return f"{dated(row['covers_from'])} to {dated(row['covers_to'])}"


def dated(day: date | None) -> str:
    """Return a date with its year: "28 Mar 2010"."""
    return "" if day is None else f"{short_day(day)} {day.year}"


def named(titles: Sequence[str]) -> str:
    """Return titles as a list in a sentence: "A, B and C"."""
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"

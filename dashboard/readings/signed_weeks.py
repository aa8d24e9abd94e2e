"""Weeks that were signed off, and what has become different since: reported then, and what stands now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.analysis.wording import figure
from dashboard.readings.judgements import figures_of, subject_of
from dashboard.readings.reading import Reading
from data_access.actor import Action
from data_access.dates.london_time import to_local
from data_access.dates.periods import period_of
from data_access.measures import MEASURES, measure_named
from data_access.problems import QueryProblem
from data_access.queries import loads as record
from data_access.rollup.counting import definitions_hash
from data_access.signed_weeks import (
    SignedMeasure,
    SignedWeek,
    signed_cases,
    signed_measures,
    signed_weeks,
)

_FIGURES = ("numerator", "denominator", "value", "state")


@dataclass(frozen=True)
class Difference:
    """A figure that was reported otherwise than it stands now.

    `start` is the first day of its period; `reported_value` is None where no figure was reported; `why` says since
    which load, or what else: "load of 3 March 2010".
    """

    week: date
    measure: str
    title: str
    start: date
    reported_value: float | None
    reported: str
    now: str
    why: str

    @property
    def told(self) -> str:
        """Return both figures, and why they differ."""
        return f"reported {self.reported}, now {self.now}: {self.why}"


@dataclass(frozen=True)
class Reported:
    """A figure of a measure as it was reported otherwise than it stands now; `told` says both, and why.

    `start` is the first day of its period; `value` is None where no figure was reported.
    """

    start: date
    value: float | None
    told: str


def signed_weeks_between(
    reading: Reading, first: date | None, last: date | None, *, history: bool = False
) -> list[SignedWeek]:
    """Return the weeks signed off between two Mondays, in order: the latest revision of each, or every one."""
    return signed_weeks(reading.scope, reading.connection, first=first, last=last, history=history)


def signed_week(reading: Reading, week: date, *, revision: int | None = None) -> SignedWeek:
    """Return a revision of a signed week, the latest by default; raise QueryProblem where there is none."""
    every = signed_weeks_between(reading, week, week, history=True)
    known = [each for each in every if revision in (None, each.revision)]
    if not known:
        what = f"The week of {week}" if revision is None else f"Revision {revision} of the week of {week}"
        msg = f"{what} was not signed off."
        raise QueryProblem(msg)
    return known[-1]


def measures_as_signed(
    reading: Reading, weeks: Sequence[SignedWeek], *, measure: str | None = None
) -> list[SignedMeasure]:
    """Return what those weeks reported, of every measure or of one."""
    return signed_measures(reading.scope, reading.connection, weeks, measure=measure)


def cases_as_signed(reading: Reading, signed: SignedWeek, measure: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the ids of the cases behind a reported figure, by team and outcome, that the actor may list."""
    reading.actor.check(Action.LIST_CASES)
    return signed_cases(reading.scope, reading.connection, signed, measure)


def differences(
    reading: Reading, weeks: Sequence[SignedWeek], *, measure: str | None = None
) -> tuple[Difference, ...]:
    """Return every figure of those weeks, of all measures or one, that stands otherwise now, by week."""
    reported = [each for each in measures_as_signed(reading, weeks, measure=measure) if each.reported["start"]]
    counted = sorted({each.measure for each in reported} & MEASURES.keys())
    figures = figures_of(reading, counted) if counted else {}
    now = {(name, row["start"]): row for name, series in figures.items() for row in series.iter_rows(named=True)}
    signed_at = {each.week: to_local(each.signed_at) for each in weeks}
    other = [each for each in reported if _differs(each, now)]
    loads = _loads_by_period(reading, {each.measure for each in other} & MEASURES.keys())
    return tuple(_difference(each, now, loads, signed_at[each.week]) for each in other)


def reported_otherwise(reading: Reading, measure: str) -> tuple[Reported, ...]:
    """Return every period of a measure that signed weeks report otherwise than it stands now, the oldest first.

    Several weeks report the same month: what the last of them says is told.
    """
    weeks = signed_weeks_between(reading, None, None)
    by_start = {each.start: each for each in differences(reading, weeks, measure=measure)}
    return tuple(Reported(start, each.reported_value, each.told) for start, each in sorted(by_start.items()))


def reported_text(reported: Mapping[str, Any]) -> str:
    """Return a reported figure as its readers saw it, with its counts: "92.1% (142 of 154)"; "no figure" for none."""
    return _text(reported["shown"], reported)


def _differs(signed: SignedMeasure, now: Mapping[tuple[str, date], Mapping[str, Any]]) -> bool:
    row = now.get(_period(signed))
    return row is None or any(row[name] != signed.reported[name] for name in _FIGURES)


def _period(signed: SignedMeasure) -> tuple[str, date]:
    return signed.measure, date.fromisoformat(signed.reported["start"])


def _difference(
    signed: SignedMeasure,
    now: Mapping[tuple[str, date], Mapping[str, Any]],
    loads: Mapping[tuple[str, date], Sequence[datetime]],
    signed_at: datetime,
) -> Difference:
    name, start = _period(signed)
    row = now.get((name, start))
    told = "not counted any more"
    if row is not None:
        shown = None if row["value"] is None else figure(row["value"], subject_of(measure_named(name).definition))
        told = _text(shown, row)
    return Difference(
        signed.week,
        name,
        signed.reported["title"],
        start,
        signed.reported["value"],
        reported_text(signed.reported),
        told,
        _why(signed, [at for at in loads.get((name, start), ()) if at > signed_at]),
    )


def _text(shown: str | None, figures: Mapping[str, Any]) -> str:
    if shown is None:
        return "no figure"
    numerator, denominator = figures["numerator"], figures["denominator"]
    return shown if denominator is None else f"{shown} ({numerator:,.6g} of {denominator:,.6g})"


def _why(signed: SignedMeasure, since: Sequence[datetime]) -> str:
    """Return what made the difference: the loads since the week was signed off, or another way to count."""
    parts = []
    if since:
        on = f"{since[-1].day} {since[-1]:%B %Y}"
        parts.append(f"load of {on}" if len(since) == 1 else f"{len(since)} loads, the last of {on}")
    if signed.measure in MEASURES and signed.reported["definition"] != definition_of(signed.measure):
        parts.append("counted by another rule since")
    return "; ".join(parts) or "no load says why"


def definition_of(measure: str) -> str:
    """Return what tells the rule by which a measure is counted from any other."""
    return definitions_hash([measure_named(measure)])


def _loads_by_period(reading: Reading, measures: set[str]) -> dict[tuple[str, date], list[datetime]]:
    """Return when loads restated each period of some measures, in order."""
    by_period: dict[tuple[str, date], list[datetime]] = {}
    for measure in sorted(measures):
        for loaded_at, start in _restated(reading, measure):
            times = by_period.setdefault((measure, start), [])
            if loaded_at not in times:
                times.append(loaded_at)
    return {period: sorted(times) for period, times in by_period.items()}


def _restated(reading: Reading, measure: str) -> Iterator[tuple[datetime, date]]:
    rows = record.restatements(reading.scope, reading.connection, measure=measure)
    period = measure_named(measure).definition.period
    for loaded_at, part in rows.select("loaded_at", "part").iter_rows():
        yield loaded_at, period_of(part, period)[0]

"""A team's own report: who waits in it, its measures against the service, its caseload, staff and records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.analysis.funnel import Verdict
from dashboard.analysis.subject import Subject
from dashboard.readings.cases import may_list_rows
from dashboard.readings.judgements import subject_of
from dashboard.readings.measure_detail import team_names
from dashboard.readings.reading import Reading
from dashboard.readings.team_comparison import TEAM, ComparedRow, compare, counts_people_again, window
from dashboard.words.cases import longest_wait
from data_access import queries
from data_access.measures import MEASURES, measure_named
from data_access.measures.definition import Definition
from data_access.measures.sections import SECTIONS, Section
from data_access.queries.caseload import caseload_day, caseload_mix, caseload_spread
from data_access.queries.left_out import left_out_by_reason, refused_of_team
from data_access.queries.quality import quality_now
from data_access.queries.staffing import staffing

_CASELOAD: Final = "cases_per_social_worker"


@dataclass(frozen=True)
class Waiting:
    """Who waits in a team in one measure: how many cases, of how many children, and how long the first has waited."""

    definition: Definition
    cases: int
    children: int
    longest: str


@dataclass(frozen=True)
class TeamWaits:
    """Who waits in a team: measure by measure, in their order, and how many children in all: each counts once."""

    waits: tuple[Waiting, ...]
    children: int


@dataclass(frozen=True)
class TeamMeasure:
    """A measure of a team over its window against the service.

    `row` is None without any case then, `hidden` where the team is too small for figures on staff health. `service`
    is the value of the whole service, or its number, None where the reader may not see it or there is none.
    `is_judged` says whether the team was held against limits around the service. `first` and `last` are the window.
    """

    definition: Definition
    subject: Subject
    first: date
    last: date
    row: ComparedRow | None
    hidden: bool
    service: float | None
    is_judged: bool

    @property
    def has_cases(self) -> bool:
        """Return whether there is anything to show: a count of nothing is 0, a share of nothing is not there."""
        return self.hidden or self.row is not None or not self.definition.adding_up.has_denominator

    @property
    def differs(self) -> bool:
        """Return whether the team lies beyond 99.8%: more than chance explains."""
        return self.is_judged and self.row is not None and self.row.verdict is Verdict.OUTSIDE


@dataclass(frozen=True)
class Caseload:
    """A team's caseload: `spread` is a row of caseload.SPREAD as at `spread_on`, `mix` rows of caseload.MIX as at
    `mix_on`; each None where what it needs was never loaded.
    """

    spread_on: date | None
    spread: Mapping[str, Any] | None
    mix_on: date | None
    mix: Sequence[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Records:
    """What is wrong with a team's records, the most rows first: cases left out (rows of left_out.LEFT_OUT), rows
    refused (of left_out.REFUSED_OF_TEAM), rules broken (of quality.NOW).
    """

    left_out: Sequence[Mapping[str, Any]]
    refused: Sequence[Mapping[str, Any]]
    broken: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class TeamReport:
    """A team's report. `sections` hold its measures in the order of the plan; those without a settled period are
    left out, and `without_cases` are those of which the team has no case. `staff` is the team's row of
    staffing.STAFFING, None where it has neither staff nor posts.
    """

    team: str
    sections: tuple[tuple[Section, tuple[TeamMeasure, ...]], ...]
    without_cases: tuple[TeamMeasure, ...]
    caseload: Caseload
    staff: Mapping[str, Any] | None
    records: Records

    @property
    def measures(self) -> tuple[TeamMeasure, ...]:
        """Return every measure of the report, in its order."""
        return tuple(measure for _, measures in self.sections for measure in measures)


def teams(reading: Reading) -> tuple[Mapping[str, Any], ...]:
    """Return the teams whose figures the reader may see: rows of queries.teams, by service and name."""
    listed = queries.teams(reading.scope, reading.connection)
    return tuple(listed.sort("service", "name", "team").iter_rows(named=True))


def waits_by_team(reading: Reading) -> dict[str, TeamWaits]:
    """Return who waits now in each team whose cases the reader may list; without teams in which nobody waits."""
    if not may_list_rows(reading.actor):
        return {}
    frames = queries.waiting_by_team(reading.scope, reading.connection, list(MEASURES))
    teams = sorted({team for frame in frames.values() for team in frame.get_column("team")})
    return {team: _waits_of(frames, team) for team in teams}


def _waits_of(frames: Mapping[str, pl.DataFrame], team: str) -> TeamWaits:
    waits: list[Waiting] = []
    children: set[int] = set()
    for measure, frame in frames.items():
        cases = frame.filter(pl.col("team") == team)
        if cases.height:
            definition = measure_named(measure).definition
            here = set(cases.get_column("child").drop_nulls())
            waits.append(Waiting(definition, cases.height, len(here), longest_wait(cases, definition)))
            children |= here
    return TeamWaits(tuple(waits), len(children))


def team_report(reading: Reading, team: str, *, up_to: date | None = None) -> TeamReport:
    """Return the report of a team: its measures up to a day (None: to the latest), all else as it is now.

    Raise QueryProblem for a team that there is not, or whose figures the reader may not see.
    """
    scope, connection = reading.scope, reading.connection
    scope.check_team(team)
    queries.check_current(connection)
    latest = queries.latest_settled(scope, connection, list(MEASURES), up_to=up_to)
    windows = {name: window(measure_named(name).definition, span.start) for name, span in latest.items()}
    figures = queries.figures_by_team(scope, connection, windows)
    by_measure = figures.partition_by("measure", as_dict=True)
    names = team_names(reading)
    compared = {
        name: _compared(measure_named(name).definition, windows[name], by_measure[(name,)], team, names)
        for name in windows
        if (name,) in by_measure
    }
    in_order = [(section, [compared[name] for name in section.measures if name in compared]) for section in SECTIONS]
    sections = [(section, tuple(each for each in measures if each.has_cases)) for section, measures in in_order]
    gaps = {
        name: windows[name]
        for name, measure in compared.items()
        if measure.row is not None and measure.row.not_computable
    }
    staff = staffing(scope, connection).filter(pl.col("team") == team)
    return TeamReport(
        team=team,
        sections=tuple((section, measures) for section, measures in sections if measures),
        without_cases=tuple(each for _, measures in in_order for each in measures if not each.has_cases),
        caseload=_caseload(reading, team, compared.get(_CASELOAD)),
        staff=staff.row(0, named=True) if staff.height else None,
        records=Records(
            left_out_by_reason(scope, connection, gaps, team=team).to_dicts(),
            refused_of_team(scope, connection, team=team).to_dicts(),
            _broken_rules(reading, team),
        ),
    )


def _compared(
    definition: Definition, days: tuple[date, date], rows: pl.DataFrame, team: str, names: Mapping[str, str]
) -> TeamMeasure:
    whole = rows.filter(pl.col("team").is_null())
    service = whole.row(0, named=True)["value"] if whole.height else None
    of_teams = rows.filter(pl.col("team").is_not_null(), ~pl.col("hidden"))
    compared = compare(definition, of_teams, TEAM, names, centre=service if definition.adding_up.is_share else None)
    row = next((row for row in compared.rows if row.key == team), None)
    return TeamMeasure(
        definition=definition,
        subject=subject_of(definition),
        first=days[0],
        last=days[1],
        row=row,
        hidden=rows.filter(pl.col("team") == team, pl.col("hidden")).height > 0,
        service=service,
        is_judged=(
            row is not None
            and row.value is not None
            and service is not None
            and definition.adding_up.is_share
            and not counts_people_again(definition)
        ),
    )


def _caseload(reading: Reading, team: str, cases_held: TeamMeasure | None) -> Caseload:
    scope, connection = reading.scope, reading.connection
    spread, spread_on = None, None
    if cases_held is not None:
        spread_on = cases_held.last
        spread = caseload_spread(scope, connection, team=team, on=spread_on).row(0, named=True)
    mix_on = caseload_day(scope, connection)
    mix = None if mix_on is None else caseload_mix(scope, connection, team=team, on=mix_on).to_dicts()
    return Caseload(spread_on, spread, mix_on, mix)


def _broken_rules(reading: Reading, team: str) -> list[dict[str, Any]]:
    kept = quality_now(reading.scope, reading.connection, team=team)
    return kept.filter(pl.col("broken") > 0).sort("broken", descending=True, maintain_order=True).to_dicts()

"""Audits: the child's views first, the programme against what was done, grades, actions, how far graders agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from dashboard.analysis.agreement import Agreement, agreement
from dashboard.readings.cases import may_list_rows
from dashboard.readings.measure_views import measure_views
from dashboard.readings.reading import Reading
from data_access.coverage.never_sent import within
from data_access.dates.periods import period_of
from data_access.queries import State
from data_access.queries.audit_actions import (
    ActionState,
    audit_actions_by_day,
    audit_actions_never_sent,
    overdue_audit_actions,
)
from data_access.queries.audit_answers import (
    GRADES,
    answers_by_day,
    audits_known_to,
    excused_answers,
    graded_twice,
    grades_given_twice,
)
from data_access.vocabulary import Period

VIEWS: Final = "views_of_child_and_parents_recorded"
GRADED: Final = "assessments_graded_good_or_better"
PROGRAMME: Final = "cases_sampled_by_senior_managers"
MONTHS: Final = 7
"""How many months are told: half a year, and the month before it."""

_CHILD: Final = "child_views_recorded"
_GRADE: Final = "assessment_grade"
Actions = Mapping[ActionState, int]
"""How many things that audits asked for stand in each way."""

_SETTLED: Final = (State.COMPLETE, State.NO_CASES, State.NOT_COMPUTABLE)


@dataclass(frozen=True)
class AuditMonth:
    """A month of audits: how many gave each answer.

    `planned` and `done` are cases that senior managers were to read and read, None where the month has no such
    figure. `grades` has a number for each grade; `not_graded` are other answers, without a reason that excuses them.
    `actions` are what these audits asked for, as it stands on the last day told of; None where that was never sent.
    """

    start: date
    planned: int | None
    done: int | None
    child_recorded: int
    child_not_recorded: int
    child_excused: int
    grades: Mapping[str, int]
    not_graded: int
    actions: Actions | None

    @property
    def week(self) -> date:
        """Return the first Monday in whose week the month is over: as of it, pages show the month as the latest."""
        last = _end(self.start)
        return last - timedelta(days=last.weekday())


@dataclass(frozen=True)
class Audits:
    """What is said of audits, over `months`, the latest first; none where no audit was ever loaded.

    `until` is the last day told of. `agreement` is of all cases that two auditors graded so far, `actions` of all
    that audits asked for up to that day; None where that was never sent, and without audits. `excused` are rows of
    audit_answers.EXCUSED of these months, `twice` of GRADED_TWICE, `overdue` of audit_actions.OVERDUE; all None for
    who may list no cases.
    """

    until: date | None
    months: tuple[AuditMonth, ...]
    agreement: Agreement
    actions: Actions | None
    excused: Sequence[Mapping[str, Any]] | None
    twice: Sequence[Mapping[str, Any]] | None
    overdue: Sequence[Mapping[str, Any]] | None


def audits(reading: Reading, *, team: str | None = None, up_to: date | None = None) -> Audits:
    """Return what is said of the audits of a team's cases, or of all, up to a day (None: to the latest).

    The programme is of senior managers, who belong to no team: with a team it is told of nobody. Raise QueryProblem
    for a team that there is not, or that the reader may not see.
    """
    scope, connection = reading.scope, reading.connection
    known_to = audits_known_to(connection)
    if known_to is None:
        return Audits(None, (), agreement([], GRADES, ordered=True), None, None, None, None)
    until = known_to if up_to is None else min(known_to, up_to)
    [graded] = measure_views(reading, [GRADED], team=team, up_to=up_to)
    over = graded.figures.filter(pl.col("state").is_in([str(state) for state in _SETTLED]))
    starts = over.get_column("start").sort(descending=True).head(MONTHS).to_list()
    planned = {} if team is not None else _planned(reading, up_to)
    answers = answers_by_day(scope, connection, until=until, team=team)
    actions = _AuditActions(reading, until, team)
    months = tuple(
        _month(start, answers, planned.get(start), actions.between(start, _end(start))) for start in starts
    )
    may_list = may_list_rows(reading.actor) and _may_list_team(reading, team)
    excused = twice = overdue = None
    if may_list and starts:
        excused = excused_answers(scope, connection, first=starts[-1], last=until, team=team).to_dicts()
        twice = graded_twice(scope, connection, until=until, team=team).to_dicts()
        overdue = overdue_audit_actions(scope, connection, until=until, team=team).to_dicts()
    pairs = grades_given_twice(scope, connection, until=until, team=team)
    graders = agreement(pairs, GRADES, ordered=True)
    return Audits(until, months, graders, actions.in_all(), excused, twice, overdue)


def _may_list_team(reading: Reading, team: str | None) -> bool:
    allowed = reading.scope.case_teams
    return team is None or allowed is None or team in allowed


def _planned(reading: Reading, up_to: date | None) -> dict[date, tuple[int, int]]:
    """Return the cases planned and read by senior managers, by month."""
    [view] = measure_views(reading, [PROGRAMME], up_to=up_to)
    told = view.figures.filter(pl.col("state") == str(State.COMPLETE))
    return {row["start"]: (int(row["denominator"]), int(row["numerator"])) for row in told.iter_rows(named=True)}


def _end(month: date) -> date:
    return period_of(month, Period.MONTH)[1]


class _AuditActions:
    """What audits asked for up to a day, by the day of the audit."""

    def __init__(self, reading: Reading, until: date, team: str | None) -> None:
        self._by_day = audit_actions_by_day(reading.scope, reading.connection, until=until, team=team)
        self._never_sent, self._until = audit_actions_never_sent(reading.connection), until

    def between(self, first: date, last: date) -> Actions | None:
        """Return what audits of some days asked for; None where it was not sent for all of them."""
        if within(self._never_sent, first, last):
            return None
        return self._counted(self._by_day.filter(pl.col("audited_on").is_between(first, last)))

    def in_all(self) -> Actions | None:
        """Return what audits asked for on all days for which it was sent; None where it was not of the last."""
        if within(self._never_sent, self._until, self._until):
            return None
        asked = self._by_day
        for gap in self._never_sent:
            asked = asked.filter(~pl.col("audited_on").is_between(gap.begins, gap.ends))
        return self._counted(asked)

    def _counted(self, asked: pl.DataFrame) -> Actions:
        return {
            state: int(asked.filter(pl.col("state") == str(state)).get_column("actions").sum())
            for state in ActionState
        }


def _month(
    start: date, answers: pl.DataFrame, planned: tuple[int, int] | None, actions: Actions | None
) -> AuditMonth:
    own = answers.filter(pl.col("audited_on").dt.truncate("1mo") == start)

    def number(question: str, *given: str, excused: bool = False) -> int:
        wanted = own.filter(pl.col("question") == question, pl.col("excused") == excused)
        return int(wanted.filter(pl.col("answer").is_in(given)).get_column("audits").sum() if given else 0)

    def other(question: str, *given: str) -> int:
        wanted = own.filter(pl.col("question") == question, ~pl.col("excused"), ~pl.col("answer").is_in(given))
        return int(wanted.get_column("audits").sum())

    return AuditMonth(
        start=start,
        planned=None if planned is None else planned[0],
        done=None if planned is None else planned[1],
        child_recorded=number(_CHILD, "yes"),
        child_not_recorded=other(_CHILD, "yes"),
        child_excused=number(_CHILD, "not_applicable", excused=True),
        grades={grade: number(_GRADE, grade) for grade in GRADES},
        not_graded=other(_GRADE, *GRADES),
        actions=actions,
    )

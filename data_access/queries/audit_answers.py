"""What auditors answered: how many gave each answer, why a question did not apply, what was graded twice."""

from datetime import date
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import read_coverage
from data_access.database.frames import select_frame
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.measures.audits import ASKED, is_excused
from data_access.measures.sql import word
from data_access.queries.asking import check_team
from data_access.queries.figures import teams_to_add
from data_access.queries.staffing import last_day_of
from data_access.scope import Scope

GRADES: Final = ("poor", "adequate", "good", "excellent")
"""The grades of an assessment, the lowest first."""

ANSWERS: Final = {
    "audited_on": pl.Date,
    "question": pl.String,
    "answer": pl.String,
    "excused": pl.Boolean,
    "audits": pl.Int64,
}
"""The columns of `answers_by_day`; `excused` where the question does not apply and a reason is given."""

EXCUSED: Final = {
    "audit_id": pl.String,
    "audited_on": pl.Date,
    "team": pl.String,
    "question": pl.String,
    "reason": pl.String,
}
"""The columns of `excused_answers`."""

GRADED_TWICE: Final = {
    "assessment_id": pl.String,
    "team": pl.String,
    "first_on": pl.Date,
    "first_grade": pl.String,
    "second_on": pl.Date,
    "second_grade": pl.String,
}
"""The columns of `graded_twice`: an assessment, with its first grade and that of the next auditor."""


def audits_known_to(connection: sa.Connection) -> date | None:
    """Return the last day for which audits are known; None where none were ever loaded."""
    return last_day_of(read_coverage(connection), "audits")


def answers_by_day(scope: Scope, connection: sa.Connection, *, until: date, team: str | None = None) -> pl.DataFrame:
    """Return how many audits up to a day gave each answer to each question, day by day: ANSWERS.

    Of a team, or of all that the reader's figures are made of. Raise QueryProblem for a team that may not be read.
    """
    excused = is_excused(ASKED)
    columns = (ASKED.c.audited_on, ASKED.c.question, ASKED.c.answer, excused.label("excused"))
    wanted = (
        sa.select(*columns, sa.func.count())
        .where(ASKED.c.audited_on <= until, *of_teams(scope, connection, team))
        .group_by(ASKED.c.audited_on, ASKED.c.question, ASKED.c.answer, excused)
        .order_by(ASKED.c.audited_on, ASKED.c.question, ASKED.c.answer)
    )
    return select_frame(connection, wanted, {}, ANSWERS)


def excused_answers(
    scope: Scope, connection: sa.Connection, *, first: date, last: date, team: str | None = None
) -> pl.DataFrame:
    """Return the answers of some days that a question does not apply, with their reasons, the latest first: EXCUSED.

    Only of teams whose cases the reader may list; raise QueryProblem where that is none.
    """
    wanted = (
        sa.select(ASKED.c.audit_id, ASKED.c.audited_on, ASKED.c.team_id, ASKED.c.question, ASKED.c.reason)
        .where(ASKED.c.audited_on.between(first, last), is_excused(ASKED), *of_cases(scope, connection, team))
        .order_by(ASKED.c.audited_on.desc(), ASKED.c.audit_id, ASKED.c.question)
    )
    return select_frame(connection, wanted, {}, EXCUSED)


def grades_given_twice(
    scope: Scope, connection: sa.Connection, *, until: date, team: str | None = None
) -> list[tuple[str, str]]:
    """Return the first and the second grade of each assessment that two auditors graded: figures, without cases."""
    rows = _graded_twice(connection, until, of_teams(scope, connection, team))
    return [(row["first_grade"], row["second_grade"]) for row in rows.iter_rows(named=True)]


def graded_twice(scope: Scope, connection: sa.Connection, *, until: date, team: str | None = None) -> pl.DataFrame:
    """Return the assessments that two auditors graded up to a day, the latest first: GRADED_TWICE.

    Only of teams whose cases the reader may list; raise QueryProblem where that is none.
    """
    return _graded_twice(connection, until, of_cases(scope, connection, team))


def _graded_twice(connection: sa.Connection, until: date, seen: list[sa.ColumnElement[bool]]) -> pl.DataFrame:
    """Return GRADED_TWICE: of an auditor who graded an assessment more than once, the first grade counts."""
    wanted = (
        sa.select(
            ASKED.c.assessment_id, ASKED.c.team_id, ASKED.c.audited_on, ASKED.c.answer, ASKED.c.auditor_staff_id
        )
        .where(
            ASKED.c.question == word("assessment_grade"),
            ASKED.c.answer.in_([word(grade) for grade in GRADES]),
            ASKED.c.assessment_id.is_not(None),
            ASKED.c.audited_on <= until,
            *seen,
        )
        .order_by(ASKED.c.audited_on, ASKED.c.audit_id)
    )
    by_assessment: dict[str, list[Any]] = {}
    for row in connection.execute(wanted):
        gradings = by_assessment.setdefault(row.assessment_id, [])
        if row.auditor_staff_id not in {grading.auditor_staff_id for grading in gradings}:
            gradings.append(row)
    rows = [
        (name, second.team_id, first.audited_on, first.answer, second.audited_on, second.answer)
        for name, (first, second, *_) in ((name, rows) for name, rows in by_assessment.items() if len(rows) > 1)
    ]
    return pl.DataFrame(rows, schema=GRADED_TWICE, orient="row").sort(
        "second_on", "assessment_id", descending=[True, False]
    )


def of_teams(scope: Scope, connection: sa.Connection, team: str | None) -> list[sa.ColumnElement[bool]]:
    """Return which rows of ASKED a figure of a team, or of all, is made of.

    Raise QueryProblem for a team that may not be read.
    """
    if team is not None:
        check_team(scope, connection, team)
    teams = teams_to_add(scope, team)
    return [] if teams == {EVERY_TEAM} else [ASKED.c.team_id.in_(sorted(teams))]


def of_cases(scope: Scope, connection: sa.Connection, team: str | None) -> list[sa.ColumnElement[bool]]:
    """Return which rows of ASKED the reader may list, of a team or of all; raise QueryProblem where that is none."""
    scope.check_cases(team)
    if team is not None:
        check_team(scope, connection, team)
    seen = {team} if team is not None else scope.case_teams
    return [] if seen is None else [ASKED.c.team_id.in_(sorted(seen))]

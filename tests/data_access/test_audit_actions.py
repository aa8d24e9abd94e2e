"""What audits asked for, on both engines: done on time, late or not at all, as at the data's own time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from data_access.database.opening import connect, reading
from data_access.problems import QueryProblem
from data_access.queries.audit_actions import (
    ActionState,
    audit_actions_by_day,
    audit_actions_never_sent,
    overdue_audit_actions,
)
from data_access.scope import Scope
from tests.loading.handing_over import Council, terms

POSTGRESQL_IN_SOAK = True

HEADER = "audit_id,question,answer,audited_on,auditor_staff_id,team_id,action_due_on,action_closed_on"
TOYS = [
    ("Q1,assessment_grade,poor,2010-03-01,W1,T1,2010-03-10,2010-03-10", "on_time"),
    ("Q2,assessment_grade,poor,2010-03-01,W1,T1,2010-03-10,2010-03-01", "on_time"),
    ("Q3,assessment_grade,poor,2010-03-01,W1,T2,2010-03-10,2010-03-11", "late"),
    ("Q4,assessment_grade,poor,2010-03-01,W1,T2,2010-03-28,", "overdue"),
    ("Q5,assessment_grade,poor,2010-03-01,W1,T1,2010-03-29,", "not_yet_due"),
    ("Q6,assessment_grade,poor,2010-03-01,W1,T1,2010-03-01,", "overdue"),
    ("Q7,assessment_grade,poor,2010-03-02,W1,T1,,2010-03-09", "not_computable"),
    ("Q8,assessment_grade,poor,2010-03-02,W1,T1,2010-03-10,2010-03-01", "not_computable"),
    ("Q9,assessment_grade,poor,2010-03-02,W1,T1,2010-03-01,2010-03-12", "not_computable"),
    ("QA,assessment_grade,poor,2010-03-02,W1,T1,#REF!,", "not_computable"),
    ("QB,assessment_grade,good,2010-03-02,W1,T1,,", None),
    ("QC,child_views_recorded,no,2010-03-02,W1,T1,2010-03-20,2010-03-29", "overdue"),
    ("QD,child_views_recorded,no,2010-04-02,W1,T1,2010-04-05,", None),
]
"""Rows of audits, and how what they ask for stands at the end of 28 March 2010; None where they ask for nothing."""
UNTIL = date(2010, 3, 28)
EVERYTHING = Scope.everything()
ONLY_T1 = Scope.of_team("T1")
TEAMS = "team_id,name,service\nT1,First,Assessment\nT2,Second,Assessment"


@pytest.fixture
def council(new_sqlite: Callable[[], AbstractContextManager[str]], tmp_path: Path) -> Iterator[Council]:
    """Give an empty council on SQLite alone: what coverage and columns mean does not hang on the engine."""
    with new_sqlite() as url:
        engine = connect(url)
        yield Council(engine, tmp_path)
        engine.dispose()


@pytest.fixture
def connection(database: sa.Engine, tmp_path: Path) -> Iterator[sa.Connection]:
    """Give a connection to a database of these audits, of two teams."""
    Council(database, tmp_path).hand_over(audits="\n".join([HEADER, *(row for row, _ in TOYS)]), teams=TEAMS)
    with reading(database) as opened:
        yield opened


def on(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell[:2] == "20" else None


def reckoned(until: date, *teams: str) -> dict[tuple[date, str], int]:
    """Return how many actions of audits stand how, counted row by row."""
    counted: dict[tuple[date, str], int] = {}
    for row, _ in TOYS:
        _, _, _, audited, _, team, *days = row.split(",")
        asked, (due, closed) = date.fromisoformat(audited), map(on, days)
        if asked > until or team not in teams or not any(days):
            continue
        if due is None or due < asked or (closed is not None and closed < asked):
            state = "not_computable"
        elif closed is not None and closed <= until:
            state = "late" if closed > due else "on_time"
        else:
            state = "not_yet_due" if due > until else "overdue"
        counted[asked, state] = counted.get((asked, state), 0) + 1
    return counted


def counts(frame: pl.DataFrame) -> dict[tuple[date, str], int]:
    return {(row["audited_on"], row["state"]): row["actions"] for row in frame.iter_rows(named=True)}


def test_each_action_stands_as_its_days_say(connection: sa.Connection) -> None:
    asked = audit_actions_by_day(EVERYTHING, connection, until=UNTIL)
    assert {state: asked.filter(state=state)["actions"].sum() for state in map(str, ActionState)} == {
        state: sum(stands == state for _, stands in TOYS) for state in map(str, ActionState)
    }
    assert audit_actions_never_sent(connection) == ()


@pytest.mark.parametrize("days_before", [0, 1, 9, 17, 18, 19, 27, 28])
def test_an_earlier_day_is_told_as_it_stood_then(connection: sa.Connection, days_before: int) -> None:
    until = UNTIL - timedelta(days=days_before)
    assert counts(audit_actions_by_day(EVERYTHING, connection, until=until)) == reckoned(until, "T1", "T2")
    assert counts(audit_actions_by_day(EVERYTHING, connection, until=until, team="T2")) == reckoned(until, "T2")
    overdue = overdue_audit_actions(ONLY_T1, connection, until=until)
    assert overdue.height == sum(number for (_, state), number in reckoned(until, "T1").items() if state == "overdue")


def test_what_is_overdue_is_listed_longest_first_to_who_may_list_it(connection: sa.Connection) -> None:
    overdue = overdue_audit_actions(EVERYTHING, connection, until=UNTIL)
    assert overdue.get_column("audit_id").to_list() == ["Q6", "QC", "Q4"]
    assert overdue_audit_actions(ONLY_T1, connection, until=UNTIL).get_column("audit_id").to_list() == ["Q6", "QC"]
    with pytest.raises(QueryProblem):
        overdue_audit_actions(ONLY_T1, connection, until=UNTIL, team="T2")
    with pytest.raises(QueryProblem):
        overdue_audit_actions(Scope.figures_only(), connection, until=UNTIL)
    with pytest.raises(QueryProblem):
        audit_actions_by_day(ONLY_T1, connection, until=UNTIL, team="T2")


def test_on_the_day_on_which_it_is_due_nothing_is_overdue(council: Council) -> None:
    """Data taken at seven in the morning of a day that they cover speak of a day that isn't over."""
    row = "Q1,assessment_grade,poor,2010-03-01,W1,T1,2010-03-29,"
    council.hand_over(terms("2010-03-29 07:00", covers_to="2010-03-29"), audits=f"{HEADER}\n{row}", teams=TEAMS)
    with reading(council.engine) as opened:
        asked = audit_actions_by_day(EVERYTHING, opened, until=date(2010, 3, 29))
    assert asked.get_column("state").to_list() == [ActionState.NOT_YET_DUE]


def test_a_file_without_the_columns_says_nothing_of_its_dates(council: Council) -> None:
    old = "audit_id,question,answer,audited_on,auditor_staff_id,team_id\nQ1,assessment_grade,poor,2010-03-01,W1,T1"
    council.hand_over(audits=old, teams=TEAMS)
    with reading(council.engine) as opened:
        gaps = audit_actions_never_sent(opened)
        assert audit_actions_by_day(EVERYTHING, opened, until=UNTIL).is_empty()
    assert {gap.column for gap in gaps} == {"action_due_on", "action_closed_on"}
    assert {(gap.begins, gap.ends) for gap in gaps} == {(date(2010, 1, 1), UNTIL)}

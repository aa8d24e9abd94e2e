"""Who is in post in a team, who is away, what it holds: invented councils counted again by walking their rows."""

import datetime as dt
import random
import statistics
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access import queries
from data_access.problems import QueryProblem
from data_access.queries.caseload import caseload_day, caseload_mix, caseload_spread
from data_access.queries.left_out import refused_of_team
from data_access.queries.small_teams import hidden_teams
from data_access.queries.staffing import STAFFING, staffing
from data_access.scope import Scope
from tests.loading.handing_over import CONFIRMED, Council, terms

ON = dt.date(2010, 3, 28)
"""A Sunday: the last day that the extracts cover."""
FRIDAY = dt.date(2010, 3, 26)
EVERYTHING = Scope.everything()
TEAMS = ("north", "south", "east")
ROLES = ("social_worker", "social_worker", "social_worker", "practice_manager", "other")

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def _spell(draw: random.Random) -> Row:
    begins = dt.date(2010, 1, 1) + dt.timedelta(days=draw.randrange(87))
    ends = None if draw.random() < 0.6 else begins + dt.timedelta(days=draw.randrange(-3, 90))
    return {"from": begins, "to": ends}


def invented(draw: random.Random) -> Tables:
    """Return a small council: people with a spell each, posts, absences, children's cases, plans, assessments."""
    staff = [
        {
            "staff_id": f"S{n}",
            **_spell(draw),
            "team_id": draw.choice((*("north",) * 6, "east", "east", "south", None)),
        }
        | {"role": draw.choice(ROLES), "fte": draw.choice((0.5, 0.8, 1))}
        for n in range(70)
    ]
    posts = [
        {"post_id": f"P{n}", **_spell(draw), "team_id": draw.choice(TEAMS), "role": draw.choice(ROLES)}
        | {"fte": draw.choice((0.5, 1)), "filled_by": draw.choice(("staff", "agency", "vacant", None))}
        for n in range(25)
    ]
    absences = [
        {"absence_id": f"B{n}", "staff_id": f"S{draw.randrange(70)}", **_spell(draw), "kind": "leave"}
        for n in range(25)
    ]
    allocations = [
        {"allocation_id": f"L{n}", "child_id": f"C{draw.randrange(25)}", **_spell(draw)}
        | {"staff_id": draw.choice((None, *(f"S{draw.randrange(75)}" for _ in range(6))))}
        | {"team_id": draw.choice(TEAMS), "kind": draw.choice((None, "case_holder", "joint_worker"))}
        for n in range(80)
    ]
    plans = [
        {"plan_id": f"N{n}", "child_id": f"C{draw.randrange(25)}", **_spell(draw), "team_id": "north"}
        | {"kind": draw.choice(("cin", "cp", "care"))}
        for n in range(10)
    ]
    assessments = []
    for n in range(10):
        spell = _spell(draw)
        ended = draw.choice(("completed_on", "terminated_on"))
        assessments.append(
            {"assessment_id": f"A{n}", "child_id": f"C{draw.randrange(25)}", "kind": "initial", "team_id": "north"}
            | {"started_on": spell["from"], "completed_on": None, "terminated_on": None, ended: spell["to"]}
        )
    return {
        "staff": staff,
        "posts": posts,
        "absences": absences,
        "allocations": allocations,
        "plans": plans,
        "assessments": assessments,
    }


def csv_of(rows: list[Row]) -> str:
    lines = [
        ",".join(rows[0]),
        *(",".join("" if cell is None else str(cell) for cell in row.values()) for row in rows),
    ]
    return "\n".join(lines)


def holds(row: Row, day: dt.date) -> bool:
    return row["from"] <= day and (row["to"] is None or row["to"] >= day)


@pytest.fixture
def tables() -> Tables:
    return invented(random.Random(1))  # noqa: S311 - the same council each time


@pytest.fixture
def connection(database: sa.Engine, tmp_path: Path, tables: Tables) -> Iterable[sa.Connection]:
    held = terms(complete=False)
    Council(database, tmp_path).hand_over(held, **{name: csv_of(rows) for name, rows in tables.items()})
    with database.connect() as opened:
        yield opened


def test_staff_posts_and_absence_are_those_of_the_rows(connection: sa.Connection, tables: Tables) -> None:
    read = staffing(EVERYTHING, connection)
    assert read.schema == STAFFING
    small = hidden_teams(Counter(row["team_id"] for row in tables["staff"] if row["team_id"] and holds(row, FRIDAY)))
    away = {row["staff_id"] for row in tables["absences"] if holds(row, FRIDAY)}
    for row in read.iter_rows(named=True):
        in_post = [spell for spell in tables["staff"] if spell["team_id"] == row["team"] and holds(spell, ON)]
        posts = [post for post in tables["posts"] if post["team_id"] == row["team"] and holds(post, ON)]
        then = {
            spell["staff_id"] for spell in tables["staff"] if spell["team_id"] == row["team"] and holds(spell, FRIDAY)
        }
        assert (row["people"], round(row["in_post"], 6)) == (
            len(in_post),
            round(sum(spell["fte"] for spell in in_post), 6),
        )
        assert row["posts"] == sum(post["fte"] for post in posts)
        for filled in ("vacant", "agency"):
            assert row[filled] == sum(post["fte"] for post in posts if post["filled_by"] == filled)
        assert (row["on"], row["posts_on"], row["absent_on"]) == (ON, ON, FRIDAY)
        assert row["too_small"] is (row["team"] in small or not then)
        assert row["absent"] == (None if row["too_small"] else len(then & away))
    assert read["team"].to_list() == sorted(TEAMS)
    assert 0 < read["too_small"].sum() < read.height
    assert staffing(Scope.of_team("south"), connection)["team"].to_list() == ["south"]


def test_the_caseload_is_that_of_the_rows(connection: sa.Connection, tables: Tables) -> None:
    assert caseload_day(EVERYTHING, connection) == ON
    roles = {row["staff_id"]: row["role"] for row in tables["staff"] if holds(row, ON)}
    kinds: set[str] = set()
    for team in TEAMS:
        by_child: dict[str, Row] = {}
        for row in sorted(tables["allocations"], key=lambda row: (row["from"], row["allocation_id"])):
            if row["team_id"] == team and holds(row, ON) and row["kind"] != "joint_worker":
                by_child[row["child_id"]] = row
        mix: Counter[tuple[str, str]] = Counter()
        for child, row in by_child.items():
            holder = "nobody" if row["staff_id"] is None else roles.get(row["staff_id"], "unknown")
            mix[_work(tables, child), holder] += 1
        read = caseload_mix(EVERYTHING, connection, team=team, on=ON)
        assert {(work, holder): children for work, holder, children in read.iter_rows()} == mix
        kinds |= {work for work, _ in mix} | {holder for _, holder in mix}
    assert kinds >= {"care", "cp", "cin", "assessment", "other", "nobody", "unknown", "social_worker"}


def _work(tables: Tables, child: str) -> str:
    plans = {row["kind"] for row in tables["plans"] if row["child_id"] == child and holds(row, ON)}
    for kind in ("care", "cp", "cin"):
        if kind in plans:
            return kind
    for row in tables["assessments"]:
        ended = [row[name] for name in ("completed_on", "terminated_on") if row[name] is not None and row[name] <= ON]
        if row["child_id"] == child and row["started_on"] <= ON and not ended:
            return "assessment"
    return "other"


def test_caseloads_are_spread_as_the_rows_say_and_untold_of_fewer_than_five(
    connection: sa.Connection, tables: Tables
) -> None:
    shown = []
    for team in TEAMS:
        held = []
        for worker in tables["staff"]:
            if worker["role"] == "social_worker" and worker["team_id"] == team and holds(worker, ON):
                cases = [
                    row
                    for row in tables["allocations"]
                    if row["staff_id"] == worker["staff_id"] and holds(row, ON) and row["kind"] != "joint_worker"
                ]
                held += [len(cases)] if cases else []
        spread = (min(held), statistics.median(held), max(held)) if len(held) >= 5 else (None, None, None)
        read = caseload_spread(EVERYTHING, connection, team=team, on=ON).row(0)
        assert read == (len(held), *spread)
        shown.append(read[1] is not None)
    assert set(shown) == {True, False}


def test_refused_rows_are_counted_once_by_extract_and_only_those_of_the_team(
    database: sa.Engine, tmp_path: Path
) -> None:
    rows = [
        "plan_id,child_id,kind,from,team_id",
        "P1,K1,cp,2010-03-22,north",
        "P2,K2,no plan at all,no day,north",
        "P3,K3,cp,no day,north",
        "P4,K4,cp,no day,south",
    ]
    council = Council(database, tmp_path)
    teams = "team_id,name,service\nnorth,North,A\nsouth,South,A"
    council.hand_over(confirmed=CONFIRMED, plans="\n".join(rows), teams=teams)
    with database.connect() as opened:
        assert refused_of_team(EVERYTHING, opened, team="north").rows() == [("plans", 2)]
        assert refused_of_team(EVERYTHING, opened, team="south").rows() == [("plans", 1)]
    council.hand_over(plans="\n".join([rows[0], "P3,K3,cp,2010-03-23,north"]))
    with database.connect() as opened:
        assert refused_of_team(EVERYTHING, opened, team="north").rows() == [("plans", 1)]


def test_another_teams_report_is_not_read(database: sa.Engine) -> None:
    scope = Scope.of_team("north")
    with database.connect() as opened:
        for read in (
            lambda: caseload_mix(scope, opened, team="south", on=ON),
            lambda: caseload_spread(scope, opened, team="south", on=ON),
            lambda: refused_of_team(scope, opened, team="south"),
        ):
            with pytest.raises(QueryProblem, match="There is no team 'south' among those you may see"):
                read()
        assert staffing(scope, opened).is_empty()
        assert caseload_day(scope, opened) is None
        assert queries.figures_by_team(scope, opened, {}).is_empty()

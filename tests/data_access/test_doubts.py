"""Rows in doubt at the figures: how many, what they count as, where, and who may see which."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access import queries
from data_access.database.opening import connect
from data_access.dates.periods import period_of
from data_access.extracts import NO_TEAM
from data_access.measures import MEASURES
from data_access.measures.definition import About
from data_access.problems import QueryProblem
from data_access.queries.doubts import own_cohorts
from data_access.scope import Scope
from tests.loading.handing_over import CONFIRMED, Council, terms

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], AbstractContextManager[str]]

EVERYTHING = Scope.everything()
WHOLE = terms("2010-03-29 07:00", "2010-01-01", "2010-03-28", complete=True)
TEAMS = "team_id,name,service,kind\nT1,One,Assessment,assessment\nT2,Two,Assessment,assessment\n"
REFERRALS = """
referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id
R1,C1,2010-03-02 10:00,2010-03-02 11:00,initial_assessment,team_manager,T1
R2,C2,2010-03-02 10:00,2010-04-02 11:00,no_further_action,team_manager,T1
R3,C3,2010-03-09 10:00,2010-03-09 09:00,no_further_action,team_manager,T2
R4,C4,2010-03-09 10:00,2010-03-09 12:00,magic,team_manager,T2
R5,C5,2010-03-09 10:00,2010-03-09 12:00,no_further_action,team_manager,T9
R6,C6,someday,2010-03-09 12:00,no_further_action,team_manager,T1
,C7,2010-03-10 10:00,2010-03-10 12:00,no_further_action,team_manager,
R8,C8,2010-03-16 10:00,2010-03-16 12:00,advice,team_manager,T1
R8,C9,2010-03-16 10:00,2010-03-16 12:00,advice,team_manager,T2
"""
ASSESSMENTS = """
assessment_id,child_id,referral_id,kind,started_on,completed_on,team_id
A1,C1,R1,initial,2010-03-03,2010-03-05,T1
A2,C3,R3,initial,2010-03-01,2010-03-11,T2
A3,C4,R4,sideways,2010-03-10,2010-03-11,T2
A4,C1,R1,initial,2010-03-18,2010-03-17,T1
"""
CAFS = """
caf_id,child_id,started_on,completed_on,agency
F1,C1,2010-03-02,,school
F2,C2,2010-03-03,,guild
F3,C3,2010-03-10,2010-03-09,school
"""
ALSO_DECIDING = ("reason", "referrer_told_at", "reply_owed", "source")
LOADED = {"teams", "referrals", "assessments", "cafs"}
"""Without all that it requires a measure has no figure that could be in doubt."""
SOUND = "\n".join(
    f"S{n},CS{n},2010-03-{2 + n % 21:02} 10:00,2010-03-24 10:00,advice,team_manager,T1" for n in range(130)
)


def with_blank(table: str, *columns: str) -> str:
    """Return a table with more columns, all their cells blank: such as decide, and so must be sent."""
    heading, *rows = table.strip().splitlines()
    return "\n".join([",".join([heading, *columns]), *(row + "," * len(columns) for row in rows)])


@pytest.fixture(scope="module")
def connection(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    """Give a council whose files hold every kind of doubt beside many sound rows."""
    with new_database() as url:
        engine = connect(url)
        council = Council(engine, tmp_path_factory.mktemp("doubts"))
        council.hand_over(
            WHOLE,
            teams=TEAMS,
            referrals=with_blank(f"{REFERRALS.strip()}\n{SOUND}", "closed_on", *ALSO_DECIDING),
            assessments=with_blank(ASSESSMENTS, "terminated_on", "child_seen_on", "new_information_on"),
            cafs=with_blank(CAFS, "closed_on"),
        )
        with engine.connect() as opened:
            yield opened
        engine.dispose()


@pytest.fixture
def council(database: sa.Engine, tmp_path: Path) -> Council:
    """Give a council whose database, of each engine in turn, holds only what ships."""
    return Council(database, tmp_path)


def expected(connection: sa.Connection, name: str, team: str | None) -> dict[dt.date, Counter[str]]:
    """Return the doubts at a measure's figures, by walking the rows in doubt and the whole case list one by one."""
    measure = MEASURES[name]
    it, own = measure.definition, own_cohorts(measure)
    cases = {
        case["case_id"]: case
        for case in queries.cases(
            EVERYTHING, connection, name, first=dt.date(2009, 1, 1), last=dt.date(2011, 1, 1)
        ).iter_rows(named=True)
    }
    kept = sa.text('SELECT extract, "key", field, "check", refused, dated, team_id FROM doubtful_rows')
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for row in connection.execute(kept).mappings():
        of_team_alone = row["check"] == "unknown_team"
        affects = (
            row["extract"] in it.requires
            if row["refused"]
            else (of_team_alone and team is not None and row["extract"] in own)
            or (not of_team_alone and f"{row['extract']}.{row['field']}" in it.fields)
        )
        if affects:
            one = rows.setdefault((row["extract"], row["key"]), {"refused": False, **row})
            one |= {"refused": one["refused"] or row["refused"]}
    found: dict[dt.date, Counter[str]] = {}
    for (extract, key), row in rows.items():
        case = cases.get(key) if extract in own else None
        day = case["event_date"] if case else row["dated"] and dt.date.fromisoformat(str(row["dated"]))
        if team is not None and team != (case["team"] if case else row["team_id"]):
            continue
        if day is not None and day > dt.date(2010, 3, 29):
            continue  # after the as-at date there is no figure
        if day is None:
            continue  # one row without a date among more than a hundred: a few among thousands
        counts = found.setdefault(period_of(day, it.period)[0], Counter())
        counts += Counter(rows=1, refused=int(row["refused"]))
        if extract not in own:
            counts["either"] += 1
        elif case is None or case["state"] == "not_yet_due":
            counts["joining"] += 1
        elif case["state"] == "not_computable":
            counts["not_computable"] += 1
        else:
            counts["met" if case["numerator"] else "not_met"] += 1
        found[period_of(day, it.period)[0]] = counts
    return found


@pytest.mark.parametrize("team", [None, "T1", "T2", "T9", NO_TEAM])
def test_every_figure_has_the_doubts_that_a_walk_through_all_rows_finds(
    connection: sa.Connection, team: str | None
) -> None:
    children = [
        name
        for name, measure in MEASURES.items()
        if measure.definition.about is About.CHILDREN
        and measure.definition.adding_up.counts_cases
        and LOADED.issuperset(measure.definition.requires)
    ]
    read = queries.doubts(EVERYTHING, connection, children, team=team)
    for name in children:
        mine = {
            row.pop("start"): Counter({column: number for column, number in row.items() if number})
            for row in read.iter_rows(named=True)
            if row.pop("measure") == name
        }
        assert mine == expected(connection, name, team), name
    assert read.height or team == NO_TEAM


def at(connection: sa.Connection, measure: str, start: str, *, team: str | None = None) -> dict[str, int]:
    """Return the doubts of one figure that are not 0."""
    read = queries.doubts(EVERYTHING, connection, [measure], team=team)
    return {
        column: number
        for row in read.iter_rows(named=True)
        if str(row["start"]) == start
        for column, number in row.items()
        if isinstance(number, int) and number
    }


def test_a_count_tells_which_rows_could_come_and_go(connection: sa.Connection) -> None:
    assert at(connection, "cafs_started", "2010-03-01") == {"rows": 1, "refused": 1, "joining": 1}
    assert at(connection, "cafs_started", "2010-03-08") == {}


def test_an_unknown_team_is_in_doubt_at_its_team_alone(connection: sa.Connection) -> None:
    whole = at(connection, "decisions_within_24_hours", "2010-03-08")
    assert whole["rows"] == 3
    assert at(connection, "decisions_within_24_hours", "2010-03-08", team="T9") == {"rows": 1, "met": 1}
    assert at(connection, "decisions_within_24_hours", "2010-03-08", team=NO_TEAM) == {
        "rows": 1, "refused": 1, "joining": 1,
    }  # fmt: skip


def test_a_row_of_another_child_under_the_same_key_could_join(connection: sa.Connection) -> None:
    found = at(connection, "decisions_within_24_hours", "2010-03-15")
    assert found == {"rows": 1, "refused": 1, "joining": 1}


@pytest.mark.parametrize(
    ("covers_to", "sound", "undated", "weeks"),
    [
        ("2010-03-07", 200, 2, [2]),
        ("2010-03-28", 20, 1, [1, 1, 1, 1]),
        ("2010-03-28", 20, 6, [2, 2, 2, 2]),
        ("2010-03-28", 200, 2, []),
    ],
)
def test_rows_without_a_date_lie_evenly_over_the_dates_of_their_extract(
    council: Council, covers_to: str, sound: int, undated: int, weeks: list[int]
) -> None:
    lines = [f"S{n},CS{n},2010-03-02,school" for n in range(sound)]
    lines += [f"U{n},CU{n},someday,school" for n in range(undated)]
    council.hand_over(
        terms("2010-03-29 07:00", "2010-03-01", covers_to, complete=True),
        confirmed=CONFIRMED,
        cafs="caf_id,child_id,started_on,agency\n" + "\n".join(lines),
    )
    with council.engine.connect() as connection:
        read = queries.doubts(EVERYTHING, connection, ["cafs_started"])
        assert read.get_column("joining").to_list() == weeks
        until = queries.doubts(EVERYTHING, connection, ["cafs_started"], last=dt.date(2010, 3, 7))
        assert until.get_column("joining").to_list() == weeks[:1]


def test_nothing_in_doubt_is_nothing_to_tell(council: Council) -> None:
    council.hand_over(WHOLE, cafs="caf_id,child_id,started_on,agency\nF1,C1,2010-03-02,school\n")
    with council.engine.connect() as connection:
        assert queries.doubts(EVERYTHING, connection, list(MEASURES)).is_empty()
        assert queries.rows_in_doubt(EVERYTHING, connection, "cafs_started").is_empty()


def listed(connection: sa.Connection, scope: Scope, team: str | None = None) -> list[str]:
    """Return the keys of the rows in doubt of the decisions that a reader may see."""
    rows = queries.rows_in_doubt(scope, connection, "decisions_within_24_hours", team=team)
    return rows.get_column("key").to_list()


def test_a_reader_sees_the_rows_of_the_teams_whose_cases_may_be_seen(connection: sa.Connection) -> None:
    everything = listed(connection, EVERYTHING)
    assert everything == ["R6", "row 10 of load 1", "row 8 of load 1", "R3", "R4", "R5", "R2"]
    assert listed(connection, Scope.of_team("T2")) == ["row 10 of load 1", "R3", "R4"]
    assert listed(connection, EVERYTHING, team="T1") == ["R6", "R2"]
    for scope, team in ((Scope.figures_only(), None), (Scope.of_team("T2"), "T1")):
        with pytest.raises(QueryProblem, match="You may not list the cases"):
            listed(connection, scope, team)


def test_rows_about_staff_are_never_listed(connection: sa.Connection) -> None:
    for name, measure in MEASURES.items():
        if measure.definition.about is not About.CHILDREN:
            with pytest.raises(QueryProblem, match="rows about staff are never listed"):
                queries.rows_in_doubt(EVERYTHING, connection, name)


def test_a_reader_without_the_whole_is_told_of_the_own_teams(connection: sa.Connection) -> None:
    own = Scope(frozenset({"T2"}), frozenset({"T2"}), whole=False)
    name = "decisions_within_24_hours"
    assert queries.doubts(own, connection, [name]).equals(queries.doubts(EVERYTHING, connection, [name], team="T2"))
    with pytest.raises(QueryProblem, match="There is no team"):
        queries.doubts(own, connection, [name], team="T1")

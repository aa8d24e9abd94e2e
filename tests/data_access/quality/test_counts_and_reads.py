"""Counts kept at each load, their reads, and the rows to correct: nobody reads more than the scope allows."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.loads import LOADS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.database.schema.quality import QUALITY_COUNTS, QUALITY_STANDING
from data_access.extracts import NO_TEAM
from data_access.problems import QueryProblem
from data_access.quality import RULES
from data_access.quality.checking import differences
from data_access.quality.counting import counts
from data_access.quality.upkeep import recount
from data_access.queries.quality import (
    BY_TEAM,
    NOW,
    OVER_TIME,
    TO_CORRECT,
    quality_by_team,
    quality_now,
    quality_over_time,
    rows_to_correct,
)
from data_access.scope import Scope
from tests.data_access.quality.standing import put
from tests.data_access.quality.test_rules import BREAKS, WORLD
from tests.drawing import examples

POSTGRESQL_IN_SOAK = True

TEAMS = ("T1", "T2", "T3", "T8", NO_TEAM)
EVERYTHING = Scope.everything()
MONDAY = dt.datetime.fromisoformat("2010-03-29 06:00")


def load(connection: sa.Connection, load_id: int, at: dt.datetime) -> None:
    """Count as a load does, in its transaction, and record the load."""
    recount(connection, load_id)
    recorded = {"load_id": load_id, "loaded_at": at, "loaded_by": "performance", "data_version": load_id}
    connection.execute(sa.insert(LOADS), [recorded])


@pytest.fixture(scope="module")
def council(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    """Give the toy council, counted by three loads, before the last of which a referral got its team."""
    with new_database() as url:
        engine = connect(url)
        with engine.connect() as opened, opened.begin():
            opened.execute(sa.delete(LOADS))
            for table in ("standards", "comparators"):
                opened.execute(sa.delete(CASE_TABLES[table]))
            put(opened, WORLD)
            load(opened, 1, MONDAY - dt.timedelta(days=14))
            load(opened, 2, MONDAY - dt.timedelta(days=7))
            referrals = CASE_TABLES["referrals"]
            opened.execute(sa.update(referrals).where(referrals.c.referral_id == "R14").values(team_id="T1"))
            load(opened, 3, MONDAY)
            yield opened
        engine.dispose()


def one(frame: pl.DataFrame, rule: str) -> dict[str, object]:
    return frame.filter(pl.col("rule") == rule).row(0, named=True)


def test_what_is_kept_is_what_is_counted(council: sa.Connection) -> None:
    kept = council.execute(sa.select(QUALITY_COUNTS).order_by(QUALITY_COUNTS.c.load_id)).all()
    stands = {(row.rule, row.team_id): (row.rows, row.broken) for row in kept}
    assert {(*cell, *numbers) for cell, numbers in stands.items() if numbers[0]} == set(counts(council).iter_rows())
    assert differences(council) == []


def test_a_load_keeps_only_what_it_changed(council: sa.Connection) -> None:
    second, third = (
        {
            (row.rule, row.team_id): (row.rows, row.broken)
            for row in council.execute(sa.select(QUALITY_COUNTS).where(QUALITY_COUNTS.c.load_id == load_id))
        }
        for load_id in (2, 3)
    )
    assert second == {}
    assert third["referrals_no_team", NO_TEAM] == (0, 0)
    assert third["referrals_no_team", EVERY_TEAM][1] == 0
    assert {team for _, team in third} == {NO_TEAM, "T1", EVERY_TEAM}


def test_counts_that_are_wrong_are_told(council: sa.Connection) -> None:
    with council.begin_nested() as nested:
        mine = QUALITY_STANDING.c.rule == "referrals_no_team", QUALITY_STANDING.c.team_id == "T1"
        council.execute(sa.update(QUALITY_STANDING).where(*mine).values(broken=7))
        [wrong] = differences(council)
        assert wrong.startswith("referrals_no_team: 1 count kept differs from the rows, the first for T1")
        nested.rollback()


def test_teams_add_up_to_every_team(council: sa.Connection) -> None:
    counted = counts(council)
    sums = {
        is_whole: frame.group_by("rule").agg(pl.col("rows", "broken").sum()).sort("rule")
        for (is_whole,), frame in counted.group_by(pl.col("team_id") == EVERY_TEAM)
    }
    assert sums[True].equals(sums[False])


def test_now_stands_beside_the_load_before(council: sa.Connection) -> None:
    now = quality_now(EVERYTHING, council)
    assert dict(now.schema) == NOW
    assert now.get_column("rule").to_list() == list(RULES)
    found = one(now, "referrals_no_team")
    assert (found["broken"], found["broken_before"]) == (0, 1)
    assert found["threatens"] == list(RULES["referrals_no_team"].threatens)
    assert one(quality_now(EVERYTHING, council, team="T1"), "referrals_source_missing")["broken"] == 1
    assert one(quality_now(EVERYTHING, council, team="T1"), "referrals_source_missing")["broken_before"] == 0


def test_each_load_is_a_point_in_time(council: sa.Connection) -> None:
    found = quality_over_time(EVERYTHING, council, "referrals_no_team")
    assert dict(found.schema) == OVER_TIME
    assert found.get_column("load_id").to_list() == [1, 2, 3]
    assert found.get_column("broken").to_list() == [1, 1, 0]
    assert found.get_column("loaded_at").to_list()[-1] == dt.datetime.fromisoformat("2010-03-29 07:00")
    assert set(quality_over_time(EVERYTHING, council).get_column("rule")) == set(RULES)


def test_by_team_says_who_has_what_to_correct(council: sa.Connection) -> None:
    found = quality_by_team(EVERYTHING, council, "contacts_source_missing")
    assert dict(found.schema) == BY_TEAM
    assert [tuple(row)[1::2] for row in found.iter_rows()] == [(NO_TEAM, 1), ("T1", 1), ("T8", 0)]


def test_the_rows_to_correct_are_those_that_break_a_rule(council: sa.Connection) -> None:
    found = rows_to_correct(EVERYTHING, council)
    assert dict(found.schema) == TO_CORRECT
    expected = {(rule, key) for rule, key in BREAKS if not rule.startswith("absences")} - {
        ("referrals_no_team", "R14")
    }
    assert set(found.select("rule", "key").iter_rows()) == expected
    assert found.get_column("rule").unique(maintain_order=True).to_list() == [
        name for name in RULES if any(rule == name for rule, _ in expected)
    ]


def test_a_row_to_correct_says_where_what_and_what_to_do(council: sa.Connection) -> None:
    found = rows_to_correct(EVERYTHING, council, rule="referrals_decided_at_before_received_at")
    assert found.sort("key").row(0, named=True) == {
        "rule": "referrals_decided_at_before_received_at",
        "title": "Referrals decided before being received",
        "extract": "referrals",
        "key": "R2",
        "child_id": "child of R2",
        "team": "T1",
        "dated": dt.date(2010, 3, 1),
        "field": "decided_at",
        "value": "2010-03-01 08:00:00",
        "message": "`decided_at` lies before `received_at`. Correct whichever of the two is wrong.",
    }
    values = dict(found.select("key", "value").iter_rows())
    assert values["R3"] == "2010-02-28"


def test_a_limit_holds_over_all_rules_and_the_latest_rows_come_first(council: sa.Connection) -> None:
    whole = rows_to_correct(EVERYTHING, council)
    for limit in (0, 1, 5, whole.height):
        assert rows_to_correct(EVERYTHING, council, limit=limit).equals(whole.head(limit))
    for (_,), rows in whole.group_by("rule"):
        days = [day for day in rows.get_column("dated") if day is not None]
        assert days == sorted(days, reverse=True)


def test_rows_on_the_health_of_staff_are_counted_and_never_listed(council: sa.Connection) -> None:
    assert one(quality_now(EVERYTHING, council), "absences_twice")["broken"] == 1
    assert "absences" not in rows_to_correct(EVERYTHING, council).get_column("extract").to_list()
    with pytest.raises(QueryProblem, match="never listed person by person"):
        rows_to_correct(EVERYTHING, council, rule="absences_twice")


def test_before_the_first_load_there_is_nothing(database: sa.Engine) -> None:
    with database.connect() as connection:
        assert quality_now(EVERYTHING, connection).is_empty()
        assert quality_over_time(EVERYTHING, connection).is_empty()
        assert quality_by_team(EVERYTHING, connection).is_empty()
        assert rows_to_correct(EVERYTHING, connection).is_empty()


def test_an_extract_that_was_never_loaded_has_no_counts(database: sa.Engine) -> None:
    with database.begin() as connection:
        put(connection, {"contacts": WORLD["contacts"]})
        counted = set(counts(connection).get_column("rule"))
    elsewhere = {"contacts_team_id_leads_nowhere", "contacts_referral_id_leads_nowhere"}
    assert counted == {rule.name for rule in RULES.values() if rule.extract == "contacts"} - elsewhere


def test_of_a_day_of_many_loads_the_last_is_kept(database: sa.Engine) -> None:
    with database.begin() as connection:
        connection.execute(sa.delete(LOADS))
        put(connection, {"contacts": WORLD["contacts"]})
        for load_id, hours in enumerate((0, 1, 2, 24, 25, 49, 50, 51), start=1):
            load(connection, load_id, MONDAY + dt.timedelta(hours=hours))
            contacts = CASE_TABLES["contacts"]
            changed = sa.update(contacts).where(contacts.c.contact_id == "K1")
            connection.execute(changed.values(source="police" if load_id % 2 else None))
        kept = quality_over_time(EVERYTHING, connection, "contacts_source_missing")
        assert kept.get_column("load_id").to_list() == [3, 5, 7, 8]
        broken = kept.get_column("broken").to_list()
        assert broken == [broken[3] + 1, broken[3] + 1, broken[3] + 1, broken[3]]
        noted = connection.execute(sa.select(QUALITY_COUNTS.c.load_id).distinct()).scalars()
        assert sorted(noted) == [3, 5, 7, 8]


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    teams = draw(st.one_of(st.none(), st.frozensets(st.sampled_from(TEAMS))))
    case_teams = draw(st.frozensets(st.sampled_from(TEAMS)))
    return Scope(teams, case_teams if teams is None else case_teams & teams, whole=draw(st.booleans()))


@pytest.mark.fuzz
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=2, soak=5))
@example(scope=Scope.everything())
@example(scope=Scope.figures_only())
@example(scope=Scope.of_team("T1"))
@example(scope=Scope.of_team("T8", NO_TEAM))
@example(scope=Scope(frozenset(), frozenset(), whole=False))
@given(scope=scopes())
def test_a_scope_never_leaks(council: sa.Connection, scope: Scope) -> None:
    figures = set(TEAMS) if scope.teams is None else scope.teams
    listed = set(TEAMS) if scope.case_teams is None else scope.case_teams
    counted = counts(council)
    assert set(quality_by_team(scope, council).get_column("team")) == set(counted.get_column("team_id")) & figures

    if scope.whole or scope.teams is None or scope.teams:
        together = {EVERY_TEAM} if scope.whole or scope.teams is None else scope.teams
        mine = counted.filter(pl.col("team_id").is_in(sorted(together)))
        assert quality_now(scope, council).get_column("broken").sum() == mine.get_column("broken").sum()
        over_time = quality_over_time(scope, council).filter(pl.col("load_id") == 3)
        assert over_time.get_column("broken").sum() == mine.get_column("broken").sum()
    else:
        for ask in (quality_now, quality_over_time):
            with pytest.raises(QueryProblem):
                ask(scope, council)

    for team in TEAMS:
        if team not in figures:
            for ask in (quality_now, quality_over_time):
                with pytest.raises(QueryProblem):
                    ask(scope, council, team=team)
        if team not in listed:
            with pytest.raises(QueryProblem):
                rows_to_correct(scope, council, team=team)
        else:
            assert set(rows_to_correct(scope, council, team=team).get_column("team")) <= {team}
    if listed:
        everything = rows_to_correct(EVERYTHING, council)
        allowed = everything.filter(pl.col("team").is_in(sorted(listed)))
        assert rows_to_correct(scope, council).equals(allowed)
    else:
        with pytest.raises(QueryProblem):
            rows_to_correct(scope, council)


@pytest.mark.parametrize("team", ["T99", EVERY_TEAM])
def test_a_team_that_there_is_not_is_refused(council: sa.Connection, team: str) -> None:
    for ask in (quality_now, quality_over_time, rows_to_correct):
        with pytest.raises(QueryProblem, match="There is no team"):
            ask(EVERYTHING, council, team=team)

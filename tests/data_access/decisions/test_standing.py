"""What ships, what is loaded and what people set stand as one; what people set goes first and is never lost."""

import datetime as dt

import pytest
import sqlalchemy as sa

from data_access.database.facts import write_fact
from data_access.database.opening import reading, writing
from data_access.decisions import Decision, Origin, decide
from data_access.decisions.reads.events import events
from data_access.decisions.reads.left_out_periods import left_out_periods
from data_access.decisions.reads.rebases import rebases
from data_access.decisions.reads.targets import target_steps
from data_access.decisions.verifying import differences
from data_access.loading.record.rebuilding import rebuild
from data_access.up_to_date import up_to_date
from tests.council import LOADER
from tests.data_access.decisions.people import (
    ANNA,
    CONTENT,
    EVERYTHING,
    MEASURE,
    decision,
    put,
    put_teams,
    stands,
    stored,
    target_row,
)
from tests.loading.handing_over import CONFIRMED, Council, terms

TARGETS = """
target_id,measure,from,comparison,kind,value,source,reason,author
T-01,decisions_within_24_hours,2010-01-01,at_least,fixed,{value},plan,the plan,Board
T-02,cafs_started,2010-01-01,above,fixed,10,plan,the plan,Board
"""
EVENTS = "event_id,happened_on,label,author\nE-01,2010-01-06,Snow,Team\n"
REBASES = "rebase_id,measure,from,label,reason,author,approver\nR-01,{measure},2009-12-14,New,it held,Team,Director\n"


@pytest.fixture
def council(database: sa.Engine, tmp_path: object) -> Council:
    return Council(database, tmp_path)


def values(engine: sa.Engine, measure: str = MEASURE, team: str | None = None) -> list[float]:
    with reading(engine) as connection:
        return [step.value for step in target_steps(EVERYTHING, connection, [measure], team=team)[measure]]


def test_where_each_comes_from_is_told(database: sa.Engine) -> None:
    put(database, "targets", target_row("T-00", load_id=0), target_row("T-01", measure="cafs_started", value=10.0))
    decide(ANNA, database, decision("target"))
    assert {name: one.origin for name, one in stands(database, "target").items()} == {
        "T-00": Origin.SHIPPED,
        "T-01": Origin.LOADED,
        "target-1": Origin.SET,
    }


def test_what_people_set_goes_before_a_loaded_row_and_withdrawing_hides_it(database: sa.Engine) -> None:
    put(database, "targets", target_row("T-01"))
    assert values(database) == [0.9]
    decide(ANNA, database, Decision("target", CONTENT["target"] | {"value": "80%"}, "lower", "T-01"))
    assert values(database) == [0.8]
    decide(ANNA, database, Decision("target", {}, "dropped", "T-01", expected=1, withdrawn=True))
    assert values(database) == []


def test_targets_of_people_are_as_near_as_loaded_ones(database: sa.Engine) -> None:
    """A team's own target goes before its service's, that before one for all, whoever set it."""
    put_teams(database)
    put(database, "targets", target_row("T-01"), target_row("T-02", service="Assessment", value=0.7))
    assert [values(database, team=team) for team in (None, "T1", "T2")] == [[0.9], [0.7], [0.7]]
    decide(ANNA, database, decision("target", team_id="T1", value="60%"))
    decide(ANNA, database, decision("target", from_date="2010-05-01", value="95%"))
    assert [values(database, team=team) for team in (None, "T1", "T2")] == [[0.9, 0.95], [0.6], [0.7]]


def test_events_rebases_and_periods_left_out_are_read_for_measure_and_team(database: sa.Engine) -> None:
    put_teams(database)
    row = {"event_id": "E1", "happened_on": dt.date(2010, 2, 1), "label": "loaded", "author": "Team"}
    put(database, "events", row)
    decide(ANNA, database, decision("event", label="typed"))
    decide(ANNA, database, decision("event", label="other", measure="cafs_started"))
    decide(ANNA, database, decision("rebase", team_id="T1"))
    decide(ANNA, database, decision("left_out_period", "for all"))
    decide(ANNA, database, decision("left_out_period", "for T1", team_id="T1"))
    with reading(database) as connection:
        told = events(EVERYTHING, connection, MEASURE)
        begun = [rebases(connection, [MEASURE], team=team)[MEASURE] for team in (None, "T1", "T2")]
        left_out = [left_out_periods(connection, [MEASURE], team=team)[MEASURE] for team in (None, "T1", "T2")]
    assert told.rows() == [(dt.date(2010, 1, 6), "typed", None), (dt.date(2010, 2, 1), "loaded", None)]
    assert [len(steps) for steps in begun] == [0, 1, 0]
    monday = dt.date(2010, 1, 4)
    assert left_out == [{monday: "for all"}, {monday: "for T1"}, {monday: "for all"}]


def test_no_load_rebuild_or_upgrade_loses_what_people_set(council: Council) -> None:
    engine, rebased = council.engine, REBASES.format(measure=MEASURE)
    council.hand_over(terms(complete=True), targets=TARGETS.format(value=0.9), events=EVENTS, rebases=rebased)
    changed = Decision("target", CONTENT["target"] | {"value": "80%"}, "lower", "T-01")
    for wanted in (
        changed,
        decision("target", from_date="2010-05-01"),
        decision("event"),
        Decision("rebase", {}, "it did not last", "R-01", withdrawn=True),
        decision("left_out_period"),
    ):
        decide(ANNA, engine, wanted)
    kept = stored(engine)

    def assert_all_is_there() -> None:
        assert stored(engine) == kept
        assert values(engine) == [0.8, 0.95]
        assert set(stands(engine, "event")) == {"E-01", "event-1"}
        assert stands(engine, "rebase") == {}
        assert set(stands(engine, "left_out_period")) == {"left_out_period-1"}
        with reading(engine) as connection:
            assert differences(connection) == []

    assert_all_is_there()
    report = council.hand_over(
        terms("2010-04-05 07:00", complete=True), targets=TARGETS.format(value=0.7), events=EVENTS, rebases=rebased
    )
    [notice] = [notice for notice in report.notices if "people have decided" in notice]
    assert notice == (
        "targets.csv: people have decided about T-01. Their decision stands; the file's row is kept behind it."
    )
    assert council.rows("targets")["T-01"]["value"] == 0.7
    assert_all_is_there()
    one_row = "\n".join(line for line in TARGETS.format(value=1).splitlines() if not line.startswith("T-01"))
    council.hand_over(terms("2010-04-06 07:00", complete=True), confirmed=CONFIRMED, targets=one_row)
    assert "T-01" not in council.rows("targets")
    assert_all_is_there()
    rebuild(engine, LOADER)
    assert_all_is_there()
    with writing(engine) as connection:
        write_fact(connection, "shipped_hash", "of an older program")
        write_fact(connection, "definitions_hash", "of an older program")
    up_to_date(engine.url.render_as_string(hide_password=False)).dispose()
    assert_all_is_there()

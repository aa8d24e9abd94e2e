"""Kills at any moment, people who read and type while a load runs, and extracts that come in the wrong order."""

import itertools
import time
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from data_access.actor import Actor
from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.turns import Turn
from data_access.decisions import Decision, decide, kind_named, standing
from data_access.decisions.decision import NotWrittenProblem
from data_access.loading.record.rebuilding import rebuild
from data_access.measures import MEASURES
from data_access.queries.series import headline
from data_access.scope import Scope
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED, Council, Tables, assert_rollup_is_the_cohort, everything, terms
from tests.loading.test_at_once import loading, wait_until_free

POSTGRESQL_IN_SOAK = True


def killed_at_random(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path], second_state: Tables, *, kills: int, seed: int
) -> None:
    """Kill loads at any moment; each must leave the old or the new state, and a record that makes it again."""
    old, chance = everything(engine, clock=False), Random(seed)  # noqa: S311 - moments to kill at
    for _ in range(kills):
        with loading(url, weeks[1]) as load:
            load.until("Reading")
            time.sleep(chance.random() * 1.5)
            load.kill()
        found = everything(engine, clock=False)
        assert found in (old, second_state)
        wait_until_free(engine)
        if found == second_state:
            break
    rebuild(engine, LOADER)
    again = everything(engine, clock=False)
    assert {name: again[name] for name in CASE_TABLES} == {name: found[name] for name in CASE_TABLES}
    assert_rollup_is_the_cohort(engine)


@pytest.mark.soak
def test_a_kill_leaves_a_record_that_makes_the_same_tables_again(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path], second_state: Tables
) -> None:
    killed_at_random(engine, url, weeks, second_state, kills=3, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_kills_leave_a_record_that_makes_the_same_tables_again(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path], second_state: Tables, seed: int
) -> None:
    killed_at_random(engine, url, weeks, second_state, kills=5, seed=seed)


def type_an_event(engine: sa.Engine, label: str, turn: Turn | None = None) -> None:
    """Decide what somebody typed, as a page does."""
    event = Decision("event", {"happened_on": "2010-03-01", "label": label}, "typed")
    decide(Actor.of_this_machine("team manager"), engine, event, turn=turn)


def typed(engine: sa.Engine) -> set[str]:
    """Return the labels of the events that were typed."""
    with engine.connect() as connection:
        return {event.content["label"] for event in standing(Scope.everything(), connection, kind_named("event"))}


def figures(engine: sa.Engine) -> str:
    """Return every headline figure, as a page reads them."""
    with engine.connect() as connection:
        return headline(Scope.everything(), connection, list(MEASURES)).write_json()


def test_people_read_and_type_while_a_load_runs_and_nothing_of_either_is_lost(
    url: str, engine: sa.Engine, weeks: tuple[Path, Path]
) -> None:
    people = connect(url)
    old = figures(people)
    with loading(url, weeks[1], wait_at="Reading teams") as load:
        load.until("Reading teams")
        type_an_event(people, "while files are read")
        assert figures(people) == old
        load.go_on()
        assert load.until("LOADED") == "LOADED 2"
    new = figures(people)
    assert new != old
    type_an_event(people, "after the load")
    assert typed(people) == {"while files are read", "after the load"}
    assert_rollup_is_the_cohort(people)
    people.dispose()


@pytest.mark.soak
def test_typing_while_the_rows_are_merged_waits_or_says_so(
    url: str, engine: sa.Engine, weeks: tuple[Path, Path]
) -> None:
    people = connect(url)
    old = figures(people)
    with loading(url, weeks[1], wait_at="Writing staff") as load:
        load.until("Writing staff")
        assert figures(people) == old
        with pytest.raises(NotWrittenProblem, match="is locked: another load is writing to it"):
            type_an_event(people, "too soon", Turn(1))
        load.go_on()
        assert load.until("LOADED") == "LOADED 2"
    type_an_event(people, "in time")
    assert typed(people) == {"in time"}
    people.dispose()


HEADINGS = "referral_id,child_id,received_at,team_id,reason"
TEAMS = "team_id,name,service,closed,successor_id"
WEEKS = {
    15: {
        "referrals": f"{HEADINGS}\nR1,C1,2010-03-01 10:00,AT1,first\nR2,C2,2010-03-02 10:00,AT1,first\n"
        "R4,C4,2010-03-05 10:00,AT1,first",
        "teams": f"{TEAMS}\nAT1,Assessment 1,Assessment,,\nAT2,Assessment 2,Assessment,,",
    },
    22: {
        "referrals": f"{HEADINGS}\nR1,C1,2010-03-01 10:00,AT1,second\nR3,C1,2010-03-16 10:00,AT2,second",
        "teams": f"{TEAMS}\nAT1,North,Assessment,,\nAT2,South,Assessment,,",
    },
    29: {
        "referrals": f"{HEADINGS}\nR1,C1,2010-03-01 10:00,AT1,first\nR2,C2,2010-03-02 10:00,AT1,third\n"
        "R3,C1,2010-03-16 10:00,AT1,third",
        "teams": f"{TEAMS}\nAT1,North,Assessment,,\nAT2,South,Assessment,2010-03-26,AT1",
    },
}
"""Three complete extracts: rows corrected, one withdrawn and back again, one for good; teams renamed and merged."""


@pytest.mark.parametrize("order", list(itertools.permutations(WEEKS)), ids=str)
def test_in_whatever_order_extracts_come_the_newest_holds(order: tuple[int, ...], council: Council) -> None:
    for day in order:
        council.hand_over(
            terms(f"2010-03-{day} 07:00", "2010-03-01", f"2010-03-{day - 1}", complete=True),
            confirmed=CONFIRMED,
            **WEEKS[day],
        )
    referrals, teams = council.rows("referrals"), council.rows("teams")
    assert {key: (row["team_id"], row["reason"]) for key, row in referrals.items()} == {
        "R1": ("AT1", "first"),
        "R2": ("AT1", "third"),
        "R3": ("AT1", "third"),
    }
    assert {key: (row["name"], row["successor_id"]) for key, row in teams.items()} == {
        "AT1": ("North", None),
        "AT2": ("South", "AT1"),
    }
    assert_rollup_is_the_cohort(council.engine)
    before = {name: rows for name, rows in everything(council.engine).items() if name in CASE_TABLES}
    rebuild(council.engine, LOADER)
    assert {name: rows for name, rows in everything(council.engine).items() if name in CASE_TABLES} == before

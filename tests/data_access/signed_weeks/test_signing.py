"""Signing a week off: who may, what can't be, what stands then, and that nothing changes it any more."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from data_access import audit
from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.database.opening import reading
from data_access.database.turns import Turn
from data_access.decisions import decide
from data_access.problems import QueryProblem
from data_access.scope import Scope
from data_access.signed_weeks import (
    Closing,
    DataMovedOnProblem,
    InvalidSignOffProblem,
    SignedWeek,
    StaleSignOffProblem,
    signed_cases,
    signed_measures,
    signed_weeks,
)
from data_access.signed_weeks.verifying import differences
from tests.data_access.decisions.people import ANNA, decision
from tests.data_access.signed_weeks.weeks import CLOSING, DINA, FIGURE, MEASURES, SAM, kept, sign, version

POSTGRESQL_IN_SOAK = True

ALL = Scope.everything()
FORBIDDEN = (
    "UPDATE signed_weeks SET reason = 'another'",
    "UPDATE signed_measures SET reported = reported WHERE 1 = 0 OR revision = 1",
    "DELETE FROM signed_weeks",
    "DELETE FROM signed_measures WHERE revision = 1",
)
REPLACING = {
    "sqlite": (
        "INSERT OR REPLACE INTO signed_weeks SELECT * FROM signed_weeks",
        "INSERT OR REPLACE INTO signed_measures SELECT week, revision, measure, '{}', cases FROM signed_measures",
    ),
    "postgresql": (
        "TRUNCATE signed_weeks",
        "TRUNCATE signed_measures",
        "INSERT INTO signed_weeks SELECT * FROM signed_weeks ON CONFLICT (week, revision) DO UPDATE SET reason = 'x'",
    ),
}


def test_what_was_reported_stands_to_the_digit(database: sa.Engine) -> None:
    before = version(database)
    signed = sign(database)
    assert version(database) == before + 1
    with reading(database) as connection:
        [week] = signed_weeks(ALL, connection)
        measures = signed_measures(ALL, connection, [week])
        [one] = signed_measures(ALL, connection, [week], measure=MEASURES[0].measure)
        cases = {each.measure: signed_cases(ALL, connection, week, each.measure) for each in MEASURES}
        *_, event = audit.events(connection)
        assert differences(connection) == []
    assert week == signed
    assert (week.closing.attendance, week.closing.not_reached) == (CLOSING.attendance, CLOSING.not_reached)
    assert week.closing.tested == CLOSING.tested
    assert {each.measure: each.reported for each in measures} == {each.measure: each.reported for each in MEASURES}
    assert one.reported["value"].hex() == FIGURE.hex()
    assert cases == {each.measure: each.cases for each in MEASURES}
    assert (event.who, event.action, event.subject) == ("Dina", "signed off", "week 2010-03-22")
    assert signed.hash in event.detail


def test_signed_off_again_it_says_why_and_the_earlier_stays(database: sa.Engine) -> None:
    first = sign(database)
    with pytest.raises(InvalidSignOffProblem, match="reason is blank; expected a value: why the week is signed off"):
        sign(database, expected=1)
    before = kept(database)
    second = sign(database, SAM, expected=1, reason="A team's figures came late", measures=MEASURES[:1])
    with reading(database) as connection:
        assert signed_weeks(ALL, connection) == [second]
        assert [each.hash for each in signed_weeks(ALL, connection, history=True)] == [first.hash, second.hash]
        assert len(signed_measures(ALL, connection, [first])) == 2
        assert len(signed_measures(ALL, connection, [second])) == 1
        assert differences(connection) == []
    assert all(row in after for rows, after in zip(before, kept(database), strict=True) for row in rows)


def test_the_second_of_two_is_refused_in_words(database: sa.Engine) -> None:
    sign(database)
    with pytest.raises(StaleSignOffProblem) as raised:
        sign(database, SAM)
    said = str(raised.value)
    assert said.startswith("Dina signed the week of 2010-03-22 off meanwhile, at ")
    assert "it is at revision 1, you saw it open. Nothing of yours was written" in said
    with pytest.raises(StaleSignOffProblem, match="was never signed off, so there is no revision 1"):
        sign(database, week=dt.date(2010, 3, 15), expected=1, reason="Late")


def test_of_two_at_once_one_signs_off(database: sa.Engine) -> None:
    of, ready = version(database), threading.Barrier(2)
    ended: list[SignedWeek | StaleSignOffProblem] = []

    def try_it(actor: Actor) -> None:
        ready.wait()
        try:
            ended.append(sign(database, actor, of=of, turn=Turn(seconds=30)))
        except StaleSignOffProblem as problem:
            ended.append(problem)

    threads = [threading.Thread(target=try_it, args=(actor,)) for actor in (DINA, SAM)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(each).__name__ for each in ended) == ["SignedWeek", "StaleSignOffProblem"]
    assert [len(rows) for rows in kept(database)] == [1, 2]


def test_data_that_moved_on_are_not_signed_off_unseen(database: sa.Engine) -> None:
    of = version(database)
    decide(ANNA, database, decision("event"))
    with pytest.raises(DataMovedOnProblem, match="The data have changed while the week was being signed off"):
        sign(database, of=of)
    assert kept(database) == [[], []]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"week": dt.date(2010, 3, 24)}, "week is '2010-03-24'; expected a Monday, such as 2010-03-22"),
        ({"week": dt.date(2049, 1, 4)}, "week is '2049-01-04'; expected a week that is over: today is "),
        ({"closing": Closing(" ")}, "attendance is ' '; expected a value: who attended, by role"),
        ({"closing": Closing("x" * 1001)}, "expected at most 1000 characters; these are 1001"),
        ({"closing": Closing("Director", "CAFs\nand more")}, "expected plain text on one line"),
    ],
)
def test_what_can_t_be_is_told_by_field(database: sa.Engine, changes: dict[str, object], said: str) -> None:
    before = version(database)
    with pytest.raises(InvalidSignOffProblem) as raised:
        sign(database, **changes)
    assert said in str(raised.value)
    assert (kept(database), version(database)) == ([[], []], before)


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (Actor("Tim", frozenset({Role.TEAM_MANAGER}), ALL), "that is for the director, senior manager"),
        (Actor("Pat", frozenset({Role.PERFORMANCE_TEAM}), ALL), "that is for the director, senior manager"),
        (Actor("Dan", frozenset({Role.DIRECTOR}), Scope.of_team("T1")), "figures and cases of every team"),
    ],
)
def test_who_may_not_signs_nothing_off(database: sa.Engine, actor: Actor, said: str) -> None:
    with pytest.raises(NotAllowedProblem, match=said):
        sign(database, actor)
    assert kept(database) == [[], []]


def test_cases_are_listed_to_those_who_may_see_them_and_figures_to_those_of_the_whole(database: sa.Engine) -> None:
    signed = sign(database)
    name = MEASURES[0].measure
    with reading(database) as connection:
        assert signed_cases(Scope.of_team("T2"), connection, signed, name) == {"T2": {"numerator": ["R4"]}}
        with pytest.raises(QueryProblem, match="You may not list the cases of any team"):
            signed_cases(Scope.figures_only(), connection, signed, name)
        with pytest.raises(QueryProblem, match="was signed off without a measure 'cafs_started'"):
            signed_cases(ALL, connection, signed, "cafs_started")
        of_one_team = Scope(frozenset({"T1"}), frozenset({"T1"}), whole=False)
        assert signed_weeks(of_one_team, connection) == []
        assert signed_measures(of_one_team, connection, [signed]) == []
        assert len(signed_measures(Scope.figures_only(), connection, [signed])) == 2


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_nothing_is_changed_or_deleted(database: sa.Engine, statement: str) -> None:
    sign(database)
    before = kept(database)
    with pytest.raises(sa.exc.DBAPIError, match="is append-only"), database.begin() as connection:
        connection.execute(sa.text(statement))
    assert kept(database) == before


def test_nothing_is_replaced(database: sa.Engine) -> None:
    sign(database)
    before = kept(database)
    for statement in REPLACING[database.dialect.name]:
        with pytest.raises(sa.exc.DBAPIError, match="is append-only"), database.begin() as connection:
            connection.execute(sa.text(statement))
    assert kept(database) == before


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE signed_measures SET reported = '{}'", "Revision 1 of the signed week 2010-03-22 is not as it was"),
        ("UPDATE signed_weeks SET signed_by = 'Sam'", "Revision 1 of the signed week 2010-03-22 is not as it was"),
        ("UPDATE signed_measures SET cases = :broken", "Revision 1 of the signed week 2010-03-22 is not as it was"),
        ("DELETE FROM signed_weeks", "Revision 1 of the signed week 2010-03-22 is missing."),
        ("UPDATE signed_weeks SET revision = 2", "Revision 2 of the signed week 2010-03-22 is in no event of"),
    ],
)
def test_what_was_tampered_with_is_noticed(database: sa.Engine, statement: str, said: str) -> None:
    sign(database, DINA)
    table = "signed_weeks" if "signed_weeks" in statement else "signed_measures"
    postgresql = database.dialect.name == "postgresql"
    with database.begin() as connection:
        if postgresql:
            connection.execute(sa.text(f"DROP TRIGGER {table}_append_only ON {table}"))
        else:
            for change in ("update", "delete"):
                connection.execute(sa.text(f"DROP TRIGGER {table}_no_{change}"))
        connection.execute(sa.text(statement), {"broken": b"no archive"} if ":broken" in statement else {})
    with reading(database) as connection:
        assert differences(connection)[0].startswith(said)

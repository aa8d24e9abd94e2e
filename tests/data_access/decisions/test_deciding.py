"""Deciding: right, revisions, stale forms, and all of it in one transaction."""

import datetime as dt

import pytest
import sqlalchemy as sa

from data_access import audit
from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.audit import chain
from data_access.database.facts import data_version
from data_access.database.opening import reading
from data_access.decisions import Decision, Origin, decide, history, kind_named
from data_access.decisions.decision import InvalidDecisionProblem, StaleDecisionProblem
from data_access.problems import QueryProblem
from data_access.scope import Scope
from tests.data_access.decisions.people import (
    ANNA,
    BEN,
    CONTENT,
    EVERYTHING,
    decision,
    put,
    put_teams,
    stands,
    stored,
    target_row,
)

POSTGRESQL_IN_SOAK = True


def version(engine: sa.Engine) -> int:
    with reading(engine) as connection:
        return data_version(connection)


def events(engine: sa.Engine) -> list[chain.Event]:
    with reading(engine) as connection:
        return list(audit.events(connection))


@pytest.mark.parametrize("kind", CONTENT)
def test_a_decision_is_a_revision_an_event_and_a_new_data_version(database: sa.Engine, kind: str) -> None:
    before, known = version(database), len(events(database))
    revision = decide(ANNA, database, decision(kind, "  agreed on Monday "))
    assert (revision.decision_id, revision.revision, revision.withdrawn) == (f"{kind}-1", 1, False)
    assert (revision.decided_by, revision.roles, revision.reason) == (
        "Anna",
        ("performance team",),
        "agreed on Monday",
    )
    [one] = stands(database, kind).values()
    assert (one.origin, one.revision, one.author, one.reason) == (Origin.SET, 1, "Anna", "agreed on Monday")
    assert one.content == revision.content
    assert version(database) == before + 1
    [event] = events(database)[known:]
    assert (event.who, event.action, event.subject) == ("Anna", "decided", f"{kind} {kind}-1")
    assert event.at == revision.decided_at.isoformat(timespec="microseconds")


def test_content_comes_back_as_it_was_meant(database: sa.Engine) -> None:
    decide(ANNA, database, decision("target", value="95%", due_on="2010-06-30", team_id="", plan_item="9a, 9b – ‘x’"))
    content = stands(database, "target")["target-1"].content
    assert (content["value"], content["due_on"], content["team_id"]) == (0.95, dt.date(2010, 6, 30), None)
    assert content["plan_item"] == "9a, 9b – ‘x’"


def test_a_revision_overwrites_nothing(database: sa.Engine) -> None:
    decide(ANNA, database, decision("target"))
    first = stored(database)
    again = Decision("target", CONTENT["target"] | {"value": "90%"}, "too high", "target-1", expected=1)
    assert decide(BEN, database, again).revision == 2
    assert stored(database)[:1] == first
    assert stands(database, "target")["target-1"].content["value"] == 0.9
    with reading(database) as connection:
        kept = history(EVERYTHING, connection, [kind_named("target")], decision_id="target-1")
    assert [(one.revision, one.content["value"], one.decided_by, one.reason) for one in kept] == [
        (1, 0.95, "Anna", "agreed"),
        (2, 0.9, "Ben", "too high"),
    ]


def test_what_is_withdrawn_holds_no_more_and_can_hold_again(database: sa.Engine) -> None:
    decide(ANNA, database, decision("event"))
    gone = Decision("event", {}, "marked twice", "event-1", expected=1, withdrawn=True)
    decide(ANNA, database, gone)
    assert stands(database, "event") == {}
    with pytest.raises(InvalidDecisionProblem, match="one not withdrawn yet"):
        decide(ANNA, database, Decision("event", {}, "again", "event-1", expected=2, withdrawn=True))
    decide(ANNA, database, Decision("event", CONTENT["event"], "it was right", "event-1", expected=2))
    assert stands(database, "event")["event-1"].revision == 3
    assert [row[4] for row in stored(database)] == [False, True, False]


def test_a_stale_form_is_refused_and_keeps_what_was_typed(database: sa.Engine) -> None:
    decide(ANNA, database, decision("target"))
    decide(BEN, database, Decision("target", CONTENT["target"] | {"value": "90%"}, "lower", "target-1", expected=1))
    before = stored(database), version(database), events(database)
    mine = Decision("target", CONTENT["target"] | {"value": "99%"}, "higher", "target-1", expected=1)
    with pytest.raises(StaleDecisionProblem) as told:
        decide(ANNA, database, mine)
    assert "Ben changed target target-1 meanwhile" in str(told.value)
    assert "it is at revision 2, you saw revision 1. Their reason: lower." in str(told.value)
    assert told.value.decision is mine
    assert (stored(database), version(database), events(database)) == before


def test_a_new_id_is_none_that_an_extract_has_taken(database: sa.Engine) -> None:
    put(database, "targets", target_row("target-1"), target_row("target-2", from_date=dt.date(2009, 1, 1)))
    assert decide(ANNA, database, decision("target")).decision_id == "target-3"


def test_what_there_is_not_can_be_neither_changed_nor_withdrawn(database: sa.Engine) -> None:
    for withdrawn in (False, True):
        wanted = Decision("event", CONTENT["event"], "x", "E9", withdrawn=withdrawn)
        with pytest.raises(InvalidDecisionProblem, match="decision_id is 'E9'; expected one that there is"):
            decide(ANNA, database, wanted)
    with pytest.raises(InvalidDecisionProblem, match="the id of what is to be withdrawn"):
        decide(ANNA, database, Decision("event", {}, "x", withdrawn=True))
    with pytest.raises(QueryProblem, match="no kind of decision 'wish'"):
        decide(ANNA, database, Decision("wish", {}, "x"))
    assert stored(database) == []


@pytest.mark.parametrize("kind", CONTENT)
def test_only_those_who_may_decide(database: sa.Engine, kind: str) -> None:
    member = Actor("Mia", frozenset({Role.BOARD_MEMBER}), EVERYTHING)
    with pytest.raises(NotAllowedProblem, match="You may not"):
        decide(member, database, decision(kind))
    manager = Actor("Tom", frozenset({Role.TEAM_MANAGER}), EVERYTHING)
    if kind in ("event", "commentary"):
        assert decide(manager, database, decision(kind)).decided_by == "Tom"
    else:
        with pytest.raises(NotAllowedProblem):
            decide(manager, database, decision(kind))
        assert stored(database) == []


def test_nobody_decides_about_a_team_that_they_may_not_see(database: sa.Engine) -> None:
    put_teams(database)
    decide(ANNA, database, decision("target", team_id="T2"))
    narrow = Actor("Sue", frozenset({Role.SENIOR_MANAGER}), Scope.of_team("T1"))
    with pytest.raises(InvalidDecisionProblem, match="team_id is 'T2'; expected a team"):
        decide(narrow, database, decision("target", team_id="T2", from_date="2010-05-01"))
    gone = Decision("target", {}, "x", "target-1", expected=1, withdrawn=True)
    with pytest.raises(InvalidDecisionProblem, match="expected one that there is"):
        decide(narrow, database, gone)
    assert stands(database, "target", Scope.of_team("T1")) == {}
    with reading(database) as connection:
        assert history(Scope.of_team("T1"), connection, [kind_named("target")]) == []
    assert decide(narrow, database, decision("target", team_id="T1")).decision_id == "target-2"


def test_nothing_is_written_where_the_audit_trail_can_t_be(database: sa.Engine) -> None:
    """All in one transaction: the last step fails, and nothing of the others is left."""
    with database.begin() as connection:
        connection.execute(sa.text("DELETE FROM facts WHERE name = 'audit_head'"))
    before = version(database)
    with pytest.raises(Exception, match="audit trail has lost its head"):
        decide(ANNA, database, decision("event"))
    assert (stored(database), version(database)) == ([], before)

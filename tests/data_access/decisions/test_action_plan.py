"""Lines of the action plan and reports on them: which status may follow which, what is refused, the plan's order."""

import datetime as dt
from itertools import product

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.database.opening import reading
from data_access.decisions import Decision, decide
from data_access.decisions.decision import InvalidDecisionProblem
from data_access.decisions.kinds.action import TRANSITIONS, Status, allowed_from
from data_access.decisions.order_of_ids import in_order
from data_access.decisions.reads.action_plan import PlannedAction, action_plan, begun_actions
from data_access.measures.definition import Strand
from tests.data_access.decisions.people import ACTION, ANNA, EVERYTHING, decision, put, stands, stored

POSTGRESQL_IN_SOAK = True

ALLOWED = """
from          not_started  in_progress  done  stopped
(new)         yes          yes          no    no
not_started   yes          yes          yes   yes
in_progress   no           yes          yes   yes
done          no           yes          yes   no
stopped       no           yes          no    yes
"""
"""Which status may follow which: what is done or stopped can only be taken up again."""

LATER = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
BEGUN = {"began_on": "2009-12-10", "evidence": "Minutes of the SMT"}


def steps() -> list[tuple[Status | None, Status, bool]]:
    heads, *rows = (line.split() for line in ALLOWED.split("\n") if line)
    return [
        (None if name == "(new)" else Status(name), Status(head), cell == "yes")
        for name, *cells in rows
        for head, cell in zip(heads[1:], cells, strict=True)
    ]


def row(name: str, **changes: object) -> dict[str, object]:
    """Return a line as an extract brings it."""
    return {
        "action_id": name, "title": f"Line {name}", "strand": "systems", "lead": "A lead", "status": "in_progress",
        "author": "Board", "began_on": dt.date(2009, 12, 10), **changes,
    }  # fmt: skip


def plan_of(engine: sa.Engine) -> tuple[PlannedAction, ...]:
    with reading(engine) as connection:
        return action_plan(EVERYTHING, connection)


def test_the_table_names_every_step() -> None:
    assert {(before, after) for before, after, _ in steps()} == set(product([None, *Status], Status))
    assert {before: allowed_from(before) for before in TRANSITIONS} == {
        before: tuple(after for given, after, may in sorted(steps(), key=lambda step: step[0] is not step[1])
                      if given is before and may)
        for before in TRANSITIONS
    }  # fmt: skip


@pytest.mark.parametrize(("before", "after", "may"), steps())
def test_a_status_follows_only_where_the_table_says_so(
    database: sa.Engine, before: Status | None, after: Status, *, may: bool
) -> None:
    content = {**ACTION, **BEGUN, "status": after}
    if before is None:
        wanted = Decision("action", content, "new")
    else:
        put(database, "actions", row("9a", status=before))
        wanted = Decision("action", content, "so it is", "9a", 0)
    if may:
        assert decide(ANNA, database, wanted).content["status"] == after
    else:
        with pytest.raises(InvalidDecisionProblem, match=f"status is '{after}'; expected"):
            decide(ANNA, database, wanted)
        assert stored(database) == []


REFUSED = [
    ({"status": "done", "began_on": "2010-01-04"}, "evidence", "where it can be seen that it was done"),
    ({"status": "in_progress"}, "began_on", "the day on which it began, since it is in_progress"),
    ({"lead": ""}, "lead", "a role, or that a lead is still to be named"),
    ({"strand": "safety"}, "strand", "one of systems, accountability, family_focus, effective_actions"),
    ({"status": "nearly"}, "status", "one of not_started, in_progress, done, stopped"),
    ({"measures": "cafs_started cafs_begun"}, "measures", "ids of measures between spaces, such as"),
    ({"began_on": str(LATER)}, "began_on", "a day that has come"),
    ({"began_on": "2010-01-04", "due_on": "2009-12-31"}, "due_on", "no day before it began, 2010-01-04"),
    ({"lead_to_be_named": "perhaps"}, "lead_to_be_named", "yes or no"),
    ({"title": ""}, "title", "a value: what is to be done, in a few words"),
    ({"outcome": "x" * 1001}, "outcome", "at most 1000 characters"),
]


@pytest.mark.parametrize(("changes", "field", "expected"), REFUSED)
def test_what_can_t_be_is_refused_by_field(
    database: sa.Engine, changes: dict[str, object], field: str, expected: str
) -> None:
    put(database, "actions", row("9a"))
    content = {**ACTION, **changes}
    with pytest.raises(InvalidDecisionProblem) as told:
        decide(ANNA, database, Decision("action", content, "x", "9a" if content["status"] == "done" else None, 0))
    assert [fault.field for fault in told.value.faults if expected in fault.expected] == [field]


def test_a_lead_may_still_be_named(database: sa.Engine) -> None:
    decide(ANNA, database, decision("action", lead="", lead_to_be_named="yes"))
    [action] = plan_of(database)
    assert (action.lead, action.lead_to_be_named, action.is_open) == (None, True, True)


def test_staff_report_and_managers_change(database: sa.Engine) -> None:
    put(database, "actions", row("9a"))
    report = Decision("action_update", {"action_id": "9a", "dated_on": "2010-01-21", "words": "Held"}, "SMT")
    manager = Actor("Tom", frozenset({Role.TEAM_MANAGER}), EVERYTHING)
    member = Actor("Mia", frozenset({Role.BOARD_MEMBER}), EVERYTHING)
    assert decide(manager, database, report).decision_id == "action_update-1"
    with pytest.raises(NotAllowedProblem, match="You may not report on the action plan"):
        decide(member, database, report)
    with pytest.raises(NotAllowedProblem, match="You may not change the action plan"):
        decide(manager, database, Decision("action", ACTION, "x"))


def test_a_report_names_a_line_and_a_day_that_has_come(database: sa.Engine) -> None:
    put(database, "actions", row("9a"), row("9b"))
    for changes, field, expected in (
        ({"action_id": "9"}, "action_id", "a line of the plan, such as 9"),
        ({"dated_on": str(LATER)}, "dated_on", "a day that has come"),
        ({"words": ""}, "words", "a value: what was reported"),
    ):
        content = {"action_id": "9a", "dated_on": "2010-01-21", "words": "Held", **changes}
        with pytest.raises(InvalidDecisionProblem) as told:
            decide(ANNA, database, Decision("action_update", content, "SMT"))
        assert [(fault.field, expected in fault.expected) for fault in told.value.faults] == [(field, True)]


def test_the_plan_is_read_in_its_order_with_its_reports_the_latest_first(database: sa.Engine) -> None:
    put(database, "actions", *(row(name) for name in ("10", "9b", "2", "1a", "9a")))
    put(
        database,
        "action_updates",
        *(
            {"update_id": f"U{day}", "action_id": "9a", "dated_on": dt.date(2010, 1, day), "words": f"Day {day}",
             "author": "Board"}
            for day in (4, 21)
        ),
    )  # fmt: skip
    content = {"action_id": "9a", "dated_on": "2010-01-11", "words": "=1+1", "evidence": "Minutes"}
    decide(ANNA, database, Decision("action_update", content, "SMT"))
    plan = plan_of(database)
    assert [action.action_id for action in plan] == ["1a", "2", "9a", "9b", "10"]
    assert [update.words for update in plan[2].updates] == ["Day 21", "=1+1", "Day 4"]
    assert {action.strand for action in plan} == {Strand.SYSTEMS}


def test_a_changed_line_goes_before_the_loaded_one(database: sa.Engine) -> None:
    put(database, "actions", row("9a", measures="cafs_started no_longer_known"))
    assert plan_of(database)[0].measures == ("cafs_started",)
    content = {**stands(database, "action")["9a"].content, "status": "done", "evidence": "Audit", "measures": None}
    decide(ANNA, database, Decision("action", content, "Seen", "9a", 0))
    [action] = plan_of(database)
    assert (action.status, action.evidence, action.revision, action.measures) == (Status.DONE, "Audit", 1, ())
    decide(ANNA, database, Decision("action", {}, "Dropped by the board", "9a", 1, withdrawn=True))
    assert plan_of(database) == ()


def test_lines_that_began_stand_with_the_measures_that_should_show_them(database: sa.Engine) -> None:
    put(
        database,
        "actions",
        row("9b", measures="cafs_started"),
        row("9a", measures="marfs_received cafs_started"),
        row("10", measures="cafs_started", began_on=dt.date(2010, 1, 4)),
        row("11", measures="cafs_started", began_on=None, status="not_started"),
        row("12", began_on=dt.date(2009, 12, 10)),
    )
    with reading(database) as connection:
        every = begun_actions(EVERYTHING, connection, "cafs_started")
        then = begun_actions(EVERYTHING, connection, "cafs_started", up_to=dt.date(2010, 1, 3))
    assert [(each.on, [name for name, _ in each.actions]) for each in every] == [
        (dt.date(2009, 12, 10), ["9a", "9b"]),
        (dt.date(2010, 1, 4), ["10"]),
    ]
    assert then == every[:1]


@given(st.lists(st.text(st.characters(codec="ascii"), min_size=1, max_size=6), max_size=6))
def test_any_ids_can_be_put_in_order(names: list[str]) -> None:
    assert sorted(names, key=in_order) == sorted(sorted(names, reverse=True), key=in_order) or len(
        {tuple(in_order(name)) for name in names}
    ) < len(set(names))
    assert sorted(["10", "2", "1b", "1a"], key=in_order) == ["1a", "1b", "2", "10"]

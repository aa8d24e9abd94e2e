"""What was decided about a measure, as far as a reader may see it, and who may decide what."""

import pytest
import sqlalchemy as sa

from dashboard.components.decisions.panel import allowed
from dashboard.readings.decisions import decided, services
from dashboard.readings.judgements import subject_of
from dashboard.readings.reading import open_reading
from dashboard.words.decisions import author_words, decided_words, fault_words, history_words
from data_access.actor import Actor, Role
from data_access.decisions import Decision, decide
from data_access.decisions.decision import Fault
from data_access.measures import measure_named
from data_access.scope import Scope
from tests.data_access.decisions.people import ANNA, BEN, MEASURE, decision, put, put_teams, target_row
from tests.reader import reader_of

DEFINITION = measure_named(MEASURE).definition
SUBJECT = subject_of(DEFINITION)
TEAMS = {"T1": "Team One"}


@pytest.fixture
def engine(database: sa.Engine) -> sa.Engine:
    """Give a database with a target that was loaded and changed, one for a team, and an event of every measure."""
    put_teams(database)
    put(database, "targets", target_row("T-01"), target_row("T-02", measure="cafs_started", value=3.0))
    changed = {**decision("target").content, "from_date": "2010-01-01"}
    decide(ANNA, database, Decision("target", changed, "More is possible", "T-01", 0))
    decide(BEN, database, decision("target", team_id="T1"))
    decide(BEN, database, decision("event"))
    return database


def names(engine: sa.Engine, actor: Actor) -> list[str]:
    with open_reading(engine, actor) as reading:
        return [each.decision_id for each in decided(reading, MEASURE)]


def test_what_concerns_the_measure_is_read_with_its_history(engine: sa.Engine) -> None:
    decide(ANNA, engine, Decision("event", {}, "Noted twice", "event-1", 1, withdrawn=True))
    with open_reading(engine, reader_of(Scope.everything())) as reading:
        every = decided(reading, MEASURE)
        assert services(reading) == ("Assessment",)
    assert [each.decision_id for each in every] == ["T-01", "target-1", "event-1"]
    target, _, event = every
    assert decided_words("target", target.latest.content, SUBJECT, TEAMS) == (
        "at least 95% from 1 January 2010; of the plan"
    )
    assert author_words(target.latest).startswith("Anna, ")
    assert history_words(target, SUBJECT, TEAMS) == [
        "Board; loaded, as at 29 March 2010 07:00: at least 90% from 1 January 2010; of the plan – the plan"
    ]
    assert event.latest.withdrawn
    assert [line.partition(": ")[2] for line in history_words(event, SUBJECT, TEAMS)] == [
        "withdrawn – Noted twice",
        "Snow, 6 January 2010 (every measure) – agreed",
    ]


def test_nobody_sees_what_was_decided_for_a_team_of_others(engine: sa.Engine) -> None:
    assert names(engine, reader_of(Scope.of_team("T1"))) == ["T-01", "target-1", "event-1"]
    assert names(engine, reader_of(Scope.of_team("T2"))) == ["T-01", "event-1"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"due_on": "2010-06-30", "plan_item": "9a"}, "at least 95% by 30 June 2010; of the plan (9a)"),
        ({"kind": "trajectory", "source": "ours"}, "at least 95% from 1 April 2010, a step of several; ours, a line"),
        ({"kind": "year_before", "value": None, "team_id": "T1"}, "at least the same months of the year before from"),
        ({"service": "Assessment", "source": "national"}, "at least 95% from 1 April 2010, for Assessment; national"),
        (
            {"kind": "baseline", "value": None, "baseline_from": "2009-12-01", "baseline_to": "2009-12-31"},
            "at least the figure from 1 December 2009 to 31 December 2009 from 1 April 2010; of the plan",
        ),
    ],
)
def test_every_kind_of_target_is_told(database: sa.Engine, changes: dict[str, object], told: str) -> None:
    put_teams(database)
    revision = decide(ANNA, database, decision("target", **changes))
    assert decided_words("target", revision.content, SUBJECT, TEAMS).startswith(told)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("value", "120%", "at most 100%"), "“120%” can’t be. Expected: at most 100%."),
        (Fault("from", None, "a value: first day on which it holds"), "Fill this in: first day on which it holds."),
        (Fault("value", "", "a percentage, such as 85%"), "Fill this in: a percentage, such as 85%."),
    ],
)
def test_what_can_t_be_is_told_at_its_field(fault: Fault, told: str) -> None:
    assert fault_words(fault) == told


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.DIRECTOR, ("target", "event", "rebase", "left_out_period")),
        (Role.PERFORMANCE_TEAM, ("target", "event", "rebase", "left_out_period")),
        (Role.TEAM_MANAGER, ("event",)),
        (Role.BOARD_MEMBER, ()),
    ],
)
def test_only_what_a_reader_may_decide_is_offered(role: Role, kinds: tuple[str, ...]) -> None:
    assert allowed(reader_of(Scope.everything(), role), DEFINITION) == kinds


def test_what_has_no_limits_can_t_be_rebased() -> None:
    stock = measure_named("initial_assessments_overdue").definition
    assert allowed(reader_of(Scope.everything()), stock) == ("target", "event")

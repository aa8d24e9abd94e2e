"""A path of rows handed over by hand, on both engines: what was never sent, can't be read, or has no team."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.analysis.step_order import StepKind
from dashboard.readings.childs_path import ChildsPath, childs_path, drawn_child
from dashboard.readings.reading import open_reading
from dashboard.words.childs_path import order_words
from data_access.actor import Actor, Role
from data_access.scope import Scope
from tests.loading.handing_over import Council, moment
from tests.reader import READER, reader_of

REFERRALS = """
    referral_id,child_id,received_at,team_id,closed_on
    R1,C1,2010-03-01 09:00,T1,2010-03-25
"""
ASSESSMENTS = """
    assessment_id,child_id,referral_id,kind,started_on,completed_on,child_seen_on,team_id,worker_id
    A1,C1,,initial,2010-03-02,2010-03-04,2010-03-08,T2,S1
    A2,C1,,core,2010-03-10,2010-03-24,#N/A,T2,S1
"""
STAFF = "staff_id,from,team_id,role,fte\nS1,2009-01-01,T2,senior_practitioner,1"
OVERSIGHT = "oversight_id,child_id,staff_id,recorded_on,kind\nO1,C1,S1,2010-03-03,case_direction"
SEEN_LATE = "The initial assessment was completed 2 working days before the child was seen."


@pytest.fixture
def engine(database: sa.Engine, tmp_path: Path) -> sa.Engine:
    """Give a council with one child, whose referral came without the columns of its decision."""
    Council(database, tmp_path).hand_over(
        teams="team_id,name,service\nT1,One,Assessment\nT2,Two,Care",
        referrals=REFERRALS,
        assessments=ASSESSMENTS,
        staff=STAFF,
        oversight=OVERSIGHT,
    )
    return database


def read(engine: sa.Engine, actor: Actor = READER) -> ChildsPath:
    with open_reading(engine, actor) as reading:
        return childs_path(reading, "C1")


def sentences(path: ChildsPath) -> list[str]:
    return [order_words(each, path.words, path.working_days) for each in path.broken]


def test_what_was_never_sent_or_cannot_be_read_is_not_missed(engine: sa.Engine) -> None:
    path = read(engine)
    assert [each.step.row for each in path.steps if each.step.kind is StepKind.ASSESSMENT] == [
        "assessments A1",
        "assessments A2",
    ]
    # no decision was ever sent, and when the child was seen in A2 can't be read
    assert sentences(path) == [SEEN_LATE]
    assert {each.step.referral for each in path.steps if each.row.extract == "assessments"} == {"R1"}


def test_a_row_without_a_team_goes_with_the_row_before_it_and_children_are_drawn_of_own_teams(
    engine: sa.Engine,
) -> None:
    manager = reader_of(Scope.of_team("T2"), Role.TEAM_MANAGER)
    path = read(engine, manager)
    overseen = next(each.row for each in path.steps if each.step.kind is StepKind.OVERSIGHT)
    assert (overseen.team, overseen.role, overseen.staff) == ("T2", "senior_practitioner", "S1")
    assert path.hidden == 2
    assert sentences(path) == [SEEN_LATE]
    other = read(engine, reader_of(Scope.of_team("T1"), Role.TEAM_MANAGER))
    assert {each.row.extract for each in other.steps} == {"referrals"}
    assert sentences(other) == []
    week = moment("2010-03-22").date()
    for team, child in (("T1", "C1"), ("T2", None)):
        with open_reading(engine, reader_of(Scope.of_team(team), Role.TEAM_MANAGER)) as reading:
            assert drawn_child(reading, week, "any").child == child

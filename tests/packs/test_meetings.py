"""Meetings as data: those that ship, and a council's own file."""

from pathlib import Path

import pytest

from dashboard.packs.meetings import Detail, MeetingProblem, Rhythm, meeting_named, meetings
from data_access.actor import Role
from data_access.measures import MEASURES
from data_access.problems import QueryProblem

OWN = """
[[meeting]]
id = "smt"
name = "Weekly SMT"
rhythm = "quarterly"
readers = ["director"]
strands = ["Family focus"]
measures = ["complaints"]

[[meeting]]
id = "health"
name = "Health partners"
rhythm = "half-yearly"
readers = ["performance team", "board member"]
of_team = true
measures = ["marfs_received", "cafs_started"]
"""


def test_those_that_ship_read_measures_that_there_are() -> None:
    known = meetings(None)
    assert next(iter(known)) == "smt"
    assert set(known["smt"].measures) == set(MEASURES)
    assert all(meeting.measures and meeting.readers for meeting in known.values())


def test_a_council_adds_its_own_and_replaces_one_that_ships(tmp_path: Path) -> None:
    file = tmp_path / "meetings.toml"
    file.write_text(OWN, encoding="utf-8")
    known = meetings(file)
    assert set(known) == {*meetings(None), "health"}
    smt, health = known["smt"], meeting_named("health", file)
    assert (smt.name, smt.rhythm, smt.readers) == ("Weekly SMT", Rhythm.QUARTERLY, {Role.DIRECTOR})
    assert smt.measures == ("views_of_child_and_parents_recorded", "cases_sampled_by_senior_managers", "complaints")
    assert health.of_team
    assert health.measures == ("cafs_started", "marfs_received"), "in the plan's order"
    with pytest.raises(QueryProblem, match=r"There is no meeting 'board'\. There are: smt, performance-smt, "):
        meeting_named("board", file)


def test_a_meeting_says_what_its_pack_may_tell_and_which_lines_of_the_plan_it_reads(tmp_path: Path) -> None:
    file = tmp_path / "meetings.toml"
    file.write_text(OWN.replace("of_team = true", 'detail = "public"\nactions = ["1b"]'), encoding="utf-8")
    health = meeting_named("health", file)
    assert (health.detail, health.actions, health.reads) == (Detail.PUBLIC, ("1b",), "2 measures, public")
    assert meeting_named("smt", file).detail is Detail.CASES


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Weekly SMT"', '" "', "meeting smt: name is ' '; expected a line of text."),
        ('"Weekly SMT"', "3", "meeting smt: name is 3; expected a line of text."),
        ('"health"', '"Health/.."', "id is 'Health/..'; expected small letters, digits and hyphens."),
        ('"quarterly"', '"daily"', "rhythm is 'daily'; expected one of weekly, monthly, quarterly, half-yearly."),
        ('["director"]', '["mayor"]', "readers is ['mayor']; expected some of director, senior manager"),
        ('["director"]', "[]", "readers is []; expected one or more of director"),
        ('["complaints"]', '["moans"]', "measures is ['moans']; expected some of cafs_started"),
        (
            "of_team = true",
            'detail = "all"',
            "meeting health: detail is 'all'; expected one of cases, figures, public.",
        ),
        (
            "of_team = true",
            'of_team = true\ndetail = "public"',
            "detail is 'public'; expected cases or figures: no public",
        ),
        ("of_team = true", "actions = [9]", "meeting health: actions is [9]; expected a list of texts."),
        ('["complaints"]', '"complaints"', "measures is 'complaints'; expected a list of texts."),
        ("of_team = true", "of_team = 1", "meeting health: of_team is 1; expected true or false."),
        ("of_team = true", 'colour = "red"', "colour is 'red'; expected no such field: id, name"),
        ("[[meeting]]", "[meeting]", "expected a table [[meeting]] for each meeting"),
        ("[[meeting]]", "[[meeting", "is not TOML"),
    ],
)
def test_what_cannot_be_is_told_by_meeting_field_and_value(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / "meetings.toml"
    text = OWN if old != "[[meeting]]" else OWN.partition('\n[[meeting]]\nid = "health"')[0]
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(MeetingProblem) as raised:
        meetings(file)
    assert told in str(raised.value)
    assert str(file) in str(raised.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MeetingProblem, match=r"none\.toml can't be read: No such file"):
        meetings(tmp_path / "none.toml")

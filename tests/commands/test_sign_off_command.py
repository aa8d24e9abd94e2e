"""`safe-dashboard sign-off`, and what a meeting says and decides by command."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from tests.council import copy_of

Run = Callable[..., Result]
WEEK = "2010-03-22"


@pytest.fixture
def run(council: str, tmp_path: Path) -> Run:
    """Give what runs a command on a copy of the sample council."""
    url = copy_of(council, tmp_path / "safe.db")
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--database", url])


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(result: Result) -> str:
    assert result.exit_code == 1
    return result.stderr


def test_a_meeting_is_held_and_read_by_command(run: Run) -> None:
    effect = ("--measure", "decisions_within_24_hours", "--expected", "up", "--review-on", "2010-03-28")
    noted = ("decisions", "note", "Two managers on duty", "--week", "2009-12-07", "--owner", "Group manager")
    assert (
        done(run(*noted, "--due-on", "2009-12-14", *effect))
        == "meeting_decision meeting_decision-1 set, revision 1\n"
    )
    assert "due_on is '2009-03-01'" in refused(run(*noted, "--due-on", "2009-03-01"))
    done(run("decisions", "comment", "cafs_started", "A good week", "--week", WEEK))
    said = done(run("sign-off", "agenda", WEEK))
    assert "meeting_decision-1: Two managers on duty (Group manager; noted for 7 December 2009)" in said
    assert "Nothing said yet, due 14 December 2009: late" in said
    assert "Right: Referral decisions within 24 hours should rise; better since, 69% before, 94% since" in said
    assert "cafs_started: A good week" in said
    assert "Decided at the meeting about w/c 22 March 2010: none\n" in said

    attended = ("sign-off", "week", WEEK, "--attended", "Director")
    assert f"week {WEEK} signed off, revision 1, hash " in done(run(*attended, "--not-reached", "Sickness"))
    assert "it is at revision 1, you saw it open" in refused(run(*attended))
    listed = done(run("sign-off", "list"))
    assert listed.startswith(f"{WEEK}: Signed off by ")
    assert "    attended: Director\n    not reached: Sickness\n" in listed
    shown = done(run("sign-off", "show", WEEK))
    assert "decisions_within_24_hours: 92% (57 of 62), week from 2010-03-22\n    Referral decisions" in shown
    assert "AT1, denominator: R-" in done(run("sign-off", "show", WEEK, "--cases", "decisions_within_24_hours"))
    assert "without a measure 'x'" in refused(run("sign-off", "show", WEEK, "--cases", "x"))
    assert "was not signed off" in refused(run("sign-off", "show", "2010-03-15"))
    assert done(run("sign-off", "differences")) == ""
    assert "every decision and every signed week" in done(run("audit", "verify"))
    assert "kept with w/c 22 March 2010" in done(run("sign-off", "agenda", WEEK))

"""`safe-dashboard decisions` and `audit`: set, change, withdraw, list; verify and show."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main

TOY = Path(__file__).parents[2] / "sample_data" / "toy" / "extracts"
TARGETS = (
    "target_id,measure,from,comparison,kind,value,source,reason,author\n"
    "T-01,decisions_within_24_hours,2007-01-01,at_least,fixed,0.9,plan,the plan,Board\n"
)
MEASURE = "decisions_within_24_hours"
SET = ("decisions", "set-target", MEASURE, "--source", "plan", "--reason", "Agreed")

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the hand-made council and a target once."""
    folder = tmp_path_factory.mktemp("decisions")
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    terms = ("--extracted-at", "2010-03-29", "--covers-from", "2007-01-01", "--covers-to", "2010-03-28")
    database = ("--database", f"sqlite:///{folder / 'safe.db'}")
    for command in (["load", str(TOY), *database], ["load", str(folder / "targets.csv"), *terms, *database]):
        assert CliRunner().invoke(main, command).exit_code == 0
    return folder / "safe.db"


@pytest.fixture
def run(loaded: Path, tmp_path: Path) -> Run:
    """Give what runs a command on a copy of that database."""
    shutil.copy(loaded, tmp_path / "safe.db")

    def invoke(*words: str) -> Result:
        return CliRunner(env={"SAFE_DATABASE_URL": f"sqlite:///{tmp_path / 'safe.db'}"}).invoke(main, list(words))

    return invoke


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(result: Result, status: int = 1) -> str:
    assert result.exit_code == status, result.output
    return result.stderr


def test_each_kind_is_decided_and_listed(run: Run) -> None:
    agreed = ("--reason", "Agreed by the board")
    told = [
        run(*SET, "--at-least", "95%", "--from", "2010-04-01"),
        run("decisions", "mark-event", "Snow", "--on", "2010-01-06", *agreed),
        run(
            "decisions", "rebase", MEASURE, "--from", "2009-12-14", "--label", "New", "--approver", "Ben Ray", *agreed
        ),
        run("decisions", "leave-out", MEASURE, "2010-01-06", *agreed),
        run("decisions", "leave-out", "sickness_absence", "2010-01-06", *agreed),
    ]
    assert [done(one).strip() for one in told] == [
        "target target-1 set, revision 1",
        "event event-1 set, revision 1",
        "rebase rebase-1 set, revision 1",
        "left_out_period left_out_period-1 set, revision 1",
        "left_out_period left_out_period-2 set, revision 1",
    ]
    listed = done(run("decisions", "list"))
    assert "target T-01: loaded (Board, 2010-03-29 00:00)" in listed
    assert re.search(r"target target-1, revision 1: set by people \(.*, .*\)\n.*value 0.95, source plan\n", listed)
    assert f"measure {MEASURE}, starts 2010-01-04" in listed
    assert "measure sickness_absence, starts 2010-01-01" in listed
    assert listed.count("because: Agreed by the board") == 4
    only = done(run("decisions", "list", "--kind", "event", "--measure", MEASURE))
    assert only == ""
    assert "Snow" in done(run("decisions", "list", "--kind", "event"))


def test_a_loaded_target_is_changed_withdrawn_and_keeps_its_history(run: Run) -> None:
    done(run("decisions", "revise", "target", "T-01", "value=85%", "from=2008-01-01", "--reason", "Too high"))
    listed = done(run("decisions", "list", "--kind", "target"))
    assert "T-01, revision 1: set by people" in listed
    assert "from_date 2008-01-01, comparison at_least, kind fixed, value 0.85" in listed
    assert "T-01 withdrawn, revision 2" not in listed.replace("target ", "")
    assert done(run("decisions", "withdraw", "target", "T-01", "--reason", "Dropped")).startswith(
        "target T-01 withdrawn"
    )
    assert done(run("decisions", "list", "--kind", "target")) == ""
    history = done(run("decisions", "list", "--history"))
    assert re.findall(r"T-01, revision (\d): (\w+)", history) == [("1", "decided"), ("2", "withdrawn")]
    assert done(run("decisions", "revise", "target", "T-01", "value=80%", "--reason", "Back")).endswith(
        "revision 3\n"
    )


def test_a_target_can_be_held_against_the_year_before_or_a_baseline(run: Run) -> None:
    done(run(*SET, "--above", "year-before", "--from", "2009-04-01"))
    days = ("--baseline-from", "2009-01-01", "--baseline-to", "2009-03-31")
    done(run(*SET, "--at-least", "baseline", *days, "--from", "2009-05-01"))
    done(run(*SET, "--at-least", "80%", "--trajectory", "--from", "2009-06-01"))
    listed = done(run("decisions", "list", "--kind", "target"))
    assert re.findall(r"kind (\w+)", listed) == ["fixed", "year_before", "baseline", "trajectory"]


def test_what_can_t_be_is_refused_with_status_1_and_wrong_use_with_2(run: Run) -> None:
    assert "value is '120%'; expected at most 100%" in refused(
        run(*SET, "--at-least", "120%", "--from", "2010-04-01")
    )
    assert "Give one of --at-least" in refused(run(*SET, "--from", "2010-04-01"), 2)
    assert "'never' is no day" in refused(run("decisions", "leave-out", MEASURE, "never", "--reason", "x"), 2)
    assert "no FIELD=VALUE" in refused(run("decisions", "revise", "target", "T-01", "value", "--reason", "x"), 2)
    assert "There is no target 'T-9'" in refused(run("decisions", "withdraw", "target", "T-9", "--reason", "x"))
    assert "There is no measure 'x'" in refused(run("decisions", "list", "--measure", "x"))
    assert "There is no measure" in refused(run("decisions", "leave-out", "x", "2010-01-06", "--reason", "x"))
    assert "expected a value: why" in refused(
        run("decisions", "mark-event", "x", "--on", "2010-01-06", "--reason", " ")
    )
    assert done(run("decisions", "list", "--history")) == ""


def test_a_stale_revision_is_refused_and_what_was_typed_is_told(run: Run) -> None:
    done(run(*SET, "--at-least", "95%", "--from", "2010-04-01"))
    done(run("decisions", "revise", "target", "target-1", "value=90%", "--reason", "Lower"))
    said = refused(run("decisions", "revise", "target", "target-1", "value=99%", "--revision", "1", "--reason", "Up"))
    assert "not written: target (target-1)" in said
    assert "    value: 99%\n" in said
    assert "    reason: Up\n" in said
    assert "it is at revision 2, you saw revision 1. Their reason: Lower." in said


def test_the_trail_is_shown_and_verified(run: Run, tmp_path: Path) -> None:
    done(run("decisions", "mark-event", "Snow", "--on", "2010-01-06", "--reason", "Roads"))
    shown = done(run("audit", "show"))
    assert re.findall(
        r"^(\d+)  [\d-]{10} [\d:]{8}  .* (loaded files|decided|figures out again): (.*)$", shown, re.MULTILINE
    ) == [
        ("1", "figures out again", "figures"),
        ("2", "loaded files", "load 1"),
        ("3", "loaded files", "load 2"),
        ("4", "decided", "event event-1"),
    ]
    assert "reason Roads, revision 1, withdrawn False" in shown
    assert "extract targets, file targets.csv" in shown
    assert done(run("audit", "show", "--since", "2049-01-01")) == ""
    verified = done(run("audit", "verify"))
    [(number, noted)] = re.findall(r"^(\d+) events, the last with hash ([0-9a-f]{64})$", verified, re.MULTILINE)
    assert number == "4"
    assert "every event is as it was written, and so is every decision" in verified
    done(run("decisions", "mark-event", "Ice", "--on", "2010-01-07", "--reason", "Roads"))
    done(run("audit", "verify", "--expect", noted))
    assert "No event has the hash" in refused(run("audit", "verify", "--expect", "0" * 63 + "1"))
    assert "is no hash" in refused(run("audit", "verify", "--expect", "abc"), 2)
    with sqlite3.connect(tmp_path / "safe.db") as connection:
        connection.execute("DROP TRIGGER audit_events_no_update")
        connection.execute("DROP TRIGGER decisions_no_update")
        connection.execute("UPDATE audit_events SET who = 'nobody' WHERE seq = 2")
        connection.execute("UPDATE decisions SET reason = 'another' WHERE decision_id = 'event-2'")
    connection.close()
    broken = refused(run("audit", "verify"))
    assert re.search(
        r"wrong: Event 2 \(.*, nobody loaded files: load 1\) is broken: it is not as it was written", broken
    )
    assert "wrong: Revision 1 of event event-2 is not as it was written." in broken
    assert "nobody loaded files" in done(run("audit", "show"))


def test_the_help_shows_examples() -> None:
    for words in (
        ["decisions"],
        ["decisions", "set-target"],
        ["decisions", "revise"],
        ["audit"],
        ["audit", "verify"],
    ):
        assert "Example" in CliRunner().invoke(main, [*words, "--help"]).stdout


def test_a_file_of_decisions_is_taken_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "agreed.csv"
    headings = "decision,measure,from,comparison,kind,value,source,happened_on,label,reason\n"
    event = "event,,,,,,,2010-01-06,Snow,Offices were closed\n"
    target = f"target,{MEASURE},2010-04-01,at_least,fixed,{{}},ours,,,Agreed\n"
    file.write_text(headings + event + target.format("120%"), encoding="utf-8")
    told = refused(run("decisions", "from-file", str(file)))
    assert "agreed.csv: 1 of its 2 rows can't be decided, so none was." in told
    assert "row 3: value is '120%'; expected at most 100%" in told
    assert "event-1" not in done(run("decisions", "list", "--history"))
    file.write_text(headings + event + target.format("95%"), encoding="utf-8")
    assert (
        done(run("decisions", "from-file", str(file)))
        == "event event-1 set, revision 1\ntarget target-1 set, revision 1\n"
    )


def test_the_plan_is_written_as_it_loads(run: Run, tmp_path: Path) -> None:
    """What people changed of a loaded plan, written and loaded into another database, is the same plan."""
    headings = "action_id,title,strand,lead,lead_to_be_named,began_on,due_on,status,measures,author\n"
    row = "9a,Decide in time,accountability,Duty,yes,2009-12-10,2009-12-31,in_progress,cafs_started,Board\n"
    (tmp_path / "actions.csv").write_text(headings + row, encoding="utf-8")
    terms = ("--extracted-at", "2010-03-29", "--covers-from", "2007-01-01", "--covers-to", "2010-03-28")
    done(run("load", str(tmp_path / "actions.csv"), *terms))
    done(run("decisions", "revise", "action", "9a", "status=done", "evidence=Audit", "--reason", "Seen by the SMT"))
    written = done(run("decisions", "list", "--kind", "action", "--csv"))
    folder = tmp_path / "again"
    folder.mkdir()
    (folder / "actions.csv").write_text(written, encoding="utf-8")
    other = ("--database", f"sqlite:///{tmp_path / 'other.db'}")
    done(run("load", str(folder / "actions.csv"), *terms, *other))
    assert done(run("decisions", "list", "--kind", "action", "--csv", *other)) == written
    assert "9a,Decide in time,accountability,Duty,yes,,2009-12-10,,2009-12-31,,,,,done,Audit,cafs_started," in written


def test_ids_are_listed_in_the_order_of_their_numbers(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    rows = "".join(f"event,2010-01-{day:02d},Snow,Closed\n" for day in range(1, 12))
    file.write_text(f"decision,happened_on,label,reason\n{rows}", encoding="utf-8")
    done(run("decisions", "from-file", str(file)))
    for told in (("--csv",), (), ("--history",)):
        listed = done(run("decisions", "list", "--kind", "event", *told))
        places = [listed.index(f"2010-01-{day:02d}") for day in range(1, 12)]
        assert places == sorted(places)


def test_what_is_written_as_csv_is_of_one_kind(run: Run) -> None:
    for words in ((), ("--kind", "action", "--history"), ("--kind", "action", "--kind", "event")):
        assert "--csv goes with one --kind" in refused(run("decisions", "list", "--csv", *words), 2)
    assert done(run("decisions", "list", "--kind", "left_out_period", "--csv")).removeprefix("\ufeff") == (
        "decision_id,measure,team_id,starts,reason,author\n"
    )

"""The command line from end to end: what it prints, what it says when something is wrong, how it exits."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from dashboard.analysis.suppression import HIDDEN, SMALLEST_SHOWN
from dashboard.cli import main
from dashboard.exports.rows import COLUMNS
from dashboard.exports.safe_cells import safe_cell
from data_access.measures import MEASURES
from data_access.measures.definition import About

TOY = Path(__file__).parents[2] / "sample_data" / "toy" / "extracts"

Run = Callable[..., Result]


KNOWN = [
    name for name, one in MEASURES.items() if {path.stem for path in TOY.glob("*.csv")} >= {*one.definition.requires}
]
"""The measures whose extracts are among the hand-made ones."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Load the hand-made council once, by the command."""
    folder = tmp_path_factory.mktemp("commands")
    url = f"sqlite:///{folder / 'safe.db'}"
    loaded = CliRunner().invoke(main, ["load", str(TOY), "--database", url])
    return SimpleNamespace(folder=folder, url=url, loaded=loaded)


@pytest.fixture
def run(place: SimpleNamespace) -> Run:
    """Give what runs a command on that database."""

    def invoke(*words: str, database: str | None = place.url) -> Result:
        return CliRunner(env={"SAFE_DATABASE_URL": database}).invoke(main, list(words))

    return invoke


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_load_tells_what_became_of_every_extract(place: SimpleNamespace) -> None:
    assert place.loaded.exit_code == 0
    told = {line.split()[0]: line.split()[1:] for line in place.loaded.stdout.splitlines()}
    assert told["extract"] == ["read", "new", "changed", "unchanged", "older", "withdrawn", "refused", "warnings"]
    assert told["referrals"][0] == told["referrals"][1] != "0"
    assert place.loaded.stdout.splitlines()[-1].startswith("load 1, data version")


def test_loading_the_same_again_changes_nothing(run: Run) -> None:
    again = run("load", str(TOY))
    assert again.exit_code == 0
    assert again.stdout.startswith("nothing new")
    assert "referrals.csv was loaded before" in again.stderr


def test_export_gives_every_measure_in_the_stable_form(run: Run) -> None:
    found = rows(run("export", "--all", "--week", "2010-03-15"))
    assert tuple(found[0]) == COLUMNS
    assert [row["measure"] for row in found] == KNOWN
    assert {row["classification"] for row in found} == {"internal"}


def test_csv_and_json_say_the_same(run: Run) -> None:
    words = ("export", "decisions_within_24_hours", "--from", "2010-03-01")
    in_csv, in_json = rows(run(*words)), json.loads(run(*words, "--format", "json").stdout)
    assert [[str("" if cell is None else cell) for cell in row.values()] for row in in_json] == [
        list(row.values()) for row in in_csv
    ]


def test_teams_add_up_to_the_whole(run: Run) -> None:
    words = ("export", "re_referrals_within_12_months", "--from", "2010-01-01")
    whole = {row["start"]: int(row["denominator"]) for row in rows(run(*words))}
    by_team: dict[str, int] = {}
    for row in rows(run(*words, "--by", "team")):
        by_team[row["start"]] = by_team.get(row["start"], 0) + int(row["denominator"])
    assert by_team == {start: number for start, number in whole.items() if number}


def test_cases_reconcile_with_their_figure(run: Run) -> None:
    figure = rows(run("export", "decisions_within_24_hours", "--from", "2010-03-15", "--to", "2010-03-28"))
    listed = rows(
        run("export", "decisions_within_24_hours", "--by", "case", "--from", "2010-03-15", "--to", "2010-03-28")
    )
    for name in ("numerator", "denominator"):
        assert sum(int(row[name]) for row in listed) == sum(int(row[name]) for row in figure)


def test_of_all_measures_those_about_staff_alone_list_nobody(run: Run) -> None:
    listed = rows(run("export", "--all", "--by", "case"))
    about_children = {name for name in KNOWN if MEASURES[name].definition.about is About.CHILDREN}
    # no single assessment before 2013, and no school is looked at before the month's last day
    without_cases = {"assessments_within_45_working_days", "schools_starting_a_caf"}
    assert {row["measure"] for row in listed} == about_children - without_cases


def test_public_output_hides_small_numbers(run: Run) -> None:
    found = rows(run("export", "--all", "--public", "--from", "2010-01-01"))
    assert {row["classification"] for row in found} == {"public"}
    counted = [row for row in found if row["denominator"] and not MEASURES[row["measure"]].definition.scale > 1]
    shown = [row for row in counted if HIDDEN not in (row["numerator"], row["denominator"], row["value"])]
    assert len(shown) < len(counted)
    for row in shown:
        met, not_met = int(row["numerator"]), int(row["denominator"]) - int(row["numerator"])
        assert {met, not_met}.isdisjoint(range(1, SMALLEST_SHOWN))
    assert all(not row["sentence"] for row in counted if row not in shown)


def test_check_agrees_and_fails_when_a_figure_was_touched(run: Run, place: SimpleNamespace) -> None:
    agreed = run("check")
    assert agreed.exit_code == 0
    assert "decisions_within_24_hours" in agreed.stdout

    touched = place.folder / "touched.db"
    shutil.copy(place.folder / "safe.db", touched)
    with sqlite3.connect(touched) as connection:
        connection.execute("UPDATE measure_period SET numerator = numerator + 1 WHERE measure = 'cafs_started'")
    connection.close()
    result = run("check", database=f"sqlite:///{touched}")
    assert result.exit_code == 1
    assert "wrong: cafs_started" in result.stderr


WRONG = {
    "unknown measure": (("export", "referrals"), 1, "There is no measure 'referrals'. There are: "),
    "no measure": (("export",), 2, "Name one or more measures, or say --all."),
    "unknown team": (("export", "--all", "--team", "T99"), 1, "There is no team 'T99'. There are: "),
    "unknown grain": (("export", "--all", "--grain", "day"), 2, "'day' is not one of"),
    "not a date": (("export", "--all", "--week", "yesterday"), 2, "'yesterday' does not match"),
    "dates the wrong way": (
        ("export", "--all", "--from", "2010-03-01", "--to", "2010-02-01"), 2, "lies before --from 2010-03-01",
    ),
    "week and days": (("export", "--all", "--week", "2010-03-01", "--to", "2010-03-01"), 2, "--week goes without"),
    "public cases": (("export", "--all", "--by", "case", "--public"), 2, "cases are never public"),
    "a team by team": (("export", "--all", "--by", "team", "--team", "T1"), 2, "give one of the two"),
    "a month by week": (("export", "sickness_absence", "--grain", "week"), 2, "is counted by month"),
    "people listed": (("export", "sickness_absence", "--by", "case"), 1, "never listed person by person"),
    "no such file": (("load", "nowhere.csv"), 1, "There is no file or folder nowhere.csv."),
    "terms half given": (("load", str(TOY), "--covers-from", "2010-03-01"), 2, "--extracted-at and --covers-to"),
    "complete for when": (("load", str(TOY), "--complete"), 2, "--complete needs --extracted-at"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_wrong_use_is_told_plainly(what: str, run: Run) -> None:
    words, status, message = WRONG[what]
    result = run(*words)
    assert result.exit_code == status
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert not result.stdout


def test_databases_that_cannot_be_read_are_told_plainly(run: Run, tmp_path: Path, place: SimpleNamespace) -> None:
    newer, foreign = tmp_path / "newer.db", tmp_path / "notes.db"
    shutil.copy(place.folder / "safe.db", newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    foreign.write_text("these are only notes, and long enough for a header of a database file to be read" * 20)
    for url, message in {
        f"sqlite:///{tmp_path / 'none.db'}": "There is no SAFE database at",
        f"sqlite:///{newer}": "which is newer than this program",
        f"sqlite:///{foreign}": "is not a database of this program",
        "mysql://somewhere/safe": "is of a kind that is not supported",
        "safe.db": "is not a database address",
    }.items():
        result = run("export", "--all", database=url)
        assert (result.exit_code, result.stdout) == (1, "")
        assert message in result.stderr
        assert not (tmp_path / "none.db").exists()


def test_an_older_database_is_upgraded_by_one_command(run: Run, tmp_path: Path, place: SimpleNamespace) -> None:
    older = tmp_path / "older.db"
    shutil.copy(place.folder / "safe.db", older)
    with sqlite3.connect(older) as connection:
        connection.execute("UPDATE facts SET value = 'other definitions' WHERE name = 'definitions_hash'")
        connection.execute("DELETE FROM measure_period")
    connection.close()
    url = f"sqlite:///{older}"
    refused = run("export", "--all", database=url)
    assert refused.exit_code == 1
    assert "Run `safe-dashboard upgrade`" in refused.stderr
    assert run("upgrade", database=url).exit_code == 0
    assert run("export", "--all", database=url).stdout == run("export", "--all").stdout


@pytest.mark.parametrize("width", [40, 60, 80, 110, 200])
@pytest.mark.parametrize("name", main.commands)
def test_every_command_shows_its_examples_each_on_a_line_of_its_own(name: str, width: int) -> None:
    told = CliRunner().invoke(main, [name, "--help"], terminal_width=width)
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert told.exit_code == 0
    assert all(line.isprintable() for line in told.stdout.splitlines())
    assert "\\b" not in told.stdout
    written = f"{command.help or ''}\n{command.epilog or ''}".splitlines()
    examples = [line.strip() for line in written if line.strip().startswith("safe-dashboard ")]
    assert examples
    assert [line.strip() for line in told.stdout.splitlines() if line.strip() in examples] == examples
    assert any(line.strip() in ("Example:", "Examples:") for line in told.stdout.splitlines())


def test_the_list_of_commands_is_printed_plainly(run: Run) -> None:
    told = run("--help").stdout
    assert "\\b" not in told
    assert [name for name in main.commands if f"  {name} " in told] == list(main.commands)


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("@cell", "'@cell"), ("-5", "'-5"), ("Advice", "Advice"), (-5, -5), (None, None)],
)
def test_no_cell_becomes_a_formula(cell: object, written: object) -> None:
    assert safe_cell(cell) == written


REFERRALS = "referral_id,child_id,received_at,team_id\n"
DATED = (
    "--extracted-at",
    "2010-03-29 07:00",
    "--covers-from",
    "2010-03-01",
    "--covers-to",
    "2010-03-28",
    "--complete",
)


def listed(*ids: str, received: str = "2010-03-22") -> str:
    return REFERRALS + "".join(f"{one},C{one},{received},AT1\n" for one in ids)


@pytest.mark.parametrize(
    ("table", "option", "told"),
    [
        (listed("A"), "--confirm-withdrawals", "would withdraw 4 of the 5 rows that stand for 2010-03-01"),
        (REFERRALS, "--confirm-withdrawals", "it lists no row"),
        (listed(*"ABCDE") + listed(*"FGHIJ", received="never").removeprefix(REFERRALS),
         "--take-good-rows", "5 of the 10 rows of the extract referrals can't be used"),
        (listed("R1", received="never"), None, "its only row is refused (1 of 1)"),
        (listed("R1", received="2010-02-01"), None, "lies outside 2010-03-01 to 2010-03-28"),
    ],
)  # fmt: skip
def test_a_file_at_fault_as_a_whole_ends_with_status_1_and_tells_the_option(
    table: str, option: str | None, told: str, tmp_path: Path, new_sqlite: Callable[[], AbstractContextManager[str]]
) -> None:
    file = tmp_path / "referrals.csv"

    def load(text: str, *more: str) -> Result:
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["load", str(file), *DATED, *more, "--database", url])

    with new_sqlite() as url:
        assert load(listed(*"ABCDE")).exit_code == 0
        for more in ((), ("--dry-run",)):
            result = load(table, *more)
            assert result.exit_code == 1
            assert told in result.stderr
            assert (option or "no option") in result.stderr or option is None
        if option is not None:
            assert load(table, "--dry-run", option).exit_code == 0
            assert load(table, option).exit_code == 0


def test_every_warning_is_told_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "referrals.csv"
    file.write_text(
        listed(*(f"R{n}" for n in range(9))) + listed("S1", "S2", received="2010-02-01").removeprefix(REFERRALS),
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["load", str(file), *DATED, "--database", f"sqlite:///{tmp_path / 'safe.db'}"])
    assert result.exit_code == 0
    assert (
        "warning: referrals, received_at: lies outside 2010-03-01 to 2010-03-28, which the extract covers (2)"
        in result.stderr.splitlines()
    )


def test_a_setting_that_is_no_percentage_is_told(tmp_path: Path) -> None:
    runner = CliRunner(env={"SAFE_WITHDRAWN_PERCENT": "some"})
    result = runner.invoke(main, ["load", str(TOY), "--database", f"sqlite:///{tmp_path / 'safe.db'}"])
    assert result.exit_code == 1
    assert "SAFE_WITHDRAWN_PERCENT is 'some'; expected a percentage" in result.stderr

"""`safe-dashboard check`: what it tells of the rules, for whom, the rows it writes, and how it exits."""

import csv
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from data_access.queries.quality import TO_CORRECT

TOY = Path(__file__).parents[2] / "sample_data" / "toy" / "extracts"

Run = Callable[..., Result]

FLAWS = """
UPDATE referrals SET source = NULL WHERE team_id = 'north';
UPDATE referrals SET decided_by_role = NULL
  WHERE referral_id = (SELECT MIN(referral_id) FROM referrals WHERE team_id = 'south' AND decided_at IS NOT NULL);
UPDATE assessments SET referral_id = '=cmd', started_on = '2010-02-01'
  WHERE assessment_id = (SELECT MIN(assessment_id) FROM assessments WHERE team_id = 'north');
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Load the hand-made council, and put flaws into a copy of it that leave the figures to be made again."""
    folder = tmp_path_factory.mktemp("check")
    sound, flawed = folder / "sound.db", folder / "flawed.db"
    assert CliRunner().invoke(main, ["load", str(TOY), "--database", f"sqlite:///{sound}"]).exit_code == 0
    shutil.copy(sound, flawed)
    with sqlite3.connect(flawed) as connection:
        connection.executescript(FLAWS)
        connection.execute("UPDATE facts SET value = 'others' WHERE name = 'definitions_hash'")
        connection.execute("DELETE FROM facts WHERE name = 'quality_counted'")
        [[referrals]] = connection.execute("SELECT COUNT(*) FROM referrals WHERE team_id = 'north'")
    connection.close()
    assert CliRunner().invoke(main, ["upgrade", "--database", f"sqlite:///{flawed}"]).exit_code == 0
    return SimpleNamespace(folder=folder, sound=f"sqlite:///{sound}", flawed=f"sqlite:///{flawed}", north=referrals)


@pytest.fixture
def check(place: SimpleNamespace) -> Run:
    """Give what checks the flawed database."""

    def invoke(*words: str, database: str = place.flawed) -> Result:
        return CliRunner(env={"SAFE_DATABASE_URL": database}).invoke(main, ["check", *words])

    return invoke


def told(result: Result, rule: str) -> str:
    [line] = [line for line in result.stdout.splitlines() if line.startswith(f"{rule}:")]
    return line


def test_each_broken_rule_is_told_in_all_and_by_team(check: Run, place: SimpleNamespace) -> None:
    result = check()
    assert result.exit_code == 0, result.output
    line = told(result, "referrals_source_missing")
    assert f"(north {place.north})" in line
    assert line.endswith("Referrals: source is missing.")
    assert "(south 1)" in told(result, "referrals_decided_by_nobody")
    assert "rules of quality broken" in result.stdout.splitlines()[-1]


def test_one_team_hears_of_its_own(check: Run, place: SimpleNamespace) -> None:
    result = check("--team", "north")
    assert f" {place.north} of {place.north} rows." in told(result, "referrals_source_missing")
    assert "referrals_decided_by_nobody" not in result.stdout


def test_broken_rules_fail_only_when_strict(check: Run, place: SimpleNamespace) -> None:
    assert check().exit_code == 0
    assert check("--strict").exit_code == 1


def test_the_rows_to_correct_are_written_and_no_cell_is_a_formula(
    check: Run, place: SimpleNamespace, tmp_path: Path
) -> None:
    file = tmp_path / "rows.csv"
    result = check("--rows", str(file), "--team", "north")
    assert result.exit_code == 0, result.output
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert tuple(rows[0]) == tuple(TO_CORRECT)
    assert {row["team"] for row in rows} == {"north"}
    assert sum(row["rule"] == "referrals_source_missing" for row in rows) == place.north
    nowhere = {row["value"] for row in rows if row["rule"] == "assessments_referral_id_leads_nowhere"}
    assert "'=cmd" in nowhere
    assert "=cmd" not in nowhere
    assert f"{len(rows)} rows to correct written to {file}" in result.stdout
    assert "internal" in result.stderr


def test_a_team_without_rows_is_refused(check: Run, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    result = check("--team", "west", "--rows", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no team 'west' with rows to check. There are: " in result.stderr
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_told_plainly(check: Run, tmp_path: Path) -> None:
    result = check("--rows", str(tmp_path / "nowhere" / "rows.csv"))
    assert result.exit_code == 1
    assert "rows.csv can't be written" in result.stderr
    assert "Traceback" not in result.output


def test_figures_that_disagree_fail_all_the_same(check: Run, place: SimpleNamespace) -> None:
    touched = place.folder / "touched.db"
    shutil.copy(place.folder / "sound.db", touched)
    with sqlite3.connect(touched) as connection:
        connection.execute("UPDATE measure_period SET numerator = numerator + 1 WHERE measure = 'cafs_started'")
    connection.close()
    result = check(database=f"sqlite:///{touched}")
    assert result.exit_code == 1
    assert "wrong: cafs_started" in result.stderr
    assert check(database=place.sound).exit_code == 0

"""`safe-dashboard evidence`: one pack of files, and its rows, which say what the export says."""

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.exports.evidence_rows import COLUMNS
from tests.council import ROOT, copy_of, with_findings

Ask = Callable[..., Result]

FINDINGS = ("AU-16", "OF-16")
MONDAY = "2010-03-22"


@pytest.fixture
def ask(council: str) -> Ask:
    """Give what runs the command, or another, over the sample council."""

    def invoke(*words: str) -> Result:
        return CliRunner(env={"SAFE_DATABASE_URL": council}).invoke(main, [*words])

    return invoke


@pytest.fixture(scope="module")
def council(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database of the sample council with few findings."""
    return with_findings(copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db"), *FINDINGS)


@pytest.fixture(scope="module")
def folder(council: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the whole pack, made by the command once."""
    into = tmp_path_factory.mktemp("evidence") / "of the week"
    result = CliRunner(env={"SAFE_DATABASE_URL": council}).invoke(main, ["evidence", "--output", str(into)])
    assert result.exit_code == 0, result.output
    assert sorted(result.stdout.splitlines()) == sorted(map(str, into.iterdir()))
    assert "internal: not for publication" in result.stderr
    return into


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


def test_every_finding_is_told_once_for_each_of_its_measures(folder: Path) -> None:
    rows = rows_of(folder / f"evidence-{MONDAY}.csv")
    assert tuple(rows[0]) == COLUMNS
    shipped = csv.DictReader((ROOT / "sample_data" / "findings.csv").read_text(encoding="utf-8").splitlines())
    expected = [
        (row["finding_id"], name, row["finding"])
        for row in shipped
        if row["finding_id"] in FINDINGS
        for name in row["measures"].split() or [""]
    ]
    assert sorted((row["finding_id"], row["measure"], row["finding"]) for row in rows) == sorted(expected)
    assert all(bool(row["sentence"]) is bool(row["measure"]) for row in rows)
    assert {row["actions"] for row in rows if row["finding_id"] == "AU-16"} == {"9a 9b"}
    assert {row["actions"] for row in rows if not row["measure"]} == {""}
    assert {row["stands"] for row in rows if not row["measure"]} == {"out_of_scope"}


def test_the_list_of_contents_names_every_file_and_finding(folder: Path) -> None:
    told = (folder / f"evidence-contents-{MONDAY}.txt").read_text(encoding="utf-8")
    assert "week to 28 March 2010" in told
    assert "data version " in told
    others = [file for file in folder.iterdir() if file.suffix != ".txt"]
    assert {file.suffix for file in others} == {".pdf", ".docx", ".xlsx", ".csv"}
    for file in others:
        assert file.name in told
        assert hashlib.sha256(file.read_bytes()).hexdigest() in told
    for row in rows_of(folder / f"evidence-{MONDAY}.csv"):
        assert f"{row['finding_id']} {row['finding']} [" in told


def test_the_sentence_is_that_of_the_export(folder: Path, ask: Ask) -> None:
    told = rows_of(folder / f"evidence-{MONDAY}.csv")
    exported = json.loads(ask("export", "decisions_within_24_hours", "--format", "json").stdout)
    [sentence] = {row["sentence"] for row in told if row["measure"] == "decisions_within_24_hours"}
    assert sentence == next(row["sentence"] for row in reversed(exported) if row["sentence"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--team", "XX"), "There is no team 'XX'"),
        (("--week", "1999-01-06"), "The data don't cover the week of 1999-01-04"),
    ],
)
def test_what_there_is_not_is_refused(ask: Ask, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    result = ask("evidence", "--output", str(tmp_path / "none"), *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert not (tmp_path / "none").exists()

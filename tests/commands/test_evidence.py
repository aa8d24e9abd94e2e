"""`safe-dashboard evidence`: every finding with the sentences of its measures, as CSV or JSON."""

import csv
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.commands.evidence import COLUMNS
from tests.council import ROOT

Ask = Callable[..., Result]


@pytest.fixture
def ask(council: str) -> Ask:
    """Give what runs the command, or another, over the sample council."""

    def invoke(*words: str) -> Result:
        return CliRunner(env={"SAFE_DATABASE_URL": council}).invoke(main, [*words])

    return invoke


def test_every_finding_is_told_once_for_each_of_its_measures(ask: Ask) -> None:
    result = ask("evidence")
    assert result.exit_code == 0
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    shipped = csv.DictReader((ROOT / "sample_data" / "findings.csv").read_text(encoding="utf-8").splitlines())
    expected = [
        (row["finding_id"], name, row["finding"]) for row in shipped for name in row["measures"].split() or [""]
    ]
    assert sorted((row["finding_id"], row["measure"], row["finding"]) for row in rows) == sorted(expected)
    assert all(bool(row["sentence"]) is bool(row["measure"]) for row in rows)
    assert {row["disagrees_with"] for row in rows if row["finding_id"] == "OF-14"} == {"AU-31"}
    assert {row["actions"] for row in rows if row["finding_id"] == "OF-01"} == {"9a 9b"}
    assert {row["actions"] for row in rows if not row["measure"]} == {""}
    assert "internal: not for publication" in result.stderr


def test_the_sentence_is_that_of_the_export(ask: Ask) -> None:
    told = json.loads(ask("evidence", "--week", "2010-02-03", "--team", "AT2", "--format", "json").stdout)
    exported = json.loads(
        ask("export", "decisions_within_24_hours", "--to", "2010-02-07", "--team", "AT2", "--format", "json").stdout
    )
    [sentence] = {row["sentence"] for row in told if row["measure"] == "decisions_within_24_hours"}
    assert sentence == next(row["sentence"] for row in reversed(exported) if row["sentence"])


def test_a_team_that_there_is_not_is_refused(ask: Ask) -> None:
    result = ask("evidence", "--team", "XX")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no team 'XX'" in result.stderr

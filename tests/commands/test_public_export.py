"""What may leave: nobody can work a small number out by subtracting one row of the year to date from the next."""

import csv
import io
from itertools import groupby, pairwise

import pytest
from click.testing import CliRunner

from dashboard.analysis.suppression import HIDDEN, SMALLEST_SHOWN
from dashboard.cli import main
from tests.council import make_council

PROPORTIONS = ("below_threshold_supported_to_caf", "decisions_within_24_hours", "re_referrals_within_12_months")
Row = dict[str, str]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_council(tmp_path_factory.mktemp("council"))


def exported(council: str, *words: str) -> list[Row]:
    done = CliRunner().invoke(main, ["export", *words, "--grain", "ytd", "--database", council])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def numbers(row: Row) -> list[int]:
    met = int(row["numerator"])
    return [met, int(row["denominator"]) - met] if row["denominator"] else [met]


@pytest.mark.parametrize("by", ["period", "team"])
def test_steps_of_the_year_to_date_give_no_small_number_away(council: str, by: str) -> None:
    words = (*PROPORTIONS, "cafs_started", "--by", by)
    internal, public = exported(council, *words), exported(council, *words, "--public")
    assert len(internal) == len(public)
    small = 0
    for rows in (internal, public):
        met_together = sorted(rows, key=lambda row: (row["measure"], row["team"], row["start"]))
        for _, series in groupby(met_together, key=lambda row: (row["measure"], row["team"])):
            shown = [numbers(row) for row in series if HIDDEN not in (row["numerator"], row["denominator"])]
            for before, now in pairwise(shown):
                steps = [new - old for old, new in zip(before, now, strict=True)]
                if min(steps) >= 0 and any(0 < step < SMALLEST_SHOWN for step in steps):
                    assert rows is internal, (before, now)
                    small += 1
    assert small > 0
    assert any(row["numerator"] == HIDDEN for row in public)
    assert any(row["numerator"] not in ("", "0", HIDDEN) for row in public)


def test_of_a_hidden_row_nothing_is_told_that_can_be_added_up(council: str) -> None:
    for row in exported(council, *PROPORTIONS, "cafs_started", "--public"):
        told = {row[name] for name in ("numerator", "denominator", "value") if row[name]}
        assert HIDDEN not in told or told == {HIDDEN}

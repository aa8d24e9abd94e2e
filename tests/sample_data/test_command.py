"""The command that writes the sample council."""

import pytest
from click.testing import CliRunner

from sample_data.command import sample


def run(*arguments):
    return CliRunner().invoke(sample, [str(argument) for argument in arguments])


def test_it_writes_the_council_and_says_so(tmp_path, shipped):
    result = run(tmp_path / "council")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"rows in 33 extracts as at 2010-03-29 07:00: {tmp_path / 'council'}\n")
    assert (tmp_path / "council" / "referrals.csv").read_bytes() == (shipped / "referrals.csv").read_bytes()


def test_another_seed_makes_another_council(tmp_path):
    run(tmp_path, "--seed", 3, "--referrals", 1000)
    first = (tmp_path / "referrals.csv").read_bytes()
    run(tmp_path, "--seed", 4, "--referrals", 1000)
    assert (tmp_path / "referrals.csv").read_bytes() != first


def test_a_moment_and_a_first_day_can_be_chosen(tmp_path):
    result = run(tmp_path, "--referrals", 1000, "--as-at", "2009-12-21T07:00", "--from", "2009-12-14")
    assert result.exit_code == 0
    assert "teams,2009-12-21 07:00,2009-12-14,2009-12-20,yes" in (tmp_path / "manifest.csv").read_text()


@pytest.mark.soak
def test_a_larger_council_leaves_no_file_of_a_smaller_one(tmp_path):
    run(tmp_path, "--referrals", 1000)
    assert (tmp_path / "visits.csv").exists()
    result = run(tmp_path, "--referrals", 17_000)
    assert not (tmp_path / "visits.csv").exists()
    assert "area 2 of 2" in result.stderr


def test_other_files_are_not_written_over(tmp_path):
    (tmp_path / "letter.txt").write_text("kept")
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "holds other files (letter.txt)" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_moment_outside_the_story_is_refused_plainly(tmp_path):
    result = run(tmp_path / "new", "--as-at", "2012-01-01T07:00")
    assert result.exit_code == 1
    assert "The story runs from" in result.stderr
    assert not (tmp_path / "new").exists()

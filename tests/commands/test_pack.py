"""`safe-dashboard pack`: the files that it makes, the meetings that it lists, what it refuses."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from tests.council import copy_of

Run = Callable[..., Result]

OWN = """
[[meeting]]
id = "board"
name = "A board of our own"
rhythm = "quarterly"
readers = ["director"]
measures = ["complaints"]
"""


@pytest.fixture
def run(council: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command in an empty folder, with a meeting of the council's own."""
    (tmp_path / "meetings.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("SAFE_MEETINGS", str(tmp_path / "meetings.toml"))
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, ["pack", *words, "--database", council])


def test_every_format_is_written_and_named_by_meeting_and_week(run: Run, tmp_path: Path) -> None:
    result = run("board", "--date", "2010-03-29", "--format", "all", "--output", "to/here")
    assert result.exit_code == 0, result.output
    names = [f"board-2010-03-22.{ending}" for ending in ("pdf", "docx", "pptx", "xlsx")]
    assert result.stdout.splitlines() == [f"to/here/{name}" for name in names]
    assert sorted(file.name for file in (tmp_path / "to" / "here").iterdir()) == sorted(names)
    assert result.stderr == "internal: not for publication\n"
    book = openpyxl.load_workbook(tmp_path / "to" / "here" / "board-2010-03-22.xlsx")
    assert book["Pack"]["A1"].value == "A board of our own"
    assert [row[1].value for row in book["Measures"].iter_rows(min_row=2)] == ["Complaints"]


def test_a_meeting_after_the_data_is_told_what_its_pack_is_of(run: Run) -> None:
    result = run("board", "--date", "2010-05-31", "--format", "xlsx")
    assert result.exit_code == 0
    assert "The data cover no later week: Week to Sun 28 Mar 2010." in result.stderr
    assert "The data cover" not in run("board", "--date", "2010-04-04", "--format", "xlsx").stderr


def test_the_meetings_are_listed_with_what_they_read_and_who_may_make_their_packs(run: Run) -> None:
    listed = run("--list").stdout.splitlines()
    assert listed[0].startswith("smt: Safeguarding and Rights SMT, weekly: all measures; for the director, ")
    assert listed[-1] == "board: A board of our own, quarterly: 1 measure; for the director"


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ((), 2, "Name a meeting, or say --list. There are: smt, "),
        (("bored",), 1, "There is no meeting 'bored'. There are: smt, "),
        (
            ("board", "--date", "2001-01-01"),
            1,
            "No week had ended by 2001-01-01 that the data cover: the first",
        ),
        (("board", "--date", "soon"), 2, "'soon' does not match the format '%Y-%m-%d'"),
        (("board", "--team", "AT1"), 1, "is of the whole service: it has no team"),
        (("manager-supervision",), 1, "is of a team: name one. There are: AT1, "),
        (("board", "--format", "odt"), 2, "'odt' is not one of 'pdf', 'docx', 'pptx', 'xlsx', 'all'"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Run, words: tuple[str, ...], status: int, told: str) -> None:
    result = run(*words)
    assert result.exit_code == status
    assert told in result.stderr
    assert not list(Path.cwd().glob("*.pdf"))


def test_a_folder_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    result = run("board", "--format", "xlsx", "--output", "meetings.toml/inside")
    assert result.exit_code == 1
    assert "can't be written: " in result.stderr


def test_a_public_pack_is_registered_and_says_so(council: str, tmp_path: Path) -> None:
    database = copy_of(council, tmp_path / "safe.db")
    words = ["pack", "housing", "--date", "2010-03-29", "--format", "xlsx", "--output", str(tmp_path)]
    result = CliRunner().invoke(main, [*words, "--database", database])
    assert result.exit_code == 0, result.output
    assert result.stderr == "public: the register holds what it shows\n"
    book = openpyxl.load_workbook(tmp_path / "housing-2010-03-22.xlsx")
    assert [book["Pack"][f"A{line}"].value for line in (1, 4)] == [
        "Housing lead (plan item 1d)",
        "Public: small numbers are hidden",
    ]
    shown = {row[2].date().isoformat() for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    listed = CliRunner().invoke(main, ["export", "--published", "--database", database])
    registered = {row["start"] for row in csv.DictReader(listed.stdout.splitlines())}
    assert shown <= registered

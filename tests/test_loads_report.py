"""The report of a preview or load: whether anything has changed comes first, what stays as it was last."""

from datetime import date

from dashboard.components.loads.report import report_html
from data_access.loading import LoadedExtract, LoadReport, MeasureMove

TEAMS = LoadedExtract("teams", "teams.csv", "native", 7, 0, 0, 7, 0, 0, 0, 0)
CAFS = LoadedExtract(
    "cafs", "<b>.csv", "native", 12, 9, 0, 0, 0, 0, 3, 0, because=(("agency: is empty, but every row needs it", 3),)
)
MOVE = MeasureMove("cafs_started", date(2010, 3, 15), 20.0, date(2010, 3, 22), 26.0, 2)


def report(*loaded: LoadedExtract, moves: tuple[MeasureMove, ...] = ()) -> LoadReport:
    return LoadReport(
        4, 5, loaded, ("posts.csv",), ("A column was dropped.",), ("cafs.csv, row 3, agency: …",), moves
    )


def test_a_preview_says_first_that_nothing_has_changed() -> None:
    told = report_html(report(TEAMS, CAFS, moves=(MOVE,)), dry_run=True)
    assert told.index("Nothing has changed yet") < told.index("A column was dropped") < told.index("&lt;b&gt;.csv")
    assert "<b>.csv" not in told
    assert "1 extract with 7 rows as before" in told
    assert "3 rows refused; all others are good" in told
    assert "The first 1 of them" in told
    assert "posts.csv was loaded before" in told
    for cell in ("20, w/c 15 March 2010", "26, w/c 22 March 2010", "2 weeks"):
        assert cell in told


def test_a_load_says_what_it_moved_and_leaves_the_rest_to_the_record() -> None:
    told = report_html(report(CAFS, moves=(MOVE,)), dry_run=False)
    assert "Loaded as load 4: 9 rows" in told
    assert "1 measure moved" in told
    assert "refused" not in told


def test_nothing_new_is_told_alone() -> None:
    told = report_html(LoadReport(None, 5, (), ("teams.csv",), ()), dry_run=True)
    assert "Nothing is new" in told
    assert "teams.csv was loaded before" in told
    assert "table" not in told


def test_a_load_that_moves_no_figure_says_so() -> None:
    told = report_html(report(TEAMS), dry_run=True)
    assert "No row refused" in told
    assert "No headline figure would move" in told
    assert "<table" not in told

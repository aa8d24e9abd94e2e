"""Uploads: safe names, a private folder that goes, a process that previews and loads, plain words for trouble."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from dashboard.uploading.uploads import Asked, Handed, Job, begin, put, safe_name
from data_access.database.opening import connect, reading, writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.loads import LOADS
from data_access.loading.delivery.manifest import Terms
from tests.reader import READER

TEAMS = Handed("teams.csv", b"team_id,name,service\nA,Team A,Service\nB,,Service\n")
MANIFEST = Handed(
    "manifest.csv",
    b"extract,extracted_at,covers_from,covers_to,complete\nteams,2010-03-29 07:00,2010-03-01,2010-03-28,yes\n",
)
TERMS = Terms(datetime(2010, 3, 29, 6), date(2010, 3, 1), date(2010, 3, 28), complete=True)  # noqa: DTZ001
PICTURE = Handed("teams.xlsx", b"\x89PNG\r\n\x1a\n and more")


@pytest.fixture
def database(
    new_sqlite: Callable[[], AbstractContextManager[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give an empty database, and let temporary folders lie where the test can see them."""
    with new_sqlite() as url:
        (tmp_path / "temporary").mkdir()
        monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield url


def done(database: str, *files: Handed, dry_run: bool = True, terms: Terms | None = None) -> Job:
    job = begin("key", Asked(database, READER, terms, dry_run), files)
    assert job.wait(120)
    return job


def count(database: str, table: sa.Table) -> int:
    engine = connect(database)
    with reading(engine) as connection:
        found = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    engine.dispose()
    return int(found)


def test_a_preview_changes_nothing_and_a_load_does_the_same_for_real(database: str, tmp_path: Path) -> None:
    preview = done(database, TEAMS, MANIFEST)
    assert preview.report is not None
    assert count(database, LOADS) == 0
    loaded = done(database, TEAMS, MANIFEST, dry_run=False)
    assert loaded.report == preview.report
    [extract] = loaded.report.loaded
    assert (extract.extract, extract.file, extract.new, extract.refused) == ("teams", "teams.csv", 1, 1)
    assert extract.because == (("name: is empty, but every row needs it", 1),)
    assert (loaded.step, loaded.share) == (loaded.steps, 1.0)
    assert count(database, LOADS) == 1
    assert count(database, CASE_TABLES["teams"]) == 1
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.soak
def test_just_what_the_preview_asked_is_confirmed(database: str) -> None:
    five = Handed("teams.csv", b"team_id,name,service\n" + b"".join(b"T%d,Team,Service\n" % n for n in range(5)))
    one = Handed("teams.csv", b"team_id,name,service\nT0,Team,Service\n")
    assert done(database, five, dry_run=False, terms=TERMS).report is not None
    unasked = done(database, one, dry_run=False, terms=TERMS)
    assert unasked.is_unconfirmed
    assert not unasked.is_about_files
    preview = done(database, one, terms=TERMS)
    assert preview.report is not None
    [asked] = preview.report.to_confirm
    assert (asked.rows, asked.of) == (4, 5)
    job = begin("key", Asked(database, READER, TERMS, dry_run=False, confirmed=frozenset({asked.mark})), [one])
    assert job.wait(120)
    assert job.report is not None
    assert count(database, CASE_TABLES["teams"]) == 1


@pytest.mark.soak
def test_terms_are_asked_for_only_where_nothing_tells_them(database: str) -> None:
    without = done(database, TEAMS)
    assert without.asks_terms
    assert without.report is None
    with_terms = done(database, TEAMS, terms=TERMS)
    assert with_terms.report is not None
    other = Handed(MANIFEST.name, MANIFEST.content.replace(b"teams", b"posts"))
    named_by_no_manifest = done(database, TEAMS, other)
    assert not named_by_no_manifest.asks_terms
    assert named_by_no_manifest.is_about_files


def test_a_picture_is_told_in_plain_words_and_leaves_nothing_behind(database: str, tmp_path: Path) -> None:
    job = done(database, PICTURE)
    assert job.is_about_files
    assert job.problem is not None
    assert job.problem.startswith("teams.xlsx can't be read: it is a picture")
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.soak
def test_a_load_beside_another_waits_and_says_so(database: str) -> None:
    engine = connect(database)
    with writing(engine):
        job = begin("key", Asked(database, READER, None, dry_run=False), [TEAMS, MANIFEST])
        until = time.monotonic() + 120
        while not job.what.startswith("A load is running; waiting for its end") and time.monotonic() < until:
            assert not job.wait(0.1)
    engine.dispose()
    assert job.wait(120)
    assert job.report is not None
    assert count(database, LOADS) == 1


def test_a_worker_that_breaks_down_is_told_without_a_trace(tmp_path: Path) -> None:
    job = done("not a database", TEAMS, MANIFEST)
    assert job.problem is not None
    assert "Traceback" not in job.problem


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("referrals.csv", "referrals.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Annex A (final).xlsx", "Annex A (final).xlsx"),
        ("/absolute/cafs.csv", "cafs.csv"),
        ("Enquêtes.csv", "Enquêtes.csv"),
        ("..", "_"),
        ("", "_"),
        (".hidden.csv", "hidden.csv"),
        ("con.csv", "_con.csv"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("<script>.csv", "_script_.csv"),
    ],
)
def test_a_name_keeps_its_words_and_loses_what_leads_elsewhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@given(names=st.lists(st.text(max_size=300), min_size=1, max_size=4))
def test_whatever_it_is_called_a_file_stays_in_its_folder(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = put(folder, [Handed(one, b"x") for one in names])
        assert len(set(places)) == len(names)
        for place in places:
            assert place.resolve().is_relative_to(folder.resolve())
            assert place.read_bytes() == b"x"
            assert not place.name.startswith(".")

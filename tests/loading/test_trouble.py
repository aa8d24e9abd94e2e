"""Databases that can't be written or read: each trouble is told plainly, and nothing changes."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from data_access.database.opening import connect, open_database, sqlite_file, writing
from data_access.database.turns import Turn
from data_access.database.upgrading import prepare_database
from data_access.loading import load_extracts, tick
from data_access.problems import DatabaseProblem
from data_access.up_to_date import up_to_date
from tests.council import LOADER
from tests.loading.conftest import without_the_rights_of_root
from tests.loading.handing_over import Council, everything, moment, terms, write

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]

ROWS = {"referrals": "referral_id,child_id,received_at,team_id\nR1,C1,2010-01-04 10:00,AT1"}


@pytest.fixture
def extracts(open_folder: Path) -> Path:
    """Give a folder with one sound extract."""
    return write(open_folder / "extracts", ROWS)


@contextlib.contextmanager
def another_writer(engine: sa.Engine) -> Iterator[None]:
    """Hold the writer's lock, as another program's load does."""
    other = connect(engine.url.render_as_string(hide_password=False))
    with writing(other):
        yield
    other.dispose()


def problem(engine: sa.Engine, folder: Path, turn: Turn | None = None) -> str:
    with pytest.raises(DatabaseProblem) as told:
        load_extracts(engine, LOADER, [folder], terms=terms(), turn=turn)
    return str(told.value)


def test_a_locked_database_is_said_to_be_locked(council: Council, extracts: Path) -> None:
    url = council.engine.url.render_as_string(hide_password=False)
    before, engine = everything(council.engine), connect(url)
    with another_writer(council.engine):
        said = problem(engine, extracts, Turn(1))
        with pytest.raises(DatabaseProblem, match="is locked"):
            tick(engine, moment("2010-03-29 06:00"), turn=Turn(0))
        assert everything(council.engine) == before
    assert "is locked: another load is writing to it. Nothing was changed; try again" in said
    assert everything(council.engine) == before
    assert load_extracts(engine, LOADER, [extracts], terms=terms()).load_id == 1
    engine.dispose()


def test_a_load_without_news_needs_no_lock(council: Council, extracts: Path) -> None:
    load_extracts(council.engine, LOADER, [extracts], terms=terms())
    with another_writer(council.engine):
        report = load_extracts(council.engine, LOADER, [extracts], terms=terms())
    assert report.known_already == ("referrals.csv",)


@pytest.mark.parametrize("read_only", ["file", "file and folder"])
def test_a_database_that_may_only_be_read_is_said_to_be_so(
    read_only: str, new_sqlite: NewDatabase, open_folder: Path, extracts: Path
) -> None:
    with new_sqlite() as url:
        file = open_folder / "safe.db"
        shutil.copy(url.removeprefix("sqlite:///"), file)
    file.chmod(0o444)
    content = file.read_bytes()
    if read_only == "file and folder":
        open_folder.chmod(0o555)
    with without_the_rights_of_root():
        engine = connect(f"sqlite:///{file}")
        said = problem(engine, extracts)
        engine.dispose()
    assert str(file) in said
    assert "can't be written" in said or "can't be opened" in said
    assert file.read_bytes() == content


def test_a_database_user_without_rights_is_told_so(new_postgresql: NewDatabase, extracts: Path) -> None:
    with new_postgresql() as url:
        engine = connect(url)
        before = everything(engine)
        with engine.begin() as connection:
            connection.execute(sa.text("DROP ROLE IF EXISTS safe_reader"))
            connection.execute(sa.text("CREATE ROLE safe_reader LOGIN"))
            connection.execute(sa.text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO safe_reader"))
        reader = connect(url.replace("postgres@", "safe_reader@"))
        said = problem(reader, extracts)
        reader.dispose()
        assert everything(engine) == before
        with engine.begin() as connection:
            connection.execute(sa.text("DROP OWNED BY safe_reader"))
            connection.execute(sa.text("DROP ROLE safe_reader"))
        engine.dispose()
    assert "can't be written (permission denied" in said


def test_a_standby_that_only_reads_is_told_so(new_postgresql: NewDatabase, extracts: Path) -> None:
    with new_postgresql() as url:
        standby = connect(f"{url}&options=-c%20default_transaction_read_only%3Don")
        said = problem(standby, extracts)
        standby.dispose()
    assert "can't be written" in said
    assert "read-only" in said


@pytest.mark.parametrize("use", [open_database, prepare_database, up_to_date])
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "is not a database address. Give sqlite:///FILE"),
        ("", "is not a database address"),
        ("postgresql://safe@host:port/safe", "is not a database address"),
        ("mysql://safe@localhost/safe", "of a kind that is not supported. Give sqlite:///FILE"),
        ("oracle+thin://safe@localhost/safe", "of a kind that is not supported"),
        ("postgresql://safe:secret@127.0.0.1:1/safe", "can't be reached"),
        ("postgresql://safe:secret@no-such-host.invalid/safe", "can't be reached"),
    ],
)
def test_a_wrong_address_is_told_plainly(use: Callable[[str], sa.Engine], url: str, words: str) -> None:
    with pytest.raises(DatabaseProblem) as told:
        use(url)
    assert words in str(told.value)
    assert "secret" not in str(told.value)


def test_a_server_that_went_away_is_told_plainly(extracts: Path) -> None:
    said = problem(connect("postgresql://safe:secret@127.0.0.1:1/safe"), extracts)
    assert "can't be reached" in said
    assert "Check that it runs" in said


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, extracts: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'safe.db'}"
    with pytest.raises(DatabaseProblem, match=r"the folder .*nowhere does not exist"):
        up_to_date(url)
    with pytest.raises(DatabaseProblem, match="There is no SAFE database at"):
        open_database(url)
    assert "can't be opened" in problem(connect(url), extracts)


def test_a_folder_in_place_of_a_file_is_told_plainly(tmp_path: Path, extracts: Path) -> None:
    assert "can't be opened" in problem(connect(f"sqlite:///{tmp_path}"), extracts)


@pytest.mark.parametrize("use", [open_database, prepare_database, up_to_date])
def test_a_file_that_is_no_database_is_left_alone(
    use: Callable[[str], sa.Engine], tmp_path: Path, extracts: Path
) -> None:
    picture = tmp_path / "picture.db"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    content = picture.read_bytes()
    with pytest.raises(DatabaseProblem, match="is not a database of this program"):
        use(f"sqlite:///{picture}")
    assert "is not a database of this program" in problem(connect(f"sqlite:///{picture}"), extracts)
    assert picture.read_bytes() == content


def test_a_database_without_our_tables_is_told_so(
    tmp_path: Path, extracts: Path, new_postgresql: NewDatabase
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    assert "There is no SAFE database at" in problem(connect(f"sqlite:///{tmp_path / 'other.db'}"), extracts)
    with new_postgresql() as url:
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        assert "There is no SAFE database at" in problem(engine, extracts)
        engine.dispose()


def test_a_damaged_database_is_told_so(new_sqlite: NewDatabase, extracts: Path) -> None:
    with new_sqlite() as url:
        file = sqlite_file(connect(url))
        assert file is not None
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'codes'").fetchone()
            [size] = connection.execute("PRAGMA page_size").fetchone()
        content = bytearray(file.read_bytes())
        content[(page - 1) * size : page * size] = b"\xee" * size
        file.write_bytes(content)
        engine = connect(url)
        assert "is damaged" in problem(engine, extracts)
        engine.dispose()


def test_a_full_disk_is_said_to_be_full(new_sqlite: NewDatabase, tmp_path: Path) -> None:
    rows = "\n".join(f"R{number},C{number},2010-01-04,AT1" for number in range(2000))
    folder = write(tmp_path / "many", {"referrals": f"referral_id,child_id,received_at,team_id\n{rows}"})
    with new_sqlite() as url:
        engine = connect(url)

        @sa.event.listens_for(engine, "connect")
        def _small(connection: sqlite3.Connection, _record: object) -> None:
            [pages] = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 8}")

        before = everything(engine)
        assert "The disk of the database" in problem(engine, folder)
        assert everything(engine) == before
        engine.dispose()


def test_a_server_that_ends_our_session_midway_leaves_the_old_state(
    new_postgresql: NewDatabase, extracts: Path
) -> None:
    with new_postgresql() as url:
        engine, admin = connect(url), connect(url)
        before = everything(admin)

        def cut(what: str, _step: int, _steps: int) -> None:
            if what.startswith("Writing"):
                with admin.begin() as connection:
                    connection.execute(
                        sa.text(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        )
                    )

        with pytest.raises(DatabaseProblem, match="can't be reached"):
            load_extracts(engine, LOADER, [extracts], terms=terms(), progress=cut)
        assert everything(admin) == before
        assert load_extracts(engine, LOADER, [extracts], terms=terms()).load_id == 1
        engine.dispose()
        admin.dispose()


def test_a_fault_of_ours_is_not_dressed_up_as_one_of_the_database(database: sa.Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(database) as connection:
        connection.execute(sa.text("INSERT INTO facts (name, value) VALUES ('data_version', '1')"))
    with (
        pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)),
        writing(database) as connection,
        contextlib.closing(connection.connection.cursor()) as cursor,
    ):
        cursor.execute("INSERT INTO facts (name, value) VALUES ('data_version', '1')")

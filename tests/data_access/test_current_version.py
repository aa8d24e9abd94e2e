"""The data version, asked for again and again, is always the one that stands in the database."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.database.current_version import CurrentVersion
from data_access.database.facts import data_version, raise_data_version, write_fact
from data_access.database.opening import connect, reading, writing
from data_access.problems import DatabaseProblem
from data_access.up_to_date import up_to_date


def stands_in(database: sa.Engine) -> int:
    with reading(database) as connection:
        return data_version(connection)


def test_every_change_is_seen_at_once_and_nothing_else(database: sa.Engine) -> None:
    other, current = connect(database.url.render_as_string(hide_password=False)), CurrentVersion(database)
    first = current.read()
    assert first == stands_in(database)
    for writer in (database, other, database):
        with writing(writer) as connection:
            raised = raise_data_version(connection)
            assert current.read() == raised - 1
        assert current.read() == current.read() == raised
        with writing(writer) as connection:
            raise_data_version(connection)
            connection.rollback()
        with writing(writer) as connection:
            write_fact(connection, "something else", str(raised))
        assert current.read() == raised
    current.close()
    assert current.read() == first + 3
    current.close()
    other.dispose()


def test_many_may_ask_while_somebody_writes(database: sa.Engine) -> None:
    current = CurrentVersion(database)
    first = current.read()

    def ask(_: int) -> list[int]:
        return [current.read() for _ in range(50)]

    with ThreadPoolExecutor(4) as readers:
        answers = readers.map(ask, range(4))
        for _ in range(10):
            with writing(database) as connection:
                raise_data_version(connection)
        every = list(answers)
    assert current.read() == first + 10
    for mine in every:
        assert mine == sorted(mine)
        assert first <= mine[0] <= mine[-1] <= first + 10
    current.close()


def test_a_database_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "safe.db"
    up_to_date(f"sqlite:///{file}").dispose()
    file.write_bytes(b"no database " * 1000)
    engine = connect(f"sqlite:///{file}")
    with pytest.raises(DatabaseProblem, match="is not a database"):
        CurrentVersion(engine).read()
    engine.dispose()

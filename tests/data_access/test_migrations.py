"""The migrations make the schema, say what they find, and change nothing that is up to date."""

import contextlib
import csv
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import data_access
from data_access.database import schema
from data_access.database.opening import (
    MIGRATIONS,
    connect,
    known_versions,
    newest_version,
    open_database,
    schema_version,
)
from data_access.database.schema.figures import NEVER_SENT
from data_access.database.schema.loads import LOADED_EXTRACTS
from data_access.database.schema.metadata import FACTS, METADATA, REFERENCE
from data_access.database.schema.quality import QUALITY_COUNTS, QUALITY_STANDING
from data_access.database.upgrading import prepare_database
from data_access.problems import DatabaseProblem
from data_access.quality.registry import RULES
from data_access.up_to_date import up_to_date

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]


@pytest.fixture
def closed_afterwards() -> Iterator[None]:
    """Close every connection of a test at its end: a refusal keeps the engine, so the test can't dispose of it."""
    opened: list[Any] = []

    def note(connection: object, _record: object) -> None:
        opened.append(connection)

    sa.event.listen(sa.pool.Pool, "connect", note)
    yield
    sa.event.remove(sa.pool.Pool, "connect", note)
    for connection in opened:
        connection.close()


def test_the_migrations_make_the_schema_that_the_program_reads(database: sa.Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_every_module_of_the_schema_is_imported_with_any_of_them() -> None:
    modules = {file.stem for file in Path(schema.__file__).parent.glob("*.py")}
    assert modules - {"__init__", "metadata"} == set(schema.__all__)


def test_the_files_of_the_migrations_bear_their_versions() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert {script.revision for script in scripts.walk_revisions()} == known_versions()
    assert scripts.get_current_head() == newest_version()


def test_a_column_that_no_migration_makes_is_found(database: sa.Engine) -> None:
    """The comparison above can fail."""
    wanted = sa.MetaData()
    for table in METADATA.tables.values():
        table.to_metadata(wanted)
    wanted.tables[FACTS.name].append_column(sa.Column("forgotten", sa.Text))
    with database.connect() as connection:
        [difference] = compare_metadata(MigrationContext.configure(connection), wanted)
    assert (difference[0], difference[3].name) == ("add_column", "forgotten")


def test_references_are_compared_byte_by_byte_in_postgresql(new_postgresql: NewDatabase) -> None:
    """Alembic compares no collations; a server's language must not decide which referral came first."""
    with new_postgresql() as url:
        engine = connect(url)
        found = sa.inspect(engine)
        for table in METADATA.tables.values():
            kept = {column["name"]: column["type"] for column in found.get_columns(table.name)}
            for column in table.columns:
                is_reference = column.type is REFERENCE
                collated = getattr(kept[column.name], "collation", None) == "C"
                assert collated == is_reference, f"{table.name}.{column.name}"
        engine.dispose()


def everything(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for name, table in METADATA.tables.items()
        }


def test_an_upgrade_of_an_up_to_date_database_changes_nothing(database: sa.Engine) -> None:
    url = database.url.render_as_string(hide_password=False)
    before = everything(database)
    prepare_database(url).dispose()
    up_to_date(url).dispose()
    assert everything(database) == before
    assert schema_version(database) == newest_version()
    open_database(url).dispose()


def make_again(engine: sa.Engine, version: str) -> None:
    """Take everything away and make it as it was at this version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        else:
            METADATA.drop_all(connection)
            connection.execute(sa.text("DROP TABLE alembic_version"))
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def test_counts_of_rules_stay_under_the_rules_new_names(database: sa.Engine) -> None:
    renamed = (
        ("referrals_open_beside_another", "referrals_open_with_another"),
        ("assessments_open_beside_another", "assessments_open_with_another"),
        ("plans_beside_another", "plans_overlapping_another"),
        ("allocations_beside_another", "allocations_overlapping_another"),
        ("referrals_twice", "referrals_twice"),
    )
    rows = [
        {"rule": before, "team_id": team, "rows": 9, "broken": place}
        for place, (before, _) in enumerate(renamed)
        for team in ("T1", "T2")
    ]
    make_again(database, "0010")
    with database.begin() as connection:
        connection.execute(sa.insert(QUALITY_STANDING), [row | {"given": 9} for row in rows])
        connection.execute(sa.insert(QUALITY_COUNTS), [row | {"load_id": load} for row in rows for load in (1, 2)])
    prepare_database(database.url.render_as_string(hide_password=False)).dispose()
    assert {after for _, after in renamed} <= RULES.keys()
    with database.connect() as connection:
        for table, times in ((QUALITY_STANDING, 2), (QUALITY_COUNTS, 4)):
            kept = connection.execute(sa.select(table.c.rule, table.c.rows, table.c.broken)).all()
            assert Counter(map(tuple, kept)) == {(after, 9, place): times for place, (_, after) in enumerate(renamed)}


def test_audits_loaded_before_say_nothing_of_what_they_asked_for(database: sa.Engine) -> None:
    """Nought actions would be a figure that nobody counted."""
    load = {
        "file": "audits.csv", "file_hash": "", "raw_hash": "", "format": "native", "complete": True,
        "extracted_at": datetime.fromisoformat("2010-03-29 06:00"), "rows_read": 1, "rows_new": 1, "rows_changed": 0,
        "rows_unchanged": 0, "rows_older": 0, "rows_withdrawn": 0, "rows_refused": 0, "warnings": 0,
    }  # fmt: skip
    covered = [("audits", date(2009, 1, 1), date(2009, 12, 31)), ("audits", date(2010, 1, 1), date(2010, 3, 28))]
    covered.append(("staff", date(2008, 1, 1), date(2010, 3, 28)))
    make_again(database, "0020")
    with database.begin() as connection:
        rows = [
            load | {"load_id": number, "extract": name, "covers_from": first, "covers_to": last}
            for number, (name, first, last) in enumerate(covered)
        ]
        connection.execute(sa.insert(LOADED_EXTRACTS), rows)
    prepare_database(database.url.render_as_string(hide_password=False)).dispose()
    with database.connect() as connection:
        noted = connection.execute(sa.select(NEVER_SENT).order_by(NEVER_SENT.c.column_name)).all()
    assert list(map(tuple, noted)) == [
        ("audits", name, date(2009, 1, 1), date(2010, 3, 28)) for name in ("action_closed_on", "action_due_on")
    ]


def test_what_ships_is_there(database: sa.Engine) -> None:
    with (Path(data_access.__file__).parent / "extracts" / "codes.csv").open(encoding="utf-8", newline="") as file:
        shipped = sorted((row["list"], row["code"], row["label"]) for row in csv.DictReader(file))
    codes = METADATA.tables["codes"]
    with database.connect() as connection:
        found = sorted(tuple(row) for row in connection.execute(sa.select(codes.c.list, codes.c.code, codes.c.label)))
    assert found == shipped


@pytest.mark.usefixtures("closed_afterwards")
@pytest.mark.parametrize("ask", [open_database, prepare_database, up_to_date])
def test_a_newer_schema_is_left_alone(new_database: NewDatabase, ask: Callable[[str], sa.Engine]) -> None:
    with new_database() as url:
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(DatabaseProblem, match=r"has schema 9999, which is newer than this program \(") as raised:
            ask(url)
        assert newest_version() in str(raised.value)
        assert schema_version(engine) == "9999"
        engine.dispose()


@pytest.mark.usefixtures("closed_afterwards")
def test_a_database_without_a_schema_is_none_of_ours(new_database: NewDatabase) -> None:
    with new_database() as url:
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM alembic_version"))
        with pytest.raises(DatabaseProblem, match="There is no SAFE database at"):
            open_database(url)
        engine.dispose()


def test_a_database_that_is_not_there_is_not_made_by_opening_it(tmp_path: Path) -> None:
    file = tmp_path / "safe.db"
    with pytest.raises(DatabaseProblem, match="There is no SAFE database at"):
        open_database(f"sqlite:///{file}")
    assert not file.exists()

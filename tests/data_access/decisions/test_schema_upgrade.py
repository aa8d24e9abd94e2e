"""A newer program brings the schema up to date and leaves decisions and audit trail as they are, and append-only."""

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from data_access import audit
from data_access.database.facts import write_fact
from data_access.database.opening import MIGRATIONS, connect, newest_version, reading, schema_version, writing
from data_access.database.schema.decisions import AUDIT_EVENTS
from data_access.decisions.revisions import Revision, append
from data_access.decisions.verifying import differences
from data_access.up_to_date import up_to_date
from tests.data_access.decisions.people import ANNA, stored
from tests.data_access.decisions.test_append_only import FORBIDDEN

REVISION = Revision(
    *("event", "event-1", 1, {"label": "Snow"}, False, "closed"),
    *(dt.datetime(2010, 1, 7, 9, 30), "Anna", ("performance team",)),  # noqa: DTZ001 - UTC, as the database keeps it
)

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]
FIRST = "0008"
"""The schema version that first had decisions."""


def emptied(url: str) -> sa.Engine:
    """Return the engine of the database without anything in it."""
    engine = connect(url)
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).unlink()
    else:
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    return engine


def test_an_upgrade_of_the_schema_keeps_decisions_and_their_triggers(new_database: NewDatabase) -> None:
    with new_database() as url:
        engine = emptied(url)
        with writing(engine) as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, FIRST)
            write_fact(connection, "data_version", "1")
            append(connection, REVISION)
            told = REVISION.told()
            audit.append(connection, "Anna", audit.Action.DECIDED, "event event-1", told, at=REVISION.decided_at)
        before = stored(engine)
        up_to_date(url).dispose()
        assert schema_version(engine) == newest_version() != FIRST
        assert len(before) == 1
        assert stored(engine) == before
        with reading(engine) as connection:
            assert audit.verify(ANNA, connection).wrong == ()
            assert differences(connection) == []
            assert connection.execute(sa.select(sa.func.count()).select_from(AUDIT_EVENTS)).scalar_one() == 2
        for statement in (*FORBIDDEN["decisions"], *FORBIDDEN["audit_events"]):
            with pytest.raises(sa.exc.DBAPIError, match="is append-only"), engine.begin() as connection:
                connection.execute(sa.text(statement))
        engine.dispose()

"""The schema of a database kept current: made where there is none, upgraded where it is older than this program."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from data_access.database.opening import (
    MIGRATIONS,
    connect,
    known_versions,
    newest_version,
    open_database,
    schema_version,
    shown,
    sqlite_file,
    writing,
)
from data_access.database.turns import Turn
from data_access.problems import DatabaseProblem


def prepare_database(url: str, turn: Turn | None = None) -> sa.Engine:
    """Return an engine for the database, made where it is not there yet and upgraded where it is older."""
    engine = connect(url)
    file = sqlite_file(engine)
    if file is not None and not file.parent.is_dir():
        msg = f"The database {shown(engine.url)} can't be made: the folder {file.parent} does not exist."
        raise DatabaseProblem(msg)
    version = schema_version(engine)
    if version is not None and version not in known_versions():
        return open_database(url)
    if version != newest_version():
        with writing(engine, turn) as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return engine

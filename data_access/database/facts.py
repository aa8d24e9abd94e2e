"""Single facts about the database: the data version, and by which definitions the rollup was made."""

import sqlalchemy as sa

from data_access.database.schema.metadata import FACTS

_DATA_VERSION = "data_version"


def read_fact(connection: sa.Connection, name: str) -> str | None:
    """Return a fact, or None where it was never noted."""
    return connection.execute(sa.select(FACTS.c.value).where(FACTS.c.name == name)).scalar_one_or_none()


def write_fact(connection: sa.Connection, name: str, value: str) -> None:
    """Note a fact in place of the older one."""
    connection.execute(sa.delete(FACTS).where(FACTS.c.name == name))
    connection.execute(sa.insert(FACTS).values(name=name, value=value))


def data_version(connection: sa.Connection) -> int:
    """Return the data version: a counter that every change of what readers see raises."""
    return int(read_fact(connection, _DATA_VERSION) or 0)


def raise_data_version(connection: sa.Connection) -> int:
    """Raise the data version by one and return it."""
    version = data_version(connection) + 1
    write_fact(connection, _DATA_VERSION, str(version))
    return version

"""A database brought up to this program: its schema, what ships, today's definitions and the figures by them."""

from typing import Final

import sqlalchemy as sa

from data_access import audit
from data_access.account import this_account
from data_access.coverage.as_at import read_coverage
from data_access.database.facts import raise_data_version, read_fact, write_fact
from data_access.database.opening import writing
from data_access.database.turns import Turn
from data_access.database.upgrading import prepare_database
from data_access.dates.working_calendar import fill_calendar
from data_access.measures import MEASURES
from data_access.rollup.counting import is_current
from data_access.rollup.upkeep import rebuild
from data_access.shipped import SHIPPED_HASH, put_what_ships, shipped_hash
from data_access.wordings import keep_wordings, wordings_are_kept

_DEFINITIONS: Final = tuple(measure.definition for measure in MEASURES.values())


def up_to_date(url: str, turn: Turn | None = None) -> sa.Engine:
    """Return an engine for the database, made or upgraded where needed, with all that ships and a current rollup.

    `turn` is how it waits while another writes. Raise DatabaseProblem where the database can't be written or belongs
    to a newer program.
    """
    engine = prepare_database(url, turn)
    with engine.connect() as connection:
        if _is_up_to_date(connection):
            return engine
    with writing(engine, turn) as connection:
        if _is_up_to_date(connection):
            return engine
        ships = read_fact(connection, SHIPPED_HASH) != shipped_hash()
        if ships:
            fill_calendar(connection)
            put_what_ships(connection)
            write_fact(connection, SHIPPED_HASH, shipped_hash())
        if ships or not is_current(connection, MEASURES.values()):
            rebuild(connection, read_coverage(connection))
        keep_wordings(connection, _DEFINITIONS)
        version = raise_data_version(connection)
        audit.append(connection, this_account(), audit.Action.UPGRADED, "figures", {"data_version": version})
    return engine


def _is_up_to_date(connection: sa.Connection) -> bool:
    ships_same = read_fact(connection, SHIPPED_HASH) == shipped_hash()
    return ships_same and is_current(connection, MEASURES.values()) and wordings_are_kept(connection, _DEFINITIONS)

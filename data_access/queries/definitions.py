"""What stands around the definitions of measures: dated standards, and the words by which they were first defined."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import WORDINGS
from data_access.measures import MEASURES
from data_access.scope import Scope


@dataclass(frozen=True)
class Standard:
    """The working days that a measure allows from one day to another (None: until today)."""

    from_date: date
    to_date: date | None
    working_days: int
    source: str


@dataclass(frozen=True)
class Wording:
    """The words of a measure's definition, and since when (UTC) this database was used with them."""

    since: datetime
    title: str
    how: str
    misleads: str


def standards(scope: Scope, connection: sa.Connection) -> dict[str, list[Standard]]:  # noqa: ARG001 - every read takes a scope; standards are open to all
    """Return the standards that each measure follows, by measure, the earliest first; none where it follows none."""
    table = CASE_TABLES["standards"]
    held: dict[str, list[Standard]] = {}
    for row in connection.execute(sa.select(table).order_by(table.c.from_date, table.c.standard_id)):
        standard = Standard(row.from_date, row.to_date, row.working_days, row.source)
        held.setdefault(row.measure, []).append(standard)
    named = {name: measure.definition.standard for name, measure in MEASURES.items()}
    return {name: held[standard] for name, standard in named.items() if standard in held}


def changes_of_standard(scope: Scope, connection: sa.Connection) -> dict[str, list[Standard]]:
    """Return the standards that took the place of another, by each measure that follows them, the earliest first."""
    return {name: held[1:] for name, held in standards(scope, connection).items() if len(held) > 1}


def wordings(scope: Scope, connection: sa.Connection) -> dict[str, list[Wording]]:  # noqa: ARG001 - every read takes a scope; definitions are open to all
    """Return the words by which each measure was defined here, by measure, the first edition first."""
    held: dict[str, list[Wording]] = {}
    for row in connection.execute(sa.select(WORDINGS).order_by(WORDINGS.c.edition)):
        held.setdefault(row.measure, []).append(Wording(row.since, row.title, row.how, row.misleads))
    return held

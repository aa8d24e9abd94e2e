"""What a change can have reached: the keys that it affects, and the rows of a cohort that hang on them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import REFERENCE
from data_access.measures.contract import Cohort, Measure

AFFECTED_KEYS: Final = sa.Table(
    "affected_keys",
    sa.MetaData(),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", REFERENCE, primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
"""The keys that the present load affects, by what they are keys of (definition.Key or an extract), and since when: a
row about staff or a system reaches no period that was over before its first date, any other may reach all. Lives as
long as the load."""

NO_KEY: Final = ""
"""Stands among affected and pending keys for the rows without a key."""

SINCE: Final = sa.bindparam("since", type_=sa.Date)
"""The day since which rows that grow with the calendar are within reach."""


@dataclass(frozen=True)
class Reach:
    """Which rows of a cohort a change can have moved: those of affected keys, those since a day, or all."""

    everything: bool = False
    since: date | None = None


def conditions(measure: Measure, cohort: Cohort, *, everything: bool, since: bool) -> list[sa.ColumnElement[bool]]:
    """Return conditions: for each row within reach exactly one of them holds, and an index can answer each.

    `since` says whether the rows since the day SINCE are within it, where the cohort grows with the calendar.
    """
    if everything:
        return [sa.true()]
    affected = _is_affected(measure, cohort)
    within_reach = [affected]
    if cohort.key_may_be_null:
        without = sa.exists().where(AFFECTED_KEYS.c.kind == measure.definition.key, AFFECTED_KEYS.c.key == NO_KEY)
        within_reach.append(sa.and_(cohort.column("key").is_(None), without))
    if measure.grows and since:
        within_reach.append(sa.and_(cohort.column("event_date") >= SINCE, ~sa.exists().where(affected)))
    return within_reach


def _is_affected(measure: Measure, cohort: Cohort) -> sa.ColumnElement[bool]:
    """Return whether an affected key can have changed a row of the cohort; no row is given twice."""
    key, mine = cohort.column("key"), AFFECTED_KEYS.c.kind == measure.definition.key
    if not measure.grows:
        return key.in_(sa.select(AFFECTED_KEYS.c.key).where(mine))
    first = (
        sa.select(AFFECTED_KEYS.c.key, sa.func.min(AFFECTED_KEYS.c.since).label("since"))
        .where(mine)
        .group_by(AFFECTED_KEYS.c.key)
    )
    affected = first.subquery("affected_since")
    return sa.and_(affected.c.key == key, affected.c.since <= cohort.column("event_date"))

"""End before start: dates of one row that lie in the wrong order."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import EXTRACTS, Column, Extract, Kind
from data_access.quality.dates import IN_ORDER
from data_access.quality.rule import Rule, filled, measures_reading


def _rule(extract: Extract, first: str, second: str, fault: str) -> Rule:
    return Rule(
        name=f"{extract.name}_{second}_before_{first}",
        title=f"{extract.title} {fault}",
        extract=extract.name,
        field=second,
        message=f"`{second}` lies before `{first}`. Correct whichever of the two is wrong.",
        threatens=measures_reading(extract.name, first, second),
        looks_at=sa.and_(filled(extract, first), filled(extract, second)),
        broken=_before(extract, extract.column(second), extract.column(first)),
    )


def _before(extract: Extract, later: Column, earlier: Column) -> sa.ColumnElement[bool]:
    """Return whether what should be later is earlier: by the time of day where both have one, else by the date."""
    row = CASE_TABLES[extract.name]
    by_date = row.c[later.local_date] < row.c[earlier.local_date]
    if later.kind is not Kind.TIME or earlier.kind is not Kind.TIME:
        return by_date
    both_timed = sa.and_(row.c[later.has_time], row.c[earlier.has_time])
    return sa.case((both_timed, row.c[later.stored_as] < row.c[earlier.stored_as]), else_=by_date)


RULES: Final = tuple(
    _rule(extract, first, second, fault)
    for extract in EXTRACTS
    for (first, second), fault in IN_ORDER.items()
    if extract.has(first) and extract.has(second)
)

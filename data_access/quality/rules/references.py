"""References that lead nowhere: a row names a team, person, referral, plan … that its own extract doesn't list."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import COVERAGE
from data_access.extracts import EXTRACTS, NO_TEAM, Column, Extract, extract_named
from data_access.measures.sql import word
from data_access.quality.rule import Rule, dated_of, measures_reading
from data_access.quality.words import spoken


def _rule(extract: Extract, column: Column, to: Extract) -> Rule:
    """Look only where the other extract was loaded, and at rows no older than the dates that it covers."""
    row, target = CASE_TABLES[extract.name], CASE_TABLES[to.name].alias("target")
    names = row.c[column.stored_as]
    covers_from = (
        sa.select(sa.func.min(COVERAGE.c.begins)).where(COVERAGE.c.extract == word(to.name)).scalar_subquery()
    )
    known_then = covers_from.is_not(None) if to.reference else dated_of(extract) >= covers_from
    return Rule(
        name=f"{extract.name}_{column.name}_leads_nowhere",
        title=f"{extract.title} whose {spoken(column.name)} is not listed",
        extract=extract.name,
        field=column.name,
        message=f"The extract `{to.name}` has no such reference. Correct it, or send the row that is missing there.",
        threatens=measures_reading(extract.name, column.name),
        looks_at=sa.and_(names.is_not(None), names != word(NO_TEAM), known_then),
        broken=~sa.exists().where(target.c[to.stored_key[0]] == names).correlate(row),
    )


RULES: Final = tuple(
    _rule(extract, column, extract_named(column.refers_to))
    for extract in EXTRACTS
    if not extract.reference or extract.name == "teams"
    for column in extract.columns
    if column.refers_to is not None
)

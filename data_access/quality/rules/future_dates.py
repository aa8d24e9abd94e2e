"""Dates in the future: what is said to have happened after the day on which the extract was taken."""

from typing import Final

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import EXTRACTS, Column, Extract
from data_access.measures.sql import AS_AT_ON
from data_access.quality.dates import HAPPENED
from data_access.quality.rule import Rule, filled, measures_reading
from data_access.quality.words import spoken


def _rule(extract: Extract, column: Column) -> Rule:
    later = CASE_TABLES[extract.name].c[column.local_date] > AS_AT_ON
    return Rule(
        name=f"{extract.name}_{column.name}_in_the_future",
        title=f"{extract.title}: {spoken(column.name)} in the future",
        extract=extract.name,
        field=column.name,
        message=f"`{column.name}` lies after the day on which the data were taken. Correct the date.",
        threatens=measures_reading(extract.name, column.name),
        looks_at=filled(extract, column.name),
        broken=later,
        changed_by_time=later,
    )


RULES: Final = tuple(
    _rule(extract, extract.column(name)) for extract in EXTRACTS for name in HAPPENED if extract.has(name)
)

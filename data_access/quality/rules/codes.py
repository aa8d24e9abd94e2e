"""Codes that stand in rows although their list no longer knows them, as after a list was loaded again."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import EXTRACTS, Column, Extract
from data_access.measures.sql import word
from data_access.quality.rule import Rule, filled, measures_reading
from data_access.quality.words import spoken


def _rule(extract: Extract, column: Column, codes: str) -> Rule:
    known = CASE_TABLES["codes"].alias("known")
    listed = sa.select(known.c.code).where(known.c.list == word(codes))
    return Rule(
        name=f"{extract.name}_{column.name}_unknown_code",
        title=f"{extract.title}: unknown code for {spoken(column.name)}",
        extract=extract.name,
        field=column.name,
        message=f"The list `{codes}` has no such code. Use one of the list, or add the code to it.",
        threatens=measures_reading(extract.name, column.name),
        looks_at=filled(extract, column.name),
        broken=CASE_TABLES[extract.name].c[column.stored_as].not_in(listed),
    )


RULES: Final = tuple(
    _rule(extract, column, column.codes)
    for extract in EXTRACTS
    if not extract.reference or extract.name == "teams"
    for column in extract.columns
    if column.codes is not None
)

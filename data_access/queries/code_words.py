"""The words for the codes in a measure's details and characteristics: "No further action" for no_further_action."""

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures import measure_named
from data_access.measures.characteristics import characteristics_of
from data_access.scope import Scope


def code_words(scope: Scope, connection: sa.Connection, measure: str) -> dict[str, dict[str, str]]:  # noqa: ARG001 - every read takes a scope; code lists are open to all
    """Return the words for the codes of each detail that holds codes: by the detail's name, then by the code.

    So for the characteristics of children, where the measure can be broken down by them.
    """
    definition = measure_named(measure).definition
    details = (*characteristics_of(definition), *definition.details)
    lists = {detail.name: detail.codes for detail in details if detail.codes is not None}
    table = CASE_TABLES["codes"]
    words: dict[str, dict[str, str]] = {}
    for row in connection.execute(sa.select(table).where(table.c.list.in_(sorted(set(lists.values()))))):
        words.setdefault(row.list, {})[row.code] = row.label
    return {detail: words.get(name, {}) for detail, name in lists.items()}

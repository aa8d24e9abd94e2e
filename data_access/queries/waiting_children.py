"""How many children the cases of a list are about: a child may wait in two of them."""

from collections.abc import Sequence

import sqlalchemy as sa

from data_access.measures import measure_named
from data_access.queries.asking import as_at_times
from data_access.scope import Scope


def children_among(scope: Scope, connection: sa.Connection, measure: str, case_ids: Sequence[str]) -> int:
    """Return of how many children some cases of a measure are, of those whose cases the scope allows."""
    scope.check_cases(None)
    wanted = measure_named(measure)
    as_at = as_at_times(connection, [wanted])[wanted.id]
    if as_at is None or not case_ids:
        return 0
    row = wanted.rows(lambda cohort: cohort.column("case_id").in_(list(case_ids))).subquery("cohort")
    children = sa.select(sa.func.count(row.c.key.distinct()))
    if scope.case_teams is not None:
        children = children.where(row.c.team_id.in_(sorted(scope.case_teams)))
    return int(connection.execute(children, as_at.parameters()).scalar_one())

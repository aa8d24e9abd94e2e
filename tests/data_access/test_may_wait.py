"""What is cheaply told of cases that still wait leaves none of them out."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from data_access.measures import MEASURES, Measure
from data_access.queries.asking import as_at_times
from data_access.queries.case_list import that_wait

NARROWED = [name for name, measure in MEASURES.items() if measure.may_wait is not None]


@pytest.mark.parametrize("name", NARROWED)
def test_the_same_cases_wait_without_it(sample_council: sa.Connection, name: str) -> None:
    assert _waiting(sample_council, MEASURES[name]) == _waiting(
        sample_council, replace(MEASURES[name], may_wait=None)
    )
    assert _waiting(sample_council, MEASURES[name])


def _waiting(connection: sa.Connection, measure: Measure) -> set[str]:
    as_at = as_at_times(connection, [measure])[measure.id]
    assert as_at is not None
    rows = that_wait(measure, [], as_at).subquery()
    return set(connection.execute(sa.select(rows.c.case_id), as_at.parameters()).scalars())

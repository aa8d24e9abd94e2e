"""Every rule finds the rows that break it and no other, in a council made of toys and on both engines."""

import contextlib
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.extracts import extract_named
from data_access.measures.toy import parsed
from data_access.quality import RULES, Rule
from data_access.quality.counting import counts, days_taken
from tests.data_access.quality.standing import Row, key_text, put, stored_row
from tests.data_access.quality.toys import TOYS

POSTGRESQL_IN_SOAK = True

Found = set[tuple[str, str]]


def toy_council() -> tuple[dict[str, list[Row]], Found]:
    """Return the rows of the toys, and which rule (by name) each row (by key) breaks."""
    world: dict[str, list[Row]] = {}
    breaks: Found = set()
    for name, tables in TOYS.items():
        for cells in (cells for table in tables for cells in parsed(table)):
            broken = cells.pop("breaks").split()
            row = stored_row(extract_named(name), cells)
            world.setdefault(name, []).append(row)
            breaks |= {(f"{name}_{rule}", key_text(name, row)) for rule in broken}
    return world, breaks


WORLD, BREAKS = toy_council()


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    with new_database() as url:
        engine = connect(url)
        with engine.begin() as opened:
            for table in ("standards", "comparators"):
                opened.execute(sa.delete(CASE_TABLES[table]))
            put(opened, WORLD)
            yield opened
            opened.rollback()
        engine.dispose()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_finds_the_rows_that_break_it_and_no_other(rule: Rule, connection: sa.Connection) -> None:
    taken_on = days_taken(connection)[rule.extract]
    found = [row.key for row in connection.execute(rule.select, {"as_at_on": taken_on})]
    assert sorted(found) == sorted(key for name, key in BREAKS if name == rule.name)
    assert found


def test_every_rule_is_kept_by_some_row_too(connection: sa.Connection) -> None:
    whole = {rule: (rows, broken) for rule, team, rows, broken in counts(connection).rows() if team == EVERY_TEAM}
    assert set(whole) == set(RULES)
    assert [rule for rule, (rows, broken) in whole.items() if not rows > broken] == []


def test_the_toys_name_no_rule_that_there_is_not() -> None:
    assert {rule for rule, _ in BREAKS} <= set(RULES)

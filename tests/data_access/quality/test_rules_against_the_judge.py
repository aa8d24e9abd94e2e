"""Whatever stands in the tables, every rule finds what the naive judge finds, and counts add up."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.database.opening import connect
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_utc
from data_access.extracts import NO_TEAM, Column, Extract, Kind, extract_named
from data_access.quality import RULES
from data_access.quality.counting import counts, days_taken
from data_access.quality.rules.placeholders import MOST_ROWS
from tests.data_access.quality.judge import Judge
from tests.data_access.quality.standing import AS_AT, CODES, Row, put, stored_row
from tests.drawing import examples

DAYS = [
    dt.date.fromisoformat(day)
    for day in (
        "2007-12-31",
        "2009-02-28",
        "2009-03-01",
        "2010-02-28",
        "2010-03-01",
        "2010-03-02",
        "2010-03-29",
        "2010-03-30",
    )
]
TIMES = [None, dt.time(9), dt.time(10), dt.time(23, 30)]
DECISIONS = ["initial_assessment", "no_further_action", "passed_to_open_case", "advice", "strange"]
NAMES = sorted({rule.extract for rule in RULES.values()} - {"standards", "comparators"})


BESIDE_REFERRALS = ("assessments", "plans", "section_47_enquiries", "contacts", "allocations")


def values(column: Column, *, in_key: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Return what a column may hold, as the case table keeps it."""
    found: st.SearchStrategy[Any]
    optional = not column.required and not in_key
    match column.kind:
        case Kind.TIME:
            moments = [(day, time) for day in DAYS for time in TIMES]
            made = [
                (to_utc(dt.datetime.combine(day, time or dt.time())), day, time is not None) for day, time in moments
            ]
            chosen = st.sampled_from([*made, *([(None, None, None)] * 8 if optional else [])])
            return chosen.map(lambda cells: dict(zip(column.stored, cells, strict=True)))
        case Kind.DATE | Kind.WEEK:
            found = st.sampled_from([*DAYS, *([None] * 3 if optional else [])])
        case Kind.CODE:
            known = DECISIONS if column.codes == "referral_decision" else [*CODES[str(column.codes)][:2], "strange"]
            found = st.sampled_from([*known, "unknown", *([None] if optional else [])])
        case Kind.WHOLE | Kind.FTE:
            found = st.sampled_from([0, 1, 65, 66, *([None] if optional else [])])
        case Kind.YES_NO:
            found = st.just(value=True)
        case _ if column.name == "child_id":
            found = st.sampled_from(["C1", "C1", "C2", "Unknown", *([None] if optional else [])])
        case _ if column.name == "team_id":
            found = st.sampled_from(["0", "9", NO_TEAM, *([None] if optional else [])])
        case _ if column.refers_to:
            found = st.sampled_from(["0", "1", "9", *([None] * 2 if optional else [])])
        case _:
            found = st.just("1")
    return found.map(lambda value: {column.stored_as: value})


def rows_of(extract: Extract) -> st.SearchStrategy[list[Row]]:
    """Return a few rows of an extract, each with a key of its own."""
    cells = st.tuples(*(values(column, in_key=column.name in extract.key) for column in extract.columns))

    def keyed(drawn: list[tuple[dict[str, Any], ...]]) -> list[Row]:
        rows = []
        for number, parts in enumerate(drawn):
            row: Row = {"extracted_at": to_utc(AS_AT), "load_id": 1}
            for part in parts:
                row |= part
            row[extract.stored_key[0]] = str(number)
            rows.append(row)
        return rows

    return st.lists(cells, min_size=1, max_size=6).map(keyed)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Return a world of a few extracts: now and then with two children found to be one, and with a crowd."""
    of_children = st.lists(st.sampled_from(BESIDE_REFERRALS), max_size=2, unique=True).map(
        lambda names: ["referrals", *names]
    )
    names = draw(st.one_of(of_children, st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)))
    world = {name: draw(rows_of(extract_named(name))) for name in names}
    merged = draw(st.booleans())
    for name, rows in world.items():
        for row in rows:
            if extract_named(name).has("child_id"):
                row["child_key"] = "C1" if merged and row["child_id"] == "C2" else row["child_id"]
    if "referrals" in world and draw(st.integers(0, 4)) == 0:
        standing = sum(row["child_key"] == "C1" for row in world["referrals"])
        wanted = draw(st.sampled_from([MOST_ROWS, MOST_ROWS + 1]))
        for number in range(wanted - standing):
            cells = {"referral_id": f"crowd {number}", "child_id": "C1", "decision": "advice"}
            world["referrals"].append(stored_row(extract_named("referrals"), cells))
    return world


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    with new_database() as url:
        engine = connect(url)
        with engine.connect() as opened:
            yield opened
        engine.dispose()


@pytest.mark.fuzz
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=20, soak=250))
@given(world=worlds())
def test_every_rule_finds_what_the_judge_finds(connection: sa.Connection, world: dict[str, list[Row]]) -> None:
    expected = Judge(world).verdicts()
    with connection.begin() as transaction:
        put(connection, world)
        taken = days_taken(connection)
        found = {
            name: {row.key for row in connection.execute(rule.select, {"as_at_on": taken[rule.extract]})}
            for name, rule in RULES.items()
            if rule.extract in world
        }
        counted = counts(connection)
        transaction.rollback()
    assert {name: keys for name, keys in found.items() if keys} == {
        name: keys for name, (_, keys) in expected.items() if keys
    }
    whole, by_team = {}, {}
    for rule, team, rows, broken in counted.rows():
        if team == EVERY_TEAM:
            whole[rule] = (rows, broken)
        else:
            before = by_team.get(rule, (0, 0))
            by_team[rule] = (before[0] + rows, before[1] + broken)
    assert whole == by_team == {name: (rows, len(keys)) for name, (rows, keys) in expected.items()}

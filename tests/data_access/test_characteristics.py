"""What is recorded of children: broken down as a plain reading of their referrals says, on both engines."""

import datetime as dt
from collections import defaultdict
from typing import Any, Final

import pytest
import sqlalchemy as sa

from data_access import queries
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures import MEASURES
from data_access.measures.characteristics import CHARACTERISTICS, characteristics_of
from data_access.measures.definition import About
from data_access.problems import QueryProblem
from data_access.queries.asking import as_at_times
from data_access.scope import Scope
from tests.data_access.whole_state import apply
from tests.representatives import of_each_kind
from tests.strategies import ExtractFile

EVERYTHING: Final = Scope.everything()
DECISIONS: Final = "decisions_within_24_hours"
ABOUT_CHILDREN: Final = [name for name, measure in MEASURES.items() if characteristics_of(measure.definition)]
WEEKS: Final = (dt.date(2010, 1, 4), dt.date(2010, 3, 21))

_HEADINGS: Final = ("referral_id", "child_id", "received_at", "sex", "ethnicity", "disability", "first_language")
REFERRALS: Final = (
    # known before not known, whichever came last; the last that is known otherwise
    ("R1", "A", "2010-01-04 09:00", "female", "white", "no", "English"),
    ("R2", "A", "2010-02-08 09:00", "unknown", "mixed", None, "not known"),
    # an unborn child, later born
    ("R3", "B", "2010-01-05 09:00", "unborn", "unknown", None, "Bengali"),
    ("R4", "B", "2010-02-09 09:00", "male", "unknown", "yes", "EN"),
    # at the same moment the greater reference is the later
    ("R5", "C", "2010-02-10 09:00", "female", None, None, None),
    ("R6", "C", "2010-02-10 09:00", "male", None, None, "unknown"),
    # what is recorded after the days asked for counts too: it is the child's
    ("R7", "D", "2010-02-11 09:00", None, None, "no", None),
    ("R8", "D", "2010-03-11 09:00", "female", "asian", "yes", "Urdu"),
)
FEBRUARY: Final = (dt.date(2010, 2, 1), dt.date(2010, 2, 28))
EXPECTED: Final = {
    "sex": {"female": 2, "male": 3},
    "ethnicity": {"asian": 1, "mixed": 1, "unknown": 1, None: 2},
    "disability": {"no": 1, "yes": 2, None: 2},
    "first_language": {"English": 2, "Another language": 1, "Not known": 2},
}
"""Decisions of February: R2 of A, R4 of B, R5 and R6 of C, R7 of D."""


@pytest.fixture
def few(database: sa.Engine) -> sa.Engine:
    """Give a database of eight referrals of four children."""
    rows = tuple(
        {**dict(zip(_HEADINGS, cells, strict=True)), "decided_at": cells[2], "decision": "advice", "team_id": "T1"}
        | {"decided_by_role": "team_manager"}
        for cells in REFERRALS
    )
    covers = dt.date(2010, 1, 4), dt.date(2010, 3, 28)
    taken = dt.datetime.fromisoformat("2010-03-29 07:00")
    apply(database, ExtractFile("referrals", tuple(rows[0]), rows, taken, *covers, complete=False))
    return database


@pytest.mark.parametrize("by", EXPECTED)
def test_a_child_has_the_latest_that_is_known(few: sa.Engine, by: str) -> None:
    first, last = FEBRUARY
    with few.connect() as connection:
        parts = queries.breakdown(EVERYTHING, connection, DECISIONS, first=first, last=last, by=by)
        assert dict(parts.select(by, "cases").iter_rows()) == EXPECTED[by]
        for value in EXPECTED[by]:
            if value is not None:
                whose = queries.Recorded(by, value)
                listed = queries.cases(EVERYTHING, connection, DECISIONS, first=first, last=last, recorded=whose)
                assert listed.height == EXPECTED[by][value]


def test_only_measures_about_children_are_broken_down_by_what_is_recorded_of_them(few: sa.Engine) -> None:
    first, last = FEBRUARY
    with few.connect() as connection:
        for name in set(MEASURES) - set(ABOUT_CHILDREN):
            with pytest.raises(QueryProblem, match="can't be broken down by 'sex'"):
                queries.breakdown(EVERYTHING, connection, name, first=first, last=last, by="sex")
        complaints = next(name for name in MEASURES if name not in ABOUT_CHILDREN and _children(name))
        whose = queries.Recorded("sex", "male")
        with pytest.raises(QueryProblem, match="There are: none"):
            queries.cases(EVERYTHING, connection, complaints, first=first, last=last, recorded=whose)


def _children(name: str) -> bool:
    return MEASURES[name].definition.about is About.CHILDREN


@pytest.mark.parametrize("name", of_each_kind(ABOUT_CHILDREN))
def test_every_measure_is_broken_down_as_its_list_of_cases_says(sample_council: sa.Connection, name: str) -> None:
    first, last = WEEKS
    listed = queries.cases(EVERYTHING, sample_council, name, first=first, last=last)
    children = _children_of(sample_council, name)
    for detail in CHARACTERISTICS:
        recorded = _latest_known(sample_council, detail.name)
        expected: dict[str | None, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
        for case, numerator, denominator in listed.select("case_id", "numerator", "denominator").iter_rows():
            sums = expected[recorded.get(children[case])]
            sums[0], sums[1], sums[2] = sums[0] + numerator, sums[1] + denominator, sums[2] + 1
        parts = queries.breakdown(EVERYTHING, sample_council, name, first=first, last=last, by=detail.name)
        number = sum(parts[column] for column in ("cases", "not_yet_due", "not_computable"))
        got = dict(
            zip(parts[detail.name], zip(parts["numerator"], parts["denominator"], number, strict=True), strict=True)
        )
        assert got == {value: tuple(sums) for value, sums in expected.items()}
        for value in expected:
            if value is not None and detail.name == "sex":
                whose = queries.Recorded(detail.name, value)
                theirs = queries.cases(EVERYTHING, sample_council, name, first=first, last=last, recorded=whose)
                assert set(theirs["case_id"]) == {
                    case for case in listed["case_id"] if recorded.get(children[case]) == value
                }


def _children_of(connection: sa.Connection, name: str) -> dict[str, str]:
    """Return whose each case of a measure is."""
    measure = MEASURES[name]
    as_at = as_at_times(connection, [measure])[name]
    assert as_at is not None
    row = measure.between(*WEEKS).subquery()
    rows = connection.execute(sa.select(row.c.case_id, row.c.key), as_at.parameters())
    return {case: child for case, child in rows}  # noqa: C416 - a dict of rows would have no types


def _latest_known(connection: sa.Connection, name: str) -> dict[str, str]:
    """Return what is recorded of each child, by a plain walk through the referrals in their order."""
    table = CASE_TABLES["referrals"]
    every: list[Any] = sorted(
        connection.execute(sa.select(table)), key=lambda row: (row.received_at, row.referral_id)
    )
    known: dict[str, str] = {}
    for row in every:
        value = getattr(row, name)
        if name == "first_language" and value is not None:
            value = "English" if value == "English" else "Another language"
        if value is not None and (value != "unknown" or row.child_key not in known):
            known[row.child_key] = value
    return known

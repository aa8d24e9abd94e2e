"""A failed formula in a cell that decides what a case counts as: the case is not computable, or its row refused."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import pytest

from data_access.database.opening import connect, reading
from data_access.measures import MEASURES, Measure
from data_access.measures.contract import NOT_COMPUTABLE
from data_access.problems import ExtractProblem
from data_access.queries import cases
from data_access.scope import Scope
from tests.loading.handing_over import Council, assert_rollup_is_the_cohort, terms
from tests.loading.toy_files import cohort_rows, load_toys
from tests.representatives import whose_measure_is_of_each_kind

NewDatabase = Callable[[], AbstractContextManager[str]]


def _fields() -> Iterator[tuple[Measure, str, str]]:
    """Give every field of a measure that stands in its toy cases."""
    for measure in MEASURES.values():
        for field in measure.definition.fields:
            extract, _, column = field.partition(".")
            if extract in measure.toy.tables and column in measure.toy.rows(extract)[0]:
                yield measure, extract, column


FIELDS: Final = list(_fields())


@pytest.mark.parametrize(
    ("measure", "extract", "column"),
    whose_measure_is_of_each_kind(FIELDS),
    ids=[f"{m.id}-{e}.{c}" for m, e, c in FIELDS],
)
def test_no_case_counts_by_a_cell_that_nobody_can_read(
    measure: Measure, extract: str, column: str, new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    with new_sqlite() as url:
        engine = connect(url)
        with contextlib.suppress(ExtractProblem):
            load_toys(engine, measure, tmp_path / "toys", replaced=f"{extract}.{column}", cell="#N/A")
            rows = measure.toy.rows(extract)
            blank = {next(iter(row.values())) for row in rows if not row[column]}
            filled = {next(iter(row.values())) for row in rows} - blank
            for case, row in cohort_rows(engine, measure).items():
                if case.split("|")[0] in filled:
                    assert row["result"].startswith(NOT_COMPUTABLE), case
                    assert not row.get("numerator"), case
                    assert not row.get("denominator"), case
            assert_rollup_is_the_cohort(engine)
        engine.dispose()


REFERRALS: Final = """
    referral_id,child_id,received_at,decided_at,decision,decided_by_role,closed_on,team_id
    R1,C1,2010-03-15 09:00,2010-03-15 12:00,caf,team_manager,,A1
    R2,C2,2010-03-15 09:00,#VALUE!,caf,team_manager,,A1
    R3,UNKNOWN,2010-03-16 09:00,2010-03-16 12:00,caf,team_manager,,A1
    R4,UNKNOWN,2010-03-17 09:00,2010-03-17 12:00,caf,team_manager,,A1
"""


def test_what_hangs_on_the_cell_is_left_out_and_nothing_else(council: Council) -> None:
    """A child who can't be told from others still needs a decision; whether it came back can't be told."""
    council.hand_over(terms(covers_from="2008-01-01", complete=True), referrals=REFERRALS)
    days = {"first": dt.date(2010, 3, 15), "last": dt.date(2010, 3, 21)}
    with reading(council.engine) as connection:
        decided, came_back = (
            cases(Scope.everything(), connection, name, **days)
            for name in ("decisions_within_24_hours", "re_referrals_within_12_months")
        )
    why = {row["case_id"]: (row["numerator"], row["state"], row["why"]) for row in decided.to_dicts()}
    assert why["R2"] == (0, "not_computable", "decided_at can't be read")
    assert {why[name][:2] for name in ("R1", "R3", "R4")} == {(1, "counted")}
    states = dict(came_back.select("case_id", "state").iter_rows())
    assert states == {"R1": "counted", "R2": "counted", "R3": "not_computable", "R4": "not_computable"}

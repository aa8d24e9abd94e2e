"""A column never sent makes what hangs on it not computable, for the dates of that extract, and is named."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from data_access.database.opening import connect, reading
from data_access.extracts import extract_named
from data_access.loading import load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.loading.record.rebuilding import rebuild
from data_access.measures import MEASURES, Measure
from data_access.problems import ExtractProblem
from data_access.queries import State, breakdown, cases, headline, series, waiting
from data_access.rollup.checking import findings
from data_access.scope import Scope
from tests.council import LOADER
from tests.loading.annex_a.layouts import table, xlsx
from tests.loading.handing_over import Council, assert_rollup_is_the_cohort, everything, terms
from tests.loading.toy_files import cohort_rows, load_toys
from tests.representatives import whose_measure_is_of_each_kind

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], AbstractContextManager[str]]

ALL: Final = Scope.everything()
DECISIONS: Final = "decisions_within_24_hours"


def _columns() -> Iterator[tuple[Measure, str, str]]:
    """Give every column of a measure's toy cases that their extract need not have."""
    for measure in MEASURES.values():
        for extract in measure.toy.tables:
            for column in measure.toy.rows(extract)[0]:
                if not extract_named(extract).column(column).required:
                    yield measure, extract, column


def _alone_tells_rows_apart(measure: Measure, extract: str, column: str) -> bool:
    """Return whether some of the toy cases have one key without the column."""
    rows, key = measure.toy.rows(extract), [name for name in extract_named(extract).key if name != column]
    return len({tuple(row[name] for name in key) for row in rows}) < len(rows)


COLUMNS: Final = [each for each in _columns() if not _alone_tells_rows_apart(*each)]
OF_KEYS: Final = [each for each in _columns() if _alone_tells_rows_apart(*each)]


@dataclass(frozen=True)
class Outcome:
    """What becomes of toy cases: what decides a figure of each case, the figures, and what everybody is told."""

    counted: dict[str, tuple[Any, ...]]
    figures: pl.DataFrame
    notices: Sequence[str]
    findings: Sequence[str]


Loaded = Callable[..., Outcome]


@pytest.fixture(scope="module")
def loaded(new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Return what loads a measure's toy cases, but for a column where one is named, into a database of their own."""

    def load(measure: Measure, left_out: str = "") -> Outcome:
        with new_sqlite() as url:
            engine = connect(url)
            report = load_toys(engine, measure, tmp_path_factory.mktemp("toys"), left_out=left_out)
            told = ("result", "event_date", "numerator", "denominator")
            rows = cohort_rows(engine, measure)
            with reading(engine) as connection:
                figures = series(ALL, connection, [measure.id])
            findings_told = list(findings(engine).told)
            engine.dispose()
        counted = {case: tuple(row.get(name) for name in told) for case, row in rows.items()}
        return Outcome(counted, figures, report.notices, findings_told)

    return load


@pytest.fixture(scope="module")
def with_every_column(loaded: Loaded) -> Loaded:
    """Return what becomes of the toy cases of the measure of this id as they are, loaded once for all its columns."""
    return cache(lambda name: loaded(MEASURES[name]))


@pytest.mark.parametrize(
    ("measure", "extract", "column"),
    whose_measure_is_of_each_kind(COLUMNS),
    ids=[f"{m.id}-{e}.{c}" for m, e, c in COLUMNS],
)
def test_a_column_that_decides_is_missed_and_named(
    measure: Measure, extract: str, column: str, loaded: Loaded, with_every_column: Loaded
) -> None:
    """Without the column the cases count as with it, or none of them is computable and everybody is told why."""
    whole, without = with_every_column(measure.id), loaded(measure, f"{extract}.{column}")
    named = f"{extract}.{column}" in measure.definition.deciding
    if whole.counted == without.counted and not named:
        assert without.figures.equals(whole.figures)
        return
    assert named, "a column decides what cases count as, and is none of the measure's fields"
    assert set(without.figures.get_column("state")) <= {State.NOT_COMPUTABLE, State.NO_DATA}
    assert without.figures.get_column("value").null_count() == without.figures.height
    title = re.escape(measure.definition.title)
    missed = rf"{extract}.csv has no columns?( \w+,)* {column}[,.].*{title} \([^)]*\b{column}\b"
    assert not any(re.search(missed, notice) for notice in whole.notices)
    assert any(re.search(missed, notice) for notice in without.notices)
    assert any(
        line.startswith(f"{measure.id}: not computable") and line.endswith(column) for line in without.findings
    )


@pytest.mark.parametrize(("measure", "extract", "column"), OF_KEYS, ids=[f"{m.id}-{e}.{c}" for m, e, c in OF_KEYS])
def test_a_file_without_a_column_that_tells_its_rows_apart_is_refused(
    measure: Measure, extract: str, column: str, loaded: Loaded
) -> None:
    """Else the first of the rows would count for all of them."""
    told = rf"{extract}\.csv has no column {column}, .* row \d+, '.*', stands in row"
    with pytest.raises(ExtractProblem, match=told):
        loaded(measure, f"{extract}.{column}")


REFERRALS: Final = """
    referral_id,child_id,received_at,decided_at,decided_by_role,team_id
    R1,C1,2010-03-01 09:00,2010-03-01 12:00,team_manager,A1
    R2,C2,2010-03-09 09:00,2010-03-09 12:00,team_manager,A1
    R3,C3,2010-03-16 09:00,,,A1
"""
WITHOUT_ROLE: Final = """
    referral_id,child_id,received_at,decided_at,team_id
    R2,C2,2010-03-09 09:00,2010-03-09 12:00,A1
    R3,C3,2010-03-16 09:00,2010-03-16 12:00,A1
"""
CLOSED: Final = """
    referral_id,child_id,received_at,closed_on,team_id
    R2,C2,2010-03-09 09:00,2010-03-20,A1
"""
NEW_WITHOUT_ROLE: Final = """
    referral_id,child_id,received_at,decided_at,team_id
    R4,C4,2010-03-17 09:00,2010-03-17 12:00,A1
"""
WHOLE: Final = terms("2010-03-22 07:00", "2010-03-01", "2010-03-21", complete=True)
LATER: Final = terms("2010-03-23 07:00", "2010-03-08", "2010-03-21", complete=True)
OLDER: Final = terms("2010-03-21 07:00", "2010-03-08", "2010-03-21", complete=True)
CHANGES: Final = terms("2010-03-23 07:00", "2010-03-15", "2010-03-21")
LAST: Final = terms("2010-03-24 07:00", "2010-03-01", "2010-03-21", complete=True)
LAST_CHANGES: Final = terms("2010-03-24 07:00", "2010-03-01", "2010-03-21")
ONE_OF_THEM: Final = """
    referral_id,child_id,received_at,decided_at,decided_by_role,team_id
    R2,C2,2010-03-09 09:00,2010-03-09 12:00,team_manager,A1
"""


def _states(council: Council) -> str:
    """Return for the weeks from 1, 8 and 15 March whether there is a figure (x) or none is computable (-)."""
    with reading(council.engine) as connection:
        found = series(ALL, connection, [DECISIONS], first=dt.date(2010, 3, 1), last=dt.date(2010, 3, 21))
    assert found.height == 3
    return "".join("-" if state == State.NOT_COMPUTABLE else "x" for state in found.get_column("state"))


@pytest.mark.parametrize(
    ("loads", "expected"),
    [
        ([(WHOLE, REFERRALS)], "xxx"),
        ([(WHOLE, REFERRALS), (LATER, WITHOUT_ROLE)], "x--"),
        ([(WHOLE, REFERRALS), (LATER, WITHOUT_ROLE), (LAST, REFERRALS)], "xxx"),
        ([(WHOLE, REFERRALS), (LATER, WITHOUT_ROLE), (LAST_CHANGES, REFERRALS)], "xxx"),
        ([(WHOLE, REFERRALS), (LATER, WITHOUT_ROLE), (LAST_CHANGES, ONE_OF_THEM)], "x--"),
        ([(WHOLE, REFERRALS), (CHANGES, WITHOUT_ROLE)], "xx-"),
        ([(WHOLE, REFERRALS), (LAST_CHANGES, CLOSED)], "xxx"),
        ([(WHOLE, REFERRALS), (CHANGES, NEW_WITHOUT_ROLE)], "xx-"),
        ([(WHOLE, REFERRALS), (OLDER, WITHOUT_ROLE)], "xxx"),
        ([(LATER, WITHOUT_ROLE), (WHOLE, REFERRALS)], "x--"),
    ],
    ids=[
        "sent",
        "a later extract of two weeks lacks it",
        "the next one of all weeks has it",
        "changes that happen to list every row have it",
        "changes that list one row have it",
        "a change to a row that was blank there lacks it",
        "a change to a row that was not blank there lacks it",
        "changes with a new row lack it",
        "an older extract lacks it",
        "an older extract has it",
    ],
)
def test_the_dates_of_an_extract_decide(loads: list[tuple[Terms, str]], expected: str, council: Council) -> None:
    for held, referrals in loads:
        council.hand_over(held, referrals=referrals)
    assert _states(council) == expected
    assert_rollup_is_the_cohort(council.engine)
    before = everything(council.engine)
    rebuild(council.engine, LOADER)
    assert _states(council) == expected
    assert everything(council.engine)["never_sent"] == before["never_sent"]


def test_nothing_that_is_read_tells_of_cases_without_the_column(council: Council) -> None:
    council.hand_over(WHOLE, referrals=REFERRALS)
    council.hand_over(LATER, referrals=WITHOUT_ROLE)
    march = {"first": dt.date(2010, 3, 1), "last": dt.date(2010, 3, 31)}
    with reading(council.engine) as connection:
        listed = cases(ALL, connection, DECISIONS, **march)
        by_team = breakdown(ALL, connection, DECISIONS, **march)
        by_decision = breakdown(ALL, connection, DECISIONS, by="decision", **march)
        late = waiting(ALL, connection, DECISIONS)
        [latest] = headline(ALL, connection, [DECISIONS]).to_dicts()
    assert dict(listed.select("case_id", "state").iter_rows()) == {
        "R1": "counted",
        "R2": "not_computable",
        "R3": "not_computable",
    }
    assert set(listed.filter(listed["state"] != "counted").get_column("why")) == {
        "decided_by_role of referrals was never sent"
    }
    for found in (by_team, by_decision):
        assert found.get_column("value").to_list() == [None] * found.height
        assert found.select("denominator", "not_computable").sum().row(0) == (0.0, 3)
    assert late.is_empty()
    assert (latest["start"], latest["value"], latest["ytd_state"]) == (dt.date(2010, 3, 1), 1.0, "no_data")


def test_figures_that_could_not_be_told_are_never_restated(council: Council) -> None:
    council.hand_over(WHOLE, referrals=REFERRALS)
    council.hand_over(LATER, referrals=WITHOUT_ROLE)
    council.hand_over(LAST, referrals=REFERRALS)
    assert [row for row in council.table("restatements") if row["measure"] == DECISIONS] == []


def test_a_list_without_rows_lacks_nothing(council: Council) -> None:
    """Of no referrals nothing is decided by nobody: a template with the needed headings alone says "none"."""
    report = council.hand_over(WHOLE, cafs="caf_id,child_id,agency,started_on", absences="absence_id,staff_id,from")
    assert report.notices == ()
    assert council.table("never_sent") == []


def test_a_link_counts_only_where_the_other_extract_is_loaded(council: Council) -> None:
    report = council.hand_over(WHOLE, referrals=REFERRALS)
    assert not any("contact_id" in notice for notice in report.notices)
    assert _states(council) == "xxx"
    contacts = "contact_id,child_id,received_at,referral_id\nK1,C1,2010-03-01 08:00,R1"
    report = council.hand_over(WHOLE, contacts=contacts)
    assert _states(council) == "---"


def test_a_list_of_annex_a_without_a_column_lacks_it_too(council: Council, tmp_path: Path) -> None:
    day = dt.date(2019, 3, 1)
    full = table(4, {"Child Unique ID": "C1", "Continuous Assessment Start Date": day})
    end = full[0].index("Continuous Assessment Date of Authorisation")
    without = [[cell for place, cell in enumerate(row) if place != end] for row in full]
    held = terms("2019-12-01 07:00", "2019-01-01", "2019-11-30")
    load_extracts(council.engine, LOADER, [xlsx(tmp_path / "annex.xlsx", {"List 4": without})], terms=held)
    assert [(row["extract"], row["column_name"]) for row in council.table("never_sent")] == [
        ("assessments", "completed_on")
    ]
    load_extracts(council.engine, LOADER, [xlsx(tmp_path / "again.xlsx", {"List 4": full})], terms=held)
    assert council.table("never_sent") == []

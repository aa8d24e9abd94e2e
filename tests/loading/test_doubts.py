"""Which rows are in doubt after a history of loads: told by tables, and held to the history as a whole."""

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data_access.database.opening import connect
from data_access.loading.record.rebuilding import rebuild
from tests.council import LOADER
from tests.drawing import examples
from tests.loading.handing_over import CONFIRMED, Council, terms

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]

HEADINGS = "referral_id,child_id,received_at,decided_at,decision,team_id\n"
GOOD, LATE, STRANGE, UNDATED = (
    "2010-03-02 10:00,2010-03-02 11:00,advice",
    "2010-03-02 10:00,2010-03-02 09:00,advice",
    "2010-03-02 10:00,2010-03-02 11:00,magic",
    "someday,2010-03-02 11:00,advice",
)
"""The cells of a sound row, one with a warning, one refused, and one refused without a readable date."""

WARNED, REFUSED = "decided_at_before_received_at", "refused"


def referrals(*rows: str) -> str:
    """Return a file of referrals: "R1 C1 cells" each."""
    return HEADINGS + "\n".join(row.replace(" ", ",", 2) + ",T1" for row in rows)


def doubts(council: Council) -> set[tuple[str, str]]:
    """Return key and check of the rows in doubt."""
    return {(row["key"], row["check"]) for row in council.table("doubtful_rows")}


LATER = terms("2010-04-05 07:00")
WHOLE = terms("2010-04-05 07:00", complete=True)
OTHER_DATES = terms("2010-04-05 07:00", "2010-03-08", "2010-04-04", complete=True)
OLD = terms("2010-03-22 07:00")
OLD_WHOLE = terms("2010-03-22 07:00", complete=True)
FILLED = [f"F{number} C{number} {GOOD}" for number in range(40)]
"""Rows that stand in every file, so that no file is refused as a whole and nothing is withdrawn in masses."""


@pytest.mark.parametrize(
    ("first", "held", "second", "expected"),
    [
        (f"R1 C1 {GOOD}", LATER, f"R1 C1 {LATE}", {("R1", WARNED)}),
        (f"R1 C1 {LATE}", LATER, f"R1 C1 {LATE}", {("R1", WARNED)}),
        (f"R1 C1 {LATE}", LATER, f"R1 C1 {GOOD}", set()),
        (f"R1 C1 {LATE}", LATER, f"R2 C2 {GOOD}", {("R1", WARNED)}),
        (f"R1 C1 {LATE}", LATER, f"R1 C1 {STRANGE}", {("R1", WARNED), ("R1", REFUSED)}),
        (f"R1 C1 {GOOD}", LATER, f"R1 C1 {STRANGE}", {("R1", REFUSED)}),
        (f"R1 C1 {STRANGE}", LATER, f"R1 C1 {GOOD}", set()),
        (f"R1 C1 {STRANGE}", LATER, f"R2 C2 {GOOD}", {("R1", REFUSED)}),
        (f"R1 C1 {STRANGE}", WHOLE, f"R2 C2 {GOOD}", set()),
        (f"R1 C1 {STRANGE}", OTHER_DATES, f"R2 C2 {GOOD}", {("R1", REFUSED)}),
        (f"R1 C1 {LATE}", WHOLE, f"R2 C2 {GOOD}", set()),
        (f" C1 {STRANGE}", LATER, f"R1 C1 {GOOD}", {("row 2 of load 1", REFUSED)}),
        (f" C1 {STRANGE}", WHOLE, f"R1 C1 {GOOD}", set()),
        (f" C1 {STRANGE}", WHOLE, f" C1 {STRANGE}", {("row 2 of load 2", REFUSED)}),
        (f" C1 {UNDATED}", WHOLE, f"R1 C1 {GOOD}", set()),
        (f" C1 {UNDATED}", OTHER_DATES, f"R1 C1 {GOOD}", {("row 2 of load 1", REFUSED)}),
        (f"R1 C1 {GOOD}", OLD, f"R1 C1 {LATE}", set()),
        (f"R1 C1 {GOOD}", OLD, f"R1 C1 {STRANGE}", set()),
        (f"R1 C1 {LATE}", OLD, f"R1 C1 {GOOD}", {("R1", WARNED)}),
        (f"R1 C1 {STRANGE}", OLD, f"R1 C1 {GOOD}", {("R1", REFUSED)}),
        (f"R1 C1 {STRANGE}", OLD_WHOLE, f"R2 C2 {GOOD}", {("R1", REFUSED)}),
    ],
)
def test_what_a_second_load_leaves_in_doubt(
    council: Council, first: str, held: object, second: str, expected: set[tuple[str, str]]
) -> None:
    council.hand_over(referrals=referrals(first, *FILLED))
    again = referrals(second, *FILLED)
    council.hand_over(held, referrals=again.replace("2010-03-02", "2010-03-09") if held is OTHER_DATES else again)
    assert doubts(council) == expected
    before = council.table("doubtful_rows")
    rebuild(council.engine, LOADER)
    assert council.table("doubtful_rows") == before


def test_a_column_that_a_later_file_leaves_out_stays_in_doubt(council: Council) -> None:
    council.hand_over(referrals=referrals(f"R1 C1 {LATE}", *FILLED))
    council.hand_over(LATER, referrals="referral_id,child_id,received_at,team_id\nR1,C1,2010-03-02 10:00,T1\n")
    assert doubts(council) == {("R1", WARNED)}


def test_a_key_met_again_names_another_child_and_counts_as_a_row_of_its_own(council: Council) -> None:
    report = council.hand_over(referrals=referrals(f"R1 C1 {GOOD}", f"R1 C2 {GOOD}", f"R1 C1 {GOOD}", *FILLED))
    assert report.refused == (
        "referrals.csv, row 3, referral_id: 'R1' stands in row 2 already, which names another child",
        "referrals.csv, row 4, referral_id: 'R1' stands in row 2 already",
    )
    assert doubts(council) == {("row 3 of load 1", REFUSED), ("R1", REFUSED)}


MERGED = "child_id,merged_into,on\nC1,C2,2010-03-28\n"


def warned(council: Council, check: str) -> set[tuple[str, str]]:
    """Return key and value of the warnings of a check."""
    return {(row["key"], row["value"]) for row in council.table("load_warnings") if row["check"] == check}


def test_a_reference_that_becomes_another_childs_is_remarked_on_once(council: Council) -> None:
    council.hand_over(referrals=referrals(f"R1 C1 {GOOD}", *FILLED))
    council.hand_over(LATER, referrals=referrals(f"R1 C2 {GOOD}", *FILLED))
    council.hand_over(terms("2010-04-12 07:00"), referrals=referrals(f"R1 C2 {GOOD}", "F0 C0 " + LATE))
    assert warned(council, "another_child_before") == {("R1", "C2 (before C1)")}


@pytest.mark.parametrize("together", [True, False])
def test_a_merged_child_is_no_other(council: Council, together: bool) -> None:
    council.hand_over(referrals=referrals(f"R1 C1 {GOOD}", *FILLED))
    if not together:
        council.hand_over(LATER, child_merges=MERGED)
    council.hand_over(
        LATER, referrals=referrals(f"R1 C2 {GOOD}", *FILLED), **({"child_merges": MERGED} if together else {})
    )
    assert warned(council, "another_child_before") == set()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("c900", "C900", True),
        ("00900", "900", True),
        ("c 900", "C900", True),
        ("C900", "C9000", False),
        ("0C900", "C0900", False),
        ("0", "00", False),
    ],
)
def test_references_that_differ_only_in_writing_are_remarked_on_with_both(
    council: Council, one: str, other: str, *, alike: bool
) -> None:
    rows = "".join(f"R{number},{child},2010-03-02 10:00,T1\n" for number, child in enumerate((one, other)))
    council.hand_over(referrals=f"referral_id,child_id,received_at,team_id\n{rows}")
    expected = {("R0", f"{one} (also {other})"), ("R1", f"{other} (also {one})")} if alike else set()
    assert warned(council, "child_written_in_two_ways") == expected


DAYS = {key: dt.date(2010, 3, 1) + dt.timedelta(days=7 * (number % 3)) for number, key in enumerate("ABCDE")}
WINDOWS = [(dt.date(2010, 3, 1), dt.date(2010, 3, 7)), (dt.date(2010, 3, 1), dt.date(2010, 3, 28))]
FATES = ("good", "warned", "refused")


@dataclass(frozen=True)
class Loaded:
    """One load: the day on which it was taken, its window, whether it is complete, and what became of its rows."""

    taken: int
    window: tuple[dt.date, dt.date]
    complete: bool
    rows: dict[str, str]

    def covers(self, day: dt.date) -> bool:
        """Return whether the day lies within the dates covered."""
        return self.window[0] <= day <= self.window[1]

    def write(self, council: Council) -> None:
        """Hand it over as a file of CAFs, with rows beside that are always sound."""
        lines = [f"{key},C{key},{DAYS[key]},{_ENDS[fate]}" for key, fate in self.rows.items()]
        for week in range(4):
            day = dt.date(2010, 3, 2) + dt.timedelta(weeks=week)
            lines += [f"S{week}-{n},CS{week}-{n},{day},,school" for n in range(20) if self.covers(day)]
        council.hand_over(
            terms(f"2010-04-0{self.taken} 07:00", *map(str, self.window), complete=self.complete),
            confirmed=CONFIRMED,
            cafs="caf_id,child_id,started_on,completed_on,agency\n" + "\n".join(lines),
        )


_ENDS = {"good": ",school", "warned": "2009-01-01,school", "refused": ",guild"}


@st.composite
def loads(draw: st.DrawFn) -> Loaded:
    """Return a load of some of the rows that lie in its window."""
    window = draw(st.sampled_from(WINDOWS))
    keys = [key for key, day in DAYS.items() if window[0] <= day <= window[1]]
    rows = draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(FATES), max_size=len(keys)))
    return Loaded(draw(st.integers(1, 4)), window, draw(st.booleans()), rows)


def in_doubt(history: list[Loaded]) -> set[tuple[str, str]]:
    """Return what should be in doubt: every listing of the history, unless a later one has something to say of it.

    Later is what was taken later, or as late and loaded later. The very same file loaded again changes nothing.
    """
    found = set()
    files = [(each.taken, each.window, each.complete, [*each.rows.items()]) for each in history]
    history = [each for place, each in enumerate(history) if files[place] not in files[:place]]
    for number, one in enumerate(history):
        later = [
            other
            for place, other in enumerate(history)
            if other is not one and (other.taken, place) > (one.taken, number)
        ]
        for key, fate in one.rows.items():
            unlisted = any(other.complete and other.covers(DAYS[key]) and key not in other.rows for other in later)
            read = any(other.rows.get(key) in ("good", "warned") for other in later)
            again = any(key in other.rows for other in later)
            if fate == "warned" and not unlisted and not read:
                found.add((key, "completed_on_before_started_on"))
            if fate == "refused" and not unlisted and not again:
                found.add((key, REFUSED))
    return found


_EMPTY = Loaded(4, WINDOWS[1], True, {})


@pytest.mark.fuzz
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=8, soak=50))
@example(history=[_EMPTY, Loaded(4, WINDOWS[1], False, {"C": "refused"}), _EMPTY])
@given(history=st.lists(loads(), min_size=1, max_size=4))
def test_what_is_in_doubt_follows_from_the_history(new_database: NewDatabase, history: list[Loaded]) -> None:
    with new_database() as url, TemporaryDirectory() as folder:
        council = Council(connect(url), Path(folder))
        for one in history:
            one.write(council)
        assert doubts(council) == in_doubt(history)
        council.engine.dispose()

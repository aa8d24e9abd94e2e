"""What is loaded is what an analyst counts by hand in the same workbook; where it isn't, the children are named."""

import datetime as dt
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from data_access.loading.delivery.sheet import Sheet
from tests.loading.annex_a import by_hand
from tests.loading.annex_a.by_hand import Event
from tests.loading.annex_a.handing_on import staged
from tests.loading.annex_a.layouts import HEADINGS, Rows, sheets_of, xlsx

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

FILES = Path(__file__).parent / "files"

LISTS = {
    1: ("contacts", "received_on"),
    2: ("cafs", "started_on"),
    3: ("referrals", "received_on"),
    4: ("assessments", "started_on"),
    5: ("section_47_enquiries", "strategy_discussion_on"),
    6: ("plans", "from_date"),
    7: ("plans", "from_date"),
}
KINDS = {6: "cin", 7: "cp"}


def loaded(sheet: Sheet, day: str, folder: Path, kind: str | None = None) -> Counter[Event]:
    """Return how often each child has each day among the rows that a load would keep."""
    rows = staged(sheet, folder).rows().collect().to_dicts()
    return Counter((row["child_id"], row[day]) for row in rows if kind is None or row["kind"] == kind)


def children_that_differ(counted: Counter[Any], read: Counter[Any]) -> str:
    """Return the children that an analyst and the reader count differently, with both counts; "" for none."""
    differing = sorted({event for event in counted | read if counted[event] != read[event]}, key=str)
    return "; ".join(f"{event}: by hand {counted[event]}, loaded {read[event]}" for event in differing)


def assert_reconciles(file: Path, folder: Path) -> None:
    sheets = sheets_of(file)
    for number, (extract, day) in LISTS.items():
        counted = by_hand.events(file, number)
        read = loaded(sheets[extract], day, folder, KINDS.get(number))
        assert not children_that_differ(counted, read), f"list {number}: {children_that_differ(counted, read)}"
    counted = Counter(set(by_hand.events(file, 5, by_hand.CONFERENCE)))
    differing = children_that_differ(counted, loaded(sheets["conferences"], "held_on", folder))
    assert not differing, f"conferences: {differing}"
    again = by_hand.re_referred(by_hand.events(file, 3))
    differing = children_that_differ(again, re_referred(sheets["referrals"], folder))
    assert not differing, f"re-referrals: {differing}"


def re_referred(sheet: Sheet, folder: Path) -> Counter[str]:
    """Return each child's re-referrals by the measure's rule: an earlier one, by day and then key, within a year."""
    rows = [
        (row["child_id"], row["received_on"], row["referral_id"])
        for row in staged(sheet, folder).rows().collect().to_dicts()
    ]
    found: Counter[str] = Counter()
    for child, day, key in rows:
        since = day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
        found[child] += any(
            other == child and since <= earlier and (earlier, name) < (day, key) for other, earlier, name in rows
        )
    return +found


@pytest.mark.parametrize("name", ["child-event-journeys.xlsx", "2015-01-sample.xlsx"])
def test_the_samples_reconcile(name: str, tmp_path: Path) -> None:
    assert_reconciles(FILES / name, tmp_path)


def test_the_samples_have_the_counts_that_they_were_made_with(tmp_path: Path) -> None:
    file = FILES / "child-event-journeys.xlsx"
    assert {number: by_hand.events(file, number).total() for number in LISTS} == {
        1: 13, 2: 2, 3: 11, 4: 5, 5: 3, 6: 2, 7: 3,
    }  # fmt: skip
    assert by_hand.re_referred(by_hand.events(file, 3)) == {"3333": 1, "6666": 1}


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 6))])
def test_workbooks_as_messy_as_councils_make_them_reconcile(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - data for a test
    lists = {f"List_{number}" if seed % 2 else f"List {number}": messy(number, chance) for number in HEADINGS}
    assert_reconciles(xlsx(tmp_path / "messy.xlsx", lists), tmp_path)


def test_a_count_that_differs_names_the_child() -> None:
    day = dt.date(2024, 3, 1)
    assert children_that_differ(Counter({("C1", day): 2}), Counter({("C1", day): 1})) == (
        "('C1', datetime.date(2024, 3, 1)): by hand 2, loaded 1"
    )


def messy(number: int, chance: random.Random) -> Rows:
    """Return a list with all that goes wrong: repeated rows, blank ones, totals, days and children in many forms."""
    rows: list[list[Any]] = [["Annex A"], []] if chance.random() < 0.5 else []
    headings = HEADINGS[number]
    rows.append(headings)
    for _ in range(60):
        child = chance.choice([f"C{chance.randrange(6)}", chance.randrange(1000, 1012), f"{chance.randrange(9)}.0"])
        row = [_cell(heading, chance) for heading in headings]
        row[0] = None if chance.random() < 0.05 else child
        rows.append(row)
        if chance.random() < 0.15:
            rows.append([f" {cell}\xa0" if isinstance(cell, str) else cell for cell in row])
        if chance.random() < 0.1:
            rows.append([None] * len(headings))
    rows.append(["Total", *[None] * (len(headings) - 2), 60])
    return rows


def _cell(heading: str, chance: random.Random) -> Any:
    if "Date" not in heading and "date" not in heading:
        return chance.choice([None, "a) Yes", "b) No", "North"])
    day = dt.date(2022, 1, 1) + dt.timedelta(days=chance.randrange(900))
    if heading in by_hand.DAY_OF.values():
        return chance.choice(
            [
                day,
                day,
                f"{day:%d/%m/%Y}",
                day.isoformat(),
                f"{day.day} {day:%B} {day.year}",
                (day - dt.date(1899, 12, 30)).days,
            ]
            + ([None, "31/02/2024"] if chance.random() < 0.1 else [])
        )
    return chance.choice([None, day]) if heading == by_hand.CONFERENCE else None

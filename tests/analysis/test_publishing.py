"""What is published of a measure: an attacker who keeps everything, over corrections too, recovers nothing small."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.protected_tables import Amounts, Number
from dashboard.analysis.publishing import Block, Publisher, Released
from data_access.dates.stretches import contains, joined, overlap, without
from tests.attacker import SMALL, Attacker

WEEKS = [date(2009, 6, 1) + timedelta(weeks=number) for number in range(4)]
"""Four weeks of June, none of which a month's end cuts."""
TEAMS = ("T1", "T2", "T3")
CLASSES = {"met": Number.NUMERATOR, "not_met": Number.REMAINDER, "not_computable": Number.NOT_COMPUTABLE}
SPANS = [(first, last) for first in range(len(WEEKS)) for last in range(first, len(WEEKS))]
"""Every run of weeks: weeks, months, years to date and windows that overlap are all such runs."""

Span = tuple[int, int]


def days(span: Span) -> tuple[date, date]:
    return WEEKS[span[0]], WEEKS[span[1]] + timedelta(days=6)


@dataclass
class Service:
    """A measure's numbers by week and team that can be corrected, what was published of it, and who keeps it all."""

    cells: dict[tuple[int, str], Amounts]
    blocks: list[Block] = field(default_factory=list)
    attacker: Attacker = field(default_factory=lambda: Attacker(TEAMS))
    told: int = 0

    def amounts(self, first: date, end: date) -> Mapping[str, Amounts]:
        found = dict.fromkeys(TEAMS, Amounts())
        for (week, team), amounts in self.cells.items():
            if first <= WEEKS[week] <= end:
                found[team] += amounts
        return found

    def correct(self, week: int, team: str, amounts: Amounts) -> None:
        if self.cells[week, team] != amounts:
            self.cells[week, team] = amounts
            self.attacker.notice("m", team, WEEKS[week])

    def export(self, spans: list[Span], *, grows: bool, by_team: bool) -> dict[Span, Released]:
        """Publish some figures and let the attacker read all that the export could print of them."""
        publisher = Publisher(self.amounts, self.blocks, in_parts=True, by_team=by_team)
        released = {span: publisher.release(*days(span), grows=grows) for span in spans}
        self.blocks += publisher.added
        for span, shown in released.items():
            self._read(span, shown, by_team=by_team)
        return released

    def _read(self, span: Span, released: Released, *, by_team: bool) -> None:
        amounts = self.amounts(*days(span))
        for team in (*TEAMS, "") if by_team else ("",):
            mine = [amounts[team]] if team else list(amounts.values())
            numbers = {number: sum(getattr(each, number) for each in mine) for number in CLASSES.values()}
            shown = released.shows(team or None)
            cells = {kind: self.attacker.cells("m", kind, team, *days(span)) for kind in CLASSES}
            for kind, number in CLASSES.items():
                self.attacker.learn(cells[kind], numbers[number] if number in shown else None)
                self.told += number in shown and numbers[number] > 0
            both = numbers[Number.NUMERATOR] + numbers[Number.REMAINDER]
            self.attacker.learn(cells["met"] | cells["not_met"], both if Number.DENOMINATOR in shown else None)

    def small_numbers(self) -> dict[frozenset[object], int]:
        """Every number from 1 to 5 as it stands: of each run of weeks, team or whole, and class."""
        found = {}
        for span in SPANS:
            amounts = self.amounts(*days(span))
            for team in (*TEAMS, ""):
                for kind, number in CLASSES.items():
                    mine = [amounts[team]] if team else list(amounts.values())
                    value = sum(getattr(each, number) for each in mine)
                    if value in SMALL:
                        found[self.attacker.cells("m", kind, team, *days(span))] = value
        return found


numbers = st.integers(0, 9) | st.integers(0, 60)
amounts = st.builds(Amounts, numbers, numbers, st.sampled_from([0, 0, 0, 2, 8]))
places = st.tuples(st.integers(0, len(WEEKS) - 1), st.sampled_from(TEAMS))
services = st.fixed_dictionaries({(week, team): amounts for week in range(len(WEEKS)) for team in TEAMS})
exports = st.tuples(st.lists(st.sampled_from(SPANS), min_size=1, max_size=6), st.booleans(), st.booleans())
corrections = st.tuples(places, amounts)
late_cases = st.tuples(places, st.builds(Amounts, st.integers(0, 3), st.integers(0, 3)))


@settings(max_examples=60)
@given(services, st.lists(exports | corrections, min_size=1, max_size=6))
def test_nothing_is_recovered_from_any_exports_over_any_corrections(
    cells: dict[tuple[int, str], Amounts], steps: list[tuple[object, ...]]
) -> None:
    service = Service(dict(cells))
    small = service.small_numbers()
    for step in steps:
        if len(step) == 3:
            spans, grows, by_team = step
            service.export(spans, grows=grows, by_team=by_team)
        else:
            (week, team), corrected = step
            service.correct(week, team, corrected)
            small |= service.small_numbers()
    assert service.attacker.recovered(small) == {}


@settings(max_examples=40)
@given(services, st.lists(exports | late_cases, min_size=2, max_size=6))
def test_nothing_is_recovered_where_a_few_late_cases_come_in_between(
    cells: dict[tuple[int, str], Amounts], steps: list[tuple[object, ...]]
) -> None:
    service = Service(dict(cells))
    small = service.small_numbers()
    for step in steps:
        if len(step) == 3:
            spans, grows, by_team = step
            service.export(spans, grows=grows, by_team=by_team)
        else:
            (week, team), added = step
            service.correct(week, team, service.cells[week, team] + added)
            small |= service.small_numbers()
    assert service.attacker.recovered(small) == {}


@given(services, exports, exports)
def test_the_same_export_again_shows_the_same_and_adds_nothing(cells, first, other) -> None:
    service = Service(dict(cells))
    spans, grows, by_team = other
    service.export(spans, grows=grows, by_team=by_team)
    spans, grows, by_team = first
    before = service.export(spans, grows=grows, by_team=by_team)
    standing = list(service.blocks)
    again = service.export(spans, grows=grows, by_team=by_team)
    assert {span: found.shown for span, found in again.items()} == {
        span: found.shown for span, found in before.items()
    }
    assert service.blocks == standing


@given(services, st.lists(exports, min_size=1, max_size=4))
def test_no_two_blocks_share_a_day_and_no_small_number_is_shown(cells, steps) -> None:
    service = Service(dict(cells))
    for spans, grows, by_team in steps:
        for span, released in service.export(spans, grows=grows, by_team=by_team).items():
            for team, found in service.amounts(*days(span)).items():
                assert not released.shows(team) & found.small()
    for number, block in enumerate(service.blocks):
        assert not any(overlap(block.days, other.days) for other in service.blocks[:number])


class TestWhatHidesWhat:
    """Rules one by one, on four weeks of one team: 20 met, 10 not met a week."""

    @pytest.fixture
    def service(self) -> Service:
        return Service({(week, "T1"): Amounts(20, 10) for week in range(len(WEEKS))})

    @staticmethod
    def shown(service: Service, *spans: Span, grows: bool = False) -> list[bool]:
        found = service.export(list(spans), grows=grows, by_team=False)
        return [Number.NUMERATOR in released.shows(None) for released in found.values()]

    def test_longer_periods_follow_from_shorter_ones(self, service: Service) -> None:
        assert self.shown(service, (0, 0), (1, 1), (2, 2)) == [True] * 3
        assert self.shown(service, (0, 1), (0, 2), (1, 2)) == [True] * 3

    def test_a_shorter_period_cuts_a_longer_one(self, service: Service) -> None:
        assert self.shown(service, (0, 1)) == [True]
        assert self.shown(service, (0, 0), (1, 2), (2, 2)) == [False, False, True]

    def test_what_is_new_in_a_longer_period_is_a_block_of_its_own(self, service: Service) -> None:
        assert self.shown(service, (1, 1), (0, 2)) == [True, True]
        assert self.shown(service, (0, 0)) == [False]

    def test_a_longer_period_is_hidden_where_it_would_give_a_hidden_one_away(self, service: Service) -> None:
        service.cells[1, "T1"] = Amounts(20, 3)
        assert self.shown(service, (0, 0), (1, 1), (0, 1)) == [True, False, False]

    def test_a_growing_figure_waits_until_what_is_new_is_no_small_number(self, service: Service) -> None:
        service.cells[1, "T1"] = Amounts(20, 3)
        assert self.shown(service, (0, 0), (0, 1), (0, 2), grows=True) == [True, False, True]

    @pytest.mark.parametrize(
        ("corrected", "is_shown"),
        [(Amounts(20, 10), True), (Amounts(21, 10), False), (Amounts(26, 10), True), (Amounts(20, 4), False)],
    )
    def test_a_corrected_figure_is_shown_where_it_moved_by_more_than_a_few(
        self, service, corrected, is_shown
    ) -> None:
        assert self.shown(service, (0, 0)) == [True]
        service.correct(0, "T1", corrected)
        assert self.shown(service, (0, 0)) == [is_shown]

    def test_what_comes_late_is_shown_with_what_is_new(self, service: Service) -> None:
        assert self.shown(service, (0, 0), grows=True) == [True]
        service.correct(0, "T1", Amounts(21, 10))
        assert self.shown(service, (0, 0), (0, 1), grows=True) == [False, True]


class TestTheAttackerIsReal:
    """What hiding each figure by itself gives away."""

    @pytest.fixture
    def attacker(self) -> Attacker:
        return Attacker(["T1"])

    def test_by_subtraction(self, attacker: Attacker) -> None:
        attacker.learn(attacker.cells("m", "met", "", *days((0, 0))), 20)
        attacker.learn(attacker.cells("m", "met", "", *days((0, 1))), 23)
        week = attacker.cells("m", "met", "T1", *days((1, 1)))
        assert attacker.recovered([week]) == {week: 3}

    def test_by_what_cannot_be_below_nought(self, attacker: Attacker) -> None:
        attacker.learn(attacker.cells("m", "met", "", *days((0, 1))), 2)
        attacker.learn(attacker.cells("m", "met", "", *days((1, 2))), 8)
        attacker.learn(attacker.cells("m", "met", "", *days((0, 2))), 8)
        week = attacker.cells("m", "met", "T1", *days((1, 1)))
        assert attacker.recovered([week]) == {week: 2}

    def test_but_not_across_a_correction(self, attacker: Attacker) -> None:
        attacker.learn(attacker.cells("m", "met", "", *days((0, 0))), 20)
        attacker.notice("m", "T1", WEEKS[0])
        attacker.learn(attacker.cells("m", "met", "", *days((0, 1))), 23)
        assert attacker.recovered([attacker.cells("m", "met", "T1", *days((1, 1)))]) == {}


JUNE = (date(2009, 6, 1), date(2009, 6, 30))


def test_stretches() -> None:
    middle = ((date(2009, 6, 8), date(2009, 6, 14)),)
    ends = ((date(2009, 6, 1), date(2009, 6, 7)), (date(2009, 6, 15), date(2009, 6, 30)))
    assert without((JUNE,), [middle]) == ends
    assert without((JUNE,), [ends, middle]) == ()
    assert joined([ends[1], *middle, ends[0]]) == (JUNE,)
    assert joined([*ends]) == ends
    assert joined([]) == ()
    assert contains((JUNE,), ends)
    assert not contains(ends, (JUNE,))
    assert not overlap(middle, ends)
    assert overlap(ends, ((date(2009, 6, 7), date(2009, 6, 7)),))

"""Sickness of small teams: hidden, and never to be worked out from what is shown."""

import contextlib
import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from data_access import queries
from data_access.database.opening import connect
from data_access.dates.periods import Grain, Span
from data_access.queries.small_teams import FEWEST_STAFF, hidden_in, hidden_teams
from data_access.scope import Scope
from tests.data_access.naive_reads import load_together
from tests.strategies import ExtractFile

SICKNESS = "sickness_absence"
JANUARY, FEBRUARY, MARCH = (dt.date(2010, month, 1) for month in (1, 2, 3))
MONTHS = (JANUARY, FEBRUARY, MARCH)

staff_of_teams = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 25), max_size=6)


@given(staff=staff_of_teams)
def test_no_team_below_ten_is_shown_and_no_fewer_than_ten_are_left_over(staff: dict[str, int]) -> None:
    """What is hidden together is nothing, ten people or more, or the whole service."""
    hidden = hidden_teams(staff)
    assert {team for team, number in staff.items() if number < FEWEST_STAFF} <= hidden
    assert not hidden or sum(staff[team] for team in hidden) >= FEWEST_STAFF or hidden == set(staff)


@given(staff=staff_of_teams)
def test_no_more_is_hidden_than_need_be(staff: dict[str, int]) -> None:
    """Teams of ten and more are all shown unless a small team needs cover, and then one of them is enough."""
    hidden = hidden_teams(staff)
    large = {team for team in hidden if staff[team] >= FEWEST_STAFF}
    assert len(large) <= 1
    if large:
        assert 0 < sum(staff[team] for team in hidden - large) < FEWEST_STAFF


@given(by_month=st.lists(staff_of_teams, min_size=3, max_size=3))
def test_no_sum_of_what_is_shown_gives_a_hidden_month_away(by_month: list[dict[str, int]]) -> None:
    """A team that is shown over a span is shown in every month of it: longer spans tell nothing new of a team."""
    hidden = {month: hidden_teams(staff) for month, staff in zip(MONTHS, by_month, strict=True)}
    for first, last in itertools.combinations_with_replacement(MONTHS, 2):
        over_all = hidden_in(hidden, Span(first, last, first))
        for month in MONTHS:
            if first <= month <= last:
                assert hidden[month] <= over_all


def test_just_ten_are_shown_and_nine_take_the_next_smallest_with_them() -> None:
    assert hidden_teams({"a": 10, "b": 11, "c": 30}) == set()
    assert hidden_teams({"a": 9, "b": 11, "c": 30}) == {"a", "b"}
    assert hidden_teams({"a": 9, "b": 1, "c": 30}) == {"a", "b"}


@dataclass(frozen=True)
class Team:
    """A team with so many staff in each month, and a person whose hours changed in mid-March if `changing`."""

    id: str
    by_month: tuple[int, int, int]
    changing: bool = False


SERVICE = (
    Team("large", (20, 20, 20)),
    Team("medium", (12, 12, 12)),
    Team("shrinking", (11, 11, 9)),
    Team("nine", (9, 9, 9), changing=True),
    Team("one", (1, 1, 1)),
)
TAKEN = dt.datetime.fromisoformat("2010-04-01 07:00")


def _file(table: str, rows: list[dict[str, str | None]]) -> ExtractFile:
    return ExtractFile(
        table, tuple(rows[0]), tuple(rows), TAKEN, dt.date(2010, 1, 1), dt.date(2010, 3, 31), complete=True
    )


def _spells(team: Team) -> Iterator[dict[str, str | None]]:
    for number in range(max(team.by_month)):
        months = [month for month, staff in zip(MONTHS, team.by_month, strict=True) if number < staff]
        last = None if months[-1] == MARCH else "2010-02-28"
        spell: dict[str, str | None] = {
            "staff_id": f"{team.id} {number}",
            "from": "2010-01-01",
            "to": last,
            "team_id": team.id,
            "role": "social_worker",
            "fte": "1",
        }
        if team.changing and number == 0:
            yield spell | {"to": "2010-03-14"}
            yield spell | {"from": "2010-03-15", "fte": "0.5"}
        else:
            yield spell


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    spells = [spell for team in SERVICE for spell in _spells(team)]
    absent: list[dict[str, str | None]] = [
        {
            "absence_id": f"{spell['staff_id']}",
            "staff_id": spell["staff_id"],
            "from": "2010-02-01",
            "to": "2010-03-31",
            "part_day": "no",
            "kind": "sickness",
        }
        for spell in spells
        if str(spell["staff_id"]).endswith(" 0") and spell["from"] == "2010-01-01"
    ]
    with new_database() as url:
        engine = connect(url)
        load_together(engine, [_file("staff", spells), _file("absences", absent)])
        with engine.connect() as opened:
            yield opened
        engine.dispose()


def shown(connection: sa.Connection, team: str, grain: Grain) -> list[bool]:
    """Return whether each period's figure of the team is shown."""
    found = queries.series(
        Scope.everything(), connection, [SICKNESS], grain=grain, team=team, first=JANUARY, last=MARCH
    )
    for row in found.iter_rows(named=True):
        if row["value"] is None:
            assert (row["numerator"], row["denominator"], row["cases"]) == (0, 0, 0)
            assert row["state"] in ("not_computable", "no_data")
    return [row["value"] is not None for row in found.iter_rows(named=True)]


def test_a_team_that_shrinks_below_ten_is_hidden_from_then_on(connection: sa.Connection) -> None:
    """In March nine are left. The quarter stays hidden too: less January and February it would be March."""
    assert shown(connection, "shrinking", Grain.MONTH) == [True, True, False]
    assert shown(connection, "medium", Grain.MONTH) == [True, True, True]
    assert shown(connection, "large", Grain.MONTH) == [True, True, True]
    assert shown(connection, "medium", Grain.QUARTER) == [True]
    assert shown(connection, "shrinking", Grain.QUARTER) == [False]


def test_a_person_with_two_spells_in_a_month_is_one_person(connection: sa.Connection) -> None:
    """Nine people, one of whom changed hours in March, are ten rows and still nine people."""
    assert shown(connection, "nine", Grain.MONTH) == [False, False, False]
    rows = sum(1 for spell in _spells(SERVICE[3]))
    assert rows == FEWEST_STAFF


@pytest.mark.parametrize(
    ("first", "last", "teams"),
    [
        (MARCH, dt.date(2010, 3, 31), ["large", "medium"]),
        (JANUARY, dt.date(2010, 1, 31), ["large", "medium", "shrinking"]),
        (JANUARY, dt.date(2010, 3, 31), ["large", "medium"]),
    ],
)
def test_a_breakdown_leaves_the_hidden_teams_out(
    connection: sa.Connection, first: dt.date, last: dt.date, teams: list[str]
) -> None:
    found = queries.breakdown(Scope.everything(), connection, SICKNESS, first=first, last=last)
    assert found.get_column("team").to_list() == teams


def test_the_service_as_a_whole_is_always_shown(connection: sa.Connection) -> None:
    found = queries.series(Scope.of_team("nine"), connection, [SICKNESS], first=JANUARY, last=MARCH)
    assert found.get_column("cases").to_list() == [53, 53, 52]
    assert found.get_column("value").null_count() == 0


def test_several_teams_together_hide_where_one_of_them_does(connection: sa.Connection) -> None:
    both = Scope(frozenset({"large", "nine"}), frozenset(), whole=False)
    apart = Scope(frozenset({"large", "medium"}), frozenset(), whole=False)
    for scope, values in ((both, [None]), (apart, [0.0])):
        found = queries.series(scope, connection, [SICKNESS], first=JANUARY, last=JANUARY)
        assert found.get_column("value").to_list() == values

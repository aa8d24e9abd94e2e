"""The judge on the edges of each rule: the day, the second and the row at which an answer turns."""

import datetime as dt

import pytest

from data_access.measures import measure_named
from tests.oracle import MEASURES, World, cohort

Cells = dict[str, str | None]

REFERRAL: Cells = {"referral_id": "r1", "child_id": "c1", "team_id": "north", "received_at": "2010-01-04 10:00"}
ASSESSMENT: Cells = {"assessment_id": "a1", "child_id": "c1", "kind": "initial", "team_id": "north"}
SPELL: Cells = {"staff_id": "s1", "team_id": "north", "role": "other", "fte": "1", "uses_case_system": "yes"}
STANDARD: Cells = {"measure": "initial_assessments_within_7_working_days", "source": "Local protocol"}
COVERS_FROM = dt.date(2009, 1, 5)


def world_of(taken: str, **tables: list[Cells]) -> World:
    """Return a world of these rows, taken at that London time and complete until the day before."""
    world = World()
    extracted_at = dt.datetime.fromisoformat(taken)
    for table, rows in tables.items():
        for row in rows:
            world.load(
                table,
                [row],
                columns=tuple(row),
                extracted_at=extracted_at,
                covers_from=COVERS_FROM,
                covers_to=extracted_at.date() - dt.timedelta(days=1),
                complete=False,
            )
    return world


def judged(world: World, measure: str) -> dict[str, tuple[str, int]]:
    """Return state and numerator by case."""
    return {row.case_id: (row.state, row.numerator) for row in cohort(world, measure)}


@pytest.mark.parametrize(
    ("received", "taken", "state"),
    [
        ("2010-01-07 07:00", "2010-01-08 07:00", "counted"),
        ("2010-01-07 07:01", "2010-01-08 07:00", "not_yet_due"),
        ("2010-01-06", "2010-01-08 00:00", "counted"),
        ("2010-01-07", "2010-01-08 23:59", "not_yet_due"),
        ("2010-03-27 07:00", "2010-03-28 07:30", "not_yet_due"),  # 23.5 hours: the clocks went forward
    ],
)
def test_a_referral_waits_24_hours_before_it_counts_as_late(received: str, taken: str, state: str) -> None:
    world = world_of(taken, referrals=[REFERRAL | {"received_at": received}])
    assert judged(world, "decisions_within_24_hours") == {"r1": (state, 0)}


def test_of_several_contacts_that_name_the_referral_the_earliest_starts_the_clock() -> None:
    contacts: list[Cells] = [
        {"contact_id": contact_id, "child_id": "c1", "received_at": received, "referral_id": "r1"}
        for contact_id, received in (
            ("k1", "2010-01-04 09:00"),
            ("k2", "2010-01-03 09:00"),
            ("k3", "2010-01-05 09:00"),
        )
    ]
    world = world_of("2010-01-08 07:00", referrals=[REFERRAL], contacts=contacts)
    (row,) = cohort(world, "decisions_within_24_hours")
    assert row.event_date == dt.date(2010, 1, 3)


@pytest.mark.parametrize(
    ("started", "led_to_it"),
    [
        ("2010-01-03", {"r1": 0, "r2": 0}),
        ("2010-01-04", {"r1": 1, "r2": 0}),
        ("2010-01-07", {"r1": 1, "r2": 0}),
        ("2010-01-08", {"r1": 0, "r2": 1}),
    ],
)
def test_an_assessment_without_a_referral_answers_the_childs_latest(started: str, led_to_it: dict[str, int]) -> None:
    closed: Cells = {"closed_on": "2010-01-08"}
    later: Cells = {"referral_id": "r2", "received_at": "2010-01-08 10:00"}
    world = world_of(
        "2010-03-01 07:00",
        referrals=[REFERRAL | closed, REFERRAL | later],
        assessments=[ASSESSMENT | {"started_on": started}],
    )
    found = judged(world, "referrals_leading_to_initial_assessment")
    assert {case: met for case, (_, met) in found.items()} == led_to_it


@pytest.mark.parametrize(
    ("received", "completed", "met"),
    [
        ("2010-03-31", "2010-04-14", 0),  # 8 working days past Easter, under the standard of 7
        ("2010-04-01", "2010-04-19", 1),  # 10, under the standard of 10
        ("2010-04-01", "2010-04-20", 0),
    ],
)
def test_the_standard_is_the_one_in_force_when_the_clock_started(received: str, completed: str, met: int) -> None:
    world = world_of(
        "2010-04-30 07:00",
        referrals=[REFERRAL | {"received_at": received}],
        assessments=[ASSESSMENT | {"started_on": received, "completed_on": completed}],
    )
    assert judged(world, "initial_assessments_within_7_working_days") == {"a1": ("counted", met)}


def test_the_clock_starts_at_the_latest_referral_before_the_assessment_began() -> None:
    later: Cells = {"referral_id": "r2", "received_at": "2010-01-20"}
    too_late: Cells = {"referral_id": "r3", "received_at": "2010-01-22"}
    world = world_of(
        "2010-03-01 07:00",
        referrals=[REFERRAL, REFERRAL | later, REFERRAL | too_late],
        assessments=[ASSESSMENT | {"started_on": "2010-01-21", "completed_on": "2010-01-29"}],
    )
    assert judged(world, "initial_assessments_within_7_working_days") == {"a1": ("counted", 1)}


def test_of_several_standards_in_force_the_latest_holds_then_the_greater_reference() -> None:
    standards = [
        STANDARD | {"standard_id": standard_id, "from": begins, "to": None, "working_days": allowed}
        for standard_id, begins, allowed in (
            ("x3", "2009-01-01", "1"),
            ("x2", "2010-01-01", "9"),
            ("x1", "2010-01-01", "1"),
        )
    ]
    world = world_of(
        "2010-03-01 07:00",
        referrals=[REFERRAL],
        assessments=[ASSESSMENT | {"started_on": "2010-01-04", "completed_on": "2010-01-15"}],
        standards=standards,
    )
    assert judged(world, "initial_assessments_within_7_working_days") == {"a1": ("counted", 1)}


def test_re_referrals_are_known_from_a_year_after_coverage_begins() -> None:
    rows = [REFERRAL | {"received_at": "2010-01-04"}, REFERRAL | {"referral_id": "r2", "received_at": "2010-01-05"}]
    world = world_of("2010-01-08 07:00", referrals=rows)
    assert judged(world, "re_referrals_within_12_months") == {"r1": ("not_computable", 0), "r2": ("counted", 1)}


@pytest.mark.parametrize(("taken", "state"), [("2010-02-01 07:00", "not_yet_due"), ("2010-02-02 07:00", "counted")])
def test_support_by_a_caf_falls_due_after_day_20(taken: str, state: str) -> None:
    decided: Cells = {"decided_at": "2010-01-04", "decision": "no_further_action"}
    other_childs: Cells = {"caf_id": "f1", "child_id": "c2", "started_on": "2010-01-05", "agency": "school"}
    world = world_of(taken, referrals=[REFERRAL | decided], cafs=[other_childs])
    assert judged(world, "below_threshold_supported_to_caf") == {"r1": (state, 0)}


def ics_world(taken: str, *spells: Cells) -> World:
    use: Cells = {"staff_id": "s1", "week": "2010-01-11", "system": "ics", "recorded": "1"}
    absence: Cells = {"absence_id": "b1", "staff_id": "s2", "from": "2010-01-11"}
    return world_of(taken, staff=list(spells), system_use=[use], absences=[absence])


@pytest.mark.parametrize(("taken", "state"), [("2010-01-17 07:00", "not_yet_due"), ("2010-01-18 07:00", "counted")])
def test_a_week_of_system_use_is_due_once_its_sunday_is_covered(taken: str, state: str) -> None:
    world = ics_world(taken, SPELL | {"from": "2010-01-11", "to": None})
    assert judged(world, "staff_using_ics") == {"s1|2010-01-11": (state, 1 if state == "counted" else 0)}


def test_of_several_spells_on_the_monday_the_latest_gives_the_team() -> None:
    spells = [
        SPELL | {"from": begins, "to": "2010-01-11", "team_id": team}
        for begins, team in (("2010-01-08", "south"), ("2010-01-11", "duty"), ("2010-01-06", "north"))
    ]
    world = ics_world("2010-01-18 07:00", *spells)
    assert [row.team_id for row in cohort(world, "staff_using_ics")] == ["duty"]


def test_a_measure_without_a_table_that_it_requires_has_no_rows() -> None:
    world = world_of("2010-01-08 07:00", referrals=[REFERRAL])
    with_rows = {measure for measure in MEASURES if cohort(world, measure)}
    assert {"decisions_within_24_hours", "re_referrals_within_12_months"} <= with_rows
    assert {measure_named(measure).definition.requires for measure in with_rows} == {("referrals",)}

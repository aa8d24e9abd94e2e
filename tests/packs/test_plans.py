"""The packs of plans: measures with a target alone, where each goes, and the plan's actions, due or not."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.packs.document import Pack
from dashboard.packs.meetings import Meeting, MeetingProblem, meeting_named, meetings
from data_access.measures import MEASURES
from tests.packs.test_content import pack

SERVICE, TEAM = (meeting_named(name, None) for name in ("service-plan", "team-plan"))
SOME = ("staff_using_ics", "decisions_within_24_hours", "contacts_becoming_referrals", "staff_aware_of_service_plan")
"""A target to come, a target in force, none at all, and a target of the year."""
MORE = (*SOME, "cases_held_by_practice_managers", "cases_sampled_by_senior_managers")


def told(made: Pack) -> dict[str, dict[str, str]]:
    """Return the lines of each list, what each tells by its subject."""
    return {part.title: {line.subject: line.rest for line in part.lines} for part in made.lists}


@pytest.fixture(scope="module")
def service(council: str) -> Pack:
    """Give the service plan, of a few measures."""
    return pack(council, replace(SERVICE, measures=MORE))


def test_targets_stand_with_the_latest_figure_and_where_it_goes(service: Pack) -> None:
    targets = told(service)["Targets, and where the figures go"]
    assert targets["Staff using ICS"] == (
        ": 90% (w/c 22 Mar); target 100%, due 30 Jun. "
        "If the work goes on as now: due 100% by 30 June; at this pace 100% if the rise lasts."
    )
    assert targets["Referral decisions within 24 hours"] == (
        ": 92% (w/c 22 Mar); target 100%, missed. "
        "If the work goes on as now: 94% on average; cannot reach 100% the way we work now."
    )
    assert targets["Staff aware of the service plan"].endswith("above 70% by 31 March is out of reach.")
    # where no chance lines can be drawn nothing is told ahead
    assert targets["Cases held by practice managers"].endswith(
        "If the work goes on as now: nothing can be told ahead."
    )


def test_a_measure_without_a_target_is_no_part_of_a_plan(service: Pack) -> None:
    title = MEASURES["contacts_becoming_referrals"].definition.title
    assert title not in told(service)["Targets, and where the figures go"]
    assert title not in [measure.title for _, measure in service.measures()]


def test_actions_that_its_measures_show_stand_with_status_deadline_and_lead(service: Pack) -> None:
    actions = told(service)["Actions of the plan"]
    assert actions["10 Staff help to shape service plans"] == (
        ": In progress. Due on 30 June 2010. Safeguarding and Rights SMT."
    )
    assert {subject.split()[0] for subject in actions} == {"4", "8a", "9a", "9b", "10", "12"}


def test_a_team_has_its_own_figures_and_a_measure_without_any_says_so(council: str) -> None:
    made = pack(council, replace(TEAM, measures=MORE), team="AT1")
    targets = told(made)["Targets, and where the figures go"]
    assert targets["Referral decisions within 24 hours"].startswith(": 85% (w/c 22 Mar); target 100%, missed.")
    assert targets["Cases sampled by senior managers"] == (
        ": no figure yet; target 100%. If the work goes on as now: nothing can be told ahead."
    )
    assert made.subtitle.startswith("Assessment Team 1")


def test_what_a_plan_reads_is_told_and_its_field_is_yes_or_no(tmp_path: Path) -> None:
    assert (SERVICE.reads, SERVICE.of_team) == ("all measures with a target", False)
    assert TEAM.reads == "all measures with a target, of a team"
    file = tmp_path / "meetings.toml"
    own = '[[meeting]]\nid = "own"\nname = "Own"\nrhythm = "monthly"\nreaders = ["director"]\nplan = '
    file.write_text(f"{own}true", encoding="utf-8")
    mine: Meeting = meetings(file)["own"]
    assert mine.is_plan
    file.write_text(f'{own}"perhaps"', encoding="utf-8")
    with pytest.raises(MeetingProblem, match="plan is 'perhaps'; expected true or false"):
        meetings(file)

"""The Cases page: exactly the cases behind a number, filtered, sorted and paged by the address."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from dashboard.cache.team_comparison import team_comparison
from dashboard.components.cases.case_table import CaseWording, case_rows
from dashboard.components.layout.downloads import table_csv
from dashboard.readings.team_comparison import window
from dashboard.words.cases import clock_of, shown_as
from data_access.actor import Role
from data_access.measures import MEASURES, measure_named
from data_access.measures.definition import About
from data_access.scope import Scope
from tests.pages.reading_pages import Link, links_of, text_of
from tests.reader import now, reader_of
from tests.representatives import of_each_kind

Open = Callable[..., AppTest]

DECISIONS = "decisions_within_24_hours"
ABOUT_STAFF = {name for name, one in MEASURES.items() if one.definition.about is not About.CHILDREN}
"""Measures whose rows are listed to no reader of the whole service."""
SCREENING = "police_notifications_passed_on"
VISITS = "visits_written_up"
ASSESSMENTS = "initial_assessments_within_7_working_days"


def rows(at: AppTest) -> list[list[str]]:
    """Return the cells of the list."""
    table = next((str(one.value) for one in at.get("html") if "Cases behind" in str(one.value)), "")
    body = table.partition("<tbody ")[2]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if "<th" in row]


def references(at: AppTest) -> list[str]:
    return [row[0] for row in rows(at)]


def labelled(at: AppTest, label: str) -> Link:
    return next(link for link in links_of(at) if link.label == label)


def test_the_list_holds_exactly_the_cases_of_the_figure(open_page: Open) -> None:
    first = open_page("cases", measure=DECISIONS)
    second = open_page("cases", measure=DECISIONS, page="2")
    headline = measures.measure_view(now(), DECISIONS).headline
    number = headline["cases"] + headline["not_computable"]
    shown = [*references(first), *references(second), *references(open_page("cases", measure=DECISIONS, page="3"))]
    assert len(shown) == len(set(shown)) == number
    assert f"{number} cases, w/c 22 March 2010" in text_of(first)
    assert f"26 to 50 of {number}" in text_of(second)
    assert labelled(first, "Next page ›").parameters["page"] == "2"
    assert "page" not in labelled(second, "‹ Earlier page").parameters


def test_waiting_cases_stand_first_the_longest_wait_named_with_clock_and_path(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, show="waiting")
    listed = rows(at)
    waits = measures.waiting(now(), DECISIONS, team=None)
    expected = [
        clock_of(case, measure_named(DECISIONS).definition)
        for case in waits.sort("seconds_taken", "case_id", descending=[True, False]).to_dicts()
    ]
    assert [row[2] for row in listed] == expected
    longest = measures.measure_view(now(), DECISIONS).waiting_longest
    who = f"{len(expected)} children have waited over 24 hours for a decision; the longest has waited {longest}."
    assert who in text_of(at)
    assert f"{len(expected)} cases, waiting over 24 hours for a decision, whatever their date" in text_of(at)
    assert all(row[-1].endswith("→ no decision yet") for row in listed)
    assert re.fullmatch(r"contact \w{3} \d+ Mar \d\d:\d\d → referral .*→ no decision yet", listed[0][-1])


def test_a_path_runs_from_contact_to_assessment(open_page: Open) -> None:
    at = open_page("cases", measure=ASSESSMENTS, over="window")
    late = rows(at)[0]
    assert re.fullmatch(r"\d+ working days, 7 allowed", late[2])
    assert re.search(r"referral .* → decided .* → assessment begun .* → completed ", late[-1])


@pytest.mark.parametrize("measure", of_each_kind(name for name in MEASURES if name not in ABOUT_STAFF))
def test_every_measure_is_listed_narrowed_and_sorted(open_page: Open, measure: str) -> None:
    definition = MEASURES[measure].definition
    for show in shown_as(definition):
        assert " case" in text_of(open_page("cases", measure=measure, show=show, sort="longest"))


def test_a_team_and_a_value_of_a_dimension_narrow_the_list(open_page: Open) -> None:
    team = open_page("cases", measure=DECISIONS, team="AT2")
    assert all("Assessment Team 2" in row for row in rows(team))
    police = open_page("cases", measure=DECISIONS, dimension="source", value="police", over="window")
    compared = team_comparison(now(), DECISIONS, by="source", team=None, up_to=None)
    assert compared is not None
    [found] = [row for row in compared.rows if row.key == "police"]
    expected = int(found.denominator) + found.not_computable + found.not_yet_due
    assert f"{expected} cases, Police, 13 weeks" in text_of(police)
    assert all("Police" in row for row in rows(police))


def test_the_cases_of_a_yes_and_of_a_no_are_those_of_the_breakdown(open_page: Open) -> None:
    open_page("cases", measure=SCREENING)
    compared = team_comparison(now(), SCREENING, by="child_known", team=None, up_to=None)
    assert compared is not None
    assert [row.name for row in compared.rows] == ["no", "yes"]
    for row in compared.rows:
        listed = open_page("cases", measure=SCREENING, dimension="child_known", value=row.key, over="window")
        expected = int(row.denominator) + row.not_computable + row.not_yet_due
        assert f"{expected} case{'' if expected == 1 else 's'}, {row.name}, 13 weeks" in text_of(listed)


def test_the_cases_of_children_of_whom_something_is_recorded_are_those_of_the_breakdown(open_page: Open) -> None:
    open_page("cases", measure=DECISIONS)
    compared = team_comparison(now(), DECISIONS, by="first_language", team=None, up_to=None)
    assert compared is not None
    for row in compared.rows:
        listed = open_page("cases", measure=DECISIONS, dimension="first_language", value=row.key, over="window")
        expected = int(row.denominator) + row.not_computable + row.not_yet_due
        assert f"{expected} cases, {row.name}, 13 weeks" in text_of(listed)


def test_who_manages_the_team_narrows_its_cases_by_worker_and_nobody_else(read_as: Open) -> None:
    manager = reader_of(Scope.of_team("CME"), Role.TEAM_MANAGER)
    asked = {"measure": VISITS, "over": "window"}
    read_as("cases", manager, **asked)
    run = now(manager)
    first, last = window(
        MEASURES[VISITS].definition, measures.measure_view(run, VISITS, team="CME").headline["start"]
    )
    visits = measures.listed(run, VISITS, first=first, last=last, team="CME")
    worker, number = visits["visited_by"].drop_nulls().value_counts(sort=True).row(0)
    own = read_as("cases", manager, team="CME", dimension="visited_by", value=worker, **asked)
    assert f"{number} cases, {worker}" in text_of(own)
    director = reader_of(Scope.everything(), Role.DIRECTOR)
    refused = read_as("cases", director, dimension="visited_by", value=worker, **asked)
    assert "There is no dimension of this measure" in text_of(refused)


@pytest.mark.parametrize(("sort", "column"), [("case", 0), ("team", 3)])
def test_sorting(open_page: Open, sort: str, column: int) -> None:
    listed = rows(open_page("cases", measure=DECISIONS, sort=sort))
    assert [row[column] for row in listed] == sorted(row[column] for row in listed)


def test_one_case_alone(open_page: Open) -> None:
    waits = rows(open_page("cases", measure=DECISIONS, show="waiting"))
    at = open_page("cases", measure=DECISIONS, show="waiting", case=waits[0][0])
    one = next(str(element.value) for element in at.get("html") if 'class="plain one"' in str(element.value))
    assert "no decision yet" in one
    assert waits[0][2] in one
    assert "case" not in labelled(at, "Back to the list").parameters


def test_a_case_that_is_not_there_is_said_plainly_with_a_way_back(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, case="<i>R-1</i>")
    assert "There is no case “&lt;i&gt;R-1&lt;/i&gt;” among these." in text_of(at)
    assert labelled(at, "Back to the list").page == "cases"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"measure": "nonsense"}, "There is no measure"),
        ({"team": "ZZ"}, "There is no team"),
        ({"week": "soon"}, "There is no week"),
        ({"show": "hidden"}, "There is no kind of case"),
        ({"sort": "luck"}, "There is no order"),
        ({"over": "ages"}, "There is no span"),
        ({"page": "0"}, "There is no page “0” here"),
        ({"page": "x"}, "There is no page “x” here"),
        ({"dimension": "decision; drop"}, "There is no dimension of this measure"),
    ],
)
def test_what_is_not_there_is_said_plainly(open_page: Open, address: dict[str, str], told: str) -> None:
    at = open_page("cases", **{"measure": DECISIONS, **address})
    assert told in text_of(at).replace("\\", "")
    assert "Back to This week" in [link.label for link in links_of(at)]


def test_a_page_beyond_the_last_leads_back(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, page="99")
    assert "There is no page 99 here: the list has " in text_of(at)
    assert "page" not in labelled(at, "Back to the list").parameters


def test_a_value_that_no_case_has_lists_none(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, dimension="source", value="<u>moon</u>")
    assert "No cases, &lt;u&gt;moon&lt;/u&gt;, w/c 22 March 2010" in text_of(at)
    assert not rows(at)


def test_sickness_is_never_listed(open_page: Open) -> None:
    at = open_page("cases", measure="sickness_absence")
    assert "Sickness absence is never listed person by person." in text_of(at)
    assert not rows(at)


def test_cases_that_are_not_settled_yet_can_be_listed_too(open_page: Open) -> None:
    leading = "referrals_leading_to_initial_assessment"
    at = open_page("cases", measure=leading, over="unsettled", show="not_yet_due")
    number = measures.measure_view(now(), leading).figures["not_yet_due"].sum()
    assert f"{number} cases, not yet due, Since then, not settled" in text_of(at)


def test_no_data_at_all(open_page: Open, empty_database: str) -> None:
    assert "Nothing is loaded yet" in text_of(open_page("cases", database=empty_database))


def test_every_number_of_the_front_page_is_three_clicks_or_fewer_from_its_cases(open_page: Open) -> None:
    front = {
        link.parameters["measure"]
        for link in links_of(open_page())
        if link.page == "measure" and "measure" in link.parameters
    }
    for measure in front - ABOUT_STAFF:
        to_cases = [
            link for link in links_of(open_page("measure", measure=measure)) if link.label.startswith("Show all")
        ]
        assert to_cases[0].page == "cases"
        assert to_cases[0].parameters["measure"] == measure


def test_a_downloaded_list_tells_the_year_of_every_date_and_that_it_is_internal(open_page: Open) -> None:
    open_page("cases", measure=DECISIONS)
    cases = measures.listed(now(), DECISIONS, first=date(2010, 3, 22), last=date(2010, 3, 28), team=None)
    wording = CaseWording(MEASURES[DECISIONS].definition, {}, {})
    written = table_csv(*case_rows(wording, cases.to_dicts(), years=True)).decode("utf-8-sig").splitlines()
    assert len(written) == cases.height + 1
    assert written[0].endswith(",classification")
    assert all(re.search(r"Mar 2010.*,internal$", line) for line in written[1:])

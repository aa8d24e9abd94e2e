"""The page Audits: each number is that of the list to which it leads, and who may list no case sees numbers alone."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.analysis.agreement import agreement
from dashboard.analysis.intervals import Interval
from dashboard.cache.audits import audits
from dashboard.components.audits.month_tables import child_table, grade_table
from dashboard.components.layout.filters import Choice
from dashboard.readings.audits import GRADED, MONTHS, PROGRAMME, VIEWS, Audits
from dashboard.words.audits import action_words, agreement_words
from data_access.actor import Role
from data_access.queries.audit_actions import ActionState
from data_access.queries.audit_answers import GRADES
from data_access.scope import Scope
from tests.council import ROOT
from tests.pages.reading_pages import Link, html_links, links_of, text_of
from tests.reader import now, reader_of

Open = Callable[..., AppTest]

CLOSED = "action_closed_on"


def table(at: AppTest, caption: str) -> list[list[str]]:
    """Return the words of a table's rows by its caption."""
    html = next(str(element.value) for element in at.get("html") if f"{caption}</caption>" in str(element.value))
    body = html.partition("<tbody ")[2]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if "<th" in row]
    return [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in rows]


def numbered(at: AppTest, measure: str) -> list[Link]:
    """Return the links of numbers that lead to lists of a measure's cases."""
    return [link for link in links_of(at) if link.page == "cases" and link.parameters.get("measure") == measure]


@pytest.mark.parametrize("measure", [GRADED, VIEWS])
def test_each_number_is_that_of_the_list_behind_it(open_page: Open, measure: str) -> None:
    links = numbered(open_page("audits"), measure)
    assert len(links) > MONTHS
    for link in links[:4]:
        listed = open_page("cases", **link.parameters)
        number = "1 case" if link.label == "1" else f"{link.label} cases"
        assert f'<h2 class="part">{number}, ' in text_of(listed)


def test_the_programme_is_the_measure_of_plan_item_12(open_page: Open) -> None:
    at = open_page("audits")
    rows = table(at, "Cases that senior managers were to read, and read")
    assert len(rows) == MONTHS
    latest = rows[0]
    assert latest[0] == "February 2010"
    assert int(latest[1]) == int(latest[2]) + int(latest[3])
    [link, *_] = [link for link in links_of(at) if link.page == "measure" and link.label == latest[2]]
    assert link.parameters == {"measure": PROGRAMME, "week": "2010-02-22"}
    assert f"{latest[2]} of {latest[1]}" in text_of(open_page("measure", **link.parameters))


def test_the_child_stands_first_and_what_does_not_apply_has_its_reason(open_page: Open) -> None:
    at = open_page("audits")
    parts = re.findall(r'<h2 class="part">(.*?)</h2>', text_of(at))
    assert parts == [
        "The child first",
        "The programme and what was done",
        "Grades month by month",
        "What audits asked for",
        "Do graders agree?",
    ]
    assert "The child’s views are recorded in 8 of 9 files read in February 2010." in text_of(at)
    reasons = [row[4] for row in table(at, "Questions that do not apply")]
    assert reasons
    assert all(reasons)
    assert "Unborn child" in reasons


def test_what_audits_asked_for_is_told_by_month_and_in_all(open_page: Open) -> None:
    """Counted again from the file that ships, row by row."""
    at = open_page("audits")
    until, asked = date(2010, 3, 28), []
    with (ROOT / "sample_data" / "council" / "audits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["action_due_on"]:
                due, closed = (row[name] and date.fromisoformat(row[name]) for name in ("action_due_on", CLOSED))
                done = "Closed on time" if closed and closed <= due else "Closed late" if closed else ""
                asked.append((row["audited_on"][:7], done or ("Overdue" if due <= until else "Not yet due"), row))
    told = ", ".join(
        f"{number} {words.lower()}"
        for words in ("Closed on time", "Closed late", "Overdue", "Not yet due")
        if (number := sum(state == words for _, state, _ in asked))
    )
    assert f"Audits up to 28 Mar 2010 asked for {len(asked)} actions: {told}." in text_of(at)
    february = [state for month, state, _ in asked if month == "2010-02"]
    row = table(at, "Actions that audits asked for, by month of the audit")[0]
    assert row[:2] == ["February 2010", str(len(february))]
    assert [int(cell.replace("–", "0")) for cell in row[2:]] == [
        february.count(words) for words in ("Closed on time", "Closed late", "Overdue", "Not yet due", "")
    ]
    overdue = sorted((row["action_due_on"], row["audit_id"]) for _, state, row in asked if state == "Overdue")
    assert overdue
    assert [row[0] for row in table(at, "Actions that are overdue")] == [audit for _, audit in overdue]


def test_actions_that_were_never_sent_are_not_nought() -> None:
    never = Audits(date(2010, 3, 28), (), agreement([], GRADES, ordered=True), None, None, None, None)
    assert action_words(never).startswith("Not recorded: audits came without the columns action_due_on")
    none = replace(never, actions=dict.fromkeys(ActionState, 0))
    assert action_words(none) == "No audit up to 28 Mar 2010 asked for anything."


def test_graders_who_graded_too_few_cases_are_told_so(open_page: Open) -> None:
    at = open_page("audits")
    rows = table(at, "Assessments graded by two auditors")
    alike = sum(row[-1] == "Alike" for row in rows)
    assert f"{len(rows)} assessments were graded by two auditors, {alike} alike: too few to say" in text_of(at)


def test_a_team_and_an_earlier_week_narrow_what_is_told(open_page: Open) -> None:
    at = open_page("audits", team="AT2", week="2010-01-25")
    assert "Senior managers belong to no team" in text_of(at)
    assert table(at, "Assessments by grade and month")[0][0] == "January 2010"
    assert {row[1] for row in table(at, "Assessments graded by two auditors")} == {"Assessment Team 2"}
    assert all(link.parameters["team"] == "AT2" for link in numbered(at, GRADED))


def test_who_may_list_no_case_reads_numbers_without_links(open_page: Open) -> None:
    open_page("audits")
    board = now(reader_of(Scope.everything(), Role.BOARD_MEMBER))
    told, whole = (audits(run, team=None, up_to=None) for run in (board, now()))
    assert (told.excused, told.twice, told.overdue) == (None, None, None)
    assert (told.months, told.agreement, told.actions) == (whole.months, whole.agreement, whole.actions)
    for made in (child_table, grade_table):
        assert html_links(made(whole, Choice(None, None)))
        assert not html_links(made(told, Choice(None, None)))
    manager = now(reader_of(Scope.of_team("AT1"), Role.TEAM_MANAGER))
    own = audits(manager, team="AT1", up_to=None)
    assert own.twice is not None
    assert {row["team"] for row in own.twice} <= {"AT1"}


def test_without_audits_the_page_says_what_to_load(open_page: Open, empty_database: str) -> None:
    assert "Nothing is loaded yet" in text_of(open_page("audits", database=empty_database))
    long_ago = open_page("audits", week="2007-04-02")
    assert "No month of audits is settled" in text_of(long_ago)


def test_agreement_in_words() -> None:
    pairs = [("good", "good")] * 20 + [("poor", "poor")] * 10 + [("good", "adequate")] * 4
    told = agreement(pairs, GRADES, ordered=True)
    assert told.interval is not None
    assert isinstance(told.interval, Interval)
    assert agreement_words(told).startswith(
        "34 assessments were graded by two auditors, 30 alike. Kappa, weighted by"
    )
    assert f"is {told.kappa:.2f}, 95% interval {told.interval.lower:.2f} to" in agreement_words(told)
    assert "can't be told" in agreement_words(agreement([], GRADES, ordered=True))
    assert "a single grade in use" in agreement_words(agreement([("good", "good")] * 40, GRADES, ordered=True))
    every = agreement([(grade, grade) for grade in GRADES] * 10, GRADES, ordered=True)
    assert "is 1.00: 1 is full agreement" in agreement_words(every)


def test_a_month_leads_to_the_first_week_in_which_it_is_over(open_page: Open) -> None:
    open_page("audits")
    weeks = {month.start: month.week for month in audits(now(), team=None, up_to=None).months}
    assert weeks[date(2010, 2, 1)] == date(2010, 2, 22)
    assert weeks[date(2009, 12, 1)] == date(2009, 12, 28)

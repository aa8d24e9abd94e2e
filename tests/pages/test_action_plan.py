"""The Action plan page: what is due, narrowed by the address; a line whole; reports and changes, kept or refused."""

import datetime as dt
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data_access.database.opening import connect
from tests.data_access.decisions.people import stands
from tests.pages.reading_pages import links_of, text_of
from tests.pages.test_decisions import fill, press, widget

Open = Callable[..., AppTest]


def lines(at: AppTest) -> list[str]:
    """Return the numbers of the lines that the page lists, in its order."""
    titles = [
        link
        for link in links_of(at)
        if link.page == "action_plan" and "line" in link.parameters and " " in link.label
    ]
    return [link.parameters["line"] for link in titles]


def test_the_plan_lists_every_line_with_its_deadline_and_what_moved(open_page: Open) -> None:
    at = open_page("action_plan")
    said = text_of(at)
    assert lines(at) == [
        "1a",
        "1b",
        "1c",
        "1d",
        "1e",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8a",
        "8b",
        "9a",
        "9b",
        "9c",
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
    ]
    assert "22 lines under 15 numbers" in said
    assert "ICS Project Board; a lead still to be named" in said
    assert "3 better" in said
    assert "21 Jan 2010: The workshop was held; sign-posting differs between teams" in said
    assert "That a measure moved is no proof that the action moved it." in said
    assert "<b>Mar 2010 <span>now</span></b>" in said


def test_the_address_narrows_the_plan(open_page: Open) -> None:
    assert lines(open_page("action_plan", show="overdue")) == ["2", "3", "5", "6", "7", "8a", "9a", "9b", "15"]
    assert lines(open_page("action_plan", show="no_lead")) == ["4"]
    assert lines(open_page("action_plan", strand="effective_actions")) == ["13", "14", "15"]
    at = open_page("action_plan", strand="family_focus", show="overdue")
    assert lines(at) == []
    assert "No line of the plan is so." in text_of(at)
    assert "There is no choice of lines “late” here" in text_of(open_page("action_plan", show="late"))
    assert "There is no line “99” in the action plan here" in text_of(open_page("action_plan", line="99"))


def test_a_line_tells_all_of_it(open_page: Open) -> None:
    said = text_of(open_page("action_plan", line="9a"))
    assert "Overdue since 31 December 2009" in said
    assert "printed: Dec-10. The plan prints December 2010 for its immediate solution" in said
    assert "Better since: 69% before, 94% in the 15 weeks since." in said
    assert said.index("21 January 2010</b> Decisions are quicker") < said.index(
        "15 December 2009</b> A new duty system"
    )
    assert "Loaded with the plan." in said
    alone = text_of(open_page("action_plan", line="8b"))
    assert "No measure is linked with it: it is seen by its evidence alone." in alone


def test_measures_and_strands_lead_to_their_lines(open_page: Open) -> None:
    of_measure = links_of(open_page("measure", measure="decisions_within_24_hours"))
    assert [link.parameters["line"] for link in of_measure if "line" in link.parameters] == ["9a", "9b"]
    at = open_page("accountability")
    assert [link.label for link in links_of(at) if link.page == "action_plan" and link.parameters] == [
        "7 lines of the action plan"
    ]
    assert "3 overdue, 1 due within four weeks, 1 done." in text_of(at)


def test_a_report_is_refused_at_its_field_kept_and_changed(open_page: Open, council_copy: str) -> None:
    at = open_page("action_plan", database=council_copy, line="9a")
    at.session_state["plan_report"] = True
    at.run()
    later = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    fill(at, "date_input", Day=later)
    widget(at, "text_input", "What was done, or stands in the way").set_value(
        "<img src=x> *All* teams decide in time"
    )
    widget(at, "text_input", "Why").set_value("Told at the SMT")
    said = press(at, "Keep it")
    assert f"“{later}” can’t be. Expected: a day that has come" in said
    assert widget(at, "text_input", "Why").value == "Told at the SMT"
    fill(at, "date_input", Day=dt.date(2010, 3, 25))
    said = press(at, "Keep it")
    assert "Report action_update-1 is kept." in said
    assert "25 March 2010</b> &lt;img src=x&gt; *All* teams decide in time" in said

    widget(at, "selectbox", "What").set_value("action_update-1").run()
    widget(at, "text_input", "Where it can be seen").set_value("Minutes of 25 March")
    widget(at, "text_input", "Why").set_value("The minutes are there")
    said = press(at, "Keep the change")
    assert "Seen in: Minutes of 25 March." in said


def test_a_line_is_done_once_there_is_evidence(open_page: Open, council_copy: str) -> None:
    at = open_page("action_plan", database=council_copy, line="9a")
    at.session_state["plan_change"] = True
    at.run()
    assert widget(at, "selectbox", "Status").options == ["In progress", "Done", "Stopped"]
    widget(at, "selectbox", "Status").set_value("done")
    widget(at, "text_input", "Why").set_value("Seen by the SMT")
    said = press(at, "Keep the change")
    assert "Fill this in: where it can be seen that it was done, before it counts as done." in said
    assert widget(at, "selectbox", "Status").value == "done"
    widget(at, "text_input", "Evidence").set_value("Audit of 18 March")
    said = press(at, "Keep the change")
    assert "Line 9a is kept." in said
    assert (
        "Status: In progress → Done; Evidence: nothing → Audit of 18 March. <span>Because: Seen by the SMT." in said
    )
    engine = connect(council_copy)
    kept = stands(engine, "action")["9a"]
    engine.dispose()
    assert (kept.content["status"], kept.content["deadline_printed"], kept.revision) == ("done", "Dec-10", 1)


def test_a_line_is_added_and_withdrawn(open_page: Open, council_copy: str) -> None:
    at = open_page("action_plan", database=council_copy)
    at.session_state["plan_add"] = True
    at.run()
    widget(at, "text_input", "What is to be done").set_value("Visit every team")
    widget(at, "text_input", "Lead").set_value("Director")
    widget(at, "text_input", "Measures").set_value("cafs_started cafs_begun")
    widget(at, "text_input", "Why").set_value("Agreed at the SMT")
    assert "“cafs_begun” can’t be. Expected: ids of measures between spaces" in press(at, "Keep it")
    widget(at, "text_input", "Measures").set_value("cafs_started")
    said = press(at, "Keep it")
    assert "Line action-1 is kept." in said
    assert "23 lines" in said
    at = open_page("action_plan", database=council_copy, line="action-1")
    at.session_state["plan_change"] = True
    at.run()
    widget(at, "text_input", "Why").set_value("Done elsewhere")
    press(at, "Withdraw it")
    assert "22 lines" in text_of(open_page("action_plan", database=council_copy))


def test_without_a_plan_the_page_says_how_to_load_it(open_page: Open, empty_database: str) -> None:
    at = open_page("action_plan", database=empty_database)
    assert "No action plan is loaded." in text_of(at)
    assert any(link.page == "loads_and_quality" for link in links_of(at))

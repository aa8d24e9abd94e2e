"""The Definitions page: every measure, its standards and targets, worked examples, how it was first defined."""

from collections.abc import Callable
from html import unescape

import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access.database.facts import raise_data_version
from data_access.database.opening import connect, writing
from data_access.database.schema.figures import WORDINGS
from data_access.measures import MEASURES
from data_access.wordings import keep_wordings
from tests.pages.reading_pages import links_of, text_of

Open = Callable[..., AppTest]

IN_TIME = "initial_assessments_within_7_working_days"


def told(at: AppTest) -> str:
    return unescape(text_of(at))


def test_every_measure_stands_there_closed_with_all_that_is_said_of_it(open_page: Open) -> None:
    page = told(open_page("definitions"))
    for measure in MEASURES.values():
        it = measure.definition
        for text in (it.title, it.question, it.how, it.why, it.misleads):
            assert text in page
    assert page.count("<details") == len(MEASURES)
    assert '<details class="definition" open' not in page
    assert "Worked examples of" not in page


def test_all_open_with_worked_examples_to_print(open_page: Open) -> None:
    page = told(open_page("definitions", show="all"))
    assert page.count('<details class="definition" open') == page.count("Worked examples of") == len(MEASURES)


def test_a_measure_with_its_standards_targets_and_published_figures(open_page: Open) -> None:
    at = open_page("definitions", measure=IN_TIME)
    page = told(at)
    assert page.count("<details") == 1
    assert "7 working days, from 1 April 2000 to 31 March 2010. Framework for the Assessment" in page
    assert "10 working days, from 1 April 2010. Working Together" in page
    assert (
        "Above the same months of the year before from 10 December 2009; of the plan (9c, 13); set by Senior" in page
    )
    assert "England, 2008/09: 72%." in page
    assert "completed Mon 4 January 2010" in page
    assert ("measure", {"measure": IN_TIME}) in [(link.page, link.parameters) for link in links_of(at)]


def test_a_target_for_a_service_says_for_whom_and_until_when(open_page: Open) -> None:
    page = told(open_page("definitions", measure="staff_using_ics"))
    assert "At least 100% from 22 January 2010, for Assessment Service; of the plan (4)" in page


def test_words_that_have_changed_show_as_they_were_first(open_page: Open, council_copy: str) -> None:
    assert "As now, since " in told(open_page("definitions", measure=IN_TIME, database=council_copy))
    engine = connect(council_copy)
    with writing(engine) as connection:
        older = sa.update(WORDINGS).where(WORDINGS.c.measure == IN_TIME)
        connection.execute(older.values(title="Assessments in a week", how="Those done in seven days."))
        keep_wordings(connection, [MEASURES[IN_TIME].definition])
        raise_data_version(connection)
    engine.dispose()
    page = told(open_page("definitions", measure=IN_TIME, database=council_copy))
    assert "as “Assessments in a week”: Those done in seven days." in page
    assert "Changed on " in page


def test_the_charts_and_the_format_have_their_parts(open_page: Open) -> None:
    charts = told(open_page("definitions", part="charts"))
    assert "seven in a row" in charts
    assert "No chance lines are drawn" in charts
    assert "# What to hand over" in told(open_page("definitions", part="format"))


def test_a_part_that_there_is_not_is_named(open_page: Open) -> None:
    assert "There is no part of this page “nothing” here" in told(open_page("definitions", part="nothing"))

"""The page Audits: the child's views first, the programme, grades, what was asked for, and how far graders agree."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.analysis.wording import short_day
from dashboard.cache import measures
from dashboard.cache.audits import audits
from dashboard.cache.page_run import page_run
from dashboard.components.audits.month_tables import action_table, child_table, grade_table, programme_table
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import page_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.readings.audits import GRADED, PROGRAMME, VIEWS, Audits
from dashboard.words.audits import action_words, agreement_words, child_words
from dashboard.words.cases import team_words

_NONE: Final = "No month of audits is settled: load audits.csv, with a row for each question of each audit."
_PROGRAMME: Final = (
    "Each member of the senior management team is to read two cases a month (plan item 12). A third case read by a "
    "keen manager does not make up for one that a colleague has not read."
)
_OF_NO_TEAM: Final = "Senior managers belong to no team: choose all teams for the programme."
_AGREEMENT: Final = (
    "A case is graded a second time when another auditor grades the same assessment. Draw the cases at random, and "
    "let the second grader not know the first grade: safe-dashboard sample-cases --second-grading deals them out."
)
_ACTIONS: Final = (
    "Closed on the day by which it was due is on time. What was closed without such a day, or bears a day before its "
    "audit, could not be worked out."
)
_QUESTIONS: Final = {"child_views_recorded": "Child’s views", "parents_views_recorded": "Parents’ views"}
_MAY_NOT_LIST: Final = "You may not list these cases."
_MOST_SHOWN: Final = 25
_STYLE: Final = Path(__file__).with_name("audits.css")


def draw_audits_page() -> None:
    """Draw what audits say, of the team and up to the week that the address names."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    names = measures.team_names(run)
    draw_stylesheet()
    st.html(_STYLE)
    draw_heading("audits", "Audits", choice, freshness, names)
    told = audits(run, team=choice.team, up_to=choice.up_to)
    if not told.months:
        st.html(f"<p>{_NONE}</p>")
        return
    with st.container(key="audits", gap=None):
        _draw_child(told, choice, names)
        _draw_programme(told, choice)
        _draw_grades(told, choice)
        _draw_actions(told, names)
        _draw_agreement(told, names)


def _draw_child(told: Audits, choice: Choice, names: Mapping[str, str]) -> None:
    st.html(f'<h2 class="part">The child first</h2><p>{escape(child_words(told.months[0]))}</p>')
    _draw_months("child", child_table(told, choice))
    page_link("measure", "Views of child and parents, measured", measure=VIEWS, team=choice.team, week=choice.week)
    st.html("<h3>Not applicable, and why</h3>")
    if told.excused is None:
        st.html(f"<p>{_MAY_NOT_LIST}</p>")
        return
    rows = [[*_asked(row, names), str(row["reason"])] for row in told.excused]
    _draw_rows("Questions that do not apply", ("Audit", "Audited", "Team", "Question", "Why not"), rows)


def _draw_programme(told: Audits, choice: Choice) -> None:
    text = _PROGRAMME if choice.team is None else _OF_NO_TEAM
    st.html(f'<h2 class="part">The programme and what was done</h2><p>{escape(text)}</p>')
    if choice.team is None:
        _draw_months("programme", programme_table(told))
        page_link("measure", "Cases sampled by senior managers, measured", measure=PROGRAMME, week=choice.week)


def _draw_grades(told: Audits, choice: Choice) -> None:
    st.html('<h2 class="part">Grades month by month</h2>')
    _draw_months("grades", grade_table(told, choice))
    page_link("measure", "Good or better, measured", measure=GRADED, team=choice.team, week=choice.week)


def _draw_actions(told: Audits, names: Mapping[str, str]) -> None:
    st.html(f'<h2 class="part">What audits asked for</h2><p>{escape(action_words(told))}</p>')
    if told.actions is None and all(month.actions is None for month in told.months):
        return
    _draw_months("actions", action_table(told))
    st.html(f'<p class="freshness">{escape(_ACTIONS)}</p><h3>Overdue</h3>')
    if told.overdue is None:
        st.html(f"<p>{_MAY_NOT_LIST}</p>")
        return
    rows = [[*_asked(row, names), _day(row["due_on"])] for row in told.overdue]
    _draw_rows("Actions that are overdue", ("Audit", "Audited", "Team", "Question", "Due"), rows)


def _asked(row: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """Return the cells that say which question of which audit a row is about."""
    question = _QUESTIONS.get(row["question"], str(row["question"]).replace("_", " ").capitalize())
    return [str(row["audit_id"]), _day(row["audited_on"]), team_words(row["team"], names), question]


def _draw_agreement(told: Audits, names: Mapping[str, str]) -> None:
    st.html(
        f'<h2 class="part">Do graders agree?</h2><p>{escape(agreement_words(told.agreement))}</p>'
        f'<p class="freshness">{escape(_AGREEMENT)}</p>'
    )
    if told.twice is None:
        st.html(f"<p>{_MAY_NOT_LIST}</p>")
        return
    rows = [
        [
            str(row["assessment_id"]),
            team_words(row["team"], names),
            str(row["first_grade"]).capitalize(),
            _day(row["first_on"]),
            str(row["second_grade"]).capitalize(),
            _day(row["second_on"]),
            "Alike" if row["first_grade"] == row["second_grade"] else "Differ",
        ]
        for row in told.twice
    ]
    headings = ("Assessment", "Team", "First grade", "Given", "Second grade", "Given then", "Grades")
    _draw_rows("Assessments graded by two auditors", headings, rows)


def _draw_months(part: str, table: str) -> None:
    with st.container(key=f"months_{part}", gap=None):
        st.html(table)


def _draw_rows(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        st.html("<p>There is none.</p>")
        return
    st.html(html_table(caption, headings, rows[:_MOST_SHOWN]))
    if len(rows) > _MOST_SHOWN:
        st.html(f'<p class="freshness">The first {_MOST_SHOWN} of {len(rows):,}.</p>')


def _day(on: date) -> str:
    return f"{short_day(on)} {on.year}"

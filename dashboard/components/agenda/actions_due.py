"""The actions of the plan that are overdue or due soon, for the meeting to ask about."""

from html import escape

import streamlit as st

from dashboard.cache.action_plan import plan
from dashboard.components.agenda.part import Agenda
from dashboard.components.layout.links import html_link
from dashboard.components.plan.shown import PAGE
from dashboard.readings.action_plan import PlanLine
from dashboard.words.action_plan import action_words


def draw_actions_due(agenda: Agenda) -> None:
    """Draw what is due of the plan as on the day of the data, the longest overdue first."""
    told = "".join(f"<li>{_line_html(line)}</li>" for line in plan(agenda.run).pressing)
    body = f'<ul class="exceptions">{told}</ul>' if told else "<p>Nothing is due within four weeks.</p>"
    st.html(body)


def _line_html(line: PlanLine) -> str:
    subject, rest = action_words(line)
    return f"{html_link(PAGE, subject, line=line.action.action_id)}{escape(rest)}"

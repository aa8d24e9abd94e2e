"""The actions of the plan that are overdue or due soon, for the meeting to ask about."""

from html import escape

import streamlit as st

from dashboard.cache.action_plan import plan
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.links import html_link
from dashboard.components.plan.shown import PAGE
from dashboard.readings.action_plan import Due, PlanLine
from dashboard.words.action_plan import due_words, lead_words, moved_together


def draw_actions_due(run: PageRun) -> None:
    """Draw what is due of the plan as on the day of the data, the longest overdue first."""
    lines = [line for line in plan(run).lines if line.due in (Due.OVERDUE, Due.SOON)]
    told = "".join(f"<li>{_line_html(line)}</li>" for line in sorted(lines, key=lambda line: line.days or 0))
    body = f'<ul class="exceptions">{told}</ul>' if told else "<p>Nothing is due within four weeks.</p>"
    st.html(f'<h2 class="part">Actions due</h2>{body}')


def _line_html(line: PlanLine) -> str:
    moved = moved_together(line)
    measures = f" Its measures since it began: {moved}." if moved else ""
    link = html_link(PAGE, f"{line.action.action_id} {line.action.title}", line=line.action.action_id)
    return f"{link}: {escape(f'{due_words(line)}. {lead_words(line.action)}.{measures}')}"

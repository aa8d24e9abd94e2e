"""What needs attention: at most five lines, children who wait first, each with whom to ask and a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.analysis.vocabulary import Assurance, TargetState
from dashboard.components.links import cases_link, measure_link
from dashboard.components.phrases import told, value_of
from dashboard.reading import MeasureView
from data_access.measures.definition import About

MOST_LINES: Final = 5


@dataclass(frozen=True)
class Line:
    """One line: the words that stand out, the rest, whom to ask and what, and whether it leads to cases."""

    view: MeasureView
    subject: str
    words: str
    question: str
    to_cases: bool = False


def attention_lines(views: Sequence[MeasureView]) -> list[Line]:
    """Return everything that needs attention, the most pressing first.

    Late cases that still wait come first; then concerns, those that cannot meet their target before the others;
    then what cannot meet its target; then what cannot be told.
    """
    return [
        *(_waiting(view) for view in views if view.waiting),
        *_concerns(views),
        *(_failing(view) for view in views if not view.judgement.is_concern and _fails(view)),
        *(_unknown(view) for view in views if _is_unknown(view)),
    ]


def _waiting(view: MeasureView) -> Line:
    of_children = view.definition.about is About.CHILDREN
    noun = "child’s case" if of_children else "case"
    plural = "children’s cases" if of_children else "cases"
    number = f"1 {noun} is" if view.waiting == 1 else f"{view.waiting:,} {plural} are"
    longest = view.waiting_longest_hours
    words = f": {view.definition.title}"
    if longest is not None:
        words += f"; the longest has waited {longest:,.0f} hours"
    return Line(view, f"{number} late and still open", f"{words}.", "who acts on them today?", to_cases=True)


def _concerns(views: Sequence[MeasureView]) -> Iterator[Line]:
    found = [view for view in views if view.judgement.is_concern]
    for view in sorted(found, key=lambda view: view.judgement.assurance is not Assurance.FAIL):
        yield _line(view, "what has changed?")


def _failing(view: MeasureView) -> Line:
    return _line(view, "what will change?")


def _fails(view: MeasureView) -> bool:
    """Return whether a target cannot be met; one still due whose day the pace will reach needs nobody's attention."""
    judgement = view.judgement
    if judgement.assurance is not Assurance.FAIL:
        return False
    if judgement.target_state is TargetState.DUE:
        return not judgement.is_on_pace
    return judgement.target_state is TargetState.MISSED


def _is_unknown(view: MeasureView) -> bool:
    """Return whether nothing is known of what could be; what a format can't tell, nobody can go and find."""
    last = view.judgement.last
    return view.lacking is None and (view.judgement.latest is None or (last is not None and last.value is None))


def _unknown(view: MeasureView) -> Line:
    return _line(view, "what is missing?")


def _line(view: MeasureView, question: str) -> Line:
    value = value_of(view.judgement)
    subject = view.definition.title if view.judgement.latest is None else f"{view.definition.title} {value}"
    words = told(view.judgement)
    return Line(view, subject, f": {words[:1].lower()}{words[1:]}" if words else ".", question)


def draw_attention(views: Sequence[MeasureView], *, team: str | None, week: date | None) -> None:
    """Draw the list; where nothing stands out, say so."""
    lines = attention_lines(views)
    with st.container(key="attention", gap=None):
        st.html("<h2>What needs attention</h2>")
        for number, line in enumerate(lines[:MOST_LINES]):
            definition = line.view.definition
            with st.container(key=f"attention_{number}", gap=None):
                st.html(
                    f"<p><strong>{escape(line.subject)}</strong>{escape(line.words)} "
                    f"Ask {escape(definition.owner)}: {escape(line.question)}</p>"
                )
                if line.to_cases:
                    cases_link("See them", definition.id, team=team, show="waiting")
                else:
                    measure_link("Look closer", definition.id, team=team, week=week)
        if not lines:
            st.html("<p>Nothing stands out: nobody waits past a limit, and no measure shows a concern.</p>")
        elif len(lines) > MOST_LINES:
            st.html(f"<p>{len(lines) - MOST_LINES} more on the board below.</p>")

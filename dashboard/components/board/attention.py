"""What needs attention: at most five lines, children who wait first, each with whom to ask and a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.components.layout.links import cases_link, measure_link
from dashboard.components.layout.phrases import told, value_of
from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_cases, waiting_told
from data_access.vocabulary import Assurance, TargetState

MOST_LINES: Final = 5


@dataclass(frozen=True)
class Line:
    """One line: the words that stand out, the rest, what to ask, and a link to waiting cases (None: to its page)."""

    view: MeasureView
    subject: str
    words: str
    question: str
    link: str | None = None


def attention_lines(views: Sequence[MeasureView]) -> list[Line]:
    """Return everything that needs attention, the most pressing first.

    Children who wait come first; then concerns, those that cannot meet their target before the others; then what
    cannot meet its target, unless its waiting children stand there already; then what cannot be told.
    """
    return [
        *(_waiting(view) for view in views if view.waiting),
        *_concerns(views),
        *(_failing(view) for view in views if not view.judgement.is_concern and not view.waiting and _fails(view)),
        *(_unknown(view) for view in views if _is_unknown(view)),
    ]


def _waiting(view: MeasureView) -> Line:
    who, _, longest = waiting_told(view.definition, view.waiting_children, view.waiting_longest).partition(";")
    question = "who acts on it today?" if view.waiting == 1 else "who acts on them today?"
    return Line(view, who, f";{longest}." if longest else ".", question, link=f"See {waiting_cases(view.waiting)}")


def _concerns(views: Sequence[MeasureView]) -> Iterator[Line]:
    concerning = [view for view in views if view.judgement.is_concern]
    for view in sorted(concerning, key=lambda view: view.judgement.assurance is not Assurance.FAIL):
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
    unknown = view.judgement.latest is None or (last is not None and last.value is None)
    return view.lacking is None and (unknown or bool(view.gaps))


def _unknown(view: MeasureView) -> Line:
    if view.why_none is not None:
        why = view.why_none
        return Line(view, view.definition.title, f": {why[:1].lower()}{why[1:]}.", "who sends it?")
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
                if line.link is not None:
                    cases_link(line.link, definition.id, team=team, show="waiting")
                else:
                    measure_link("Look closer", definition.id, team=team, week=week)
        if not lines:
            st.html("<p>Nothing stands out: nobody waits past a limit, and no measure shows a concern.</p>")
        elif len(lines) > MOST_LINES:
            st.html(f"<p>{len(lines) - MOST_LINES} more on the board below.</p>")

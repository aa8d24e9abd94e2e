"""The strands of the agenda in order, exceptions first, with what was said about measures, and the form to say it."""

from collections.abc import Mapping
from html import escape
from typing import Final

import streamlit as st

from dashboard.cache.page_run import PageRun
from dashboard.charts.theme import Look
from dashboard.components.agenda.drafts import done, draft_key
from dashboard.components.board.attention import line_html
from dashboard.components.board.board import board_rows, draw_rows, strand_heading, views_shown
from dashboard.components.decisions.fields import Fields
from dashboard.components.decisions.taking import outcome_of, refused_html, taken
from dashboard.components.layout.filters import Choice
from dashboard.readings.agenda import Meeting
from dashboard.readings.decisions import Decided
from dashboard.readings.measure_views import MeasureView
from dashboard.words.attention_lines import Line, attention_lines
from dashboard.words.decisions import author_words
from data_access.actor import Action
from data_access.decisions import Decision
from data_access.measures.definition import Strand

_FORM: Final = "commentary"
_WITHOUT_A_FIELD: Final = ("measure", "week")
_NOTHING: Final = "Nothing needs attention."


def draw_strands(run: PageRun, every: Mapping[str, MeasureView], held: Meeting, choice: Choice, look: Look) -> None:
    """Draw every strand: what needs attention in it, the rows of those measures, and the others closed."""
    blocks = []
    for strand in Strand:
        views, rows = views_shown(every, strand), board_rows(run, strand, look, choice)
        lines = attention_lines(views, every)
        exceptions = _exceptions(lines)
        told = "".join(f"<li>{line_html(line, None, choice.week)}</li>" for line in lines)
        opened = [*exceptions, *(view.definition.id for view in views if _is_said_alone(view, exceptions, held))]
        closed = [view for view in views if view.definition.id not in opened]
        shown = "".join(f"{rows[name]}{_said_html(held, name)}" for name in opened)
        attention = f'<ul class="exceptions">{told}</ul>' if told else f"<p>{_NOTHING}</p>"
        blocks.append(f"{strand_heading(strand)}{attention}{shown}{_closed_html(closed, rows)}")
    draw_rows(blocks)


def draw_commentary_form(run: PageRun, every: Mapping[str, MeasureView], held: Meeting) -> None:
    """Draw the form in which somebody says something about a measure, exceptions offered first."""
    if not run.actor.may(Action.COMMENT):
        return
    exceptions = _exceptions(attention_lines(list(every.values()), every))
    names = [*exceptions, *(name for name in every if name not in exceptions)]
    st.html('<h2 class="part">Comment on a measure</h2>')
    measure = st.selectbox(
        "Measure",
        names,
        format_func=lambda name: every[name].definition.title,
        key=f"commentary_measure_{held.week}",
    )
    existing = held.commentary.get(measure)
    key = draft_key(_FORM, f"{held.week}_{measure}")
    seen = st.session_state.setdefault(f"{key}_seen", _seen(existing))
    first = st.session_state.setdefault(f"{key}_first", "" if existing is None else existing.latest.content["text"])
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    if existing is not None:
        # a draft outlives a refresh, so who goes on with it is told what stands, whenever it was written
        when = "It says now" if _seen(existing) == seen else "Written meanwhile"
        st.html(f'<p class="meanwhile" role="status">{when}: {_words_html(existing)}</p>')
    with st.form(f"{key}_form"):
        fields = Fields(key, {"text": first}, outcome.faults if outcome else ())
        fields.long_text(f"What is said about {every[measure].definition.title}", "text")
        st.form_submit_button("Keep the comment", key=f"{key}_keep", on_click=_keep, args=(key, held, measure))


def _keep(key: str, held: Meeting, measure: str) -> None:
    name, revision = st.session_state[f"{key}_seen"]
    text = " ".join(st.session_state[f"{key}_text"].split())
    content = {"measure": measure, "week": held.week, "text": text}
    decision = Decision("commentary", content, "Written on the agenda", name, revision)
    if taken(key, decision) is not None:
        done(_FORM, f"{held.week}_{measure}", "The comment is kept.")
        return
    outcome = outcome_of(key)
    if outcome is not None and any(fault.field == "week" for fault in outcome.faults):
        # somebody commented first; whoever presses again has been told so, and writes over it
        st.session_state.pop(f"{key}_seen", None)


def _seen(existing: Decided | None) -> tuple[str | None, int]:
    return (None, 0) if existing is None else (existing.decision_id, existing.latest.revision)


def _exceptions(lines: list[Line]) -> list[str]:
    """Return the ids of the measures that lines tell of, each once, in their order."""
    return list(dict.fromkeys(line.view.definition.id for line in lines))


def _is_said_alone(view: MeasureView, exceptions: list[str], held: Meeting) -> bool:
    return view.definition.id in held.commentary and view.definition.id not in exceptions


def _said_html(held: Meeting, measure: str) -> str:
    said = held.commentary.get(measure)
    return "" if said is None else f'<p class="said">{_words_html(said)}</p>'


def _words_html(said: Decided) -> str:
    return f"{escape(said.latest.content['text'])} <small>{escape(author_words(said.latest))}</small>"


def _closed_html(closed: list[MeasureView], rows: Mapping[str, str]) -> str:
    if not closed:
        return ""
    titles = escape(", ".join(view.definition.title for view in closed))
    number = "1 other measure" if len(closed) == 1 else f"{len(closed)} other measures"
    return (
        f'<details class="steady"><summary><b>{number}:</b> {titles}</summary>'
        f"{''.join(rows[view.definition.id] for view in closed)}</details>"
    )

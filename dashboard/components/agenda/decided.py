"""Decisions of the meeting: those of last week first, done or not, then this week's and the form to note another."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.cache.page_run import PageRun
from dashboard.components.agenda.drafts import done, draft_key
from dashboard.components.decisions.fields import Fields
from dashboard.components.decisions.taking import outcome_of, refused_html, taken, told_done
from dashboard.readings.agenda import Meeting, MeetingDecision
from dashboard.readings.measure_views import MeasureView
from dashboard.words.agenda import EXPECTED_WORDS, expected_words, state_words, tested_words
from dashboard.words.attention_lines import Line, attention_lines
from dashboard.words.decisions import author_words
from data_access.actor import Action
from data_access.decisions import Decision
from data_access.vocabulary import Chart

_FORM: Final = "decision"
_DONE_KEY: Final = "decided_before"
_NO_MEASURE: Final = "none"
_NO_EFFECT: Final = "nothing"
_TYPED: Final = ("what", "owner", "due_on", "review_on")
_WITHOUT_A_FIELD: Final = ("week", "decision_id")


def draw_before(run: PageRun, held: Meeting) -> None:
    """Draw what was decided before this meeting: that of last week, and what is not done."""
    st.html('<h2 class="part">Decided before</h2>')
    if (outcome := outcome_of(_DONE_KEY)) is not None:
        st.html(refused_html(outcome, [fault.field for fault in outcome.faults]))
    if not held.before:
        st.html("<p>Nothing is open from earlier meetings.</p>")
    _draw_list(run, held, held.before)


def draw_decisions(run: PageRun, every: Mapping[str, MeasureView], held: Meeting) -> None:
    """Draw what this meeting decided and, where allowed, the form to note a decision, with what could be taken up."""
    st.html('<h2 class="part">Decisions of this meeting</h2>')
    if not held.decisions:
        st.html("<p>None noted yet.</p>")
    _draw_list(run, held, held.decisions)
    if run.actor.may(Action.DECIDE_AT_MEETING):
        _draw_form(every, held)


def _draw_list(run: PageRun, held: Meeting, decisions: Sequence[MeetingDecision]) -> None:
    may = run.actor.may(Action.DECIDE_AT_MEETING)
    for each in decisions:
        name = each.decided.decision_id
        with st.container(key=f"meeting_{name}", horizontal=True, gap="small", vertical_alignment="center"):
            st.html(_decision_html(each, held))
            if may:
                for label, says in (("Done", "yes"), ("Not done", "no")):
                    if each.content["done"] != says:
                        st.button(
                            label, key=f"{name}_{says}", on_click=_say, args=(each, says), help=each.content["what"]
                        )


def _decision_html(decision: MeetingDecision, held: Meeting) -> str:
    content = decision.content
    lines = [expected_words(decision)] if decision.tested is None else [tested_words(decision.tested)]
    more = "".join(f"<br>{escape(line)}." for line in lines if line)
    return (
        f'<p class="decision"><b>{escape(content["what"])}</b> {escape(content["owner"])}: '
        f"{escape(state_words(decision, held.week))}.{more} "
        f"<small>{escape(author_words(decision.decided.latest))}</small></p>"
    )


def _say(decision: MeetingDecision, says: str) -> None:
    """Keep whether a decision is done."""
    latest = decision.decided.latest
    reason = "Done, said at the meeting" if says == "yes" else "Not done, said at the meeting"
    content = {**latest.content, "done": says}
    if taken(_DONE_KEY, Decision("meeting_decision", content, reason, decision.decided.decision_id, latest.revision)):
        told_done(f"{latest.content['what']}: {'done' if says == 'yes' else 'not done'}.")


def _draw_form(every: Mapping[str, MeasureView], held: Meeting) -> None:
    key = draft_key(_FORM, str(held.week))
    lines = attention_lines(list(every.values()), every)
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    proposed = st.selectbox(
        "Proposed by the figures",
        range(len(lines)),
        index=None,
        format_func=lambda place: _proposed(lines[place]),
        placeholder="What needs attention; or write your own below",
        key=f"{key}_proposed",
    )
    line = None if proposed is None else lines[proposed]
    given: dict[str, Any] = {"what": "", "owner": ""}
    if line is not None:
        given = {"what": f"{line.view.definition.title}: {line.question}", "owner": line.view.definition.owner}
    fields = Fields(f"{key}_p{proposed}", given, outcome.faults if outcome else ())
    with st.form(f"{key}_form"):
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            fields.text("What is to be done", "what")
            fields.text("Who does it, by role", "owner")
            fields.day("Until when", "due_on")
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            names = [_NO_MEASURE, *(name for name, view in every.items() if view.definition.chart is not Chart.LINE)]
            titles = {name: every[name].definition.title for name in names[1:]} | {_NO_MEASURE: "No measure"}
            held_measure = line.view.definition.id if line is not None else _NO_MEASURE
            fields.choice(
                "Which measure should move", "measure", {name: titles[name] for name in _first(names, held_measure)}
            )
            fields.choice("What should it do", "expected", {_NO_EFFECT: "Nothing is expected", **EXPECTED_WORDS})
            fields.day("Tested on", "review_on")
        st.form_submit_button(
            "Note the decision", key=f"{key}_keep", type="primary", on_click=_keep, args=(key, fields.key, held)
        )


def _first(names: list[str], first: str) -> list[str]:
    """Return names with one of them first, where it is among them."""
    return sorted(names, key=lambda name: name != first)


def _proposed(line: Line) -> str:
    return f"{line.subject}{line.words}"


def _keep(key: str, fields: str, held: Meeting) -> None:
    state = st.session_state
    content: dict[str, Any] = {name: state[f"{fields}_{name}"] for name in _TYPED}
    measure, expected = state[f"{fields}_measure"], state[f"{fields}_expected"]
    content |= {
        "week": held.week,
        "measure": None if measure == _NO_MEASURE else measure,
        "expected": None if expected == _NO_EFFECT else expected,
    }
    if taken(key, Decision("meeting_decision", content, "Decided at the meeting")) is not None:
        done(_FORM, str(held.week), "The decision is noted.")

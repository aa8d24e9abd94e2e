"""The panel "Targets and notes": what was decided about the measure, with its history, and the forms that decide.

It is drawn as a part of the page that runs by itself: filling in a form draws nothing else again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.analysis.proposals import Proposal
from dashboard.analysis.subject import Subject
from dashboard.cache import measures
from dashboard.cache.page_run import PageRun
from dashboard.components.decisions.fields import Whom
from dashboard.components.decisions.form import draw_form
from dashboard.components.decisions.from_file import draw_from_file
from dashboard.components.decisions.style import draw_decisions_style
from dashboard.components.decisions.taking import begin_again, take_done
from dashboard.components.layout.filters import Choice
from dashboard.readings.decisions import Decided
from dashboard.readings.measure_views import MeasureView
from dashboard.words.decisions import author_words, decided_words, history_words, kind_words, parts_of
from data_access.actor import Actor
from data_access.decisions.kinds import OF_MEASURES
from data_access.measures.definition import Definition
from data_access.vocabulary import Chart

TITLE: Final = "Targets and notes"
_OPEN: Final = "decisions_open"
_WHAT: Final = "decide_what"
_GIVEN: Final = "decide_given"
_CHANGE: Final = "change"
_FILE: Final = "file"
_NEED_LIMITS: Final = ("rebase", "left_out_period")


def draw_decisions(run: PageRun, view: MeasureView, choice: Choice, names: Mapping[str, str]) -> None:
    """Draw the panel, closed until asked for."""
    draw_decisions_style()
    definition = view.definition
    panel = st.expander(TITLE, key=_OPEN, on_change="rerun")
    if panel.open:
        every = measures.decided(run, definition.id)
        words = measures.background(run, definition.id, up_to=choice.up_to).words
        whom = Whom(names, measures.services(run), choice.team, parts_of(definition, words))
        with panel:
            _draw_inside(every, definition, view.judgement.subject, whom, allowed(run.actor, definition))


def draw_proposal(run: PageRun, definition: Definition, choice: Choice, known_by: date) -> None:
    """Draw the rebase that the figures suggest, with its reason and, where allowed, a button that fills in a form."""
    proposal = measures.proposal(run, definition.id, team=choice.team, up_to=choice.up_to, known_by=known_by)
    if proposal is None:
        return
    with st.container(key="proposal", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            f'<p class="proposal"><b>Start the limits again?</b> {escape(proposal.why)}. Only people decide that: is '
            "the cause known, and will it last?</p>"
        )
        if "rebase" in allowed(run.actor, definition):
            st.button(
                "Fill in the form",
                key="fill_in_rebase",
                on_click=_fill_in,
                args=(proposal, definition.id, choice.team),
            )


def allowed(actor: Actor, definition: Definition) -> tuple[str, ...]:
    """Return the kinds of decision that an actor may take about a measure; the operation itself checks it again."""
    has_limits = definition.chart is not Chart.LINE
    return tuple(
        kind.name for kind in OF_MEASURES if actor.may(kind.action) and (has_limits or kind.name not in _NEED_LIMITS)
    )


def _fill_in(proposal: Proposal, measure: str, team: str | None) -> None:
    """Open the form of a rebase with what is proposed in it."""
    begin_again()
    st.session_state[_OPEN] = True
    st.session_state[f"{_WHAT}_{measure}"] = "rebase"
    st.session_state[_GIVEN] = {
        "team_id": team,
        "from_date": proposal.starts,
        "label": proposal.cause or "",
        "reason": proposal.why,
    }


@st.fragment
def _draw_inside(
    every: Sequence[Decided], definition: Definition, subject: Subject, whom: Whom, kinds: tuple[str, ...]
) -> None:
    if (said := take_done()) is not None:
        st.session_state[f"{_OPEN}_said"] = said
        st.session_state.pop(_GIVEN, None)
        st.rerun()
    if (said := st.session_state.get(f"{_OPEN}_said")) is not None:
        st.html(f'<p class="done" role="status">{escape(said)}</p>')
    st.html(list_html(every, subject, whom.teams))
    if not kinds:
        return
    changeable = [each for each in every if each.kind in kinds]
    options = {name: label for name, label in _labels(definition).items() if name in kinds}
    options |= {_CHANGE: "Change or withdraw"} if changeable else {}
    options |= {_FILE: "Take a CSV file"}
    chosen = st.radio(
        "What do you want to do?",
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=f"{_WHAT}_{definition.id}",
        horizontal=True,
        on_change=_forget_said,
    )
    if chosen is None:
        return
    if chosen == _FILE:
        draw_from_file()
        return
    if chosen != _CHANGE:
        given: Mapping[str, Any] = st.session_state.get(_GIVEN, {}) if chosen == "rebase" else {}
        draw_form(chosen, definition, whom, None, given)
        return
    labels = {_name(each): _label(each, subject, whom.teams) for each in changeable}
    name = st.selectbox("Which", list(labels), format_func=labels.__getitem__, key=f"{_CHANGE}_{definition.id}")
    existing = next(each for each in changeable if _name(each) == name)
    draw_form(existing.kind, definition, whom, existing, {})


def _forget_said() -> None:
    st.session_state.pop(f"{_OPEN}_said", None)


def _labels(definition: Definition) -> dict[str, str]:
    return {
        "target": "Set a target",
        "event": "Note an event",
        "rebase": "Start the limits again",
        "left_out_period": f"Leave a {definition.period} out",
    }


def _name(decided: Decided) -> str:
    return f"{decided.kind} {decided.decision_id}"


def _label(decided: Decided, subject: Subject, teams: Mapping[str, str]) -> str:
    told = decided_words(decided.kind, decided.latest.content, subject, teams)
    withdrawn = "; withdrawn" if decided.latest.withdrawn else ""
    return f"{kind_words(decided.kind, subject.period)} {decided.decision_id}: {told}{withdrawn}"


def list_html(every: Sequence[Decided], subject: Subject, teams: Mapping[str, str]) -> str:
    """Return what was decided, kind by kind: what, why, by whom and when; below it what it was before."""
    if not every:
        return "<p>Nothing was decided about this measure yet.</p>"
    items = []
    for each in every:
        told = decided_words(each.kind, each.latest.content, subject, teams)
        kind = kind_words(each.kind, subject.period)
        state = each.latest
        told = f"<s>{escape(told)}</s> withdrawn" if state.withdrawn else escape(told)
        why = f" <span>Because: {escape(state.reason)}.</span>" if state.reason else ""
        lines = history_words(each, subject, teams)
        past = "".join(f"<li>{escape(line)}</li>" for line in lines)
        before = f"<ul>{past}</ul>" if past else ""
        items.append(
            f"<li><b>{escape(kind)} {escape(each.decision_id)}</b> {told}.{why} "
            f"<small>{escape(author_words(state))}</small>{before}</li>"
        )
    return f'<ul class="decided">{"".join(items)}</ul>'

"""Decisions of the meeting: those of earlier meetings, done or not, and this week's, each with what became of it."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from dashboard.components.agenda.decision_forms import draw_change, draw_new
from dashboard.components.agenda.part import Agenda
from dashboard.components.agenda.shown import CHANGED, agenda_link, changed_decision
from dashboard.components.decisions.taking import outcome_of, refused_html, taken, told_done
from dashboard.readings.agenda import MeetingDecision
from dashboard.words.agenda import expected_words, history_of_decision, state_words, tested_words
from dashboard.words.decisions import author_words
from data_access.actor import Action
from data_access.decisions import Decision

_DONE_KEY: Final = "decided_before"


def draw_before(agenda: Agenda) -> None:
    """Draw what was decided before this meeting: that of last week, and what is not done."""
    if (outcome := outcome_of(_DONE_KEY)) is not None:
        st.html(refused_html(outcome, [fault.field for fault in outcome.faults]))
    if not agenda.held.before:
        st.html("<p>Nothing is open from earlier meetings.</p>")
    _draw_list(agenda, agenda.held.before)


def draw_decisions(agenda: Agenda) -> None:
    """Draw what this meeting decided and, where allowed, the form to note a decision, with what could be taken up."""
    if not agenda.held.decisions:
        st.html("<p>None noted yet.</p>")
    _draw_list(agenda, agenda.held.decisions)
    if agenda.run.actor.may(Action.DECIDE_AT_MEETING):
        draw_new(agenda.every, agenda.held)


def _draw_list(agenda: Agenda, decisions: Sequence[MeetingDecision]) -> None:
    may, changed = agenda.run.actor.may(Action.DECIDE_AT_MEETING), changed_decision(agenda.held)
    for each in decisions:
        name = each.decided.decision_id
        with st.container(key=f"meeting_{name}", horizontal=True, gap="small", vertical_alignment="center"):
            st.html(_decision_html(agenda, each, offers_change=may and name != changed))
            if may and not each.is_withdrawn:
                for label, says in (("Done", "yes"), ("Not done", "no")):
                    if each.content["done"] != says:
                        st.button(
                            label, key=f"{name}_{says}", on_click=_say, args=(each, says), help=each.content["what"]
                        )
        if may and name == changed:
            draw_change(agenda, each)


def _decision_html(agenda: Agenda, decision: MeetingDecision, *, offers_change: bool) -> str:
    content, name = decision.content, decision.decided.decision_id
    what = f"<b>{escape(content['what'])}</b>"
    lines = [expected_words(decision)] if decision.tested is None else [tested_words(decision.tested)]
    more = "".join(f"<br>{escape(line)}." for line in lines if line)
    link = agenda_link(agenda, "Change", f"Change or withdraw: {content['what']}", **{CHANGED: name})
    change = f" {link}" if offers_change else ""
    return (
        f'<p class="decision">{f"<s>{what}</s>" if decision.is_withdrawn else what} {escape(content["owner"])}: '
        f"{escape(state_words(decision, agenda.week))}.{more} "
        f"<small>{escape(author_words(decision.decided.latest))}</small>{change}</p>{_history_html(decision)}"
    )


def _history_html(decision: MeetingDecision) -> str:
    """Return what became of a decision, closed; nothing where it stands as it was noted."""
    lines = history_of_decision(decision.decided)
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<details class="history"><summary>{len(lines)} entries</summary><ul>{items}</ul></details>'


def _say(decision: MeetingDecision, says: str) -> None:
    """Keep whether a decision is done."""
    latest = decision.decided.latest
    reason = "Done, said at the meeting" if says == "yes" else "Not done, said at the meeting"
    content = {**latest.content, "done": says}
    if taken(_DONE_KEY, Decision("meeting_decision", content, reason, decision.decided.decision_id, latest.revision)):
        told_done(f"{latest.content['what']}: {'done' if says == 'yes' else 'not done'}.")

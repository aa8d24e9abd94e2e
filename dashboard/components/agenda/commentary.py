"""What is said about a measure at the meeting, and the form to say it."""

from html import escape
from typing import Final

import streamlit as st

from dashboard.components.agenda.drafts import (
    DraftFields,
    begin_on,
    begun_on,
    done,
    draft_key,
    draw_begun_on,
    put_back,
    tell_what_stands,
)
from dashboard.components.agenda.part import Agenda
from dashboard.components.decisions.taking import outcome_of, refused, refused_html, taken
from dashboard.readings.agenda import Meeting
from dashboard.readings.decisions import Decided
from dashboard.words.attention_lines import attention_lines
from dashboard.words.decisions import author_words
from data_access.actor import Action
from data_access.decisions import Decision

_FORM: Final = "commentary"
_WITHOUT_A_FIELD: Final = ("measure",)
_MEANWHILE: Final = (
    "Somebody else wrote about this measure after your draft was begun. Nothing was changed: their words stand "
    "below, yours in the field. Keep the comment again to put yours in the place of theirs."
)


def draw_commentary_form(agenda: Agenda) -> None:
    """Draw the form in which somebody says something about a measure, exceptions offered first."""
    every, held = agenda.every, agenda.held
    if not agenda.run.actor.may(Action.COMMENT):
        st.html("<p>You may read what is said, and not add to it.</p>")
        return
    pressing = dict.fromkeys(line.view.definition.id for line in attention_lines(list(every.values()), every))
    titles = {
        name: every[name].definition.title for name in [*pressing, *(each for each in every if each not in pressing)]
    }
    about = f"{draft_key(f'{_FORM}_about', str(held.week))}_measure"
    put_back(about, {title: name for name, title in titles.items()}.__getitem__)
    measure = st.selectbox("Measure", list(titles), format_func=titles.__getitem__, key=about)
    existing = held.commentary.get(measure)
    key = draft_key(_FORM, f"{held.week}_{measure}")
    stands = (None, 0) if existing is None else (existing.decision_id, existing.latest.revision)
    begun = begin_on(key, *stands)
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    if existing is not None:
        when = "It says now" if begun == stands else "Written meanwhile"
        st.html(f'<p class="meanwhile" role="status">{when}: {_words_html(existing)}</p>')
    with st.form(f"{key}_form"):
        fields = DraftFields(key, {"text": _text_of(existing, begun)}, outcome.faults if outcome else ())
        fields.long_text(f"What is said about {titles[measure]}", "text")
        draw_begun_on(key)
        st.form_submit_button("Keep the comment", key=f"{key}_keep", on_click=_keep, args=(key, held, measure))


def said_html(held: Meeting, measure: str) -> str:
    """Return what was said about a measure as HTML; nothing where nobody said anything."""
    said = held.commentary.get(measure)
    return "" if said is None else f'<p class="said">{_words_html(said)}</p>'


def _keep(key: str, held: Meeting, measure: str) -> None:
    name, revision = begun_on(key)
    text = " ".join(st.session_state[f"{key}_text"].split())
    content = {"measure": measure, "week": held.week, "text": text}
    decision = Decision("commentary", content, "Written on the agenda", name, revision)
    if taken(key, decision) is not None:
        done(_FORM, f"{held.week}_{measure}", "The comment is kept.")
        return
    outcome = outcome_of(key)
    # of a measure without commentary, somebody else's is told as a fault of the week
    if outcome is not None and (outcome.is_stale or any(fault.field == "week" for fault in outcome.faults)):
        refused(key, _MEANWHILE)
        tell_what_stands(key)


def _text_of(existing: Decided | None, begun: tuple[str | None, int]) -> str:
    """Return the words with which a draft was begun."""
    if existing is None:
        return ""
    states = [state for state in existing.states if (existing.decision_id, state.revision) == begun]
    return "".join(str(state.content["text"]) for state in states)


def _words_html(said: Decided) -> str:
    return f"{escape(said.latest.content['text'])} <small>{escape(author_words(said.latest))}</small>"

"""Presenter mode: a part of the agenda a screen, large, for the meeting's screen.

`assets/presenter.js` presses the links to the screens before and after by the keys of a keyboard or of a presenter's
clicker. The screen stands in the address, so a refresh stays there.
"""

from html import escape
from typing import Final

import streamlit as st

from dashboard.components.agenda.part import Agenda, Part
from dashboard.components.agenda.parts import SCREENS
from dashboard.components.agenda.shown import CHANGED, SCREEN, agenda_link
from dashboard.components.layout.address import chosen_of
from dashboard.words.agenda import week_words

_KEYS: Final = "Right and left arrow, or Page Down and Page Up, step; Escape leaves."


def presented_part() -> Part | None:
    """Return the part that the address wants presented; None where it is the whole page.

    Raise QueryProblem for a screen that there is not.
    """
    named = {part.name: part for part in SCREENS}
    return named.get(chosen_of(SCREEN, list(named), "", "screen of the agenda"))


def present_link(agenda: Agenda) -> str:
    """Return the link to the first screen."""
    return agenda_link(agenda, "Present on the meeting’s screen", None, **{SCREEN: SCREENS[0].name})


def draw_screen(agenda: Agenda, part: Part) -> None:
    """Draw a part as the whole screen, with the links that step."""
    place = SCREENS.index(part)
    before, after = SCREENS[max(place - 1, 0)], SCREENS[min(place + 1, len(SCREENS) - 1)]
    told = f"{place + 1} of {len(SCREENS)}"
    st.html(
        f'<h1 data-screen="{part.name}" tabindex="-1">{escape(part.title)}</h1>'
        f'<nav class="steps" aria-label="Screens of the agenda" title="{_KEYS}">'
        f"<p>{told} · {week_words(agenda.week)}</p>"
        f"{_step_html(agenda, 'back', '‹ Back', before, part)}{_step_html(agenda, 'next', 'Next ›', after, part)}"
        f"{_leave_html(agenda)}</nav>"
    )
    with st.container(key="presented", gap=None):
        part.draw(agenda)


def _step_html(agenda: Agenda, step: str, label: str, to: Part, shown: Part) -> str:
    """Return the link to the screen before or after; plain words where there is none."""
    if to is shown:
        return f'<span class="no-step">{label}</span>'
    link = agenda_link(agenda, label, f"{label.strip('‹› ')}: {to.title}", **{SCREEN: to.name, CHANGED: None})
    return f'<span data-step="{step}">{link}</span>'


def _leave_html(agenda: Agenda) -> str:
    link = agenda_link(agenda, "Leave", "Leave: the whole agenda", **{SCREEN: None, CHANGED: None})
    return f'<span data-step="leave">{link}</span>'

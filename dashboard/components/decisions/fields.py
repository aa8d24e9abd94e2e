"""The fields of the forms that decide: each a widget with what is wrong with it below, and how it is read again.

What is typed stays in the state of the session under the key of its form, so that a refusal loses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.words.decisions import COMPARISON_WORDS, SOURCE_WORDS, fault_words
from data_access.dates.periods import period_of
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.decisions.decision import Fault
from data_access.decisions.kinds.target import WITH_VALUE
from data_access.measures.definition import PERCENT, Definition
from data_access.vocabulary import COMPARISONS

_ALL: Final = "all"
_TEAM: Final = "team "
_SERVICE: Final = "service "
_TYPED: Final = (
    *("comparison", "value", "baseline_from", "baseline_to", "from_date", "due_on", "source", "plan_item"),
    *("happened_on", "label", "detail", "approver", "starts"),
)
"""The fields of every kind that have a widget of their own."""


@dataclass(frozen=True)
class Whom:
    """Whom a decision may concern: the teams by reference, the services, and the team that the page shows.

    `parts` are the values of the measure's dimensions with their words: a target may be for the cases of one alone.
    """

    teams: Mapping[str, str]
    services: tuple[str, ...]
    chosen: str | None
    parts: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Fields:
    """The fields of one form.

    `key` tells its widgets from those of every other form; `content` is what they hold at first, by stored names;
    `faults` what is wrong with what was typed, by column.
    """

    key: str
    content: Mapping[str, Any]
    faults: Sequence[Fault]

    def named(self, name: str) -> str:
        """Return the key of a field's widget."""
        return f"{self.key}_{name}"

    def text(self, label: str, name: str, help_: str | None = None) -> None:
        """Draw a line of text."""
        held = self.content.get(name)
        with st.container(gap=None):
            st.text_input(label, value="" if held is None else str(held), key=self.named(name), help=help_)
            self._draw_faults(name)

    def long_text(self, label: str, name: str) -> None:
        """Draw a text for which one line of the screen is too short."""
        with st.container(gap=None):
            st.text_area(label, value=str(self.content.get(name) or ""), key=self.named(name))
            self._draw_faults(name)

    def day(self, label: str, name: str, help_: str | None = None) -> None:
        """Draw a day, which may be blank."""
        with st.container(gap=None):
            st.date_input(
                label,
                value=self.content.get(name),
                format="DD/MM/YYYY",
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                key=self.named(name),
                help=help_,
            )
            self._draw_faults("from" if name == "from_date" else name)

    def choice(self, label: str, name: str, options: Mapping[str, str]) -> None:
        """Draw a choice of some words; `options` are what is kept, with its label."""
        self._draw_choice(label, name, options, self.content.get(name), name)

    def whose(self, whom: Whom, *, services: bool = False) -> None:
        """Draw whom it concerns: all teams, a team or, where it may be one, a service."""
        options = {_ALL: "All teams"}
        options |= {f"{_SERVICE}{name}": name for name in whom.services if services}
        options |= {f"{_TEAM}{name}": title for name, title in whom.teams.items()}
        team, service = self.content.get("team_id"), self.content.get("service")
        held = f"{_TEAM}{team}" if team else f"{_SERVICE}{service}" if service else _ALL
        # a decision about a team that the extract of teams does not name keeps it
        options.setdefault(held, held.removeprefix(_TEAM).removeprefix(_SERVICE))
        self._draw_choice("For", "whose", options, held, "team_id", "service")

    def part(self, whom: Whom) -> None:
        """Draw which of the measure's cases it concerns, where it has dimensions: all, or those of a value."""
        options = {_ALL: "All cases"}
        options |= {_part(*part): words for part, words in whom.parts.items()}
        dimension, value = self.content.get("dimension"), self.content.get("dimension_value")
        held = _part(dimension, value) if dimension and value else _ALL
        options.setdefault(held, held)
        if len(options) > 1:
            self._draw_choice("Of", "part", options, held, "dimension", "dimension_value")

    def _draw_choice(
        self, label: str, name: str, options: Mapping[str, str], held: str | None, *columns: str
    ) -> None:
        names = list(options)
        with st.container(gap=None):
            st.selectbox(
                label,
                names,
                index=names.index(held) if held in names else 0,
                format_func=options.__getitem__,
                key=self.named(name),
            )
            self._draw_faults(*columns)

    def _draw_faults(self, *columns: str) -> None:
        for fault in self.faults:
            if fault.field in columns:
                st.html(f'<p class="fault">{escape(fault_words(fault))}</p>')


def draw_target(fields: Fields, definition: Definition, kind: str, whom: Whom) -> None:
    """Draw the fields of a target of a kind: fixed, trajectory, baseline, year_before."""
    comparisons = {name: COMPARISON_WORDS[name] for name in COMPARISONS[definition.polarity]}
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.whose(whom, services=True)
        fields.part(whom)
        fields.choice("Wanted is", "comparison", comparisons)
        if kind in WITH_VALUE:
            is_share = definition.unit == PERCENT
            fields.text("The figure", "value", "Such as 85%" if is_share else f"A number ({definition.unit})")
        elif kind == "baseline":
            fields.day("The figure of: first day", "baseline_from")
            fields.day("Last day", "baseline_to")
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.day("Holds from", "from_date")
        fields.day("To be met by", "due_on", "Blank where it is to be met from the first day on.")
        fields.choice("Whose target", "source", SOURCE_WORDS)
        fields.text("Item of the plan", "plan_item")


def draw_event(fields: Fields) -> None:
    """Draw the fields of an event."""
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.day("Day", "happened_on")
        fields.text("A few words for the chart", "label")
        fields.choice("Concerns", "concerns", {"measure": "This measure", _ALL: "Every measure"})
    fields.text("More, for the list below the chart", "detail")


def draw_rebase(fields: Fields, whom: Whom) -> None:
    """Draw the fields of a rebase."""
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.whose(whom)
        fields.day("The work changed on", "from_date")
        fields.text("A few words for the chart", "label")
        fields.text("Approved by", "approver", "Another person than you: two people take this decision.")


def draw_left_out(fields: Fields, definition: Definition, whom: Whom) -> None:
    """Draw the fields of a period left out."""
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.whose(whom)
        fields.day(f"A day of the {definition.period}", "starts")


def typed(key: str, kind: str, definition: Definition, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content that a form holds: `before`, with what its widgets say now."""
    state = st.session_state
    content = {**before, **{name: state[f"{key}_{name}"] for name in _TYPED if f"{key}_{name}" in state}}
    content["measure"] = definition.id
    if kind == "event":
        content["measure"] = None if state[f"{key}_concerns"] == _ALL else definition.id
        return content
    whose = state[f"{key}_whose"]
    content["team_id"] = whose.removeprefix(_TEAM) if whose.startswith(_TEAM) else None
    if kind == "target":
        content["service"] = whose.removeprefix(_SERVICE) if whose.startswith(_SERVICE) else None
        part = state.get(f"{key}_part", _ALL)
        dimension, _, value = part.partition("=") if part != _ALL else (None, "", None)
        content |= {"dimension": dimension, "dimension_value": value}
        return _target_of_kind(content, state[f"{key}_kind"])
    if kind == "left_out_period" and isinstance(content["starts"], date):
        content["starts"], _ = period_of(content["starts"], definition.period)
    return content


def _target_of_kind(content: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return a target with its kind, and without what another kind had."""
    others = {"value": kind not in WITH_VALUE, "baseline_from": kind != "baseline", "baseline_to": kind != "baseline"}
    return {**content, "kind": kind, **{name: None for name, has_none in others.items() if has_none}}


def _part(dimension: str, value: str) -> str:
    return f"{dimension}={value}"

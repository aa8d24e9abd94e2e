"""Decisions in words: what was decided, who decided it and when, what can't be so."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dashboard.analysis.subject import Subject
from dashboard.analysis.wording import day, figure
from dashboard.charts.trend_rows import full_period_name
from dashboard.readings.decisions import Decided, State
from data_access.dates.london_time import to_local
from data_access.decisions import Origin
from data_access.decisions.decision import Fault
from data_access.measures.definition import Definition, Holds
from data_access.vocabulary import Period

COMPARISON_WORDS: Final = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}
TARGET_WORDS: Final = {
    "fixed": "A figure",
    "trajectory": "A figure, as a step of several",
    "baseline": "The figure of a named time",
    "year_before": "The same months of the year before",
}
SOURCE_WORDS: Final = {"plan": "The plan", "national": "National", "ours": "Ours: a line to look at, without a tag"}
_KINDS: Final = {"target": "Target", "event": "Event", "rebase": "Rebase"}
_TAGS: Final = {"plan": "of the plan", "national": "national", "ours": "ours, a line without a tag"}


def kind_words(kind: str, period: Period) -> str:
    """Return what a kind of decision is called: "Target", "Week left out"."""
    return _KINDS.get(kind) or f"{period.capitalize()} left out"


def decided_words(kind: str, content: Mapping[str, Any], subject: Subject, teams: Mapping[str, str]) -> str:
    """Return what was decided: "at least 95% from 1 April 2010, of the plan (9a)", "Snow, 6 January 2010"."""
    match kind:
        case "target":
            return _target(content, subject, teams)
        case "event":
            whose = " (every measure)" if content["measure"] is None else ""
            detail = f": {content['detail'].removesuffix('.')}" if content["detail"] else ""
            return f"{content['label']}, {_on(content['happened_on'])}{detail}{whose}"
        case "rebase":
            return (
                f"{content['label']}, the lines start again on {_on(content['from_date'])}{_whose(content, teams)}; "
                f"approved by {content['approver']}"
            )
    return f"{full_period_name(content['starts'], subject.period)}{_whose(content, teams)}"


def parts_of(definition: Definition, words: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return the values of a measure's dimensions that can be told beforehand, each with what it is called.

    `words` are those of its codes, by dimension: {("agency", "school"): "Agency: Schools"}.
    """
    parts: dict[tuple[str, str], str] = {}
    for name in definition.dimensions:
        detail = definition.detail(name)
        values = {"yes": "yes", "no": "no"} if detail.holds is Holds.YES_NO else words.get(name, {})
        parts |= {(name, value): f"{detail.title}: {told}" for value, told in values.items()}
    return parts


def author_words(state: State) -> str:
    """Return who decided and when: "Anna, 22 March 2010 09:30"; of a row, whom it names and when it was taken."""
    at = to_local(state.at)
    loaded = "" if state.origin is Origin.SET else "; loaded, as at"
    return f"{state.author}{loaded or ','} {_on(at.date())} {at:%H:%M}"


def history_words(decided: Decided, subject: Subject, teams: Mapping[str, str]) -> list[str]:
    """Return every state of a decision but the one that holds, the newest first, a line each."""
    past = decided.states if decided.latest.withdrawn else decided.states[1:]
    lines = []
    for state in past:
        told = "withdrawn" if state.withdrawn else decided_words(decided.kind, state.content, subject, teams)
        because = f" – {state.reason}" if state.reason else ""
        lines.append(f"{author_words(state)}: {told}{because}")
    return lines


def fault_words(fault: Fault) -> str:
    """Return why a field can't be so, to stand below it."""
    if fault.value in (None, ""):
        return f"Fill this in: {fault.expected.removeprefix('a value: ')}."
    return f"“{fault.value}” can’t be. Expected: {fault.expected}."


def _target(content: Mapping[str, Any], subject: Subject, teams: Mapping[str, str]) -> str:
    if content["kind"] == "year_before":
        wanted = "the same months of the year before"
    elif content["kind"] == "baseline":
        wanted = f"the figure from {_on(content['baseline_from'])} to {_on(content['baseline_to'])}"
    else:
        wanted = figure(content["value"], subject)
    due, begins = content["due_on"], content["from_date"]
    when = f"from {_on(begins)}" if due in (None, begins) else f"by {_on(due)}"
    step = ", a step of several" if content["kind"] == "trajectory" else ""
    item = f" ({content['plan_item']})" if content["plan_item"] else ""
    part = f", {content['dimension']} {content['dimension_value']} alone".replace("_", " ")
    dimension = part if content["dimension"] else ""
    whose = _whose(content, teams)
    comparison = COMPARISON_WORDS[content["comparison"]]
    return f"{comparison} {wanted} {when}{step}{whose}{dimension}; {_TAGS[content['source']]}{item}"


def _whose(content: Mapping[str, Any], teams: Mapping[str, str]) -> str:
    team, service = content["team_id"], content.get("service")
    if team is not None:
        return f", for {teams.get(team, team)}"
    return f", for {service}" if service is not None else ""


def _on(on: date) -> str:
    return f"{day(on)} {on.year}"

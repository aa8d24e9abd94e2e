"""The weekly meeting in words: decisions, expected effects and their tests, signed weeks."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

from dashboard.analysis.movement import Moved
from dashboard.analysis.wording import day
from dashboard.readings.agenda import EffectResult, MeetingDecision
from dashboard.readings.decisions import Decided
from dashboard.words.action_plan import MOVED_WORDS
from dashboard.words.decisions import author_words
from data_access.dates.london_time import to_local
from data_access.measures import MEASURES
from data_access.signed_weeks import SignedWeek

EXPECTED_WORDS: Final = {"up": "should rise", "down": "should fall", "none": "should not change"}
FIELD_WORDS: Final[Mapping[str, str]] = {
    "what": "What is to be done",
    "owner": "Who does it, by role",
    "due_on": "Until when",
    "measure": "Which measure should move",
    "expected": "What should it do",
    "review_on": "Tested on",
    "done": "Done",
}
"""The fields of a decision of the meeting, as forms and histories call them."""


def week_words(week: date) -> str:
    """Return a week by its Monday: "w/c 22 March 2010"."""
    return f"w/c {on_day(week)}"


def on_day(on: date) -> str:
    """Return a day with its year: "22 March 2010"."""
    return f"{day(on)} {on.year}"


def state_words(decision: MeetingDecision, week: date) -> str:
    """Return whether a decision is done: "Done", "Not done, due 5 April 2010: late"; or "Withdrawn: agreed twice"."""
    content = decision.content
    if decision.is_withdrawn:
        return f"Withdrawn: {decision.decided.latest.reason}"
    if content["done"] == "yes":
        return "Done"
    late = ": late" if content["due_on"] < week else ""
    said = "Not done" if content["done"] == "no" else "Nothing said yet"
    return f"{said}, due {on_day(content['due_on'])}{late}"


def expected_words(decision: MeetingDecision) -> str:
    """Return what a decision should do to its measure, and when that is tested; empty where nothing is expected."""
    content = decision.content
    if content["expected"] is None or decision.is_withdrawn:
        return ""
    title = _title(content["measure"])
    return f"{title} {EXPECTED_WORDS[content['expected']]}; tested on {on_day(content['review_on'])}"


def history_of_decision(decided: Decided) -> list[str]:
    """Return what became of a decision, a line a state, the latest first; nothing where it is as it was noted.

    Each says who, when and why, and what it changed of the state before.
    """
    if len(decided.states) == 1:
        return []
    told = [
        "Withdrawn" if later.withdrawn else _changes(later.content, earlier.content)
        for later, earlier in pairwise(decided.states)
    ]
    return [
        f"{author_words(state)}: {words}{f' – {state.reason}' if state.reason else ''}"
        for state, words in zip(decided.states, [*told, "Noted"], strict=True)
    ]


def _changes(after: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    changed = [
        f"{words}: {_value(name, before[name])} → {_value(name, after[name])}"
        for name, words in FIELD_WORDS.items()
        if after[name] != before[name]
    ]
    return "; ".join(changed) or "Holds again"


def _value(name: str, value: Any) -> str:  # noqa: ANN401 - a field of any kind
    if value is None:
        return "nothing"
    if isinstance(value, date):
        return on_day(value)
    match name:
        case "measure":
            return _title(value)
        case "expected":
            return EXPECTED_WORDS[value]
    return str(value)


def _title(measure: str) -> str:
    return MEASURES[measure].definition.title if measure in MEASURES else measure


def tested_words(tested: EffectResult) -> str:
    """Return what became of an expected effect: "Right: CAFs started should rise; better since, 14 before, 19 since".

    Nothing is said of the cause.
    """
    kept = "" if tested.kept is None else f"; kept with {week_words(tested.kept)}"
    figures = "" if None in (tested.before, tested.since) else f", {tested.before} before, {tested.since} since"
    expected = f"{tested.title} {EXPECTED_WORDS[tested.expected]}"
    return f"{tested.result.capitalize()}: {expected}; {MOVED_WORDS[Moved(tested.moved)]}{figures}{kept}"


def signed_words(signed: SignedWeek) -> str:
    """Return who signed a week off and when: "Signed off by Dina, 29 March 2010 10:12, again: …"."""
    at = to_local(signed.signed_at)
    again = f", revision {signed.revision}: {signed.reason}" if signed.reason else ""
    return f"Signed off by {signed.signed_by}, {on_day(at.date())} {at:%H:%M}{again}"

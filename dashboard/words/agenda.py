"""The weekly meeting in words: decisions, expected effects and their tests, signed weeks."""

from datetime import date
from typing import Final

from dashboard.analysis.movement import Moved
from dashboard.analysis.wording import day
from dashboard.readings.agenda import EffectResult, MeetingDecision
from dashboard.words.action_plan import MOVED_WORDS
from data_access.dates.london_time import to_local
from data_access.measures import MEASURES
from data_access.signed_weeks import SignedWeek

EXPECTED_WORDS: Final = {"up": "should rise", "down": "should fall", "none": "should not change"}


def week_words(week: date) -> str:
    """Return a week by its Monday: "w/c 22 March 2010"."""
    return f"w/c {on_day(week)}"


def on_day(on: date) -> str:
    """Return a day with its year: "22 March 2010"."""
    return f"{day(on)} {on.year}"


def state_words(decision: MeetingDecision, week: date) -> str:
    """Return whether a decision is done: "Done", "Not done", "Not done, due 5 April 2010: late"."""
    content = decision.content
    if content["done"] == "yes":
        return "Done"
    late = ": late" if content["due_on"] < week else ""
    said = "Not done" if content["done"] == "no" else "Nothing said yet"
    return f"{said}, due {on_day(content['due_on'])}{late}"


def expected_words(decision: MeetingDecision) -> str:
    """Return what a decision should do to its measure, and when that is tested; empty where nothing is expected."""
    content = decision.content
    if content["expected"] is None:
        return ""
    measure = MEASURES.get(content["measure"])
    title = content["measure"] if measure is None else measure.definition.title
    return f"{title} {EXPECTED_WORDS[content['expected']]}; tested on {on_day(content['review_on'])}"


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

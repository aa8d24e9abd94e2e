"""Cases in words: what became of each, its clock, its path, its details. Pure: frames in, text out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from dashboard.analysis.wording import short_day
from data_access.extracts import NO_TEAM
from data_access.measures.contract import WAITS
from data_access.measures.definition import Definition, Detail, Holds
from data_access.queries.path_of_case import Step
from data_access.vocabulary import Polarity

_CLOCKS: Final = (Holds.SECONDS_TAKEN, Holds.WORKING_DAYS_TAKEN)
_TOLD_ELSEWHERE: Final = (*_CLOCKS, Holds.WORKING_DAYS_ALLOWED, Holds.TIME_KNOWN)
"""What details hold that the clock tells, or the way in which times are written."""
_HOUR: Final = 3600
_STEPS: Final = {
    Step.CONTACT: "contact",
    Step.REFERRAL: "referral",
    Step.DECISION: "decided",
    Step.ASSESSMENT: "assessment begun",
    Step.COMPLETED: "completed",
}
_ENDED: Final = "Ended since"
_NOT_WORKED_OUT: Final = "Could not be worked out"
_YES_NO: Final = {True: "yes", False: "no"}

Case = dict[str, Any]


def shown_as(definition: Definition) -> dict[str, str]:
    """Return in words what a measure's list may be narrowed to: only what its cases can be."""
    words = {"all": "All"}
    if definition.blank_while_open is not None:
        words["waiting"] = definition.waiting_words.kind if definition.waiting_words is not None else "Waiting"
    if definition.adding_up.stands_late:
        return words | {"late": _ENDED, "not_computable": _NOT_WORKED_OUT}
    if not definition.adding_up.tells_met_from_not_met:
        return words
    lower = definition.polarity is Polarity.LOWER
    words |= {"late": "Counted", "met": "Not counted"} if lower else {"late": "Late or not met", "met": "Met"}
    return words | {"not_yet_due": "Not yet due", "not_computable": _NOT_WORKED_OUT}


def kind_of(case: Case, definition: Definition) -> str:
    """Return which of `shown_as` a case is."""
    if case["why"] == WAITS:
        return "waiting"
    if case["state"] in ("not_yet_due", "not_computable"):
        return str(case["state"])
    blank = definition.blank_while_open
    if definition.adding_up.stands_late:
        return "waiting" if blank is not None and case[blank] is None else "late"
    wanted = definition.polarity is not Polarity.LOWER
    if not definition.adding_up.tells_met_from_not_met or bool(case["numerator"]) is wanted:
        return "met"
    return "waiting" if blank is not None and case[blank] is None else "late"


def result_of(case: Case, definition: Definition) -> str:
    """Return what became of a case in words that suit the measure."""
    kind = kind_of(case, definition)
    match kind:
        case "waiting":
            return "Waiting"
        case "not_computable":
            return f"{_NOT_WORKED_OUT}: {case['why']}"
        case "not_yet_due":
            return "Not yet due"
    if definition.adding_up.stands_late:
        return _ENDED
    if not definition.adding_up.tells_met_from_not_met:
        return "Counted"
    if definition.polarity is Polarity.LOWER:
        return "Yes" if case["numerator"] else "No"
    return "Met" if kind == "met" else "Not met"


def clock_of(case: Case, definition: Definition) -> str:
    """Return how long a case took, or has waited so far: "62 h 20", "19 working days", "19 working days, 7 allowed".

    Empty where no clock runs.
    """
    seconds, days = _seconds(case, definition), _held(case, definition, Holds.WORKING_DAYS_TAKEN)
    if seconds is not None:
        minutes = seconds // 60
        return f"{minutes // 60:,} h {minutes % 60:02d}"
    allowed = _held(case, definition, Holds.WORKING_DAYS_ALLOWED)
    return f"{_working_days(days)}{'' if days is None or allowed is None else f', {allowed} allowed'}"


def _working_days(days: int | None) -> str:
    if days is None:
        return ""
    return f"{days:,} working day{'' if days == 1 else 's'}"


def _held(case: Case, definition: Definition, holds: Holds) -> int | None:
    """Return the number under the detail that holds this; None where there is none, or it is blank."""
    return next((case[name] for name in definition.names_of(holds)), None)


def _seconds(case: Case, definition: Definition) -> int | None:
    """Return the seconds on a case's clock; None where it has none, or the time of day is missing at one end."""
    timed = [case[name] for name in definition.names_of(Holds.TIME_KNOWN)]
    return None if False in timed else _held(case, definition, Holds.SECONDS_TAKEN)


def moment_words(moment: datetime, *, timed: bool = True, year_known_from: date | None = None) -> str:
    """Return a time as "Fri 26 Mar 2010 16:40", without time of day where none is known, and without the year where
    it is that of `year_known_from`.
    """
    text = day_words(moment.date(), year_known_from=year_known_from)
    return f"{text} {moment:%H:%M}" if timed else text


def day_words(on: date, *, year_known_from: date | None = None) -> str:
    """Return a date as "Fri 26 Mar 2010", without the year where it is that of `year_known_from`."""
    text = f"{on:%a} {short_day(on)}"
    return text if year_known_from is not None and year_known_from.year == on.year else f"{text} {on.year}"


def shown_details(definition: Definition) -> list[Detail]:
    """Return the details that a list shows: all but the clock's and the flags of times."""
    return [detail for detail in definition.details if detail.holds not in _TOLD_ELSEWHERE]


def detail_words(detail: Detail, case: Case, words: Mapping[str, Mapping[str, str]], *, years: bool = False) -> str:
    """Return a detail of a case as text; a dash where it is blank.

    Dates go without the year where it is that of the case's own date, unless `years` asks for it.
    """
    year_known_from = None if years else case["event_date"]
    value = case[detail.name]
    if value is None:
        return "–"
    match detail.holds:
        case Holds.TIME:
            timed = detail.time_known is None or case[detail.time_known] is not False
            return moment_words(value, timed=timed, year_known_from=year_known_from)
        case Holds.DATE:
            return day_words(value, year_known_from=year_known_from)
        case Holds.YES_NO:
            return _YES_NO[value]
        case Holds.NUMBER:
            return f"{value:,}"
        case Holds.CODE:
            return words.get(detail.name, {}).get(value, value)
    return str(value)


def dimension_value(detail: Detail, case: Case) -> str | None:
    """Return what a breakdown by this detail counts a case under: a code, a number, yes or no; None where blank."""
    value = case[detail.name]
    if value is None:
        return None
    return _YES_NO[value] if detail.holds is Holds.YES_NO else str(value)


def path_words(path: pl.DataFrame) -> str:
    """Return a case's path in one line, contact to assessment, with what has not happened yet; empty without one."""
    if path.is_empty():
        return ""
    steps = {row["step"]: row for row in path.iter_rows(named=True)}
    parts = []
    before: date | None = None
    latest = max(row["at"] for row in steps.values()).date()
    for step, name in _STEPS.items():
        row = steps.get(step)
        if row is None:
            if step is Step.DECISION and Step.REFERRAL in steps:
                parts.append("no decision yet")
            continue
        at, timed = row["at"], row["timed"]
        text = (
            f"{at:%H:%M}" if timed and at.date() == before else moment_words(at, timed=timed, year_known_from=latest)
        )
        parts.append(f"{name} {text}")
        before = at.date()
    if Step.ASSESSMENT in steps and Step.COMPLETED not in steps:
        parts.append("not completed")
    return " → ".join(parts)


def team_words(team: str | None, names: Mapping[str, str]) -> str:
    """Return a team's name."""
    if team is None or team == NO_TEAM:
        return "No team recorded"
    return names.get(team, team)


def longest_wait(cases: pl.DataFrame, definition: Definition) -> str:
    """Return the longest wait among waiting cases, "62 hours" or "19 working days"; empty without any or a clock."""
    clocks = definition.names_of(*_CLOCKS)
    if cases.is_empty() or not clocks:
        return ""
    case = cases.sort(clocks[0], descending=True, nulls_last=True).row(0, named=True)
    seconds, days = _seconds(case, definition), _held(case, definition, Holds.WORKING_DAYS_TAKEN)
    return _working_days(days) if seconds is None else f"{round(seconds / _HOUR):,} hours"


def waiting_told(definition: Definition, children: int, longest: str) -> str:
    """Return who waits: "5 children have waited over 24 hours for a decision; the longest has waited 66 hours".

    `longest` is left out where it is empty. Raise ValueError for a measure whose cases never wait.
    """
    words = definition.waiting_words
    if words is None:
        msg = f"{definition.title}: no case of it ever waits"
        raise ValueError(msg)
    return f"{words.told(children)}{f'; the longest has waited {longest}' if longest else ''}"


def waiting_cases(cases: int) -> str:
    """Return what a link to waiting cases leads to: "the 5 cases that wait"."""
    return "the case that waits" if cases == 1 else f"the {cases:,} cases that wait"


SORTS: Final = {
    "urgency": "Most urgent first",
    "longest": "Longest first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "team": "By team",
    "case": "By reference",
}
_BY_URGENCY: Final = ("waiting", "late", "not_yet_due", "not_computable", "met")


def sorted_cases(cases: Sequence[Case], definition: Definition, sort: str) -> list[Case]:
    """Return the cases in an order of SORTS; by urgency: those waiting, the longest first, then late, then others."""
    clocks = definition.names_of(*_CLOCKS)

    def taken(case: Case) -> float:
        return -float(next((case[name] for name in clocks if case[name] is not None), 0))

    ordered = sorted(cases, key=lambda case: case["case_id"])
    match sort:
        case "urgency":
            ordered.sort(
                key=lambda case: (_BY_URGENCY.index(kind_of(case, definition)), taken(case), case["event_date"])
            )
        case "longest":
            ordered.sort(key=taken)
        case "newest":
            ordered.sort(key=lambda case: case["event_date"], reverse=True)
        case "oldest":
            ordered.sort(key=lambda case: case["event_date"])
        case "team":
            ordered.sort(key=lambda case: case["team"] or "")
    return ordered

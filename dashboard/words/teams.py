"""A team's report in words: how it stands to the service, its caseload, staff and records. Data in, text out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from dashboard.analysis.funnel import Verdict
from dashboard.analysis.wording import figure, short_day
from dashboard.readings.team_report import Caseload, Records, TeamMeasure
from dashboard.words.loads import counted, title_of
from data_access.measures import measure_named
from data_access.queries.caseload import FEWEST_WORKERS
from data_access.queries.small_teams import FEWEST_STAFF

Facts = list[tuple[str, str]]
"""Names with what is to say of each."""

NOTHING: Final = "–"
WITHIN: Final = "no"
LOOK_AGAIN: Final = "look again"
NOT_JUDGED: Final = "not judged"
NOT_LOADED: Final = "never loaded"
_IN_NUMBERS: Final = {2: "two", 3: "three", 4: "four", 5: "five", 10: "ten"}
_WORK: Final = {
    "care": "in care",
    "cp": "on a child protection plan",
    "cin": "on a plan for a child in need",
    "assessment": "being assessed",
    "other": "neither plan nor open assessment",
}
_HOLDERS: Final = {
    "social_worker": "social workers",
    "senior_practitioner": "senior practitioners",
    "practice_manager": "practice managers",
    "team_manager": "team managers",
    "group_manager": "group managers",
    "nobody": "nobody",
    "unknown": "staff not in post",
}
_OTHERS: Final = "other staff"
_REASONS: Final = 2
"""How many reasons and rules are named; how many more there are is told."""


def value_words(measure: TeamMeasure) -> str:
    """Return the team's figure: "89%"; 0 of what is counted, a dash where there is none."""
    row = measure.row
    if row is None or row.value is None:
        return NOTHING if measure.hidden or measure.definition.adding_up.has_denominator else "0"
    return _figure(measure, row.value)


def _figure(measure: TeamMeasure, value: float) -> str:
    """Return a figure without its unit, which the title says."""
    return figure(value, replace(measure.subject, per=""))


def counts_words(measure: TeamMeasure) -> str:
    """Return the numbers behind the team's figure: "176 of 197"; empty for a count, and why where it is not shown."""
    if measure.hidden:
        return f"not shown, fewer than {_IN_NUMBERS[FEWEST_STAFF]} staff"
    row, adding_up = measure.row, measure.definition.adding_up
    if row is None or not adding_up.has_denominator:
        return ""
    if not row.denominator and not row.numerator:
        return "not computable" if row.not_computable else "not yet due"
    return f"{row.numerator:,.0f} {row.between} {row.denominator:,.0f}"


def interval_words(measure: TeamMeasure) -> str:
    """Return the 95% interval of the team's figure; empty where none can be given."""
    row = measure.row
    if row is None or row.lower is None or row.upper is None:
        return ""
    return f"{figure(row.lower, measure.subject)} to {figure(row.upper, measure.subject)}"


def service_words(measure: TeamMeasure) -> str:
    """Return the figure of the whole service; of what is counted its number "in all"."""
    if measure.service is None:
        return ""
    words = _figure(measure, measure.service)
    return words if measure.definition.adding_up.has_denominator else f"{words} in all"


def verdict_words(measure: TeamMeasure) -> str:
    """Return whether the team differs from the service: only beyond 99.8% it is named higher or lower."""
    if measure.hidden:
        return ""
    if measure.row is None or not measure.is_judged:
        return NOT_JUDGED
    if measure.row.verdict is Verdict.OUTSIDE:
        return _side(measure)
    return LOOK_AGAIN if measure.row.verdict is Verdict.LOOK_AGAIN else WITHIN


def differences_told(measures: Sequence[TeamMeasure]) -> str:
    """Return in a sentence where the team differs from the service by more than chance."""
    judged = [measure for measure in measures if measure.is_judged]
    if not judged:
        return "No measure of this team can be held against the service."
    differing = [f"{measure.definition.title} ({_side(measure)})" for measure in judged if measure.differs]
    of = f"of {counted(len(judged), 'measure')} that can be judged"
    if not differing:
        return f"On none {of} does the team differ from the service by more than chance explains."
    return f"On {len(differing)} {of} the team differs by more than chance explains: {'; '.join(differing)}."


def _side(measure: TeamMeasure) -> str:
    is_higher = measure.row is not None and (measure.row.value or 0.0) > (measure.service or 0.0)
    return "higher" if is_higher else "lower"


def up_to_words(last: date, latest: date) -> str:
    """Return the last day of a window, "28 Mar"; of another year than the latest's its month, "Dec 2009"."""
    return short_day(last) if last.year == latest.year else f"{last:%b} {last.year}"


def caseload_facts(caseload: Caseload, cases_held: TeamMeasure | None) -> Facts:
    """Return a team's caseload: cases for each full-time social worker, how they are spread, what they are, who holds
    them.
    """
    facts: Facts = []
    row = None if cases_held is None else cases_held.row
    if cases_held is not None and row is not None and row.value is not None:
        service = f"; service {_figure(cases_held, cases_held.service)}" if cases_held.service is not None else ""
        full_time = f"{row.numerator:,.0f} for {row.denominator:,.1f} full-time social workers"
        facts.append(("Cases each", f"{_figure(cases_held, row.value)} ({full_time}){service}"))
    if caseload.spread is not None and caseload.spread["workers"]:
        facts.append(("Spread", _spread_words(caseload.spread)))
    if caseload.mix is None:
        return [*facts, ("Children", f"allocations, staff, plans or assessments {NOT_LOADED}")]
    by_work, by_holder = _sums(caseload.mix, "work", _WORK), _sums(caseload.mix, "held_by", _HOLDERS)
    children = sum(row["children"] for row in caseload.mix)
    if not children:
        return [*facts, ("Children", "the team holds no case")]
    facts.append((counted(children, "child", "children").capitalize(), _parts(by_work)))
    return [*facts, ("Held by", _parts(by_holder, name_first=True))]


def _spread_words(spread: Mapping[str, Any]) -> str:
    workers = counted(spread["workers"], "social worker")
    if spread["most"] is None:
        return f"{workers}: not shown, fewer than {_IN_NUMBERS[FEWEST_WORKERS]}"
    return f"{workers} hold {spread['fewest']} to {spread['most']} each, the middle of them {spread['middle']:g}"


def _sums(rows: Iterable[Mapping[str, Any]], name: str, words: Mapping[str, str]) -> dict[str, int]:
    """Return children by word, in the order of the words; what no word names is with the others."""
    sums = dict.fromkeys((*words.values(), _OTHERS), 0)
    for row in rows:
        sums[words.get(row[name], _OTHERS)] += row["children"]
    return {word: number for word, number in sums.items() if number}


def _parts(sums: Mapping[str, int], *, name_first: bool = False) -> str:
    return ", ".join(f"{word} {number:,}" if name_first else f"{number:,} {word}" for word, number in sums.items())


def staff_facts(staff: Mapping[str, Any] | None) -> Facts:
    """Return who is in post, how posts are filled, and how many are away: a row of staffing.STAFFING."""
    if staff is None:
        return [("In post", "no staff on record")]
    facts: Facts = []
    if staff["on"] is not None:
        people = counted(staff["people"], "person", "people")
        facts.append(("In post", f"{people}, {staff['in_post']:,.1f} full-time equivalent"))
    if staff["posts_on"] is None:
        facts.append(("Posts", NOT_LOADED))
    else:
        parts = [
            f"{staff['posts']:,.1f} full-time equivalent",
            f"{staff['vacant']:,.1f} vacant" if staff["vacant"] else "none vacant",
        ]
        parts += [f"{staff['agency']:,.1f} filled by agency staff"] if staff["agency"] else []
        facts.append(("Posts", ", ".join(parts)))
    if staff["absent_on"] is None:
        return [*facts, ("Absent", NOT_LOADED)]
    on = f"Absent {staff['absent_on']:%a} {short_day(staff['absent_on'])}"
    if not staff["too_small"]:
        return [*facts, (on, f"{staff['absent']:,} of {staff['people']:,}, for whatever reason")]
    is_small = (staff["people"] or 0) < FEWEST_STAFF
    few = f"fewer than {_IN_NUMBERS[FEWEST_STAFF]} staff"
    return [*facts, (on, f"not shown, {few}" if is_small else f"not shown, since it would tell of a team with {few}")]


def records_facts(records: Records) -> Facts:
    """Return what is wrong with a team's records: cases left out and why, rows refused, rows to correct."""
    left_out = sum(row["cases"] for row in records.left_out)
    refused = sum(row["rows"] for row in records.refused)
    broken = sum(row["broken"] for row in records.broken)
    reasons = [
        f"{measure_named(row['measure']).definition.title}, {row['why']} ({row['cases']:,})"
        for row in records.left_out
    ]
    extracts = [f"{title_of(row['extract'])} ({row['rows']:,})" for row in records.refused]
    # what threatens a measure first, the most rows of it
    rules = sorted(records.broken, key=lambda row: not row["threatens"])
    titles = [f"{row['title']} ({row['broken']:,})" for row in rules]
    return [
        ("Not computable", _told(counted(left_out, "case"), reasons)),
        ("Refused", _told(counted(refused, "row"), extracts)),
        ("To correct", _told(counted(broken, "row"), titles)),
    ]


def _told(number: str, named: Sequence[str]) -> str:
    if not named:
        return number
    more = f"; and {len(named) - _REASONS} more" if len(named) > _REASONS else ""
    return f"{number}: {'; '.join(named[:_REASONS])}{more}"

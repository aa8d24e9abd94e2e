"""One child's path: every step that the extracts know, its clocks, what is out of order, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from dashboard.analysis.sampling import draw
from dashboard.analysis.step_order import OutOfOrder, Step, StepKind, in_order_of_time, out_of_order
from dashboard.readings.reading import Reading
from dashboard.words.cases import Case, kind_of
from data_access import queries
from data_access.actor import Action
from data_access.extracts import extract_named
from data_access.measures import MEASURES
from data_access.measures.definition import About, Definition, Holds, Key
from data_access.problems import QueryProblem
from data_access.queries.rows_of_child import (
    ChildRow,
    child_of,
    children_taken_on,
    labels,
    rows_of_child,
    working_day_numbers,
)

DRAWN_FROM: Final = timedelta(weeks=12)
"""Of so many weeks up to the end of the meeting's are the children from whom one is drawn."""
CLOCKS: Final[Mapping[StepKind, tuple[str, ...]]] = {
    StepKind.CONTACT_DECIDED: ("contacts_decided_within_24_hours",),
    StepKind.DECISION: ("decisions_within_24_hours",),
    StepKind.REFERRER_TOLD: ("referrers_told_the_outcome",),
    StepKind.SEEN: ("children_seen_in_initial_assessment",),
    StepKind.COMPLETED: (
        "initial_assessments_within_7_working_days",
        "core_assessments_within_35_working_days",
        "assessments_within_45_working_days",
    ),
    StepKind.VISITED: ("visits_made_on_time", "visits_written_up"),
    StepKind.STRATEGY_DISCUSSION: ("section_47_to_conference_within_15_working_days",),
    StepKind.CONFERENCE: ("child_protection_reviews_on_time",),
}
"""The measures by whose rules a step is in time or late: the case that each counts is the row of the step."""
_TOLD_BY_OTHERS: Final = (
    "decisions_within_one_working_day",
    "referrals_leading_to_initial_assessment",
    "children_seen_in_initial_assessment",
)
"""Measures of which every case that waits is told by another one too: so nothing is missing twice."""
_COMES_BACK: Final = "re_referrals_within_12_months"
_KINDS: Final = ("assessments", "conferences", "plans")
"""Extracts whose rows are of a kind by which rules of order differ."""


@dataclass(frozen=True)
class Verdict:
    """What a measure says of a case: met or not, and its clock."""

    definition: Definition
    case: Case


@dataclass(frozen=True)
class PathStep:
    """A step, the row that tells it, and what measures say of it."""

    step: Step
    row: ChildRow
    verdicts: tuple[Verdict, ...] = ()
    came_back: bool = False
    """Whether it is a referral that counts as a re-referral."""


@dataclass(frozen=True)
class ChildsPath:
    """A child's path as far as the reader may see it: steps in order of time.

    `missing` are the late cases of the child that wait to this day; `hidden` how many steps of other teams are not
    shown. `words` are those for codes, by list, `working_days` tell how many there were up to each day of the path.
    """

    child: str
    steps: tuple[PathStep, ...]
    broken: tuple[OutOfOrder, ...]
    missing: tuple[Verdict, ...]
    hidden: int
    words: Mapping[str, Mapping[str, str]]
    working_days: Mapping[date, int]


@dataclass(frozen=True)
class DrawnChild:
    """A child drawn at random (None of nobody), out of how many, referred since which day, and the seed."""

    child: str | None
    out_of: int
    since: date
    seed: str


def childs_path(reading: Reading, reference: str) -> ChildsPath:
    """Return the path of a child, by any reference that stood or stands for it.

    Raise NotAllowedProblem for who may list no cases, QueryProblem where no row of such a child may be seen.
    """
    reading.actor.check(Action.LIST_CASES)
    child = child_of(reading.connection, reference)
    rows = () if child is None else rows_of_child(reading.scope, reading.connection, child)
    if child is None or not rows:
        msg = f"There is no child “{reference}” among those whose cases you may see."
        raise QueryProblem(msg)
    return _path(reading, child, rows)


def drawn_child(reading: Reading, week: date, seed: str) -> DrawnChild:
    """Return the child that a seed draws for the meeting about a week, its Monday.

    It is drawn of the children referred in the twelve weeks to the end of that week whose case no decision closed,
    each team with its share, as far as the reader may see them. Raise NotAllowedProblem for who may list no cases.
    """
    reading.actor.check(Action.LIST_CASES)
    last = week + timedelta(days=6)
    first = last - DRAWN_FROM + timedelta(days=1)
    children = children_taken_on(reading.scope, reading.connection, first, last)
    drawn = draw({child: (team,) for child, team in children.items()}, 1, seed)
    return DrawnChild(drawn[0] if drawn else None, len(children), first, seed)


def _path(reading: Reading, child: str, rows: Sequence[ChildRow]) -> ChildsPath:
    verdicts = _verdicts(reading, child)
    by_row = {name: row for row in rows for name in (_name(row),)}
    steps = in_order_of_time(_with_referrals([step for row in rows for step in _steps_of(row)], by_row))
    shown = tuple(
        PathStep(step, row, _of_step(step, row, verdicts), _came_back(step, row, verdicts))
        for step in steps
        if (row := by_row[step.row]).is_seen
    )
    seen = {step.step.row for step in shown}
    broken = [
        each for each in out_of_order(steps) if each.second.row in seen and each.row.row in seen
    ]  # what hangs on rows that may not be seen isn't told
    days = [step.on for step in steps]
    return ChildsPath(
        child=child,
        steps=shown,
        broken=tuple(broken),
        missing=tuple(each for each in verdicts if _is_missing(each)),
        hidden=len(steps) - len(shown),
        words=labels(reading.connection),
        working_days=working_day_numbers(reading.connection, days),
    )


def _name(row: ChildRow) -> str:
    return f"{row.extract} {row.reference}"


def _steps_of(row: ChildRow) -> Iterator[Step]:
    """Yield the steps that a row tells, with the referral that it names."""
    extract = extract_named(row.extract)
    unknown = frozenset(kind for kind in StepKind if kind.extract == row.extract and kind.column in row.unknown)
    for kind in StepKind:
        if kind.extract != row.extract:
            continue
        column = extract.column(kind.column)
        day = row.values[column.local_date]
        if day is None:
            continue
        timed = column.local_date != column.stored_as and row.values[column.has_time]
        yield Step(
            kind=kind,
            on=day,
            row=_name(row),
            at=row.values[column.stored_as] if timed else None,
            code=row.values["kind"] if row.extract in _KINDS else None,
            referral=row.reference if row.extract == "referrals" else row.values.get("referral_id"),
            unknown=unknown,
        )


def _with_referrals(steps: Sequence[Step], rows: Mapping[str, ChildRow]) -> list[Step]:
    """Return the steps with the referral to which each belongs, where its row names none or several name it.

    An assessment or enquiry that names none belongs to the child's latest referral by the day on which it began, as
    measures have it; a contact to the referral that names it, else to the one that it names if no earlier does.
    """
    referrals = sorted((step.on, step.referral or "") for step in steps if step.kind is StepKind.REFERRAL)
    named_by = {
        contact: row.reference
        for row in rows.values()
        if row.extract == "referrals" and (contact := row.values["contact_id"]) is not None
    }
    contact_of = {referral: f"contacts {contact}" for contact, referral in named_by.items()}
    for step in sorted(steps, key=lambda step: (step.on, step.row)):
        if step.kind is StepKind.CONTACT and step.referral is not None and contact_of.get(step.referral) not in rows:
            contact_of[step.referral] = step.row
    begun = {step.row: step.on for step in steps if step.kind in (StepKind.ASSESSMENT, StepKind.STRATEGY_DISCUSSION)}

    def referral_of(step: Step) -> str | None:
        if step.kind.extract == "contacts":
            return next((referral for referral, contact in contact_of.items() if contact == step.row), None)
        if step.referral is None and step.row in begun:
            return next((name for day, name in reversed(referrals) if day <= begun[step.row]), None)
        return step.referral

    return [replace(step, referral=referral_of(step)) for step in steps]


def _verdicts(reading: Reading, child: str) -> list[Verdict]:
    """Return what every measure that can say something of a step, or of one that is missing, says of the child."""
    wanted = {name for names in CLOCKS.values() for name in names} | {_COMES_BACK}
    return [
        Verdict(measure.definition, case)
        for measure in MEASURES.values()
        if (measure.id in wanted or _has_clock_of_child(measure.definition))
        and queries.why_not_listed(reading.scope, measure.id) is None
        for case in queries.cases_of_child(reading.scope, reading.connection, measure.id, child).to_dicts()
    ]


def _has_clock_of_child(definition: Definition) -> bool:
    return (
        definition.key == Key.CHILD and definition.about is About.CHILDREN and definition.blank_while_open is not None
    )


def _is_missing(verdict: Verdict) -> bool:
    return (
        verdict.definition.id not in _TOLD_BY_OTHERS
        and verdict.definition.waiting_words is not None
        and kind_of(verdict.case, verdict.definition) == "waiting"
    )


def _of_step(step: Step, row: ChildRow, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    wanted = CLOCKS.get(step.kind, ())
    return tuple(each for each in verdicts if each.definition.id in wanted and each.case["case_id"] == row.reference)


def _came_back(step: Step, row: ChildRow, verdicts: Sequence[Verdict]) -> bool:
    return step.kind is StepKind.REFERRAL and any(
        each.definition.id == _COMES_BACK and each.case["case_id"] == row.reference and bool(each.case["numerator"])
        for each in verdicts
    )


def late_by(verdict: Verdict) -> int | None:
    """Return by how many working days a case is past what is allowed; None where it isn't, or no days say so."""
    definition, case = verdict.definition, verdict.case
    taken, allowed = (
        next((case[name] for name in definition.names_of(holds)), None)
        for holds in (Holds.WORKING_DAYS_TAKEN, Holds.WORKING_DAYS_ALLOWED)
    )
    if taken is None or allowed is None or taken <= allowed:
        return None
    return int(taken - allowed)

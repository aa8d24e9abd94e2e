"""The steps of one child's path, and which of them came out of order. Pure: steps in, what is out of order out.

A step is out of order where a rule of `ORDER` says that another comes first, and it came later, or is not recorded
though its row is there. Steps are compared by the time of day where both have one, else by the day: two of the same
day are in order. Only what two rows show is told; a step of which nothing can be said is never missed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final


class StepKind(StrEnum):
    """What a step is: the column of the extract that tells it. Steps of one day stand in this order."""

    NOTIFIED = "notifications.received_at"
    SCREENED = "notifications.screened_at"
    CONTACT = "contacts.received_at"
    CONTACT_DECIDED = "contacts.decided_at"
    REFERRAL = "referrals.received_at"
    ACKNOWLEDGED = "referrals.acknowledged_at"
    DECISION = "referrals.decided_at"
    REFERRER_TOLD = "referrals.referrer_told_at"
    NEW_INFORMATION = "assessments.new_information_on"
    STRATEGY_DISCUSSION = "section_47_enquiries.strategy_discussion_on"
    ALLOCATED = "allocations.from"
    ASSESSMENT = "assessments.started_on"
    SEEN = "assessments.child_seen_on"
    VISITED = "visits.made_on"
    COMPLETED = "assessments.completed_on"
    TERMINATED = "assessments.terminated_on"
    ENQUIRY_ENDED = "section_47_enquiries.ended_on"
    CONFERENCE = "conferences.held_on"
    PLAN = "plans.from"
    CORE_GROUP = "core_groups.held_on"
    OVERSIGHT = "oversight.recorded_on"
    SUPERVISION = "supervisions.held_on"
    CAF_OFFERED = "cafs.offered_on"
    CAF_STARTED = "cafs.started_on"
    CAF_DECLINED = "cafs.declined_on"
    CAF_COMPLETED = "cafs.completed_on"
    CAF_CLOSED = "cafs.closed_on"
    AUDITED = "audits.audited_on"
    PLAN_ENDED = "plans.to"
    CLOSED = "referrals.closed_on"

    @property
    def extract(self) -> str:
        """Return the extract whose rows tell it."""
        return self.value.partition(".")[0]

    @property
    def column(self) -> str:
        """Return the column that gives its day."""
        return self.value.partition(".")[2]


_ORDER_OF_KINDS: Final = {kind: place for place, kind in enumerate(StepKind)}
_ANCHORS: Final = {
    kind.extract: kind
    for kind in (
        StepKind.NOTIFIED,
        StepKind.CONTACT,
        StepKind.REFERRAL,
        StepKind.ASSESSMENT,
        StepKind.STRATEGY_DISCUSSION,
        StepKind.CONFERENCE,
        StepKind.PLAN,
    )
}
"""By extract the step that each of its rows has: by it a row is known to be there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its day, its time of day where one is known, and the row that tells it.

    `code` is the kind of assessment, conference or plan; `referral` the referral that the row belongs to. `unknown`
    are steps of the same row of which nothing can be said, so that they are not missed.
    """

    kind: StepKind
    on: date
    row: str
    at: datetime | None = None
    code: str | None = None
    referral: str | None = None
    unknown: frozenset[StepKind] = frozenset()

    def came_before(self, other: "Step") -> bool:
        """Return whether it came before another: by the time of day where both have one, else by the day."""
        if self.at is not None and other.at is not None:
            return self.at < other.at
        return self.on < other.on


class Tie(StrEnum):
    """Which rows a rule holds against each other."""

    ROW = "the same row"
    REFERRAL = "rows of the same referral"
    CHILD = "rows of the same child: the later step needs any of the first before it"
    SAME_KIND = "rows of the same kind and child, of which one began earlier"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: a step of `first` comes before `second`, of the rows that `tie` says.

    `first_code` and `second_code` narrow it to kinds of assessment, conference or plan. `missed` says that it is
    broken too where the first step is not recorded; `unless` are steps that stand in for the first; `within` is how
    many days after the second a first step is still taken for its own; `begun` that the first step's row must have
    begun by then. `source` says where the rule comes from.
    """

    first: tuple[StepKind, ...]
    second: StepKind
    tie: Tie
    source: str
    first_code: tuple[str, ...] = ()
    second_code: tuple[str, ...] = ()
    missed: bool = False
    unless: tuple[StepKind, ...] = ()
    within: int | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """What is out of order: `second` came before `first`, or without it where that is None; `row` is the first's."""

    rule: Rule
    second: Step
    first: Step | None
    row: Step


_K, _T = StepKind, Tie
_DATES: Final = "Nothing ends, is decided or is told before it began: such dates can't both be true"
_CHAPTER_5: Final = "Working Together to Safeguard Children (2006), chapter 5"
_FRAMEWORK: Final = "Framework for the Assessment of Children in Need and their Families (2000), chapter 3"
_PLAN_9C: Final = "Plan item 9c: contact, referral, initial assessment as Working Together asks"
_ENDED: Final = (_K.COMPLETED, _K.TERMINATED)
_SOON: Final = 28

ORDER: Final = (
    Rule((_K.NOTIFIED,), _K.SCREENED, _T.ROW, _DATES),
    Rule((_K.CONTACT,), _K.CONTACT_DECIDED, _T.ROW, _DATES),
    Rule((_K.REFERRAL,), _K.DECISION, _T.ROW, _DATES),
    Rule((_K.ASSESSMENT,), _K.COMPLETED, _T.ROW, _DATES),
    Rule((_K.ASSESSMENT,), _K.TERMINATED, _T.ROW, _DATES),
    Rule((_K.STRATEGY_DISCUSSION,), _K.ENQUIRY_ENDED, _T.ROW, _DATES),
    Rule((_K.PLAN,), _K.PLAN_ENDED, _T.ROW, _DATES),
    Rule((_K.CAF_OFFERED,), _K.CAF_DECLINED, _T.ROW, _DATES),
    Rule((_K.CAF_STARTED,), _K.CAF_COMPLETED, _T.ROW, _DATES),
    Rule((_K.CAF_STARTED,), _K.CAF_CLOSED, _T.ROW, _DATES),
    Rule((_K.CONTACT,), _K.REFERRAL, _T.REFERRAL, _PLAN_9C),
    Rule((_K.CONTACT,), _K.DECISION, _T.REFERRAL, f"{_CHAPTER_5}: a decision follows what was told"),
    Rule((_K.DECISION,), _K.REFERRER_TOLD, _T.ROW, f"{_CHAPTER_5}: referrers are told what was decided", missed=True),
    Rule((_K.REFERRAL,), _K.ASSESSMENT, _T.REFERRAL, _PLAN_9C, unless=(_K.NEW_INFORMATION,)),
    Rule(
        (_K.DECISION,), _K.ASSESSMENT, _T.REFERRAL, f"{_CHAPTER_5}: a manager decides whether to assess",
        missed=True, unless=(_K.NEW_INFORMATION,),
    ),
    Rule(
        (_K.REFERRAL,), _K.SEEN, _T.REFERRAL, f"{_CHAPTER_5}: the child is seen in the assessment",
        unless=(_K.NEW_INFORMATION,),
    ),
    Rule(
        (_K.SEEN,), _K.COMPLETED, _T.ROW, f"{_CHAPTER_5}: the child is seen in the initial assessment",
        second_code=("initial",), missed=True,
    ),
    Rule(
        (_K.SEEN,), _K.COMPLETED, _T.ROW, f"{_FRAMEWORK}: the child is seen in the assessment",
        second_code=("core", "single"),
    ),
    Rule(
        _ENDED, _K.ASSESSMENT, _T.REFERRAL,
        f"{_FRAMEWORK}: a core assessment begins where the initial one ended, with a strategy discussion or with new "
        "information on an open case",
        first_code=("initial",), second_code=("core",), missed=True,
        unless=(_K.STRATEGY_DISCUSSION, _K.NEW_INFORMATION),
    ),
    Rule(
        _ENDED, _K.ASSESSMENT, _T.SAME_KIND, "Plan item 13: intervention rather than repeat assessment", missed=True
    ),
    Rule(
        (_K.PLAN_ENDED,), _K.PLAN, _T.SAME_KIND, f"{_CHAPTER_5}: a child has one protection plan at a time",
        second_code=("cp",), missed=True,
    ),
    Rule(
        (_K.STRATEGY_DISCUSSION,), _K.CONFERENCE, _T.CHILD, f"{_CHAPTER_5}: a conference follows the enquiry",
        second_code=("initial",), within=_SOON,
    ),
    Rule(
        (_K.CONFERENCE,), _K.PLAN, _T.CHILD, f"{_CHAPTER_5}: the initial conference decides on a protection plan",
        first_code=("initial",), second_code=("cp",), within=_SOON,
    ),
    Rule((_K.REFERRAL,), _K.CLOSED, _T.ROW, _DATES),
    Rule((_K.DECISION,), _K.CLOSED, _T.ROW, "Plan items 9a and 9b: every referral is decided on", missed=True),
    Rule((_K.ASSESSMENT,), _K.CLOSED, _T.REFERRAL, _PLAN_9C, unless=(_K.NEW_INFORMATION,)),
    Rule(
        _ENDED, _K.CLOSED, _T.REFERRAL, "Plan item 9c: assessments are completed, not broken off",
        missed=True, begun=True,
    ),
)  # fmt: skip
"""Every rule of order, in the order in which what breaks it is told."""


def in_order_of_time(steps: Sequence[Step]) -> list[Step]:
    """Return the steps by day; those of a day in the order of their kinds, but by time where they have one."""
    ordered = sorted(steps, key=lambda step: (step.on, _ORDER_OF_KINDS[step.kind], step.row))
    timed = iter(sorted((step for step in ordered if step.at is not None), key=lambda step: (step.on, step.at)))
    return [step if step.at is None else next(timed) for step in ordered]


def out_of_order(steps: Sequence[Step]) -> list[OutOfOrder]:
    """Return what breaks the rules of ORDER, rule by rule, the earliest first; nothing where all is in order."""
    return [broken for rule in ORDER for broken in _broken(rule, in_order_of_time(steps))]


def _broken(rule: Rule, steps: Sequence[Step]) -> Iterator[OutOfOrder]:
    for second in steps:
        if second.kind is not rule.second or (rule.second_code and second.code not in rule.second_code):
            continue
        if any(_stands_in(step, second) for step in steps if step.kind in rule.unless):
            continue
        rows: Sequence[Step] = [step for step in steps if _is_tied(rule, step, second)]
        if rule.tie is Tie.CHILD:
            rows = _its_own(rule, rows, second)
        for row in rows:
            first = next((step for step in steps if step.row == row.row and step.kind in rule.first), None)
            if (second.came_before(first) if first is not None else _is_missed(rule, row)) and not (
                rule.begun and second.came_before(row)
            ):
                yield OutOfOrder(rule, second, first, row)


def _is_tied(rule: Rule, row: Step, second: Step) -> bool:
    """Return whether a step stands for a row that the rule holds against the second step."""
    extract = rule.first[0].extract
    if row.kind is not _ANCHORS.get(extract, rule.first[0]) or row.kind.extract != extract:
        return False
    if rule.first_code and row.code not in rule.first_code:
        return False
    match rule.tie:
        case Tie.ROW:
            return row.row == second.row
        case Tie.REFERRAL:
            return row.referral is not None and row.referral == second.referral
        case Tie.CHILD:
            return True
        case Tie.SAME_KIND:
            return row.code == second.code and (row.on, row.row) < (second.on, second.row)


def _its_own(rule: Rule, rows: Sequence[Step], second: Step) -> Sequence[Step]:
    """Return the earliest of the rows that came after a step, where none came by then and it came soon."""
    if any(not second.came_before(row) for row in rows):
        return ()
    soon = second.on + timedelta(days=rule.within or 0)
    return [row for row in rows if row.on <= soon][:1]


def _stands_in(step: Step, second: Step) -> bool:
    """Return whether a step that may stand in for the first does: of the same row or referral, and not later."""
    same = step.row == second.row or (step.referral is not None and step.referral == second.referral)
    return same and not second.came_before(step)


def _is_missed(rule: Rule, row: Step) -> bool:
    return rule.missed and row.unknown.isdisjoint(rule.first)

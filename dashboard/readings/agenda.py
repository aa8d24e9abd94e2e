"""The weekly meeting: what was decided at it, what was said about measures, and which expected effects came true."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from dashboard.analysis.movement import Moved, Movement, movement
from dashboard.analysis.wording import figure
from dashboard.readings.decisions import Decided, decided_of_kind
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.reading import Reading
from dashboard.readings.signed_weeks import signed_weeks_between
from data_access.decisions.kinds import COMMENTARY, MEETING_DECISION
from data_access.decisions.order_of_ids import in_order
from data_access.measures import MEASURES

_BEFORE: Final = timedelta(weeks=1)
RIGHT, WRONG, NOT_TOLD = "right", "wrong", "cannot be told"


@dataclass(frozen=True)
class EffectResult:
    """An expected effect on its review date: what was expected of a measure, and what it did.

    `moved` is a word of Moved, `before` and `since` its figures as they are shown where they can be told; `result` is
    RIGHT, WRONG or NOT_TOLD; `kept` is the week (its Monday) that was signed off with it, None while
    it is only worked out.
    """

    decision: str
    measure: str
    expected: str
    moved: str
    before: str | None
    since: str | None
    result: str
    kept: date | None = None

    @property
    def title(self) -> str:
        """Return what the measure is called."""
        return MEASURES[self.measure].definition.title if self.measure in MEASURES else self.measure

    def told(self) -> dict[str, Any]:
        """Return it as it is kept when the week is signed off."""
        return {name: value for name, value in vars(self).items() if name != "kept"}


@dataclass(frozen=True)
class MeetingDecision:
    """A decision of a meeting with its history, and its expected effect where that has been tested."""

    decided: Decided
    tested: EffectResult | None

    @property
    def content(self) -> Mapping[str, Any]:
        """Return what was decided, as it stands."""
        return self.decided.latest.content

    @property
    def is_withdrawn(self) -> bool:
        """Return whether it was taken back."""
        return self.decided.latest.withdrawn


@dataclass(frozen=True)
class Meeting:
    """What the meeting about a week (its Monday) has before it besides figures.

    `before` are the decisions of the week before and older ones that are not done, the oldest first; `decisions`
    those of this meeting; `commentary` what was said about measures in this week, by id. A decision that was
    withdrawn stands among those of its own meeting and a week later.
    """

    week: date
    before: tuple[MeetingDecision, ...]
    decisions: tuple[MeetingDecision, ...]
    commentary: Mapping[str, Decided]

    @property
    def tested(self) -> tuple[EffectResult, ...]:
        """Return the expected effects that are tested by now; what was withdrawn should move nothing any more."""
        stands = [each for each in (*self.before, *self.decisions) if not each.is_withdrawn]
        return tuple(each.tested for each in stands if each.tested is not None)


def meeting(reading: Reading, week: date, views: Mapping[str, MeasureView]) -> Meeting:
    """Return the meeting about a week; `views` are the measures up to its Sunday, by id."""
    sunday = week + timedelta(days=6)
    kept = _kept(reading, week)
    every = decided_of_kind(reading, MEETING_DECISION)
    decisions = sorted(
        (MeetingDecision(each, kept.get(each.decision_id) or _tested(each, views, sunday)) for each in every),
        key=lambda each: (each.content["week"], each.content["due_on"], in_order(each.decided.decision_id)),
    )
    said = [each for each in decided_of_kind(reading, COMMENTARY) if not each.latest.withdrawn]
    return Meeting(
        week,
        tuple(each for each in decisions if _is_before(each, week)),
        tuple(each for each in decisions if each.content["week"] == week),
        {each.latest.content["measure"]: each for each in said if each.latest.content["week"] == week},
    )


def _is_before(decision: MeetingDecision, week: date) -> bool:
    """Return whether a decision comes first at a meeting: of the week before, not done, or newly tested."""
    content = decision.content
    if content["week"] >= week:
        return False
    if decision.is_withdrawn:
        return bool(content["week"] == week - _BEFORE)
    is_new = decision.tested is not None and decision.tested.kept in (None, week)
    return content["week"] == week - _BEFORE or content["done"] != "yes" or is_new


def _kept(reading: Reading, week: date) -> dict[str, EffectResult]:
    """Return the results that were kept when this week or an earlier one was signed off: the first of each stands."""
    kept: dict[str, EffectResult] = {}
    for signed in signed_weeks_between(reading, None, week):
        for row in signed.closing.tested:
            kept.setdefault(row["decision"], EffectResult(**row, kept=signed.week))
    return kept


def _tested(decided: Decided, views: Mapping[str, MeasureView], sunday: date) -> EffectResult | None:
    """Return what became of the expected effect; None before its review date, where there is none, and of what was
    withdrawn.
    """
    if decided.latest.withdrawn:
        return None
    content = decided.latest.content
    measure, expected, review = content["measure"], content["expected"], content["review_on"]
    if expected is None or measure not in views or review > sunday:
        return None
    judgement = views[measure].judgement
    moved = movement(judgement, content["week"] + _BEFORE, until=review)
    before, since = (
        None if value is None else figure(value, judgement.subject) for value in (moved.before, moved.since)
    )
    result = _result(expected, moved)
    return EffectResult(decided.decision_id, measure, expected, str(moved.moved), before, since, result)


def _result(expected: str, moved: Movement) -> str:
    """Return whether a measure did what was expected; what moved before already, nobody can tell."""
    if moved.moved is Moved.NOT_BEYOND_CHANCE:
        return RIGHT if expected == "none" else WRONG
    if moved.moved not in (Moved.BETTER, Moved.WORSE, Moved.CHANGED) or moved.before is None or moved.since is None:
        return NOT_TOLD
    return RIGHT if expected == ("up" if moved.since > moved.before else "down") else WRONG


def effects_to_keep(held: Meeting) -> tuple[Mapping[str, Any], ...]:
    """Return the tested effects that signing the week off keeps: those that no earlier week has kept."""
    return tuple(each.told() for each in held.tested if each.kept in (None, held.week))

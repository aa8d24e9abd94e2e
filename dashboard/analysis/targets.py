"""Targets, which move over time, and the tag that sets a figure against one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.analysis.series import Point
from data_access.vocabulary import Comparison, Polarity, TargetState

COMPARISON_OF: Final = {
    "at_least": Comparison.AT_LEAST,
    "above": Comparison.MORE_THAN,
    "at_most": Comparison.AT_MOST,
    "below": Comparison.LESS_THAN,
}
"""What each word that a target may be set with means."""


def same(first: float, second: float) -> bool:
    """Whether two figures differ by no more than rounding in the last digits."""
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-12)


@dataclass(frozen=True, slots=True)
class Target:
    """One step of a target.

    `starts` is the day from which it holds (None: always); a plan's "100% by 30 June" starts on 30 June. `ends` is
    the first day on which it holds no more, though no other has started. A `reference` is a line of our own: it is
    drawn, but gets no tag, no assurance and no words.
    """

    value: float
    comparison: Comparison
    starts: date | None = None
    reference: bool = False
    ends: date | None = None

    def is_met_by(self, value: float) -> bool:
        """Whether `value` meets the target; a difference in the last digits is none."""
        if same(value, self.value):
            return not self.comparison.is_strict
        return (value > self.value) is self.comparison.wants_high


@dataclass(frozen=True, slots=True)
class YearToDate:
    """An annual target and the year's own figure: it is judged there and nowhere else.

    `figure` covers `starts` to `as_at`; the target is for `starts` to `ends`. `adds_up` marks a yearly total
    (a count); otherwise the figure is a share, rate or mean over the whole year.
    """

    target: Target
    figure: float
    starts: date
    as_at: date
    ends: date
    adds_up: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the figure covers the whole year."""
        return self.as_at >= self.ends


def in_force(targets: Sequence[Target], on: date) -> Target | None:
    """The step that holds on a day: the latest to have started, unless it has ended."""
    started = [target for target in targets if target.starts is None or target.starts <= on]
    latest = max(started, key=lambda target: target.starts or date.min, default=None)
    return None if latest is None or (latest.ends is not None and latest.ends <= on) else latest


def in_view(targets: Sequence[Target], on: date) -> Target | None:
    """The target to name on a day: the one in force or, before any is, the next one due."""
    later = [target for target in targets if target.starts is not None and target.starts > on]
    return in_force(targets, on) or min(later, key=lambda target: target.starts or date.max, default=None)


def check_targets(targets: Sequence[Target], polarity: Polarity) -> None:
    """Refuse what metadata must not say: two steps on one day, or a target against the measure's polarity."""
    starts = [target.starts for target in targets]
    if len(set(starts)) < len(starts):
        raise ValueError("two targets start on the same day")
    for target in targets:
        if polarity is not Polarity.NEITHER and target.comparison.wants_high is not (polarity is Polarity.HIGHER):
            raise ValueError(f"a target '{target.comparison}' contradicts the polarity '{polarity}'")


def shown_range(point: Point, target: Target | None) -> tuple[float, float] | None:
    """The range as which a point is shown against the target in view: where it is wide, or where its ends part."""
    return point.value_range or (point.bounds if _tag_could_change(point, target) else None)


def _tag_could_change(point: Point, target: Target | None) -> bool:
    if target is None or target.reference or point.value is None:
        return False
    return len({target.is_met_by(value) for value in (point.value, *(point.bounds or ()))}) > 1


def tag(point: Point | None, target: Target | None) -> TargetState:
    """The tag of a settled point against the target in view at its date.

    A figure that rows in doubt could move keeps its tag where it has the same at both ends of its range: a target
    that is missed whatever the rows say is missed.
    """
    if target is None:
        return TargetState.NO_TARGET
    if target.reference:
        return TargetState.REFERENCE
    if point is None or point.value is None:
        return TargetState.UNCERTAIN
    if target.starts is not None and target.starts > point.start:
        return TargetState.DUE
    if (point.is_incomplete and point.bounds is not None) or _tag_could_change(point, target):
        return TargetState.UNCERTAIN
    return TargetState.MET if target.is_met_by(point.value) else TargetState.MISSED


def tag_of_year(year: YearToDate) -> TargetState:
    """The tag of an annual target: due until the year is over."""
    if year.target.reference:
        return TargetState.REFERENCE
    if not year.is_over:
        return TargetState.DUE
    return TargetState.MET if year.target.is_met_by(year.figure) else TargetState.MISSED

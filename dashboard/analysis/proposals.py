"""Proposing that limits start again. A rebase is a decision of two people: nothing here ever takes it.

The usual four questions of "Making Data Count": the work visibly changed, the cause is known, it is expected to last,
and enough points follow. Figures can answer the first and the last; the others are for people, so the words ask them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.limits import LIMITS_FROM, fit
from dashboard.analysis.rules import signals
from dashboard.analysis.series import Point
from dashboard.analysis.wording import day, figure, periods
from data_access.vocabulary import Polarity


@dataclass(frozen=True, slots=True)
class Proposal:
    """That limits may start again on the day `starts`, why in words, and the event that may be the cause."""

    starts: date
    why: str
    cause: str | None


def proposal_of(judgement: Judgement, events: Iterable[tuple[date, str]]) -> Proposal | None:
    """Return a rebase to be thought about, from the latest stretch; None where the figures signal none.

    The signal: 13 points or more, the latest included, stand on one side of the mean of the 13 or more before them
    and keep a level of their own, as far as limits can be told from either. A worse level is never proposed: it is to
    be mended, not made the rule. `events` are days and labels of what happened; where one fits, the stretch would
    begin with it. Of several places where it could begin, it is the one that parts the two levels best.
    """
    if judgement.segment is None or judgement.latest is None:
        return None
    number = judgement.latest.segment
    points = [each.point for each in judgement.points if each.segment == number and each.point.judged]
    begins = [
        place for place in range(LIMITS_FROM, len(points) - LIMITS_FROM + 1) if _holds(judgement, points, place)
    ]
    if not begins:
        return None
    happened = sorted(events)
    causes = {place: _cause(points, place, happened) for place in begins}
    place = max(
        [place for place in begins if causes[place] is not None] or begins,
        key=lambda place: _parted(judgement, points, place),
    )
    event = causes[place]
    starts = points[place].start if event is None else event[0]
    return Proposal(starts, _why(judgement, points, place, event), None if event is None else event[1])


def _holds(judgement: Judgement, points: Sequence[Point], place: int) -> bool:
    """Return whether the points from a place on keep a level, on the better side of the mean of those before it."""
    before = _mean(judgement, points[:place])
    if before is None or not _is_kept(judgement, points[place:]):
        return False
    values = [point.value or 0.0 for point in points[place:]]
    above, below = all(value > before for value in values), all(value < before for value in values)
    match judgement.subject.polarity:
        case Polarity.HIGHER:
            return above
        case Polarity.LOWER:
            return below
    return above or below


def _is_kept(judgement: Judgement, points: Sequence[Point]) -> bool:
    """Return whether the latest of some points shows no change from their own level: a climb is none yet."""
    fitted = fit(points, judgement.chart, screening=judgement.settings.screening)
    if fitted is None:
        return False
    settings = judgement.settings
    by_point = signals(
        [(point.value or 0.0, fitted.limits_at(point)) for point in points],
        run_length=settings.run_length,
        trend_length=settings.trend_length,
    )
    return not by_point[-1]


def _parted(judgement: Judgement, points: Sequence[Point], place: int) -> float:
    """Return how well a place parts two levels: the sum of squares between them, as in the search for a change."""
    old, new = _mean(judgement, points[:place]) or 0.0, _mean(judgement, points[place:]) or 0.0
    return place * (len(points) - place) * (new - old) ** 2


def _mean(judgement: Judgement, points: Sequence[Point]) -> float | None:
    fitted = fit(points, judgement.chart, screening=judgement.settings.screening)
    return None if fitted is None else fitted.limits_at(points[-1]).mean


def _cause(points: Sequence[Point], place: int, events: Sequence[tuple[date, str]]) -> tuple[date, str] | None:
    """Return the latest event with which the points from a place on begin; None where none happened just then."""
    near = [event for event in events if points[place - 1].start < event[0] <= points[place].start]
    return near[-1] if near else None


def _why(judgement: Judgement, points: Sequence[Point], place: int, event: tuple[date, str] | None) -> str:
    subject, before, after = judgement.subject, points[:place], points[place:]
    old, new = _mean(judgement, before) or 0.0, _mean(judgement, after) or 0.0
    side = "above" if new > old else "below"
    since = f"Since {day(points[place].start)} {points[place].start.year}"
    told = f"{since} all {periods(len(after), subject.period)} stand {side} the mean of the {len(before)} before"
    means = f"{figure(old, subject, apart_from=[new])} then, {figure(new, subject, apart_from=[old])} now"
    return f"{told}: {means}{'' if event is None else f'; it begins with “{event[1]}”'}"

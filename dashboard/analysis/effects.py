"""What became of an expected effect: did the measure move as a decision of the meeting said it would?"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from dashboard.analysis.judgement import JudgedPoint
from data_access.vocabulary import Direction, Variation


class Movement(StrEnum):
    """What a measure did between a decision and its review, by the rules of special cause alone."""

    UP = "up"
    DOWN = "down"
    NONE = "none"
    TOO_SOON = "too_soon"
    """Fewer points than limits need, or none since the decision: nothing can be told."""


_MOVED = {Direction.HIGH: Movement.UP, Direction.LOW: Movement.DOWN}


def movement(points: Sequence[JudgedPoint], since: date, until: date) -> Movement:
    """Return what points that begin after one day, up to another, show: where the latest special cause points to.

    A change that chance makes is none, however large; and none of this says what caused it.
    """
    within = [each for each in points if since < each.point.start <= until and each.point.judged]
    if not within or within[-1].variation in (Variation.TOO_FEW, Variation.NOT_JUDGED):
        return Movement.TOO_SOON
    directions = [each.direction for each in within if each.direction is not None]
    return _MOVED[directions[-1]] if directions else Movement.NONE

"""The labels at the right end of the trend chart: target, mean and limits with their numbers, none upon another."""

from collections.abc import Sequence
from typing import Any, Final

from dashboard.analysis.judgement import JudgedPoint, Judgement
from dashboard.analysis.wording import figure, goal, short_day
from dashboard.charts.scales import Axis, spread
from dashboard.charts.theme import Look
from data_access.vocabulary import Period, TargetState

_APART: Final = 16
"""The least distance between two labels, in pixels."""

Row = dict[str, Any]


def end_labels(judgement: Judgement, points: Sequence[JudgedPoint], axis: Axis, look: Look, height: int) -> list[Row]:
    """Return the labels (text, colour, bold) with the place of each on the vertical axis, as `y`."""
    wanted = [*_target(judgement, look), *_process(judgement, points, look)]
    each_pixel = (axis.high - axis.low) / height
    places = [(axis.high - value) / each_pixel for value, _ in wanted]
    apart = spread(places, _APART, 4, height - 4)
    return [row | {"y": axis.high - place * each_pixel} for place, (_, row) in zip(apart, wanted, strict=True)]


def _target(judgement: Judgement, look: Look) -> list[tuple[float, Row]]:
    aim, subject = judgement.target, judgement.subject
    is_of_year = judgement.year is not None and subject.period is not Period.YEAR
    if aim is None or (not aim.reference and aim.starts is None and is_of_year):
        return []
    text = f"{'reference' if aim.reference else 'target'} {goal(aim, subject)}"
    if judgement.target_state is TargetState.DUE and aim.starts is not None:
        text = f"{text} by {short_day(aim.starts)}"
    return [(aim.value, {"text": text, "colour": look.target, "bold": True})]


def _process(judgement: Judgement, points: Sequence[JudgedPoint], look: Look) -> list[tuple[float, Row]]:
    drawn = next((each.drawn for each in reversed(points) if each.drawn is not None), None)
    latest = judgement.latest
    if latest is not None and latest.drawn is not None:
        drawn = latest.drawn
    if drawn is None or judgement.segment is None:
        return []
    subject = judgement.subject
    labels = [(drawn.mean, {"text": f"mean {figure(drawn.mean, subject)}", "colour": look.ink, "bold": True})]
    if drawn.lower is not None and drawn.upper is not None:
        kind = "trial limits" if judgement.is_trial else "expect"
        text = f"{kind} {figure(drawn.lower, subject)} to {figure(drawn.upper, subject)}"
        labels.append((drawn.lower, {"text": text, "colour": look.quiet, "bold": False}))
    return labels

"""Small judged series to draw."""

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from data_access.vocabulary import Comparison, Gap, Polarity, Unit

FIRST = date(2009, 5, 4)
SHARE = Subject("Decisions in time", Polarity.HIGHER, Unit.PERCENT)
STEADY = [0.70, 0.74, 0.68, 0.72, 0.71, 0.75, 0.69] * 4


def week(number: int) -> date:
    """Return the Monday of a week, counted from the first."""
    return FIRST + timedelta(weeks=number)


def judged(
    values: Sequence[float | None],
    *,
    partial_from: int | None = None,
    rebases: Sequence[Rebase] = (),
    targets: Sequence[Target] = (),
    subject: Subject = SHARE,
    gap: Gap = Gap.NO_DATA,
    not_computable: int = 0,
) -> Judgement:
    """Judge weekly values; None is a week with a gap, those from `partial_from` are not settled."""
    points = [
        Point.missing(week(number), gap, not_computable=not_computable)
        if value is None
        else Point.of_value(week(number), value, partial=partial_from is not None and number >= partial_from)
        for number, value in enumerate(values)
    ]
    return judge(subject, points, rebases=rebases, targets=targets)


def aim(value: float, starts: date | None = None) -> Target:
    """Return a target of at least a value."""
    return Target(value, Comparison.AT_LEAST, starts)

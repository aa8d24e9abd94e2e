"""A judged measure in the words of the board: value, x of n, period, year to date, target, sentence without title."""

import re
from datetime import date
from typing import Any, Final

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.wording import VARIATION_WORDS, figure, goal, short_day
from dashboard.readings.measure_views import MeasureView
from data_access.dates.periods import month_after
from data_access.vocabulary import Chart, Gap, Period, TargetState, Variation

NOTHING = "–"
KEY: Final = (
    "Grey band: what is normal for this service. Purple dashes: target. Blue dots: a real improvement. "
    "Orange diamonds: a real worsening. Hollow dot: not settled yet, not judged. "
    "Each measure shows its own latest settled period."
)
"""What the signs of the pictures mean."""

_AFTER_VALUE: Final = re.compile("[:;] ")


def value_of(judgement: Judgement) -> str:
    """Return the latest settled value; a range where it is not sure enough."""
    if judgement.latest is None or judgement.latest.point.value is None:
        return NOTHING
    targets = [judgement.target.value] if judgement.target else []
    span = judgement.span or (judgement.latest.point.value,)
    return " to ".join(figure(end, judgement.subject, apart_from=targets) for end in span)


def counts_of(view: MeasureView) -> str:
    """Return the numbers behind the latest settled value: "142 of 160"; empty for a count."""
    latest = view.judgement.latest
    if latest is None or latest.point.numerator is None or latest.point.denominator is None:
        return ""
    between = view.definition.adding_up.between
    numbers = f"{latest.point.numerator:,.0f} {between} {latest.point.denominator:,.0f}"
    # over twelve months such a rate is told in days, since days are what it adds up
    return numbers if view.definition.rolling_unit is None else f"{numbers} days"


def left_out_of(view: MeasureView) -> int:
    """Return how many cases of the latest settled period could not be worked out: no part of the figure."""
    return int(view.headline.get("not_computable") or 0) if view.lacking is None else 0


def period_of_latest(judgement: Judgement) -> str:
    """Return the latest settled period in short: "w/c 22 Mar", "Feb 2010"; where it is none, or hidden, that."""
    if judgement.latest is None:
        is_hidden = judgement.last is not None and judgement.last.gap is Gap.HIDDEN
        return "hidden" if is_hidden else "no settled period"
    return short_period(judgement.latest.point.start, judgement.subject.period)


def short_period(start: date, period: Period) -> str:
    """Return a period in short by its first day: "w/c 22 Mar", "Feb 2010", "Jan to Mar 2010", "2009/10"."""
    match period:
        case Period.WEEK:
            return f"w/c {short_day(start)}"
        case Period.QUARTER:
            return f"{start:%b} to {month_after(start, 2):%b %Y}"
        case Period.YEAR:
            return f"{start.year}/{start.year + 1 - 2000:02}"
    return f"{start:%b %Y}"


def year_to_date(view: MeasureView) -> str:
    """Return the year so far: of an annual target's year, else at the end of the latest settled period.

    A dash where the year is not covered, and for what is worth its last day alone.
    """
    value: Any = view.headline.get("ytd_value")
    if view.judgement.year is not None:
        value = view.judgement.year.figure
    if not view.definition.adding_up.sums_over_time:
        return NOTHING
    return NOTHING if value is None else figure(value, view.judgement.subject)


def target_of(judgement: Judgement) -> str:
    """Return the target's figure; empty where there is none to be held against."""
    if judgement.target is None or judgement.target_state in (TargetState.NO_TARGET, TargetState.REFERENCE):
        return ""
    values = [] if judgement.latest is None else [judgement.latest.point.value or 0.0]
    return goal(judgement.target, judgement.subject, apart_from=values)


def told_of(view: MeasureView) -> str:
    """Return the same without title and value, which stand beside it; the question where nothing more is said."""
    if view.why_none is not None:
        return f"{view.why_none}."
    return told(view.judgement) or view.definition.question


def variation_of(view: MeasureView) -> Variation:
    """Return the change that is shown: a concern whatever the variation, none where there is no latest figure."""
    if view.why_none is not None:
        return Variation.NOT_JUDGED
    return Variation.CONCERN if view.judgement.is_concern else view.judgement.variation


def is_step(view: MeasureView) -> bool:
    """Return whether the change that is shown is the step from the figure before: where nothing is judged."""
    is_line = view.judgement.chart is Chart.LINE and variation_of(view) is Variation.NOT_JUDGED
    return is_line and bool(_step(view))


def change_of(view: MeasureView) -> str:
    """Return the change that is shown in words: that of the variation, or the step from the figure before."""
    return _step(view) if is_step(view) else VARIATION_WORDS[variation_of(view)]


def _step(view: MeasureView) -> str:
    """Return how a figure that is not judged differs from the one before it: "9 the week before"."""
    judgement = view.judgement
    if judgement.latest is None or judgement.latest is judgement.points[0]:
        return ""
    neighbours = judgement.points[judgement.points.index(judgement.latest) - 1].point, judgement.latest.point
    values = [point.value for point in neighbours if point.judged and point.value is not None]
    if len(values) < len(neighbours):
        return ""
    before, now = (figure(value, judgement.subject) for value in values)
    period = judgement.subject.period
    return f"As the {period} before" if before == now else f"{before} the {period} before"


def in_doubt_of(view: MeasureView) -> str:
    """Return how many rows in doubt lie behind the figure: "2 rows in doubt"; empty where there are none."""
    number = view.judgement.in_doubt
    if not number:
        return ""
    return "1 row in doubt" if number == 1 else f"{number:,} rows in doubt"


def told(judgement: Judgement) -> str:
    """Return the sentence of the judgement without its title and value, which stand beside it."""
    _, *clauses = _AFTER_VALUE.split(judgement.sentence.removeprefix(judgement.subject.title), maxsplit=1)
    return "".join(f"{words[:1].upper()}{words[1:]}." for words in clauses)

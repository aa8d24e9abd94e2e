"""The rows behind each layer of the trend chart, taken from the judgement and nowhere else."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from dashboard.analysis.judgement import JudgedPoint, Judgement
from dashboard.analysis.targets import Target
from dashboard.analysis.wording import RULE_WORDS, VARIATION_WORDS, figure, goal, period_name
from dashboard.readings.signed_weeks import Reported
from data_access.dates.periods import period_of
from data_access.vocabulary import Display, Gap, Period, TargetState, Variation

HOLLOW: Final = "hollow"
SO_FAR: Final = "So far"
"""What is said of a period that is not settled, in place of its judgement."""
TIPS: Final = ("Period", "Figure", "Cases", "Judged", "Normally", "Target", "Note")
"""What the tooltip of a dot tells, and the table behind the chart as well."""
GAP_WORDS: Final = {
    Gap.NO_DATA: "no data",
    Gap.NO_CASES: "no cases",
    Gap.NOT_COMPUTABLE: "could not be worked out",
    Gap.HIDDEN: "hidden",
}
_SPACE_FOR_WORDS: Final = 0.2
"""The share of the width that the words of a gap take."""
_TARGET_AHEAD: Final = 8
"""A target that is not due yet is drawn over the last so many periods."""

Row = dict[str, Any]


def moment(day: date) -> str:
    """Return a day as the chart reads it: local midnight, whatever the reader's time zone."""
    return f"{day:%Y-%m-%d}T00:00:00"


def shown(judgement: Judgement, since: date | None) -> list[JudgedPoint]:
    """Return the points from a day on."""
    return [each for each in judgement.points if since is None or each.point.start >= since]


def end_of(judgement: Judgement, start: date) -> date:
    """Return the last day of the period that begins on a day."""
    period = judgement.subject.period
    if period in (Period.DAY, Period.POINT):
        return start
    return period_of(start, period)[1]


def _half(judgement: Judgement, start: date) -> timedelta:
    return (end_of(judgement, start) - start + timedelta(days=1)) / 2


def ends(judgement: Judgement, points: Sequence[JudgedPoint]) -> tuple[date, date]:
    """Return the ends of the horizontal axis: half a period beyond the first and the last figure."""
    first, last = points[0].point.start, points[-1].point.start
    return first - _half(judgement, first), last + _half(judgement, last)


def values(judgement: Judgement, points: Sequence[JudgedPoint]) -> list[float]:
    """Return every figure that the vertical axis must hold; none where no period has one."""
    figures = [each.point.value for each in points if each.point.value is not None]
    if not figures:
        return []
    for each in points:
        if each.drawn is not None:
            figures += [line for line in (each.drawn.lower, each.drawn.mean, each.drawn.upper) if line is not None]
        if each.target is not None:
            figures.append(each.target.value)
    return figures + ([] if judgement.target is None else [judgement.target.value])


def line(points: Sequence[JudgedPoint]) -> list[Row]:
    """Return the settled figures; `group` changes at every gap and rebase."""
    settled: list[Row] = []
    group, before = 0, None
    for each in points:
        if not each.point.judged:
            before = None
            continue
        if before != each.segment:
            group += 1
        before = each.segment
        settled.append({"x": moment(each.point.start), "y": each.point.value, "group": group})
    return settled


def dots(judgement: Judgement, points: Sequence[JudgedPoint]) -> dict[str, list[Row]]:
    """Return the figures by the kind of their dot (a variation, or HOLLOW), with the words of the tooltip."""
    by_kind: dict[str, list[Row]] = {}
    for each in points:
        if each.point.value is None:
            continue
        kind = str(each.variation) if each.point.judged else HOLLOW
        tips = told(judgement, each)
        by_kind.setdefault(kind, []).append(
            {
                "x": moment(each.point.start),
                "y": each.point.value,
                "told": ", ".join(text for text in tips.values() if text),
                **tips,
            }
        )
    return by_kind


def reported(points: Sequence[JudgedPoint], differing: Sequence[Reported]) -> list[Row]:
    """Return the figures that were reported otherwise, where their period is shown."""
    starts = {each.point.start for each in points}
    return [
        {"x": moment(each.start), "y": each.value, "what": each.told}
        for each in differing
        if each.start in starts and each.value is not None
    ]


def gaps(judgement: Judgement, points: Sequence[JudgedPoint]) -> list[Row]:
    """Return the stretches of periods without a figure, each with its reason; `x` to `end` is where they stand.

    `label` is for a stretch that has space for words, else a question mark.
    """
    first, last = ends(judgement, points)
    stretches: list[Row] = []
    for gap, part in groupby(points, key=lambda each: each.point.gap):
        stretch = list(part)
        if gap is None:
            continue
        start, final = stretch[0].point.start, stretch[-1].point.start
        begun, over = start - _half(judgement, start), final + _half(judgement, final)
        period = judgement.subject.period
        names = list(dict.fromkeys(full_period_name(day, period) for day in (start, final)))
        count = sum(each.point.not_computable for each in stretch)
        reason = f"{count:,} cases {GAP_WORDS[gap]}" if count > 1 else GAP_WORDS[gap]
        has_space = (over - begun) / (last - first) >= _SPACE_FOR_WORDS
        stretches.append(
            {
                "x": moment(begun),
                "middle": moment(begun + (over - begun) / 2),
                "end": moment(over),
                "label": GAP_WORDS[gap] if has_space else "?",
                "what": f"{' to '.join(names)}: {reason}",
            }
        )
    return stretches


def told(judgement: Judgement, each: JudgedPoint, note: str | None = None) -> dict[str, str]:
    """Return what is known of one period in words, by the names of TIPS; `note` is one more for the last of them."""
    subject, point = judgement.subject, each.point
    text = GAP_WORDS[point.gap] if point.gap is not None else ""
    if point.value is not None:
        text = figure(point.value, subject)
    cases = ""
    if point.numerator is not None and point.denominator:
        cases = f"{point.numerator:,.6g} of {point.denominator:,.6g}"
    rules = ", ".join(RULE_WORDS[signal.rule] for signal in each.signals)
    judged = ""
    if point.value is not None:
        not_judged = "Left out" if point.ghost else SO_FAR
        judged = VARIATION_WORDS[each.variation] if point.judged else not_judged
        if rules and each.variation not in (Variation.TOO_FEW, Variation.NOT_JUDGED):
            judged = f"{judged}: {rules}"
    normally = ""
    if each.drawn is not None:
        low, high = each.drawn.lower, each.drawn.upper
        normally = figure(each.drawn.mean, subject)
        if low is not None and high is not None:
            normally = f"{figure(low, subject)} to {figure(high, subject)}, mean {normally}"
    notes = []
    if point.partial:
        notes.append("not settled yet")
    if point.ghost:
        notes.append(f"left out of the limits: {point.ghost}")
    if point.not_computable:
        notes.append(f"{point.not_computable:,} could not be worked out")
    if note is not None:
        notes.append(note)
    return dict(
        zip(
            TIPS,
            (
                full_period_name(point.start, subject.period),
                text,
                cases,
                judged,
                normally,
                "" if each.target is None else goal(each.target, subject),
                "; ".join(notes),
            ),
            strict=True,
        )
    )


def full_period_name(start: date, period: Period) -> str:
    """Return the name of a period, with its year: "w/c 22 March 2010", "February 2010"."""
    name = period_name(start, period)
    return f"{name} {start.year}" if period in (Period.WEEK, Period.DAY, Period.POINT) else name


def limits(judgement: Judgement, points: Sequence[JudgedPoint], display: Display) -> list[Row]:
    """Return mean and limits as steps, for the stretches of one display, up to the last figure that is judged."""
    steps: list[Row] = []
    for number, segment in enumerate(judgement.segments):
        if segment.display is display:
            part = [each for each in points if each.segment == number and each.drawn is not None]
            while part and not part[-1].point.judged:
                part.pop()
            steps += [
                {
                    "x": moment(at),
                    "segment": number,
                    "lower": each.drawn.lower,
                    "mean": each.drawn.mean,
                    "upper": each.drawn.upper,
                }
                for at, each in _steps(judgement, part)
                if each.drawn is not None
            ]
    return steps


def _steps(judgement: Judgement, part: Sequence[JudgedPoint]) -> Iterator[tuple[date, JudgedPoint]]:
    """Yield each point at the beginning of its step, and the last once more at the end of its own."""
    for each in part:
        yield each.point.start - _half(judgement, each.point.start), each
    if part:
        yield part[-1].point.start + _half(judgement, part[-1].point.start), part[-1]


def targets(judgement: Judgement, points: Sequence[JudgedPoint]) -> list[Row]:
    """Return the target as steps, from when it holds; one not due yet stands over the last periods only."""
    aim = judgement.target
    if aim is not None and judgement.target_state is TargetState.DUE and not aim.reference:
        return _level(judgement, points[-_TARGET_AHEAD:], aim)
    return _target_steps(judgement, points, reference=False)


def references(judgement: Judgement, points: Sequence[JudgedPoint]) -> list[Row]:
    """Return a line of our own, no target, as steps."""
    return _target_steps(judgement, points, reference=True)


def _level(judgement: Judgement, part: Sequence[JudgedPoint], aim: Target) -> list[Row]:
    return [{"x": moment(at), "y": aim.value, "segment": 0} for at, _ in _steps(judgement, part)]


def _target_steps(judgement: Judgement, points: Sequence[JudgedPoint], *, reference: bool) -> list[Row]:
    part = [each for each in points if each.target is not None and each.target.reference is reference]
    return [
        {"x": moment(at), "y": each.target.value, "segment": 0}
        for at, each in _steps(judgement, part)
        if each.target is not None
    ]


def rebases(judgement: Judgement, points: Sequence[JudgedPoint]) -> list[Row]:
    """Return where stretches begin, their labels, and on which side of the rule the label has space."""
    first, last = ends(judgement, points)
    starts = []
    for segment in judgement.segments:
        if segment.begun_by is None or segment.start <= points[0].point.start:
            continue
        at = segment.start - _half(judgement, segment.start)
        on = segment.begun_by.start
        far = (at - first).days > 0.6 * (last - first).days
        label = (
            f"{segment.begun_by.reason}, {on.day} {on:%b %Y}" if segment.begun_by.reason else f"{on.day} {on:%b %Y}"
        )
        starts.append({"x": moment(at), "label": label, "side": "right" if far else "left"})
    return starts

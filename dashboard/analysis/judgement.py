"""The one result of judging a series. Tiles, charts, tables, sentences, alternative texts and exports all read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from dashboard.analysis import advice, sentences
from dashboard.analysis.assurance import assure
from dashboard.analysis.limits import Fit, Limits, fit
from dashboard.analysis.outlook import Process, YearEnd, pace, year_end
from dashboard.analysis.rules import RUN_LENGTH, TREND_LENGTH, Signal, signals
from dashboard.analysis.series import Point, Rebase, in_order, stretches
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, YearToDate, check_targets, in_force, in_view, tag, tag_of_year
from dashboard.analysis.vocabulary import (
    Assurance,
    Chart,
    Direction,
    Display,
    Polarity,
    TargetState,
    Variation,
)

LIMITS_FROM = 13
"""Limits and icons show from this many judged points in a stretch."""
TRIAL_TO = 25
"""Up to this many, limits are called trial limits."""
SHORTEST_BASELINE = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """How a series is judged.

    `baseline`: the first so many judged points of each stretch set its mean and limits, later ones are only judged;
    None takes all. Raises ValueError for a baseline under 12.
    """

    screening: bool = True
    baseline: int | None = None
    run_length: int = RUN_LENGTH
    trend_length: int = TREND_LENGTH

    def __post_init__(self) -> None:
        if self.baseline is not None and self.baseline < SHORTEST_BASELINE:
            raise ValueError(f"a baseline needs at least {SHORTEST_BASELINE} points, not {self.baseline}")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between rebases. `count` is the number of judged points; `mean` is None where there are none."""

    start: date
    count: int
    mean: float | None
    display: Display
    begun_by: Rebase | None


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """A point with the lines, signals and target in force there.

    `limits` and `signals` are worked out from two points on; `drawn` holds the lines that may be shown, ended at
    what the unit allows, and `variation` the dot's kind: both keep silent in a stretch of too few points.
    """

    point: Point
    segment: int
    limits: Limits | None
    drawn: Limits | None
    signals: tuple[Signal, ...]
    variation: Variation
    target: Target | None

    @property
    def direction(self) -> Direction | None:
        """Where the first rule points."""
        return self.signals[0].direction if self.signals else None

    @property
    def lower_is_clipped(self) -> bool:
        """Whether the drawn lower limit ends at 0 and so gets no label."""
        return self.drawn is not None and self.limits is not None and self.drawn.lower != self.limits.lower

    @property
    def upper_is_clipped(self) -> bool:
        """Whether the drawn upper limit ends at 100% and so gets no label."""
        return self.drawn is not None and self.limits is not None and self.drawn.upper != self.limits.upper


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judged series.

    `latest` is the last judged point and names the icons; `last` is the last settled period, which may have no
    data. `target` is the one in view at `latest`: in force or, before any is, the next due. `pace` is the value
    expected on the day of a target that is still due. `waiting` counts late cases that are still open.
    """

    subject: Subject
    chart: Chart
    settings: Settings
    segments: tuple[Segment, ...]
    points: tuple[JudgedPoint, ...]
    latest: JudgedPoint | None
    last: Point | None
    variation: Variation
    assurance: Assurance
    target: Target | None
    target_state: TargetState
    pace: float | None
    year: YearToDate | None
    year_end: YearEnd | None
    waiting: int = 0
    sentence: str = field(init=False)
    advice: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence", sentences.sentence(self))
        object.__setattr__(self, "advice", advice.advice(self))

    @property
    def segment(self) -> Segment | None:
        """The stretch of the latest point."""
        return None if self.latest is None else self.segments[self.latest.segment]

    @property
    def is_trial(self) -> bool:
        """Whether the latest limits are trial limits: drawn dashed and named so."""
        return self.segment is not None and self.segment.display is Display.TRIAL

    @property
    def hides_concern(self) -> bool:
        """Whether the latest point meets a rule that means concern behind the one that names it."""
        return (
            self.latest is not None
            and self.variation is Variation.IMPROVEMENT
            and any(
                variation_of(signal.direction, self.subject.polarity) is Variation.CONCERN
                for signal in self.latest.signals
            )
        )

    def frame(self) -> pl.DataFrame:
        """One row per point, oldest first, for tables, charts and exports.

        Columns: start (date), value, numerator, denominator, mean, lower and upper (as drawn; null where not shown),
        target (in force then), rules (joined by a space), direction, variation, segment, partial, ghost (the reason),
        gap, not_computable.
        """
        return pl.DataFrame([_row(judged) for judged in self.points], schema=_COLUMNS)


def judge(
    subject: Subject,
    points: Sequence[Point],
    *,
    chart: Chart = Chart.XMR,
    targets: Sequence[Target] = (),
    year: YearToDate | None = None,
    rebases: Sequence[Rebase] = (),
    settings: Settings | None = None,
    waiting: int = 0,
) -> Judgement:
    """Judge a series.

    Neighbours in `points` by date are taken as neighbours in time: a period without a figure must be given as
    `Point.missing`. `targets` are steps over time; `year` brings an annual target with the year's own figure, and
    excludes them. Raises SeriesError for a point that cannot be true and ValueError for contradictory targets.
    """
    if targets and year is not None:
        raise ValueError("a measure has targets for its periods or one for the year, not both")
    check_targets([year.target] if year is not None else targets, subject.polarity)
    settings = settings or Settings()
    ordered = in_order(points, chart, proportion=chart.is_proportion or subject.is_proportion)
    segments: list[Segment] = []
    judged: list[JudgedPoint] = []
    for indices, rebase in stretches(ordered, rebases):
        part = [ordered[index] for index in indices]
        fitted = _fit(part, chart, settings)
        count = sum(point.judged for point in part)
        mean = None if fitted is None else fitted.limits_at(part[0]).mean
        segment = Segment(part[0].start, count, mean, _display(count), rebase)
        judged += _judge_part(
            part, fitted, segment, len(segments), subject=subject, settings=settings, targets=targets
        )
        segments.append(segment)
    latest = next((each for each in reversed(judged) if each.point.judged), None)
    process = None if latest is None else _process(latest, judged, segments[latest.segment])
    target = None if latest is None else in_view(targets, latest.point.start)
    if latest is None and targets:
        target = max(targets, key=lambda step: step.starts or date.min)
    state = tag(None if latest is None else latest.point, target) if year is None else tag_of_year(year)
    return Judgement(
        subject=subject,
        chart=chart,
        settings=settings,
        segments=tuple(segments),
        points=tuple(judged),
        latest=latest,
        last=next((point for point in reversed(ordered) if not point.partial), None),
        variation=_variation(latest, chart),
        assurance=Assurance.NONE
        if process is None
        else assure(target, subject.polarity, process.limits, [point.value or 0.0 for point in process.points]),
        target=target if year is None else year.target,
        target_state=state,
        pace=pace(process, subject, target.starts)
        if process is not None and target is not None and target.starts and state is TargetState.DUE
        else None,
        year=year,
        year_end=None if year is None or year.is_over else year_end(year, subject, process),
        waiting=waiting,
    )


def variation_of(direction: Direction | None, polarity: Polarity) -> Variation:
    """What a signal in a direction means under a polarity; no signal is common cause."""
    if direction is None:
        return Variation.COMMON_CAUSE
    if polarity is Polarity.NEITHER:
        return Variation.NEITHER
    return (
        Variation.IMPROVEMENT if (direction is Direction.HIGH) is (polarity is Polarity.HIGHER) else Variation.CONCERN
    )


def _fit(part: Sequence[Point], chart: Chart, settings: Settings) -> Fit | None:
    baseline: list[Point | None] = []
    for point in part:
        if settings.baseline is not None and sum(each is not None for each in baseline) == settings.baseline:
            break
        baseline.append(point if point.judged else None)
    return fit(baseline, chart, screening=settings.screening)


def _judge_part(
    part: Sequence[Point],
    fitted: Fit | None,
    segment: Segment,
    number: int,
    *,
    subject: Subject,
    settings: Settings,
    targets: Sequence[Target],
) -> list[JudgedPoint]:
    lines = [None if fitted is None else fitted.limits_at(point) for point in part]
    found = signals(
        [
            (point.value, limits) if point.judged and point.value is not None and limits is not None else None
            for point, limits in zip(part, lines, strict=True)
        ],
        run_length=settings.run_length,
        trend_length=settings.trend_length,
    )
    return [
        JudgedPoint(
            point=point,
            segment=number,
            limits=limits,
            drawn=None if limits is None else _drawn(limits, segment.display, subject),
            signals=signal,
            variation=_kind(point, limits, signal, segment.display, subject.polarity),
            target=in_force(targets, point.start),
        )
        for point, limits, signal in zip(part, lines, found, strict=True)
    ]


def _kind(
    point: Point, limits: Limits | None, found: Sequence[Signal], display: Display, polarity: Polarity
) -> Variation:
    if limits is None or not point.judged:
        return Variation.NOT_JUDGED
    if display is Display.TOO_FEW:
        return Variation.TOO_FEW
    return variation_of(found[0].direction if found else None, polarity)


def _drawn(limits: Limits, display: Display, subject: Subject) -> Limits | None:
    """The lines to draw, ended at what the unit allows; None in a stretch of too few points."""
    if display is Display.TOO_FEW:
        return None

    def ended(line: float | None) -> float | None:
        return None if line is None else subject.clip(line)

    return Limits(
        limits.mean,
        ended(limits.lower),
        ended(limits.near_lower),
        ended(limits.near_upper),
        ended(limits.upper),
    )


def _display(count: int) -> Display:
    if count < LIMITS_FROM:
        return Display.TOO_FEW
    return Display.TRIAL if count <= TRIAL_TO else Display.FULL


def _process(latest: JudgedPoint, judged: Sequence[JudgedPoint], segment: Segment) -> Process | None:
    if segment.display is Display.TOO_FEW or latest.limits is None:
        return None
    points = [each.point for each in judged if each.segment == latest.segment and each.point.judged]
    return Process(points, latest.limits, latest.signals)


def _variation(latest: JudgedPoint | None, chart: Chart) -> Variation:
    if chart is Chart.LINE:
        return Variation.NOT_JUDGED
    return Variation.TOO_FEW if latest is None else latest.variation


_COLUMNS: dict[str, type[pl.DataType]] = {
    "start": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "mean": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "target": pl.Float64,
    "rules": pl.String,
    "direction": pl.String,
    "variation": pl.String,
    "segment": pl.Int64,
    "partial": pl.Boolean,
    "ghost": pl.String,
    "gap": pl.String,
    "not_computable": pl.Int64,
}


def _row(judged: JudgedPoint) -> dict[str, object]:
    point, drawn = judged.point, judged.drawn
    return {
        "start": point.start,
        "value": point.value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "mean": None if drawn is None else drawn.mean,
        "lower": None if drawn is None else drawn.lower,
        "upper": None if drawn is None else drawn.upper,
        "target": None if judged.target is None else judged.target.value,
        "rules": " ".join(signal.rule for signal in judged.signals),
        "direction": judged.direction,
        "variation": judged.variation,
        "segment": judged.segment,
        "partial": point.partial,
        "ghost": point.ghost,
        "gap": point.gap,
        "not_computable": point.not_computable,
    }

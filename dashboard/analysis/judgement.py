"""The one result of judging a series. Tiles, charts, tables, sentences, alternative texts and exports all read it."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from dashboard.analysis import advice, sentences
from dashboard.analysis.limits import Limits
from dashboard.analysis.outlook import YearEnd
from dashboard.analysis.rules import RUN_LENGTH, TREND_LENGTH, Signal, variation_of
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, YearToDate, shown_range
from data_access.vocabulary import Assurance, Chart, Direction, Display, TargetState, Variation

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
    expected on the day of a target that is still due. `waiting` counts late cases that are still open, on the day
    `waiting_on` where it is known. `lists_cases`: whether the reader may list cases of the measure.
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
    waiting_on: date | None = None
    lists_cases: bool = True
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
    def span(self) -> tuple[float, float] | None:
        """The range as which the latest figure is shown; None where it is shown as one number."""
        if self.latest is None:
            return None
        return shown_range(self.latest.point, self.target if self.year is None else None)

    @property
    def in_doubt(self) -> int:
        """How many rows in doubt stand behind the latest figure."""
        doubt = None if self.latest is None else self.latest.point.doubt
        return 0 if doubt is None else doubt.rows

    @property
    def is_moved_by_doubt(self) -> bool:
        """Whether rows in doubt are why the latest figure is shown as a range, or widen it."""
        doubt = None if self.latest is None else self.latest.point.doubt
        return self.span is not None and doubt is not None and doubt.can_move

    @property
    def is_trial(self) -> bool:
        """Whether the latest limits are trial limits: drawn dashed and named so."""
        return self.segment is not None and self.segment.display is Display.TRIAL

    @property
    def is_on_pace(self) -> bool:
        """Whether a target that is still due will be met on its day if the pace lasts."""
        return self.target is not None and self.pace is not None and self.target.is_met_by(self.pace)

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

    @property
    def is_concern(self) -> bool:
        """Whether the latest point means concern by any rule: what a list of concerns must hold."""
        return self.variation is Variation.CONCERN or self.hides_concern

    def frame(self) -> pl.DataFrame:
        """One row per point, oldest first, for tables, charts and exports.

        Columns: start (date), value, numerator, denominator, mean, lower and upper (as drawn; null where not shown),
        target (in force then), rules (joined by a space), direction, variation, segment, partial, ghost (the reason),
        gap, not_computable.
        """
        return pl.DataFrame([_row(judged) for judged in self.points], schema=_COLUMNS)


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

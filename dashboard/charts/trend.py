"""The chart of one measure over time: line and dots, mean, limits, target, rebases and events.

The anatomy is that of NHS England's "Making Data Count" and the Government Analysis Function: labels stand at the
right end with their numbers, there is no legend, and shape and word repeat every colour.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

import altair as alt

from dashboard.analysis.judgement import JudgedPoint, Judgement
from dashboard.charts import trend_rows as rows
from dashboard.charts.events import numbered
from dashboard.charts.scales import Axis, axis_of, period_labels
from dashboard.charts.specification import Spec, data, day_of, number_format, percent_format, ready, tips
from dashboard.charts.theme import Look
from dashboard.charts.trend_labels import end_labels
from dashboard.readings.measure_detail import Event
from dashboard.readings.signed_weeks import Reported
from data_access.vocabulary import Display, Unit, Variation

HEIGHT: Final = 330
_SPACE_AT_RIGHT: Final = 8
_SPACE_ABOVE: Final = 24
_LANE: Final = 20
_LANE_FREE_AFTER: Final = 0.05
"""Events nearer than this share of the width get lanes of their own."""
_LIMIT_DASH: Final = [6, 4]
_TRIAL_DASH: Final = [2, 3]
_TARGET_DASH: Final = [12, 5]
_REFERENCE_DASH: Final = [1, 4]
_MOST_LARGE_DOTS: Final = 80
_SEGMENT: Final = alt.Detail(field="segment", type="nominal")


def trend(
    judgement: Judgement,
    look: Look,
    *,
    events: Sequence[Event] = (),
    reported: Sequence[Reported] = (),
    since: date | None = None,
    height: int = HEIGHT,
) -> Spec | None:
    """Return the chart of a judged series from `since` on (None: all of it); None where there is nothing to draw.

    `reported` are figures that were signed off otherwise than they stand now. What the chart says to somebody who
    cannot see it is `sentences.alternative_text`, which the page gets with it.
    """
    points = rows.shown(judgement, since)
    values = rows.values(judgement, points)
    if not values:
        return None
    differing = rows.reported(points, reported)
    values += [row["y"] for row in differing]
    marks = _event_rows(judgement, points, numbered(judgement, events, since=since))
    lanes = max((mark["lane"] for mark in marks), default=-1) + 1
    subject = judgement.subject
    axis = axis_of(
        values,
        floor=subject.floor,
        ceiling=subject.ceiling,
        whole=subject.unit is Unit.COUNT,
        height=height,
        strip=lanes * _LANE,
    )
    draw = _Canvas(judgement, points, axis, look)
    layers = [
        draw.axes(),
        *draw.limits(),
        *draw.steps(rows.targets(judgement, points), _TARGET_DASH),
        *draw.steps(rows.references(judgement, points), _REFERENCE_DASH),
        *draw.rebases(),
        *draw.reported(differing),
        *draw.figures(),
        *draw.gaps(),
        *draw.events(marks, height),
        *draw.labels(end_labels(judgement, points, axis, look, height)),
    ]
    padding = {"left": 4, "top": _SPACE_ABOVE, "right": _SPACE_AT_RIGHT, "bottom": 4}
    return ready(layers, look, height=height, padding=padding)


def _event_rows(
    judgement: Judgement, points: Sequence[JudgedPoint], events: Sequence[tuple[int, Event]]
) -> list[rows.Row]:
    """Return where each event's mark stands: its day, its number, and the lane in which it overlaps no other."""
    first, last = rows.ends(judgement, points)
    taken: list[float] = []
    marks = []
    for number, event in events:
        place = (event.on - first).days / max((last - first).days, 1)
        lane = next((at for at, end in enumerate(taken) if place - end >= _LANE_FREE_AFTER), len(taken))
        taken[lane : lane + 1] = [place]
        what = f"{number}: {event.label}, {event.on.day} {event.on:%B %Y}"
        marks.append({"x": rows.moment(event.on), "number": str(number), "lane": lane, "what": what})
    return marks


class _Canvas:
    """The scales that all layers share, and how each is drawn."""

    def __init__(self, judgement: Judgement, points: Sequence[JudgedPoint], axis: Axis, look: Look) -> None:
        self.judgement, self.points, self.look = judgement, points, look
        self.low, self.high = axis.low, axis.high
        first, last = rows.ends(judgement, points)
        self.ticks = axis.ticks
        across = alt.Scale(domain=[day_of(first), day_of(last)], nice=False)
        up = alt.Scale(domain=[axis.low, axis.high], nice=False, zero=False)
        self._across = partial(alt.X, field="x", type="temporal", scale=across, title=None)
        self._up = partial(alt.Y, type="quantitative", scale=up, title=None)
        self.x, self.y = self._across(), self._up(field="y")

    def axes(self) -> alt.Chart:
        """Draw both axes, and no mark."""
        subject = self.judgement.subject
        labels = period_labels([each.point.start for each in self.points], subject.period)
        text = {f"{start:%Y-%m-%d}": lines for start, lines in labels.items()}
        words = partial(alt.Axis, labelColor=self.look.quiet, labelFontSize=12, title=None, domain=False, ticks=False)
        below = words(
            values=[day_of(start) for start in labels],
            labelExpr=f"{text!r}[timeFormat(datum.value, '%Y-%m-%d')]",
            labelOverlap="parity",
            labelPadding=8,
            labelFlush=False,
            grid=False,
        )
        left_side = words(
            values=list(self.ticks),
            format=(percent_format if subject.unit is Unit.PERCENT else number_format)(self.ticks),
            labelPadding=6,
            grid=True,
            gridColor=self.look.grid,
        )
        bare: alt.Chart = alt.Chart(data([])).mark_point(aria=False)
        return bare.encode(x=self._across(axis=below), y=self._up(field="y", axis=left_side))

    def limits(self) -> list[alt.Chart]:
        """Draw what each stretch normally does: a band between the limits, their lines, the mean."""
        layers: list[alt.Chart] = []
        for display, dash in ((Display.FULL, _LIMIT_DASH), (Display.TRIAL, _TRIAL_DASH)):
            stretches = rows.limits(self.judgement, self.points, display)
            bounded = [row for row in stretches if row["upper"] is not None]
            if bounded and display is Display.FULL:
                band = alt.Chart(data(bounded)).mark_area(color=self.look.band, interpolate="step-after", aria=False)
                layers.append(
                    band.encode(x=self.x, y=self._up(field="lower"), y2=alt.Y2(field="upper"), detail=_SEGMENT)
                )
            if bounded:
                layers += [self._level(bounded, name, self.look.limit, dash, 1) for name in ("lower", "upper")]
            if stretches:
                layers.append(self._level(stretches, "mean", self.look.mean, [1, 0], 1.2))
        return layers

    def steps(self, target_steps: Sequence[rows.Row], dash: Sequence[int]) -> list[alt.Chart]:
        """Draw a target as steps over time."""
        return [self._level(target_steps, "y", self.look.target, dash, 2)] if target_steps else []

    def figures(self) -> list[alt.Chart]:
        """Draw the line of the settled figures, broken at gaps and rebases, and a dot for every figure."""
        line = alt.Chart(data(rows.line(self.points))).mark_line(color=self.look.line, strokeWidth=1.5, aria=False)
        layers: list[alt.Chart] = [line.encode(x=self.x, y=self.y, detail=alt.Detail(field="group", type="nominal"))]
        dots = rows.dots(self.judgement, self.points)
        for kind, dots_of_kind in dots.items():
            dot = alt.Chart(data(dots_of_kind), mark=self._dot(kind))
            described = alt.Description(field="told", type="nominal")
            layers.append(dot.encode(x=self.x, y=self.y, tooltip=tips(rows.TIPS), description=described))
        if so_far := dots.get(rows.HOLLOW):
            words = alt.Chart(data(so_far[-1:])).mark_text(text="so far", dy=15, fontSize=11, color=self.look.quiet)
            layers.append(words.encode(x=self.x, y=self.y))
        return layers

    def reported(self, differing: Sequence[rows.Row]) -> list[alt.Chart]:
        """Draw a short dash where a figure was signed off otherwise than it stands now."""
        if not differing:
            return []
        dash = alt.MarkDef(type="point", shape="stroke", size=160, stroke=self.look.quiet, strokeWidth=1.6, opacity=1)
        described = alt.Description(field="what", type="nominal")
        drawn: alt.Chart = alt.Chart(data(differing), mark=dash)
        return [drawn.encode(x=self.x, y=self.y, tooltip=tips(("what",)), description=described)]

    def gaps(self) -> list[alt.Chart]:
        """Draw where periods have no figure along the foot of the plot, and why."""
        gaps = [row | {"y": self.low} for row in rows.gaps(self.judgement, self.points)]
        if not gaps:
            return []
        here = alt.Chart(data(gaps))
        described = alt.Description(field="what", type="nominal")
        bar = here.mark_rule(color=self.look.line, strokeWidth=5, strokeDash=[2, 2])
        words = here.mark_text(color=self.look.quiet, fontSize=12, dy=-11)
        return [
            bar.encode(x=self.x, x2=alt.X2(field="end"), y=self.y, tooltip=tips(("what",)), description=described),
            words.encode(
                x=self._across(field="middle"),
                y=self.y,
                text=alt.Text(field="label", type="nominal"),
                tooltip=tips(("what",)),
            ),
        ]

    def _dot(self, kind: str) -> alt.MarkDef:
        look = self.look
        if kind == rows.HOLLOW:
            return _dot("circle", 36, look.ground, look.line)
        variation = Variation(kind)
        if variation is Variation.IMPROVEMENT:
            return _dot("circle", 62, look.improvement, look.ground)
        if variation is Variation.CONCERN:
            return _dot("diamond", 86, look.concern, look.outline)
        if variation is Variation.NEITHER:
            return _dot("square", 58, look.neither, look.ground)
        return _dot("circle", 14 if len(self.points) > _MOST_LARGE_DOTS else 30, look.common, look.common)

    def rebases(self) -> list[alt.Chart]:
        """Draw a thin rule where limits start again, with its label above the plot."""
        starts = rows.rebases(self.judgement, self.points)
        if not starts:
            return []
        rule = alt.Chart(data(starts)).mark_rule(color=self.look.mean, strokeWidth=1, aria=False)
        layers: list[alt.Chart] = [rule.encode(x=self.x)]
        for side in sorted({row["side"] for row in starts}):
            words = alt.Chart(data([row for row in starts if row["side"] == side])).mark_text(
                align=side, baseline="bottom", dy=-6, fontSize=12, color=self.look.ink
            )
            layers.append(words.encode(x=self.x, y=alt.value(0), text=alt.Text(field="label", type="nominal")))
        return layers

    def events(self, marks: Sequence[rows.Row], height: int) -> list[alt.Chart]:
        """Draw the numbers of the events along the foot of the plot."""
        layers: list[alt.Chart] = []
        for lane in sorted({mark["lane"] for mark in marks}):
            place = self.high - (self.high - self.low) * (1 - _LANE * (lane + 0.5) / height)
            here = data([mark | {"y": place} for mark in marks if mark["lane"] == lane])
            ring = alt.Chart(here, mark=_dot("circle", 230, self.look.ground, self.look.ink))
            words = alt.Chart(here).mark_text(color=self.look.ink, fontSize=11, aria=False)
            described = alt.Description(field="what", type="nominal")
            layers += [
                ring.encode(x=self.x, y=self.y, tooltip=tips(("what",)), description=described),
                words.encode(x=self.x, y=self.y, text=alt.Text(field="number", type="nominal")),
            ]
        return layers

    def labels(self, label_rows: Sequence[rows.Row]) -> list[alt.Chart]:
        """Draw the labels at the right end, each next to its line."""
        layers: list[alt.Chart] = []
        for row in label_rows:
            words = alt.Chart(data([row])).mark_text(
                align="left",
                dx=8,
                baseline="middle",
                fontSize=12,
                color=row["colour"],
                fontWeight="bold" if row["bold"] else "normal",
            )
            text = alt.Text(field="text", type="nominal")
            layers.append(words.encode(x=alt.value("width"), y=self.y, text=text))
        return layers

    def _level(
        self, steps: Sequence[rows.Row], name: str, colour: str, dash: Sequence[float], width: float
    ) -> alt.Chart:
        line: alt.Chart = alt.Chart(data(steps)).mark_line(
            color=colour, strokeDash=list(dash), strokeWidth=width, interpolate="step-after", aria=False
        )
        return line.encode(x=self.x, y=self._up(field=name), detail=_SEGMENT)


def _dot(shape: str, size: int, fill: str, stroke: str) -> alt.MarkDef:
    return alt.MarkDef(
        type="point", shape=shape, size=size, filled=True, fill=fill, stroke=stroke, strokeWidth=1.2, opacity=1
    )

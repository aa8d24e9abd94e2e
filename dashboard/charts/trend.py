"""The chart of one measure over time: line and dots, mean, limits, target, rebases and events.

The anatomy is that of NHS England's "Making Data Count" and the Government Analysis Function: labels stand at the
right end with their numbers, there is no legend, and shape and word repeat every colour.

Charts are made as Vega-Lite specifications: building this one with Altair's classes takes half a second of checking
and copying, as plain dictionaries two milliseconds. The tests check each against Altair's schema.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboard.analysis.judgement import JudgedPoint, Judgement
from dashboard.analysis.vocabulary import Display, Unit, Variation
from dashboard.charts import trend_rows as rows
from dashboard.charts.scales import Axis, axis_of, period_labels
from dashboard.charts.specification import Spec, config, data, day_of, nominal, percent_format, tips
from dashboard.charts.theme import Look
from dashboard.charts.trend_labels import end_labels

HEIGHT: Final = 330
_ROOM_AT_RIGHT: Final = 8
_ROOM_ABOVE: Final = 24
_LANE: Final = 20
_ON_ONE_LANE: Final = 0.05
"""Events nearer than this share of the width get lanes of their own."""
_LIMIT_DASH: Final = [6, 4]
_TRIAL_DASH: Final = [2, 3]
_TARGET_DASH: Final = [12, 5]
_REFERENCE_DASH: Final = [1, 4]
_MOST_LARGE_DOTS: Final = 80


@dataclass(frozen=True)
class Event:
    """Something that happened, to be seen on the chart: numbered there, told in the list below."""

    on: date
    label: str
    detail: str | None = None


def numbered(judgement: Judgement, events: Sequence[Event], *, since: date | None = None) -> list[tuple[int, Event]]:
    """Return the events within the time shown, in order of time, each with its number on the chart.

    An event that a rebase of the same day and name tells already is left out.
    """
    shown = rows.shown(judgement, since)
    if not shown:
        return []
    told = {(each.begun_by.start, each.begun_by.reason) for each in judgement.segments if each.begun_by is not None}
    first, last = shown[0].point.start, rows.end_of(judgement, shown[-1].point.start)
    within = [event for event in events if first <= event.on <= last and (event.on, event.label) not in told]
    return list(enumerate(sorted(within, key=lambda event: event.on), start=1))


def trend(
    judgement: Judgement,
    look: Look,
    *,
    events: Sequence[Event] = (),
    since: date | None = None,
    height: int = HEIGHT,
) -> Spec | None:
    """Return the chart of a judged series from `since` on (None: all of it); None where there is nothing to draw.

    What it says to somebody who cannot see it is `sentences.alternative_text`, given to the page beside it.
    """
    points = rows.shown(judgement, since)
    values = rows.values(judgement, points)
    if not values:
        return None
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
        *draw.limits(),
        *draw.steps(rows.targets(judgement, points), _TARGET_DASH),
        *draw.steps(rows.references(judgement, points), _REFERENCE_DASH),
        *draw.rebases(),
        *draw.figures(),
        *draw.events(marks, height),
        *draw.labels(end_labels(judgement, points, axis, look, height)),
    ]
    return {
        "height": height,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 4, "top": _ROOM_ABOVE, "right": _ROOM_AT_RIGHT, "bottom": 4},
        "config": config(look),
        "layer": [draw.axes(), *layers],
    }


def _event_rows(
    judgement: Judgement, points: Sequence[JudgedPoint], events: Sequence[tuple[int, Event]]
) -> list[rows.Row]:
    """Return where each event's mark stands: its day, its number, and the lane in which it touches no other."""
    first, last = rows.ends(judgement, points)
    taken: list[float] = []
    found = []
    for number, event in events:
        place = (event.on - first).days / max((last - first).days, 1)
        lane = next((at for at, end in enumerate(taken) if place - end >= _ON_ONE_LANE), len(taken))
        taken[lane : lane + 1] = [place]
        what = f"{number}: {event.label}, {event.on.day} {event.on:%B %Y}"
        found.append({"x": rows.moment(event.on), "number": str(number), "lane": lane, "what": what})
    return found


class _Canvas:
    """The scales that all layers share, and how each is drawn."""

    def __init__(self, judgement: Judgement, points: Sequence[JudgedPoint], axis: Axis, look: Look) -> None:
        self.judgement, self.points, self.look = judgement, points, look
        self.low, self.high = axis.low, axis.high
        first, last = rows.ends(judgement, points)
        labels = period_labels([each.point.start for each in points], judgement.subject.period)
        text = {f"{start:%Y-%m-%d}": lines for start, lines in labels.items()}
        words = {"labelColor": look.quiet, "labelFontSize": 12, "title": None, "domain": False, "ticks": False}
        percent = judgement.subject.unit is Unit.PERCENT
        across = {"domain": [day_of(first), day_of(last)], "nice": False}
        up = {"domain": [axis.low, axis.high], "nice": False, "zero": False}
        self.x: Spec = {"field": "x", "type": "temporal", "scale": across, "title": None}
        self.y: Spec = {"field": "y", "type": "quantitative", "scale": up, "title": None}
        self.axes_of: Spec = {
            "x": {
                "values": [day_of(start) for start in labels],
                "labelExpr": f"{text!r}[timeFormat(datum.value, '%Y-%m-%d')]",
                "labelOverlap": "parity",
                "labelPadding": 8,
                "labelFlush": False,
                "grid": False,
                **words,
            },
            "y": {
                "values": list(axis.ticks),
                "format": percent_format(axis.ticks) if percent else ",~g",
                "labelPadding": 6,
                "grid": True,
                "gridColor": look.grid,
                **words,
            },
        }

    def axes(self) -> Spec:
        """Draw both axes, and no mark."""
        encoding = {name: getattr(self, name) | {"axis": axis} for name, axis in self.axes_of.items()}
        return {**data([]), "mark": {"type": "point", "aria": False}, "encoding": encoding}

    def limits(self) -> list[Spec]:
        """Draw what each stretch normally does: a band between the limits, their lines, the mean."""
        layers = []
        for display, dash in ((Display.FULL, _LIMIT_DASH), (Display.TRIAL, _TRIAL_DASH)):
            found = rows.limits(self.judgement, self.points, display)
            bounded = [row for row in found if row["upper"] is not None]
            if bounded and display is Display.FULL:
                mark = {"type": "area", "color": self.look.band, "interpolate": "step-after", "aria": False}
                across = {"x": self.x, "y": self._y("lower"), "y2": {"field": "upper"}, "detail": nominal("segment")}
                layers.append({**data(bounded), "mark": mark, "encoding": across})
            if bounded:
                layers += [self._level(bounded, name, self.look.limit, dash, 1) for name in ("lower", "upper")]
            if found:
                layers.append(self._level(found, "mean", self.look.mean, [1, 0], 1.2))
        return layers

    def steps(self, found: Sequence[rows.Row], dash: Sequence[int]) -> list[Spec]:
        """Draw a target as steps over time."""
        return [self._level(found, "y", self.look.target, dash, 2)] if found else []

    def figures(self) -> list[Spec]:
        """Draw the line of the settled figures, broken at gaps and rebases, and a dot for every figure."""
        mark = {"type": "line", "color": self.look.line, "strokeWidth": 1.5, "aria": False}
        along = {"x": self.x, "y": self.y, "detail": nominal("group")}
        layers: list[Spec] = [{**data(rows.line(self.points)), "mark": mark, "encoding": along}]
        dots = rows.dots(self.judgement, self.points)
        for kind, found in dots.items():
            at = {"x": self.x, "y": self.y, "tooltip": tips(rows.TIPS), "description": nominal("told")}
            layers.append({**data(found), "mark": {"type": "point", **self._dot(kind)}, "encoding": at})
        if so_far := dots.get(rows.HOLLOW):
            words = {"type": "text", "text": "so far", "dy": 15, "fontSize": 11, "color": self.look.quiet}
            layers.append({**data(so_far[-1:]), "mark": words, "encoding": {"x": self.x, "y": self.y}})
        return layers

    def _dot(self, kind: str) -> Mapping[str, Any]:
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

    def rebases(self) -> list[Spec]:
        """Draw a thin rule where limits begin anew, with its label above the plot."""
        found = rows.rebases(self.judgement, self.points)
        if not found:
            return []
        rule = {"type": "rule", "color": self.look.mean, "strokeWidth": 1, "aria": False}
        layers: list[Spec] = [{**data(found), "mark": rule, "encoding": {"x": self.x}}]
        for side in sorted({row["side"] for row in found}):
            named = [row for row in found if row["side"] == side]
            words = {"type": "text", "align": side, "baseline": "bottom", "dy": -6, "fontSize": 12}
            at = {"x": self.x, "y": {"value": 0}, "text": nominal("label")}
            layers.append({**data(named), "mark": words | {"color": self.look.ink}, "encoding": at})
        return layers

    def events(self, marks: Sequence[rows.Row], height: int) -> list[Spec]:
        """Draw the numbers of the events along the foot of the plot."""
        layers: list[Spec] = []
        for lane in sorted({mark["lane"] for mark in marks}):
            place = self.high - (self.high - self.low) * (1 - _LANE * (lane + 0.5) / height)
            here = data([mark | {"y": place} for mark in marks if mark["lane"] == lane])
            at = {"x": self.x, "y": self.y}
            ring = {"type": "point", **_dot("circle", 230, self.look.ground, self.look.ink)}
            told = {"tooltip": tips(("what",)), "description": nominal("what")}
            words = {"type": "text", "color": self.look.ink, "fontSize": 11, "aria": False}
            layers += [
                {**here, "mark": ring, "encoding": {**at, **told}},
                {**here, "mark": words, "encoding": {**at, "text": nominal("number")}},
            ]
        return layers

    def labels(self, found: Sequence[rows.Row]) -> list[Spec]:
        """Draw the labels at the right end, each beside its line."""
        words = {"type": "text", "align": "left", "dx": 8, "baseline": "middle", "fontSize": 12}
        return [
            {
                **data([row]),
                "mark": words | {"color": row["colour"], "fontWeight": "bold" if row["bold"] else "normal"},
                "encoding": {"x": {"value": "width"}, "y": self.y, "text": nominal("text")},
            }
            for row in found
        ]

    def _level(self, found: Sequence[rows.Row], name: str, colour: str, dash: Sequence[float], width: float) -> Spec:
        mark = {
            "type": "line",
            "color": colour,
            "strokeDash": list(dash),
            "strokeWidth": width,
            "interpolate": "step-after",
            "aria": False,
        }
        encoding = {"x": self.x, "y": self._y(name), "detail": nominal("segment")}
        return {**data(found), "mark": mark, "encoding": encoding}

    def _y(self, field: str) -> Spec:
        return self.y | {"field": field}


def _dot(shape: str, size: int, fill: str, stroke: str) -> Mapping[str, Any]:
    return {
        "shape": shape,
        "size": size,
        "filled": True,
        "fill": fill,
        "stroke": stroke,
        "strokeWidth": 1.2,
        "opacity": 1,
    }

"""Teams beside each other: a dot and its 95% interval each, or a funnel from five teams. No ranking.

A team is marked only where it lies beyond 99.8%; the reader's own choice is larger. The table behind the chart holds
the same figures.
"""

from collections.abc import Sequence
from typing import Any, Final

from dashboard.analysis.funnel import INNER, OUTER, Funnel, Verdict
from dashboard.analysis.subject import Subject
from dashboard.analysis.wording import figure
from dashboard.charts.scales import axis_of, spread
from dashboard.charts.specification import Spec, config, data, nominal, percent_format, tips
from dashboard.charts.theme import Look
from dashboard.compared_units import ComparedUnits, UnitRow

TIPS: Final = ("Name", "Figure", "Cases", "95% interval", "Note")
_ROW: Final = 30
_FUNNEL_HEIGHT: Final = 250
_APART: Final = 15
_CURVE_STEPS: Final = 16
_VERDICTS: Final = {
    Verdict.INSIDE: "",
    Verdict.LOOK_AGAIN: "look again: between 95% and 99.8%",
    Verdict.OUTSIDE: "beyond 99.8%: more than chance explains",
}


def told(row: UnitRow, subject: Subject) -> dict[str, str]:
    """Return one unit in words, by the names of TIPS."""
    interval = ""
    if row.lower is not None and row.upper is not None:
        interval = f"{figure(row.lower, subject)} to {figure(row.upper, subject)}"
    notes = [_VERDICTS[row.verdict]]
    if row.not_yet_due:
        notes.append(f"{row.not_yet_due:,} not yet due")
    if row.not_computable:
        notes.append(f"{row.not_computable:,} could not be worked out")
    return dict(
        zip(
            TIPS,
            (
                row.name,
                "no cases" if row.value is None else figure(row.value, subject),
                counts(row),
                interval,
                "; ".join(note for note in notes if note),
            ),
            strict=True,
        )
    )


def counts(row: UnitRow) -> str:
    """Return the numbers behind a value: "301 of 316"; the number alone where there is no denominator."""
    if not row.denominator:
        return f"{row.numerator:,.0f}"
    return f"{row.numerator:,.0f} of {row.denominator:,.0f}"


def dots(units: ComparedUnits, subject: Subject, look: Look, *, centre_name: str, own: str | None = None) -> Spec:
    """Return a row for each unit: its value, its 95% interval where there is one, its counts at the right end."""
    rows = [row for row in units.rows if row.value is not None]
    ends = [end for row in rows for end in (row.value, row.lower, row.upper) if end is not None]
    height = _ROW * max(len(rows), 1)
    axis = axis_of(ends, floor=subject.floor, ceiling=subject.ceiling, whole=False, height=300, strip=0)
    across: Spec = {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "title": None,
        "axis": None,
    }
    down: Spec = {
        "field": "Name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {
            "domain": False,
            "ticks": False,
            "labelColor": look.ink,
            "labelFontSize": 13,
            "labelLimit": 170,
            "labelPadding": 10,
        },
    }
    drawn = [_dot_row(row, subject, own) for row in rows]
    layers: list[Spec] = []
    if units.centre is not None:
        layers += _centre(units.centre, f"{centre_name} {figure(units.centre, subject)}", across, look, height)
    spans = [row for row in drawn if row["lower"] is not None]
    if spans:
        mark = {"type": "rule", "color": look.line, "strokeWidth": 1.6, "aria": False}
        ends_of = {"x": across | {"field": "lower"}, "x2": {"field": "upper"}, "y": down}
        layers.append({**data(spans), "mark": mark, "encoding": ends_of})
    for outside in (False, True):
        found = [row for row in drawn if row["outside"] is outside]
        if found:
            dot = _mark(look, outside=outside)
            size = {"field": "size", "type": "quantitative", "scale": None}
            at = {"x": across | {"field": "value"}, "y": down, "size": size, "tooltip": tips(TIPS)}
            layers.append({**data(found), "mark": dot, "encoding": at | {"description": nominal("told")}})
    words = {"type": "text", "align": "left", "dx": 10, "color": look.quiet, "fontSize": 12.5}
    beside = {"x": {"value": "width"}, "y": down, "text": nominal("beside")}
    layers.append({**data(drawn), "mark": words, "encoding": beside})
    return {
        "height": height,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 4, "right": 8, "bottom": 8},
        "config": config(look),
        "layer": layers,
    }


def funnel_plot(
    units: ComparedUnits, placed: Funnel, subject: Subject, look: Look, *, centre_name: str, own: str | None = None
) -> Spec:
    """Return a funnel: cases across, value up, the lines at 95% and 99.8%, each unit's name at the right."""
    rows = [row for row in units.rows if row.value is not None and row.denominator]
    largest = max(row.denominator for row in rows)
    smallest = min(row.denominator for row in rows)
    first, last = max(1, int(smallest * 0.6)), int(largest * 1.08) + 1
    steps = sorted({first + round((last - first) * step / _CURVE_STEPS) for step in range(_CURVE_STEPS + 1)})
    curves = [
        {"x": step, "inner_low": inner.lower, "inner_high": inner.upper, "low": outer.lower, "high": outer.upper}
        for step in steps
        for inner, outer in ((placed.lines.at(step, INNER), placed.lines.at(step, OUTER)),)
    ]
    values = [row.value or 0.0 for row in rows] + [curves[0]["low"], curves[0]["high"]]
    axis = axis_of(values, floor=subject.floor, ceiling=subject.ceiling, whole=False, height=_FUNNEL_HEIGHT, strip=0)
    words = {"labelColor": look.quiet, "labelFontSize": 12, "domain": False, "ticks": False}
    across: Spec = {
        "type": "quantitative",
        "scale": {"domain": [first, last], "nice": False, "zero": False},
        "title": "cases",
        "axis": {"grid": False, "tickCount": 5, "titleColor": look.quiet, "titleFontWeight": "normal", **words},
    }
    up: Spec = {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "title": None,
        "axis": {"values": list(axis.ticks), "format": percent_format(axis.ticks), "gridColor": look.grid, **words},
    }
    layers: list[Spec] = []
    for name, dash in (("inner_low", [2, 3]), ("inner_high", [2, 3]), ("low", [6, 4]), ("high", [6, 4])):
        mark = {"type": "line", "color": look.limit, "strokeDash": dash, "strokeWidth": 1, "aria": False}
        along = {"x": across | {"field": "x"}, "y": up | {"field": name}}
        layers.append({**data(curves), "mark": mark, "encoding": along})
    level = {"type": "rule", "color": look.mean, "strokeWidth": 1, "aria": False}
    layers.append({**data([{"y": placed.lines.centre}]), "mark": level, "encoding": {"y": up | {"field": "y"}}})
    drawn = [_dot_row(row, subject, own) for row in rows]
    for outside in (False, True):
        found = [row for row in drawn if row["outside"] is outside]
        if found:
            size = {"field": "size", "type": "quantitative", "scale": None}
            at = {"x": across | {"field": "cases"}, "y": up | {"field": "value"}, "size": size, "tooltip": tips(TIPS)}
            told_ = {"description": nominal("told")}
            layers.append({**data(found), "mark": _mark(look, outside=outside), "encoding": at | told_})
    named = [(row["value"], f"{row['Name']} {row['Figure']}") for row in drawn]
    named.append((placed.lines.centre, f"{centre_name} {figure(placed.lines.centre, subject)}"))
    layers += _names(named, axis.low, axis.high, up, look)
    return {
        "height": _FUNNEL_HEIGHT,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 4, "right": 8, "bottom": 4},
        "config": config(look),
        "layer": layers,
    }


def _dot_row(row: UnitRow, subject: Subject, own: str | None) -> dict[str, Any]:
    words = told(row, subject)
    return {
        **words,
        "told": ", ".join(text for text in words.values() if text),
        "value": row.value,
        "cases": row.denominator,
        "lower": row.lower,
        "upper": row.upper,
        "outside": row.verdict is Verdict.OUTSIDE,
        "size": 150 if own is not None and row.key == own else 80,
        "beside": f"{words['Figure']}  ({words['Cases']})" if row.denominator else words["Figure"],
    }


def _mark(look: Look, *, outside: bool) -> Spec:
    """Return a team's dot; one beyond 99.8% is a square, neither good nor bad by itself."""
    shape, colour = ("square", look.neither) if outside else ("circle", look.improvement)
    return {"type": "point", "shape": shape, "filled": True, "fill": colour, "stroke": look.ground, "opacity": 1}


def _centre(value: float, label: str, across: Spec, look: Look, height: int) -> list[Spec]:
    level = {"type": "rule", "color": look.line, "strokeWidth": 1.4, "aria": False}
    words = {"type": "text", "color": look.quiet, "fontSize": 12, "baseline": "top"}
    here = {**data([{"centre": value, "label": label}])}
    at = across | {"field": "centre"}
    return [
        {**here, "mark": level, "encoding": {"x": at}},
        {**here, "mark": words, "encoding": {"x": at, "y": {"value": height + 6}, "text": nominal("label")}},
    ]


def _names(named: Sequence[tuple[float, str]], low: float, high: float, up: Spec, look: Look) -> list[Spec]:
    each_pixel = (high - low) / _FUNNEL_HEIGHT
    places = spread([(high - value) / each_pixel for value, _ in named], _APART, 6, _FUNNEL_HEIGHT - 6)
    rows = [{"y": high - place * each_pixel, "label": label} for place, (_, label) in zip(places, named, strict=True)]
    words = {"type": "text", "align": "left", "dx": 8, "color": look.ink, "fontSize": 12}
    encoding = {"x": {"value": "width"}, "y": up | {"field": "y"}, "text": nominal("label")}
    return [{**data(rows), "mark": words, "encoding": encoding}]

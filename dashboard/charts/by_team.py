"""Teams side by side: a dot and its 95% interval each, or a funnel from five teams. No ranking.

A team is marked only where it lies beyond 99.8%; the reader's own choice is larger. The table behind the chart holds
the same figures.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import altair as alt

from dashboard.analysis.funnel import INNER, OUTER, Funnel, Verdict
from dashboard.analysis.subject import Subject
from dashboard.analysis.wording import figure, goal
from dashboard.charts.scales import axis_of, spread
from dashboard.charts.specification import Spec, data, percent_format, ready, target_ticks, tips
from dashboard.charts.theme import Look
from dashboard.readings.team_comparison import ComparedRow, RowTarget, TeamComparison
from data_access.vocabulary import Unit

TIPS: Final = ("Name", "Figure", "Cases", "95% interval", "Note")
TOO_FEW: Final = "too few to show"
_ROW: Final = 30
_FUNNEL_HEIGHT: Final = 250
_APART: Final = 15
_CURVE_STEPS: Final = 16
_VERDICTS: Final = {
    Verdict.INSIDE: "",
    Verdict.LOOK_AGAIN: "look again: between 95% and 99.8%",
    Verdict.OUTSIDE: "beyond 99.8%: more than chance explains",
}


def told(row: ComparedRow, subject: Subject) -> dict[str, str]:
    """Return one unit in words, by the names of TIPS."""
    interval = ""
    if row.lower is not None and row.upper is not None:
        interval = f"{figure(row.lower, subject)} to {figure(row.upper, subject)}"
    if row.hidden:
        return dict(zip(TIPS, (row.name, TOO_FEW, "", "", ""), strict=True))
    notes = [_VERDICTS[row.verdict]]
    if row.target is not None:
        notes.append(target_told(row.target, subject))
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


def target_told(target: RowTarget, subject: Subject) -> str:
    """Return a value's target in words: "target above 2.4 a week (plan 3): met at 3.1"."""
    each = "" if subject.unit is Unit.PERCENT else f" a {subject.period}"
    wanted = f"{goal(target.target, subject, apart_from=[target.figure])}{each}"
    here = figure(target.figure, subject, apart_from=[target.target.value])
    if target.target.reference:
        return f"{here} here, a line to look at is {wanted}"
    plan = f" (plan {target.plan_item})" if target.plan_item else ""
    return f"target {wanted}{plan}: {'met' if target.target.is_met_by(target.figure) else 'missed'} at {here}"


def counts(row: ComparedRow) -> str:
    """Return the numbers behind a value: "301 of 316"; the number alone where there is no denominator."""
    if not row.denominator:
        return f"{row.numerator:,.0f}"
    return f"{row.numerator:,.0f} {row.between} {row.denominator:,.0f}"


def dots(compared: TeamComparison, subject: Subject, look: Look, *, centre_name: str, own: str | None = None) -> Spec:
    """Return a row for each unit: its value, its 95% interval where there is one, its counts at the right end."""
    rows = [row for row in compared.rows if row.value is not None]
    ends = [end for row in rows for end in (row.value, row.lower, row.upper) if end is not None]
    ends += [row.target.amount for row in rows if row.target is not None]
    height = _ROW * max(len(rows), 1)
    axis = axis_of(ends, floor=subject.floor, ceiling=subject.ceiling, whole=False, height=300, strip=0)
    across = partial(
        alt.X,
        type="quantitative",
        scale=alt.Scale(domain=[axis.low, axis.high], nice=False, zero=False),
        title=None,
        axis=None,
    )
    down = alt.Y(
        field="Name",
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(
            domain=False, ticks=False, labelColor=look.ink, labelFontSize=13, labelLimit=170, labelPadding=10
        ),
    )
    drawn = [_dot_row(row, subject, own) for row in rows]
    layers: list[alt.Chart] = []
    if compared.centre is not None:
        layers += _centre(compared.centre, f"{centre_name} {figure(compared.centre, subject)}", across, look, height)
    spans = [row for row in drawn if row["lower"] is not None]
    if spans:
        interval = alt.Chart(data(spans)).mark_rule(color=look.line, strokeWidth=1.6, aria=False)
        layers.append(interval.encode(x=across(field="lower"), x2=alt.X2(field="upper"), y=down))
    targets = [row for row in drawn if row["target"] is not None]
    if targets:
        layers += target_ticks(targets, across(field="target"), down, look, size=_ROW * 0.7)
    layers += _dots(drawn, across(field="value"), down, look)
    words = alt.Chart(data(drawn)).mark_text(align="left", dx=10, color=look.quiet, fontSize=12.5)
    layers.append(words.encode(x=alt.value("width"), y=down, text=alt.Text(field="right", type="nominal")))
    return ready(layers, look, height=height, padding={"left": 2, "top": 4, "right": 8, "bottom": 8})


def funnel_plot(
    compared: TeamComparison,
    placed: Funnel,
    subject: Subject,
    look: Look,
    *,
    centre_name: str,
    own: str | None = None,
) -> Spec:
    """Return a funnel: cases across, value up, the lines at 95% and 99.8%, each unit's name at the right."""
    rows = [row for row in compared.rows if row.value is not None and row.denominator]
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
    words = partial(alt.Axis, labelColor=look.quiet, labelFontSize=12, domain=False, ticks=False)
    across = partial(
        alt.X,
        type="quantitative",
        scale=alt.Scale(domain=[first, last], nice=False, zero=False),
        title="cases",
        axis=words(grid=False, tickCount=5, titleColor=look.quiet, titleFontWeight="normal"),
    )
    up = partial(
        alt.Y,
        type="quantitative",
        scale=alt.Scale(domain=[axis.low, axis.high], nice=False, zero=False),
        title=None,
        axis=words(values=list(axis.ticks), format=percent_format(axis.ticks), gridColor=look.grid),
    )
    layers: list[alt.Chart] = []
    for name, dash in (("inner_low", [2, 3]), ("inner_high", [2, 3]), ("low", [6, 4]), ("high", [6, 4])):
        curve = alt.Chart(data(curves)).mark_line(color=look.limit, strokeDash=dash, strokeWidth=1, aria=False)
        layers.append(curve.encode(x=across(field="x"), y=up(field=name)))
    level = alt.Chart(data([{"y": placed.lines.centre}])).mark_rule(color=look.mean, strokeWidth=1, aria=False)
    layers.append(level.encode(y=up(field="y")))
    drawn = [_dot_row(row, subject, own) for row in rows]
    layers += _dots(drawn, across(field="cases"), up(field="value"), look)
    named = [(row["value"], f"{row['Name']} {row['Figure']}") for row in drawn]
    named.append((placed.lines.centre, f"{centre_name} {figure(placed.lines.centre, subject)}"))
    layers.append(_names(named, axis.low, axis.high, up(field="y"), look))
    return ready(layers, look, height=_FUNNEL_HEIGHT, padding={"left": 2, "top": 4, "right": 8, "bottom": 4})


def _dot_row(row: ComparedRow, subject: Subject, own: str | None) -> dict[str, Any]:
    words = told(row, subject)
    return {
        **words,
        "told": ", ".join(text for text in words.values() if text),
        "value": row.value,
        "cases": row.denominator,
        "lower": row.lower,
        "upper": row.upper,
        "target": None if row.target is None else row.target.amount,
        "outside": row.verdict is Verdict.OUTSIDE,
        "size": 150 if own is not None and row.key == own else 80,
        "right": f"{words['Figure']}  ({words['Cases']})" if row.denominator else words["Figure"],
    }


def _dots(drawn: Sequence[dict[str, Any]], x: alt.X, y: alt.Y, look: Look) -> list[alt.Chart]:
    """Draw the teams' dots; one beyond 99.8% is a square, neither good nor bad by itself."""
    layers: list[alt.Chart] = []
    for outside, shape, colour in ((False, "circle", look.improvement), (True, "square", look.neither)):
        dots = [row for row in drawn if row["outside"] is outside]
        if dots:
            dot = alt.Chart(data(dots)).mark_point(
                shape=shape, filled=True, fill=colour, stroke=look.ground, opacity=1
            )
            layers.append(
                dot.encode(
                    x=x,
                    y=y,
                    size=alt.Size(field="size", type="quantitative", scale=None),
                    tooltip=tips(TIPS),
                    description=alt.Description(field="told", type="nominal"),
                )
            )
    return layers


def _centre(value: float, label: str, across: Callable[..., alt.X], look: Look, height: int) -> list[alt.Chart]:
    here = alt.Chart(data([{"centre": value, "label": label}]))
    at = across(field="centre")
    words = here.mark_text(color=look.quiet, fontSize=12, baseline="top")
    return [
        here.mark_rule(color=look.line, strokeWidth=1.4, aria=False).encode(x=at),
        words.encode(x=at, y=alt.value(height + 6), text=alt.Text(field="label", type="nominal")),
    ]


def _names(named: Sequence[tuple[float, str]], low: float, high: float, y: alt.Y, look: Look) -> alt.Chart:
    each_pixel = (high - low) / _FUNNEL_HEIGHT
    places = spread([(high - value) / each_pixel for value, _ in named], _APART, 6, _FUNNEL_HEIGHT - 6)
    rows = [{"y": high - place * each_pixel, "label": label} for place, (_, label) in zip(places, named, strict=True)]
    words: alt.Chart = alt.Chart(data(rows)).mark_text(align="left", dx=8, color=look.ink, fontSize=12)
    return words.encode(x=alt.value("width"), y=y, text=alt.Text(field="label", type="nominal"))

"""Counts of the values of a dimension, as bars from 0 with their numbers; a tick is the target of a value."""

from functools import partial
from typing import Final

import altair as alt

from dashboard.charts.specification import Spec, data, ready, target_ticks
from dashboard.charts.theme import Look
from dashboard.readings.team_comparison import ComparedRow, TeamComparison

_ROW: Final = 28


def bars(compared: TeamComparison, look: Look, *, own: str | None = None) -> Spec:
    """Return a bar for each unit's number; the reader's own choice, where there is one, stands out."""
    rows = [
        {
            "name": row.name,
            "number": row.numerator,
            "text": f"{row.numerator:,.0f}{_wanted(row)}",
            "target": None if row.target is None else row.target.amount,
            "told": f"{row.name}: {row.numerator:,.0f}",
            "own": own is None or row.key == own,
        }
        for row in compared.rows
        if not row.hidden
    ]
    targets = [row for row in rows if row["target"] is not None]
    amounts = [row.target.amount for row in compared.rows if row.target is not None]
    most = max((*amounts, *(row.numerator for row in compared.rows)), default=1) or 1
    across = partial(
        alt.X,
        type="quantitative",
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=None,
        title=None,
    )
    down = alt.Y(
        field="name",
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(
            domain=False, ticks=False, labelColor=look.ink, labelFontSize=13, labelLimit=190, labelPadding=8
        ),
    )
    layers: list[alt.Chart] = []
    for is_own, colour in ((True, look.improvement), (False, look.common)):
        same_colour = [row for row in rows if row["own"] is is_own]
        if same_colour:
            described = alt.Description(field="told", type="nominal")
            bar = alt.Chart(data(same_colour)).mark_bar(color=colour, height=alt.RelativeBandSize(band=0.6))
            layers.append(bar.encode(x=across(field="number"), y=down, description=described))
    if targets:
        layers += target_ticks(targets, across(field="target"), down, look, size=_ROW * 0.8)
    words = alt.Chart(data(rows)).mark_text(align="left", dx=6, color=look.quiet, fontSize=12.5)
    layers.append(words.encode(x=across(field="number"), y=down, text=alt.Text(field="text", type="nominal")))
    padding = {"left": 2, "top": 2, "right": 8, "bottom": 2}
    return ready(layers, look, height=_ROW * max(len(rows), 1), padding=padding)


def _wanted(row: ComparedRow) -> str:
    """Return whether a value met its target, to follow its number; nothing where it has none to meet."""
    if row.target is None or row.target.target.reference:
        return ""
    return " · target met" if row.target.target.is_met_by(row.target.figure) else " · target missed"

"""Counts of the values of a dimension, as bars from 0 with their numbers."""

from typing import Final

import altair as alt

from dashboard.charts.specification import Spec, data, ready
from dashboard.charts.theme import Look
from dashboard.readings.team_comparison import TeamComparison

_ROW: Final = 28


def bars(compared: TeamComparison, look: Look, *, own: str | None = None) -> Spec:
    """Return a bar for each unit's number; the reader's own choice, where there is one, stands out."""
    rows = [
        {
            "name": row.name,
            "number": row.numerator,
            "text": f"{row.numerator:,.0f}",
            "told": f"{row.name}: {row.numerator:,.0f}",
            "own": own is None or row.key == own,
        }
        for row in compared.rows
        if not row.hidden
    ]
    most = max((row.numerator for row in compared.rows), default=1) or 1
    across = alt.X(
        field="number",
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
            layers.append(bar.encode(x=across, y=down, description=described))
    words = alt.Chart(data(rows)).mark_text(align="left", dx=6, color=look.quiet, fontSize=12.5)
    layers.append(words.encode(x=across, y=down, text=alt.Text(field="text", type="nominal")))
    padding = {"left": 2, "top": 2, "right": 8, "bottom": 2}
    return ready(layers, look, height=_ROW * max(len(rows), 1), padding=padding)

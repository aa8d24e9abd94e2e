"""Counts of the values of a dimension, as bars from 0 with their numbers."""

from typing import Final

from dashboard.charts.specification import Spec, config, data, nominal
from dashboard.charts.theme import Look
from dashboard.compared_units import ComparedUnits

_ROW: Final = 28


def bars(units: ComparedUnits, look: Look, *, own: str | None = None) -> Spec:
    """Return a bar for each unit's number; the reader's own choice, where there is one, stands out."""
    rows = [
        {
            "name": row.name,
            "number": row.numerator,
            "text": f"{row.numerator:,.0f}",
            "told": f"{row.name}: {row.numerator:,.0f}",
            "own": own is None or row.key == own,
        }
        for row in units.rows
    ]
    most = max((row.numerator for row in units.rows), default=1) or 1
    across: Spec = {
        "field": "number",
        "type": "quantitative",
        "scale": {"domain": [0, most], "nice": False},
        "axis": None,
        "title": None,
    }
    down: Spec = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {
            "domain": False,
            "ticks": False,
            "labelColor": look.ink,
            "labelFontSize": 13,
            "labelLimit": 190,
            "labelPadding": 8,
        },
    }
    layers: list[Spec] = []
    for is_own, colour in ((True, look.improvement), (False, look.common)):
        found = [row for row in rows if row["own"] is is_own]
        if found:
            mark = {"type": "bar", "color": colour, "height": {"band": 0.6}}
            at = {"x": across, "y": down, "description": nominal("told")}
            layers.append({**data(found), "mark": mark, "encoding": at})
    words = {"type": "text", "align": "left", "dx": 6, "color": look.quiet, "fontSize": 12.5}
    layers.append({**data(rows), "mark": words, "encoding": {"x": across, "y": down, "text": nominal("text")}})
    return {
        "height": _ROW * max(len(rows), 1),
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 2, "right": 8, "bottom": 2},
        "config": config(look),
        "layer": layers,
    }

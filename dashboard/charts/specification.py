"""What all charts share: how rows, days and tooltips are given to Altair, and how a chart becomes a specification.

Charts are built of Altair's objects, channels included: its shorthands (`"x:T"`) hash the whole schema each time.
Rows are given inline, as dictionaries: no data frame is made of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import altair as alt
from altair.utils.schemapi import disable_debug_mode

from dashboard.charts.theme import Look

Spec = dict[str, Any]
"""A Vega-Lite specification, ready for the page."""
Rows = dict[str, list[Mapping[str, Any]]]
"""Rows as the data of a layer."""

_FINE: Final = 0.0099
"""Below this distance of ticks, percentages need a decimal place."""

# Altair would hold each mark and channel against the whole schema as it is made.
disable_debug_mode()


def data(rows: Sequence[Mapping[str, Any]]) -> Rows:
    """Return rows as the data of a layer."""
    return {"values": list(rows)}


def tips(fields: Iterable[str]) -> list[alt.Tooltip]:
    """Return a tooltip of several fields; their names are shown."""
    return [
        alt.Tooltip(field=field, type="nominal", title=field if field[:1].isupper() else "Event") for field in fields
    ]


def day_of(day: date) -> alt.DateTime:
    """Return a day for an axis: local midnight, whatever the reader's time zone."""
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def number_format(ticks: Sequence[float]) -> str:
    """Return the number format of an axis of numbers, with as many decimals as its ticks need.

    Without them the drawing library chooses significant digits by the distance of the ticks: 60 is then "6e+1".
    """
    places = max((len(f"{tick:.6f}".rstrip("0").partition(".")[2]) for tick in ticks), default=0)
    return f",.{places}f"


def percent_format(ticks: Sequence[float]) -> str:
    """Return the number format of an axis of percentages."""
    return ".1%" if len(ticks) > 1 and ticks[1] - ticks[0] < _FINE else ".0%"


def target_ticks(
    rows: Sequence[Mapping[str, Any]], x: alt.X, y: alt.Y, look: Look, *, size: float
) -> list[alt.Chart]:
    """Return layers with a tick at each row's target, `size` pixels high, set off from the bar that it stands on."""
    ticks = alt.Chart(data(rows))
    return [
        ticks.mark_tick(color=colour, thickness=thickness, size=size, aria=False).encode(x=x, y=y)
        for colour, thickness in ((look.ground, 6), (look.target, 2))
    ]


def ready(layers: Sequence[alt.Chart], look: Look, *, height: int, padding: Mapping[str, float]) -> Spec:
    """Return the specification of some layers upon each other, as wide as the page allows and `height` pixels high.

    No frame, the page's own ground and type; `padding` in pixels by side. Altair's checks against the whole schema
    take half a second, so it is the tests that make them, for every kind of chart.
    """
    return {
        "$schema": alt.SCHEMA_URL,
        "config": {"background": look.ground, "font": look.font, "view": {"stroke": None}},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": height,
        "width": "container",
        "padding": dict(padding),
        "layer": [_layer(layer) for layer in layers],
    }


def _layer(layer: alt.Chart) -> Spec:
    """Return one layer. Altair copies what is in a chart several times over, row by row: the rows join at the end."""
    without_rows = layer.copy(deep=False)
    without_rows.data = alt.Undefined
    drawn: Spec = without_rows.to_dict(validate=False)
    return {"data": layer.data, **{part: drawn[part] for part in ("mark", "encoding")}}

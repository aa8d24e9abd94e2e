"""The words that every Vega-Lite specification of ours is made of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from dashboard.charts.theme import Look

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one."""

_FINE: Final = 0.0099
"""Below this distance of ticks, percentages need a decimal place."""


def data(rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Return rows as the data of a layer."""
    return {"data": {"values": list(rows)}}


def nominal(field: str) -> Spec:
    """Return a channel that takes a field's words as they stand."""
    return {"field": field, "type": "nominal"}


def tips(fields: Iterable[str]) -> list[Spec]:
    """Return a tooltip of several fields; their names are shown."""
    return [nominal(field) | {"title": field if field[:1].isupper() else "Event"} for field in fields]


def day_of(day: date) -> Spec:
    """Return a day for an axis: local midnight, whatever the reader's time zone."""
    return {"year": day.year, "month": day.month, "date": day.day}


def percent_format(ticks: Sequence[float]) -> str:
    """Return the number format of an axis of percentages."""
    return ".1%" if len(ticks) > 1 and ticks[1] - ticks[0] < _FINE else ".0%"


def config(look: Look) -> Spec:
    """Return what all charts share: no frame, the page's own ground and type."""
    return {"background": look.ground, "font": look.font, "view": {"stroke": None}}

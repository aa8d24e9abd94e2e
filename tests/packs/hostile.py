"""Text that no format may take for anything but text, and a chart that shows it."""

from dashboard.charts.specification import Spec

HOSTILE = (
    '#panic("typst") $x$ *bold* _em_ @ref <label> // comment \\ #import "@preview/x:0"',
    '=HYPERLINK("http://example.org","x")',
    "<script>alert(1)</script> & ]]> <w:p/> {{ x }} %s",
    "line\x0b of\x00 control\x1f characters, Zoë O’Neill — ½ Łódź",
)


def chart_of(text: str) -> Spec:
    """Return a chart that shows a text."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": 50,
        "layer": [
            {"data": {"values": [{"t": text}]}, "mark": {"type": "text"}, "encoding": {"text": {"field": "t"}}}
        ],
    }

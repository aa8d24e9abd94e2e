"""Charts as pictures for files, made without a browser."""

from importlib.resources import files
from pathlib import Path
from typing import Final

import vl_convert

from dashboard.charts.specification import Spec
from dashboard.packs.printable import printable_data

FONTS: Final = Path(str(files("font_source_sans_pro"))) / "files"
"""The folder of the typeface, for charts and text alike."""
_VEGA_LITE: Final = "6.1"
_TWICE: Final = 2

vl_convert.register_font_directory(str(FONTS))


def chart_svg(specification: Spec, *, width: int, height: int | None = None) -> str:
    """Return a chart as SVG, `width` pixels wide and as high as the specification says, or otherwise."""
    size = {"width": width, "height": height or specification["height"]}
    fixed = specification | size | {"autosize": {"type": "fit-x", "contains": "padding"}}
    # a control character in a text would end the process: the library makes no error of it
    svg: str = vl_convert.vegalite_to_svg(printable_data(fixed), vl_version=_VEGA_LITE, allowed_base_urls=[])
    return svg


def png_of(svg: str) -> bytes:
    """Return SVG as PNG with twice as many pixels, which stays crisp on paper and on a room's screen."""
    png: bytes = vl_convert.svg_to_png(svg, scale=_TWICE)
    return png

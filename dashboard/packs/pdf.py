"""A pack as a tagged PDF (PDF/UA-1), A4, set by Typst.

What people typed reaches Typst as data, never as markup: the template below is fixed, and reads the pack as JSON.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from dashboard.packs.document import Cover, MeasurePart, Pack
from dashboard.packs.pictures import FONTS, chart_svg
from dashboard.packs.printable import printable_data
from dashboard.words.attention_lines import NOTHING_STANDS_OUT
from dashboard.words.phrases import KEY

_PAGE: Final = Path(__file__).with_name("page.typ")
_TEMPLATE: Final = Path(__file__).with_name("pack.typ")
_LETTER: Final = b'#set document(title: "a letter")\n#set text(font: "Source Sans Pro")\n#sys.inputs.pack'
"""The template of a document that holds a letter alone."""
_USUAL: Final = "\u024f"
"""The last of the letters of western Europe, which the typeface has."""
_BOX: Final = "□"
_CHART_WIDTH: Final = 560


def pdf_of(pack: Pack) -> bytes:
    """Return the pack as a PDF; the same pack gives the same bytes."""
    return typeset(_TEMPLATE, _data_of(pack), pack)


def typeset(template_file: Path, data: Mapping[str, Any], cover: Cover) -> bytes:
    """Return what a template below `page.typ` makes of data, and of what the cover says of them.

    Typefaces that come with the program show it, whatever the machine has: a letter that none of them has, such as a
    Chinese one, stands as a box.
    """
    told = json.dumps(printable_data({**_cover(cover), **data}), ensure_ascii=False)
    unusual = {letter for letter in told if letter > _USUAL}
    template = _PAGE.read_bytes() + template_file.read_bytes()
    moment = int(cover.as_at.astimezone(UTC).timestamp())
    try:
        return _set(template, _boxed(told, {each for each in unusual if not _can_be_shown(each)}), moment=moment)
    except typst.TypstError:
        # Arabic letters can be shown each by itself, and not joined
        return _set(template, _boxed(told, {each for each in unusual if each.isalpha()}), moment=moment)


def _boxed(told: str, letters: Iterable[str]) -> str:
    return told.translate({ord(letter): _BOX for letter in letters})


def _set(template: bytes, told: str, *, moment: int) -> bytes:
    """Return what a template makes of a text, its `pack`; raise TypstError where that is no accessible PDF."""
    written = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True).compile(
        input=template, format="pdf", sys_inputs={"pack": told}, pdf_standards="ua-1", timestamp=moment
    )
    if not isinstance(written, bytes):
        msg = "Typst gave no single file."
        raise TypeError(msg)
    return written


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@lru_cache(maxsize=4096)
def _can_be_shown(letter: str) -> bool:
    """Return whether one of the typefaces has a letter: without it Typst refuses the whole document."""
    try:
        _set(_LETTER, letter, moment=0)
    except typst.TypstError:
        return False
    return True


def _cover(cover: Cover) -> dict[str, Any]:
    return {
        "title": cover.title,
        "meeting": cover.meeting,
        "lines": [cover.subtitle, cover.freshness],
        "classification": cover.classification,
    }


def _data_of(pack: Pack) -> dict[str, Any]:
    return {
        "nothing": NOTHING_STANDS_OUT,
        "key": KEY,
        "attention": [vars(line) for line in pack.attention],
        "lists": [{"title": part.title, "lines": [vars(line) for line in part.lines]} for part in pack.lists],
        "strands": [
            {
                "title": str(part.strand),
                "exceptions": [_exception(measure) for measure in part.exceptions],
                "rest": [_measure(measure) for measure in part.rest],
            }
            for part in pack.strands
        ],
    }


def _measure(measure: MeasurePart) -> dict[str, Any]:
    told = ("title", "told", "figures", "facts", "whom", "notes", "sparkline", "alternative")
    return {name: getattr(measure, name) for name in told}


def _exception(measure: MeasurePart) -> dict[str, Any]:
    chart, periods = measure.chart, measure.periods
    return _measure(measure) | {
        "chart": "" if chart is None else chart_svg(chart.specification, width=_CHART_WIDTH),
        "periods": None if periods is None else vars(periods),
    }

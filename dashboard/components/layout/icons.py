"""The icons of variation and assurance, as images: the word stands beside each, so their own text is empty."""

from functools import lru_cache

from dashboard.charts.sparkline import as_image
from dashboard.charts.theme import Look
from data_access.vocabulary import Assurance, Variation

_WAVE = '<path d="M4.5 9.5c1.2-2.6 2.6-2.6 3.7-.6s2.6 2 4.3-.9" fill="none" stroke="{0}" stroke-width="1.4"/>'
_RING = '<circle cx="9" cy="9" r="7.2" fill="none" stroke="{0}" stroke-width="{1}"{2}/>'
_LETTER = (
    '<text x="9" y="12.6" font-family="Arial,sans-serif" font-size="10" font-weight="700" text-anchor="middle" '
    'fill="{1}">{0}</text>'
)
_RISE = '<path d="M4.6 11.4 7.6 7.8 10 10 13.4 6.2" fill="none" stroke="{0}" stroke-width="1.6"/>'


@lru_cache(maxsize=64)
def variation_icon(variation: Variation, look: Look) -> str:
    """Return the address of the image that stands for a variation."""
    match variation:
        case Variation.IMPROVEMENT:
            return _image(f'<circle cx="9" cy="9" r="8" fill="{look.improvement}"/>' + _RISE.format(look.ground))
        case Variation.CONCERN:
            diamond = f'<path d="M9 .8 17.2 9 9 17.2.8 9Z" fill="{look.concern}" stroke="{look.outline}"/>'
            return _image(diamond + _LETTER.format("!", "#0B0C0C"))
        case Variation.NEITHER:
            square = f'<rect x="1.5" y="1.5" width="15" height="15" rx="2" fill="{look.neither}"/>'
            return _image(square + _RISE.format(look.ground))
        case Variation.COMMON_CAUSE:
            return _image(_RING.format(look.line, 1.4, "") + _WAVE.format(look.line))
        case _:
            return _image(_RING.format(look.line, 1.4, ' stroke-dasharray="2.4 2"'))


@lru_cache(maxsize=64)
def assurance_icon(assurance: Assurance, look: Look) -> str | None:
    """Return the address of the image that stands for an assurance; None where there is none to give."""
    match assurance:
        case Assurance.PASS:
            return _image(_RING.format(look.improvement, 2.2, "") + _LETTER.format("P", look.ink))
        case Assurance.FAIL:
            return _image(_RING.format(look.concern, 2.2, "") + _LETTER.format("F", look.ink))
        case Assurance.HIT_OR_MISS:
            return _image(_RING.format(look.line, 2.2, "") + _LETTER.format("?", look.ink))
        case _:
            return None


def _image(drawn: str) -> str:
    return as_image(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18">{drawn}</svg>')

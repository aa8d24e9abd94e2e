"""The colours of every picture, for light and for dark. Each means one thing, and a shape or a word repeats it.

Blue is an improvement, orange a concern and nothing else, purple a target, grey everything normal. Marks keep a
contrast of 3 to 1 with the ground and words 4.5 to 1 (WCAG 2.2, 1.4.11 and 1.4.3); grid and band are background.
"""

from dataclasses import dataclass
from typing import Final

FONT: Final = '"Source Sans", sans-serif'


@dataclass(frozen=True)
class Look:
    """Colours by what they are for. `outline` edges the orange diamond, whose fill alone is too pale on white."""

    ground: str
    ink: str
    quiet: str
    grid: str
    band: str
    line: str
    common: str
    mean: str
    limit: str
    target: str
    improvement: str
    concern: str
    outline: str
    neither: str
    font: str = FONT


LIGHT: Final = Look(
    ground="#FFFFFF",
    ink="#0B0C0C",
    quiet="#505A5F",
    grid="#E3E5E7",
    band="#F0F2F4",
    line="#6F777B",
    common="#6F777B",
    mean="#0B0C0C",
    limit="#6F777B",
    target="#801650",
    improvement="#12436D",
    concern="#F46A25",
    outline="#0B0C0C",
    neither="#801650",
)
DARK: Final = Look(
    ground="#14171A",
    ink="#F2F2F2",
    quiet="#B4BCC2",
    grid="#2C3238",
    band="#22272C",
    line="#9AA3A9",
    common="#9AA3A9",
    mean="#F2F2F2",
    limit="#9AA3A9",
    target="#E79AC4",
    improvement="#7FB5E6",
    concern="#F4843F",
    outline="#F2F2F2",
    neither="#E79AC4",
)
LOOKS: Final = {"light": LIGHT, "dark": DARK}


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours such as #12436D, from 1 to 21, as WCAG 2.2 works it out."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

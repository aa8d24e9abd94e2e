"""All pages of a PDF as small pictures on a sheet, and how far two such sheets differ."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageOps

_PAGES_ACROSS = 6
_SCALE = 0.6
"""Pixels a point: a page of A4 is 357 wide, on which headings can be read and everything else has its place."""
_BITS = 4
_LEAST = 40
"""From how many of 255 steps two greys count as different: fonts are drawn a little otherwise on other machines."""


def sheet_of(pdf: bytes) -> Image.Image:
    """Return the pages of a PDF as a sheet of greys."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=_SCALE, grayscale=True).to_pil() for page in document]
    width, height = max(page.width for page in pages), max(page.height for page in pages)
    across = min(_PAGES_ACROSS, len(pages))
    sheet = Image.new("L", (across * width, -(-len(pages) // across) * height), color=128)
    for number, page in enumerate(pages):
        sheet.paste(page, (number % across * width, number // across * height))
    return sheet


def as_png(sheet: Image.Image) -> bytes:
    """Return a sheet as a small file."""
    file = BytesIO()
    ImageOps.posterize(sheet, _BITS).save(file, "PNG", optimize=True)
    return file.getvalue()


def share_that_differs(sheet: Image.Image, other: Image.Image) -> float:
    """Return how much of two sheets differs, from 0 to 1; sheets of another size differ wholly."""
    if sheet.size != other.size:
        return 1.0
    seen = ImageChops.difference(sheet, other).point([0] * _LEAST + [255] * (256 - _LEAST))
    return seen.histogram()[255] / (seen.width * seen.height)

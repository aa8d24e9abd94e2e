"""What writes a pack to a file, format by format."""

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.packs.document import Pack
from dashboard.packs.pdf import pdf_of
from dashboard.packs.powerpoint import powerpoint_of
from dashboard.packs.word import word_of
from dashboard.packs.workbook import workbook_of

WRITERS: Final[Mapping[str, Callable[[Pack], bytes]]] = {
    "pdf": pdf_of,
    "docx": word_of,
    "pptx": powerpoint_of,
    "xlsx": workbook_of,
}
"""What writes a pack, by format (formats.FORMATS); each gives the same bytes for the same pack."""

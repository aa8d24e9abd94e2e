"""What writes the evidence to a file, format by format.

There are no slides: evidence is read and checked at a desk, finding by finding, and what a room needs of it is the
first page. The packs of meetings have slides.
"""

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.packs.evidence.document import EvidencePack
from dashboard.packs.evidence.pdf import evidence_pdf_of
from dashboard.packs.evidence.word import evidence_word_of
from dashboard.packs.evidence.workbook import evidence_workbook_of

EVIDENCE_WRITERS: Final[Mapping[str, Callable[[EvidencePack], bytes]]] = {
    "pdf": evidence_pdf_of,
    "docx": evidence_word_of,
    "xlsx": evidence_workbook_of,
}
"""What writes the evidence, by format (packs.formats.FORMATS); each gives the same bytes for the same evidence."""

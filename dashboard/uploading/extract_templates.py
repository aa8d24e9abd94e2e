"""Templates to fill in: a CSV file with the headings of each extract, one for the manifest, and the explanation."""

import io
import zipfile
from functools import lru_cache
from typing import Final

from dashboard.exports.safe_cells import csv_bytes
from data_access.extracts import EXTRACTS, extract_named
from data_access.extracts.format_page import page
from data_access.loading.delivery.manifest import COLUMNS
from data_access.loading.delivery.sheet import MANIFEST

EXPLANATION: Final = "what_to_hand_over.md"


def template(extract: str) -> bytes:
    """Return the CSV file of an extract without rows, or of the manifest with a row for each extract to fill in."""
    if extract == MANIFEST:
        return csv_bytes([column.name for column in COLUMNS], [{"extract": described.name} for described in EXTRACTS])
    return csv_bytes([column.name for column in extract_named(extract).columns], [])


def explanation() -> bytes:
    """Return the page that explains every extract and column."""
    return page().encode("utf-8")


@lru_cache(maxsize=1)
def all_templates() -> bytes:
    """Return the templates of every extract, that of the manifest and the explanation, as one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(EXPLANATION, explanation())
        for name in (MANIFEST, *(extract.name for extract in EXTRACTS)):
            archive.writestr(f"{name}.csv", template(name))
    return packed.getvalue()

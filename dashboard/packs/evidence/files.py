"""The evidence as a set of files: in every format, its rows as CSV, and a list of contents with their hashes."""

import hashlib
from collections.abc import Iterator
from typing import Final

from dashboard.exports.evidence_rows import COLUMNS
from dashboard.exports.safe_cells import csv_bytes
from dashboard.packs.evidence.document import EvidencePack
from dashboard.packs.evidence.writers import EVIDENCE_WRITERS
from dashboard.packs.formats import file_name
from dashboard.packs.printable import printable

NAME: Final = "evidence"
"""With what the name of each file begins."""
_HOLDS: Final = {
    "pdf": "every finding with its measures, charts, comparisons, actions and audits, to read, print and file",
    "docx": "the same, to edit",
    "xlsx": "findings, actions, teams, audits and every figure, to work with",
    "csv": "a row a finding and measure, for other programs",
}


def evidence_files(pack: EvidencePack, team: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file; last comes the list of contents.

    It says the week and the version of the data, what each file holds, with its SHA-256, and how each finding stands.
    """
    [findings] = (sheet for sheet in pack.data if sheet.columns == COLUMNS)
    hashes = {}
    for ending in _HOLDS:
        if ending in EVIDENCE_WRITERS:
            content = EVIDENCE_WRITERS[ending](pack)
        else:
            content = csv_bytes(COLUMNS, (dict(zip(COLUMNS, row, strict=True)) for row in findings.rows))
        name = file_name(NAME, pack.week, team, ending)
        hashes[name] = f"{_HOLDS[ending]} (SHA-256 {hashlib.sha256(content).hexdigest()})"
        yield name, content
    yield file_name(f"{NAME}-contents", pack.week, team, "txt"), _contents(pack, hashes).encode()


def _contents(pack: EvidencePack, hashes: dict[str, str]) -> str:
    lines = [pack.title, pack.subtitle, pack.freshness, pack.classification, "", pack.told, "", "Files"]
    lines += [f"{name}: {told}" for name, told in hashes.items()]
    for report in pack.reports:
        lines += ["", report.title]
        for kind in report.kinds:
            lines += [
                f"{finding.reference} {finding.words} [{kind.title}; {finding.stands.lower()}]"
                for finding in kind.findings
            ]
    return "\n".join(" ".join(printable(line).split()) for line in lines) + "\n"

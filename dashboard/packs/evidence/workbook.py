"""The evidence as a workbook: how findings stand, and every figure, team, action and audit behind them."""

from typing import Final

from dashboard.packs.evidence.document import EvidencePack
from dashboard.packs.workbook import Sheets

_WIDTHS: Final = {
    "finding": 60, "sentence": 90, "part": 24, "source": 20, "out_of_scope": 40, "still_not_good": 40, "measure": 44,
    "Measure": 44, "Action of the plan": 60, "Deadline": 30, "Lead": 40, "Its measures since it began": 40,
    "Team": 28, "Note": 44, "Findings": 40,
}  # fmt: skip
_WIDTH: Final = 14


def evidence_workbook_of(pack: EvidencePack) -> bytes:
    """Return the evidence as a workbook; the same evidence gives the same bytes."""
    sheets = Sheets(pack)
    first = [pack.meeting, pack.subtitle, pack.freshness, pack.classification, "", pack.told, pack.key]
    for title, lines in (
        ("Priority actions now", pack.priority),
        ("Strengths to keep", pack.strengths),
        ("From a figure to a child", pack.steps),
        ("What audits say", pack.audits),
    ):
        if lines:
            first += ["", title, *(f"{line.subject}{line.rest}" for line in lines)]
    sheets.lines("Evidence", [*first, "", "Sheets", "Summary", *(sheet.name for sheet in pack.data)])
    summary = pack.summary
    rows = [[name, *map(int, counts)] for name, *counts in summary.rows]
    sheets.table("Summary", summary.headings, rows, [_WIDTHS.get(name, _WIDTH) for name in summary.headings])
    for sheet in pack.data:
        sheets.table(sheet.name, sheet.columns, sheet.rows, [_WIDTHS.get(name, _WIDTH) for name in sheet.columns])
    return sheets.written()

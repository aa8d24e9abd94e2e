"""The evidence as a tagged PDF (PDF/UA-1), A4, with a table of contents."""

from pathlib import Path
from typing import Any, Final

from dashboard.packs.document import Line, Table
from dashboard.packs.evidence.document import EvidenceMeasure, EvidencePack, FindingPart
from dashboard.packs.pdf import typeset
from dashboard.packs.pictures import chart_svg
from dashboard.words.phrases import KEY

_TEMPLATE: Final = Path(__file__).with_name("evidence.typ")
_CHART_WIDTH: Final = 560


def evidence_pdf_of(pack: EvidencePack) -> bytes:
    """Return the evidence as a PDF; the same evidence gives the same bytes."""
    drawn: dict[str, str] = {}
    return typeset(_TEMPLATE, _data_of(pack, drawn), pack)


def _data_of(pack: EvidencePack, drawn: dict[str, str]) -> dict[str, Any]:
    return {
        "told": pack.told,
        "summary": vars(pack.summary),
        "key": pack.key,
        "signs": KEY,
        "priority": _lines(pack.priority),
        "strengths": _lines(pack.strengths),
        "steps": _lines(pack.steps),
        "disagreements": _tables(pack.disagreements),
        "reports": [
            {
                "title": report.title,
                "kinds": [
                    {"title": kind.title, "findings": [_finding(finding, drawn) for finding in kind.findings]}
                    for kind in report.kinds
                ],
            }
            for report in pack.reports
        ],
        "audits": _lines(pack.audits),
        "audit_tables": _tables(pack.audit_tables),
    }


def _lines(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    return [vars(line) for line in lines]


def _tables(tables: tuple[Table, ...]) -> list[dict[str, Any]]:
    return [vars(table) for table in tables]


def _finding(finding: FindingPart, drawn: dict[str, str]) -> dict[str, Any]:
    return {
        "title": f"{finding.reference} {finding.words}",
        "told": finding.told,
        "stands": finding.stands,
        "measures": [_measure(measure, drawn) for measure in finding.measures],
        "actions": None if finding.actions is None else vars(finding.actions),
        "audits": _tables(finding.audits),
        "still_not_good": finding.still_not_good,
        "out_of_scope": finding.out_of_scope,
        "against": _lines(finding.against),
    }


def _measure(measure: EvidenceMeasure, drawn: dict[str, str]) -> dict[str, Any]:
    """Return a measure for the template; `drawn` are charts drawn before: a measure may stand more than once."""
    chart, periods, teams = measure.chart, measure.periods, measure.teams
    if measure.name not in drawn:
        drawn[measure.name] = "" if chart is None else chart_svg(chart.specification, width=_CHART_WIDTH)
    return {
        "sentence": measure.sentence,
        "verdict": measure.verdict,
        "compared": measure.compared,
        "audited": measure.audited,
        "notes": measure.notes,
        "chart": drawn[measure.name],
        "alternative": "" if chart is None else chart.alternative,
        "periods": None if periods is None else vars(periods),
        "teams": None if teams is None else vars(teams),
    }

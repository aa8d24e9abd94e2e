"""Findings of inspectors for other programs, in one stable form: a row a finding and measure."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from dashboard.exports.rows import INTERNAL
from dashboard.readings.inspection_evidence import Evidence, is_not_good

COLUMNS: Final = (
    "finding_id", "source", "reported_on", "part", "kind", "finding", "measure", "sentence", "variation", "assurance",
    "target_state", "is_not_good", "out_of_scope", "still_not_good", "disagrees_with", "actions",
    "classification", "stands",
)  # fmt: skip
"""A row a finding and measure; one for a finding without. `disagrees_with` are references, `actions`
the lines of the plan that should show in one of its measures, both between spaces. `stands` is one of Stands."""


def evidence_rows(every: Sequence[Evidence]) -> Iterator[dict[str, Any]]:
    """Yield the rows of findings: COLUMNS."""
    for each in every:
        finding = each.finding
        told: dict[str, object] = {
            "finding_id": finding.reference,
            "source": finding.source,
            "reported_on": finding.reported_on,
            "part": finding.part,
            "kind": finding.kind,
            "finding": finding.words,
            "out_of_scope": finding.out_of_scope,
            "still_not_good": finding.still_not_good,
            "disagrees_with": " ".join(other.reference for other in each.against) or None,
            "actions": " ".join(action.action_id for action in each.actions) or None,
            "classification": INTERNAL,
            "stands": str(each.stands),
        }
        if not each.views:
            yield {name: told.get(name) for name in COLUMNS}
        for view in each.views:
            judgement = view.judgement
            verdict = {
                "measure": view.definition.id,
                "sentence": view.sentence,
                "variation": str(judgement.variation),
                "assurance": str(judgement.assurance),
                "target_state": str(judgement.target_state),
                "is_not_good": is_not_good(view),
            }
            yield {name: (told | verdict).get(name) for name in COLUMNS}

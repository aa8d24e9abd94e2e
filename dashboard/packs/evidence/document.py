"""The evidence for inspectors as a document: what it says, in order, whatever the file that it is written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.packs.document import Chart, Cover, Line, Table


@dataclass(frozen=True)
class EvidenceMeasure:
    """A measure of a finding: its sentence, its verdict, the chart and the table of its last periods.

    `teams` compares them, and `compared` says whether they differ; `audited` says how many audits asked, where it
    comes from audits; `notes` what the figure leaves out and what happened. A series without any value has neither
    chart nor table.
    """

    name: str
    title: str
    sentence: str
    verdict: str
    compared: str
    audited: str
    notes: str
    chart: Chart | None
    periods: Table | None
    teams: Table | None


@dataclass(frozen=True)
class FindingPart:
    """A finding: who found it and when (`told`), how it `stands`, its measures, and the actions of the plan for it.

    `against` are findings of others that say otherwise; `out_of_scope` is why no measure can show it,
    `still_not_good` what measures don't show, both empty where there is nothing to say.
    """

    reference: str
    words: str
    told: str
    stands: str
    measures: tuple[EvidenceMeasure, ...]
    actions: Table | None
    audits: tuple[Table, ...]
    still_not_good: str
    out_of_scope: str
    against: tuple[Line, ...]


@dataclass(frozen=True)
class KindPart:
    """The findings of a kind, such as priority actions."""

    title: str
    findings: tuple[FindingPart, ...]


@dataclass(frozen=True)
class ReportPart:
    """The findings of a letter or report, kind by kind."""

    title: str
    kinds: tuple[KindPart, ...]


@dataclass(frozen=True)
class Sheet:
    """Rows of data under their columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class EvidencePack(Cover):
    """The evidence: a first page, every finding, where they disagree, what audits say, and the data behind it.

    `version` is that of the data. The first page has `told`, the `summary` of how findings stand with the
    `key` to it, the `priority` actions and the `strengths` to keep; `steps` lead from a figure to a child.
    """

    version: int
    told: str
    summary: Table
    key: str
    priority: tuple[Line, ...]
    strengths: tuple[Line, ...]
    steps: tuple[Line, ...]
    disagreements: tuple[Table, ...]
    reports: tuple[ReportPart, ...]
    audits: tuple[Line, ...]
    audit_tables: tuple[Table, ...]
    data: tuple[Sheet, ...]

    def findings(self) -> Iterator[FindingPart]:
        """Yield every finding in the order of the pack."""
        for report in self.reports:
            for kind in report.kinds:
                yield from kind.findings

"""Findings of inspectors and auditors: loaded as a council hands them over, refused where nothing shows them."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from data_access.database.opening import reading
from data_access.database.schema.loads import REJECTED_ROWS
from data_access.queries.findings import Finding, findings
from data_access.scope import Scope
from tests.loading.handing_over import Council

HEADER = "finding_id,source,reported_on,part,kind,finding,measures,out_of_scope,still_not_good,disagrees_with"
ROWS = """
A-2,Auditor,2009-12-08,Strand 4,to_improve,Thresholds are uneven,decisions_within_24_hours  cafs_started,,,O-1
A-1,Auditor,2009-12-08,,recommendation,Name who leads,,The register does not say,,
O-1,Ofsted,2009-12-17,Visit,Strength,Thresholds are applied,cafs_started cafs_started,,Not everywhere,
O-2,Ofsted,2009-12-17,Visit,to_improve,Misspelt,decisions_within_24_hours cafs_begun,,,
O-3,Ofsted,2009-12-17,Visit,to_improve,Nothing shows it,,,,
O-4,Ofsted,2009-12-17,Visit,wish,No kind,cafs_started,,,
"""


def test_findings_are_read_the_latest_report_first(database: sa.Engine, tmp_path: Path) -> None:
    Council(database, tmp_path).hand_over(findings=HEADER + ROWS.rstrip())
    with reading(database) as connection:
        loaded = findings(Scope.figures_only(), connection)
        refused = connection.execute(sa.select(REJECTED_ROWS.c.field, REJECTED_ROWS.c.value)).all()
    assert loaded == (
        Finding(
            reference="O-1",
            source="Ofsted",
            reported_on=date(2009, 12, 17),
            part="Visit",
            kind="strength",
            words="Thresholds are applied",
            measures=("cafs_started",),
            out_of_scope=None,
            still_not_good="Not everywhere",
            disagrees_with=None,
        ),
        Finding(
            reference="A-1",
            source="Auditor",
            reported_on=date(2009, 12, 8),
            part=None,
            kind="recommendation",
            words="Name who leads",
            measures=(),
            out_of_scope="The register does not say",
            still_not_good=None,
            disagrees_with=None,
        ),
        Finding(
            reference="A-2",
            source="Auditor",
            reported_on=date(2009, 12, 8),
            part="Strand 4",
            kind="to_improve",
            words="Thresholds are uneven",
            measures=("decisions_within_24_hours", "cafs_started"),
            out_of_scope=None,
            still_not_good=None,
            disagrees_with="O-1",
        ),
    )
    assert sorted(tuple(row) for row in refused) == [
        ("finding", "Nothing shows it"),
        ("kind", "wish"),
        ("measures", "decisions_within_24_hours cafs_begun"),
    ]


def test_without_the_columns_that_say_why_a_finding_needs_a_measure(database: sa.Engine, tmp_path: Path) -> None:
    rows = """
    finding_id,source,reported_on,kind,finding,measures
    O-1,Ofsted,2009-12-17,to_improve,Late,decisions_within_24_hours
    O-2,Ofsted,2009-12-17,to_improve,Unclear,
    """
    Council(database, tmp_path).hand_over(findings=rows)
    with reading(database) as connection:
        assert [finding.reference for finding in findings(Scope.everything(), connection)] == ["O-1"]

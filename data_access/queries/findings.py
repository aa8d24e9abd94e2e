"""What inspectors and auditors found, as it was loaded."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures import MEASURES
from data_access.scope import Scope


@dataclass(frozen=True)
class Finding:
    """A finding: whose, from which day and part of the letter or report, its kind, and the sentence.

    `measures` are the ids of those that show how it stands, `out_of_scope` says why there is none. `still_not_good`
    is what measures don't show, `disagrees_with` the reference of a finding that says otherwise.
    """

    reference: str
    source: str
    reported_on: date
    part: str | None
    kind: str
    words: str
    measures: tuple[str, ...]
    out_of_scope: str | None
    still_not_good: str | None
    disagrees_with: str | None


def findings(scope: Scope, connection: sa.Connection) -> tuple[Finding, ...]:  # noqa: ARG001 - every read takes a scope; findings are open to all
    """Return the findings, the latest letter or report first, each in the order of their references."""
    table = CASE_TABLES["findings"]
    rows = connection.execute(
        sa.select(table).order_by(table.c.reported_on.desc(), table.c.source, table.c.finding_id)
    )
    return tuple(
        Finding(
            reference=row.finding_id,
            source=row.source,
            reported_on=row.reported_on,
            part=row.part,
            kind=row.kind,
            words=row.finding,
            measures=tuple(name for name in dict.fromkeys((row.measures or "").split()) if name in MEASURES),
            out_of_scope=row.out_of_scope,
            still_not_good=row.still_not_good,
            disagrees_with=row.disagrees_with,
        )
        for row in rows
    )

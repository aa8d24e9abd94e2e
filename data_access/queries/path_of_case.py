"""The path of a case, from contact to assessment: what happened when, as far as it is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.london_time import to_local
from data_access.measures import measure_named
from data_access.queries.case_list import why_not_listed
from data_access.scope import Scope


class Step(StrEnum):
    """The steps of a path, in their order."""

    CONTACT = "contact"
    REFERRAL = "referral"
    DECISION = "decision"
    ASSESSMENT = "assessment"
    COMPLETED = "completed"


PATH: Final = {
    "case_id": pl.String,
    "step": pl.String,
    "at": pl.Datetime,
    "timed": pl.Boolean,
    "reference": pl.String,
    "code": pl.String,
}
"""The columns of a path, a row for each step that was taken. `at` is London time, midnight where `timed` is false;
`reference` is the contact's, referral's or assessment's; `code` the decision or the kind of assessment."""

_REFERRALS, _CONTACTS, _ASSESSMENTS = (CASE_TABLES[name] for name in ("referrals", "contacts", "assessments"))
_STARTS: Final = {
    "referral_id": _REFERRALS,
    "assessment_id": _ASSESSMENTS,
    "caf_id": CASE_TABLES["cafs"],
}
"""The tables that a path can begin from, by the column that names the measure's cases."""

_Record = sa.Row[Any]


def paths(scope: Scope, connection: sa.Connection, measure: str, case_ids: Sequence[str]) -> pl.DataFrame:
    """Return the paths of a measure's cases: rows of PATH, none for a case that has no path or may not be seen.

    An assessment belongs to the referral that it names, else to the child's latest referral before it began. Of a
    referral to a team whose cases the reader may not see only the dates are told.
    """
    if not case_ids or why_not_listed(scope, measure) is not None:
        return pl.DataFrame(schema=PATH)
    keys = [getattr(cohort.column("case_id"), "name", None) for cohort in measure_named(measure).cohorts]
    rows = [row for key in keys if key in _STARTS for row in _steps(scope, connection, key, list(case_ids))]
    rows.sort(key=lambda row: case_ids.index(row[0]))
    return pl.DataFrame(rows, schema=PATH, orient="row")


def _steps(scope: Scope, connection: sa.Connection, key: str, case_ids: list[str]) -> list[tuple[object, ...]]:
    start = _STARTS[key]
    begun = connection.execute(sa.select(start).where(start.c[key].in_(case_ids))).all()
    known = _Known.read(connection, begun)
    return [(getattr(row, key), *step) for row in begun for step in known.steps(scope, row, key)]


_Step = tuple[str, datetime, bool, str, str | None]


@dataclass(frozen=True)
class _Known:
    """What is known of the children whose cases are asked for."""

    referrals: dict[str, _Record]
    contacts: dict[str, _Record]
    linked: dict[str, _Record]
    assessments: list[_Record]

    @classmethod
    def read(cls, connection: sa.Connection, begun: Sequence[_Record]) -> "_Known":
        """Read the referrals, contacts and assessments of the children of some rows."""
        children = {row.child_key for row in begun}
        referrals = {
            row.referral_id: row
            for row in connection.execute(sa.select(_REFERRALS).where(_REFERRALS.c.child_key.in_(children)))
        }
        named = {row.contact_id for row in referrals.values() if row.contact_id is not None}
        wanted = sa.select(_CONTACTS).where(
            sa.or_(_CONTACTS.c.contact_id.in_(named), _CONTACTS.c.referral_id.in_(list(referrals)))
        )
        contacts = connection.execute(
            wanted.order_by(_CONTACTS.c.received_at.desc(), _CONTACTS.c.contact_id.desc())
        ).all()
        assessments = connection.execute(
            sa.select(_ASSESSMENTS)
            .where(_ASSESSMENTS.c.child_key.in_(children), _ASSESSMENTS.c.terminated_on.is_(None))
            .order_by(_ASSESSMENTS.c.started_on, _ASSESSMENTS.c.assessment_id)
        ).all()
        return cls(
            referrals,
            {row.contact_id: row for row in contacts},
            {row.referral_id: row for row in contacts if row.referral_id is not None},
            list(assessments),
        )

    def steps(self, scope: Scope, row: _Record, key: str) -> Iterator[_Step]:
        """Yield the steps of one case, in their order."""
        assessment = row if key == "assessment_id" else None
        referral = row if key == "referral_id" else self.referrals.get(row.referral_id or "")
        if assessment is not None:
            referral = self._referral_of(assessment)
        own = row if key != "caf_id" else referral
        if own is None or not _may_see(scope, own.team_id):
            return
        if referral is not None:
            yield from self._of_referral(referral, told=_may_see(scope, referral.team_id))
            assessment = assessment or self._first_assessment(referral)
        if assessment is not None:
            yield _on(Step.ASSESSMENT, assessment.started_on, assessment.assessment_id, assessment.kind)
            if assessment.completed_on is not None:
                yield _on(Step.COMPLETED, assessment.completed_on, assessment.assessment_id, assessment.kind)

    def _of_referral(self, referral: _Record, *, told: bool) -> Iterator[_Step]:
        contact = self.contacts.get(referral.contact_id or "") or self.linked.get(referral.referral_id)
        if contact is not None:
            yield _at(Step.CONTACT, contact.received_at, contact.received_timed, contact.contact_id, None)
        yield _at(Step.REFERRAL, referral.received_at, referral.received_timed, referral.referral_id, None)
        if referral.decided_at is not None:
            decision = referral.decision if told else None
            yield _at(Step.DECISION, referral.decided_at, referral.decided_timed, referral.referral_id, decision)

    def _first_assessment(self, referral: _Record) -> _Record | None:
        for assessment in self.assessments:
            belongs_to = self._referral_of(assessment)
            if belongs_to is not None and belongs_to.referral_id == referral.referral_id:
                return assessment
        return None

    def _referral_of(self, assessment: _Record) -> _Record | None:
        if assessment.referral_id is not None:
            return self.referrals.get(assessment.referral_id)
        before = [
            referral
            for referral in self.referrals.values()
            if referral.child_key == assessment.child_key and referral.received_on <= assessment.started_on
        ]
        return max(before, key=lambda referral: (referral.received_at, referral.referral_id), default=None)


def _may_see(scope: Scope, team: str | None) -> bool:
    return scope.case_teams is None or team in scope.case_teams


def _at(step: Step, moment: datetime, timed: bool | None, reference: str, code: str | None) -> _Step:
    return str(step), to_local(moment), bool(timed), reference, code


def _on(step: Step, day: date, reference: str, code: str | None) -> _Step:
    return str(step), datetime(day.year, day.month, day.day), False, reference, code  # noqa: DTZ001 - London time

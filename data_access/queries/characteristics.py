"""What referrals record of the children behind a measure's cases."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures.characteristics import (
    ENGLISH,
    FIRST_LANGUAGE,
    LANGUAGE_NOT_KNOWN,
    OTHER_LANGUAGE,
    characteristics_of,
)
from data_access.measures.definition import Definition
from data_access.measures.sql import word
from data_access.problems import QueryProblem

_NOT_KNOWN: Final = ("unknown", LANGUAGE_NOT_KNOWN)
_ENGLISH: Final = ("english", "eng", "en")
_NO_LANGUAGE: Final = ("unknown", "not known", "not recorded", "not stated")


@dataclass(frozen=True)
class Recorded:
    """Children of whom a characteristic is recorded with this value, as a breakdown gives it."""

    characteristic: str
    value: str

    def check(self, definition: Definition) -> None:
        """Raise QueryProblem where a measure's cases have no such characteristic."""
        known = [detail.name for detail in characteristics_of(definition)]
        if self.characteristic not in known:
            msg = (
                f"The cases of {definition.id} can't be narrowed by {self.characteristic!r}. "
                f"There are: {', '.join(known) or 'none'}."
            )
            raise QueryProblem(msg)


def with_characteristic(cohort: sa.CTE, name: str) -> tuple[sa.FromClause, sa.ColumnElement[str]]:
    """Return the cohort joined with a characteristic of its children, and the column that holds it.

    It is what the child's latest referral says on which it is known; not known where all that record it say so, null
    where none does. The cohort is a common table expression, because it is asked for twice.
    """
    referrals = CASE_TABLES["referrals"]
    value = _told(referrals, name)
    latest = (
        sa.select(
            referrals.c.child_key,
            value.label("value"),
            sa.func.row_number()
            .over(
                partition_by=referrals.c.child_key,
                order_by=(
                    sa.case((value.in_(_NOT_KNOWN), 1), else_=0),
                    referrals.c.received_at.desc(),
                    referrals.c.referral_id.desc(),
                ),
            )
            .label("place"),
        )
        .where(referrals.c[name].is_not(None), referrals.c.child_key.in_(sa.select(cohort.c.key)))
        .subquery("recorded")
    )
    joined = cohort.outerjoin(latest, sa.and_(latest.c.child_key == cohort.c.key, latest.c.place == 1))
    return joined, latest.c.value


def _told(referrals: sa.Table, name: str) -> sa.ColumnElement[Any]:
    if name != FIRST_LANGUAGE.name:
        return referrals.c[name]
    language = sa.func.lower(referrals.c[name])
    return sa.case(
        (language.in_(_ENGLISH), word(ENGLISH)),
        (language.in_(_NO_LANGUAGE), word(LANGUAGE_NOT_KNOWN)),
        else_=word(OTHER_LANGUAGE),
    )

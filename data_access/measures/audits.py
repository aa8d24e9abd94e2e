"""Audits that ask a question of a case: which count, what they count as, and what is shown of them."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET
from data_access.measures.definition import Detail, Holds
from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import table, word

ASKED: Final = table("audits", "asked")
"""One question of an audit."""

FIELDS: Final = ("audits.question", "audits.answer", "audits.reason")
DETAILS: Final = (
    Detail("answer", "Answer", Holds.CODE, codes="audit_answer"),
    Detail("assessment_id", "Assessment audited", Holds.REFERENCE),
    Detail("auditor_staff_id", "Auditor", Holds.STAFF),
)
EVIDENT: Final = sa.case((ASKED.c.answer == word("yes"), word(MET)), else_=word(NOT_MET))
"""What a question counts as that is answered by yes or no: whatever isn't yes is no."""


def is_excused(question: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether a question does not apply to the case, and a reason is given."""
    return sa.and_(
        question.c.answer == word("not_applicable"), sa.func.coalesce(sa.func.trim(question.c.reason), "") != ""
    )


def audits_asking(question: str, result: sa.ColumnElement[str] = EVIDENT) -> sa.Select[Any]:
    """Return the cohort of the audits that ask a question, by day of the audit; what is excused is left out.

    `result` says what an answer counts as, in columns of ASKED. The details are DETAILS.
    """
    return sa.select(
        ASKED.c.audit_id.label("case_id"),
        ASKED.c.audit_id.label("key"),
        ASKED.c.audited_on.label("event_date"),
        ASKED.c.team_id,
        sa.case((dated_ahead("audits", ASKED.c.audited_on), word(DATED_AHEAD)), else_=result).label("result"),
        *(ASKED.c[detail.name] for detail in DETAILS),
    ).where(ASKED.c.question == word(question), ~is_excused(ASKED))


def near(start: date, end: date) -> sa.ColumnElement[bool]:
    """Return whether an audit was made between two days."""
    return ASKED.c.audited_on.between(start, end)

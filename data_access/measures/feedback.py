"""Complaints and compliments: the cohort that both are counted by."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.contract import COUNTED, DATED_AHEAD
from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import table, word

MESSAGE: Final = table("feedback", "message")
"""A complaint or a compliment."""

FIELDS: Final = ("feedback.kind", "feedback.received_on")


def messages_of(kind: str, *details: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return the cohort of the complaints, or the compliments, by day of receipt; `details` in columns of MESSAGE."""
    return sa.select(
        MESSAGE.c.feedback_id.label("case_id"),
        MESSAGE.c.feedback_id.label("key"),
        MESSAGE.c.received_on.label("event_date"),
        sa.func.coalesce(MESSAGE.c.team_id, word(NO_TEAM)).label("team_id"),
        sa.case((dated_ahead("feedback", MESSAGE.c.received_on), word(DATED_AHEAD)), else_=word(COUNTED)).label(
            "result"
        ),
        *details,
    ).where(MESSAGE.c.kind == word(kind))


def near(start: date, end: date) -> sa.ColumnElement[bool]:
    """Return whether it was received between two days."""
    return MESSAGE.c.received_on.between(start, end)

"""A week to sign off, without any figures in the database: what is stored is whatever was reported."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from data_access.actor import Actor, Role
from data_access.database.facts import data_version
from data_access.database.opening import reading
from data_access.database.schema.signed_weeks import SIGNED_MEASURES, SIGNED_WEEKS
from data_access.scope import Scope
from data_access.signed_weeks import Closing, ReportedMeasure, SignedWeek, sign_off

WEEK = dt.date(2010, 3, 22)
DINA = Actor("Dina", frozenset({Role.DIRECTOR}), Scope.everything())
SAM = Actor("Sam", frozenset({Role.SENIOR_MANAGER}), Scope.everything())
CLOSING = Closing("Director, heads of service", "CAFs", ({"decision": "meeting_decision-1", "result": "right"},))
FIGURE = 142 / 154
MEASURES = (
    ReportedMeasure(
        "decisions_within_24_hours",
        {"title": "Decided", "start": "2010-03-22", "value": FIGURE, "sentence": "Weil’s so ist"},
        {"T1": {"numerator": ["R1", "R2"], "denominator": ["R3"]}, "T2": {"numerator": ["R4"]}},
    ),
    ReportedMeasure(
        "a_measure_of_once", {"title": "Once", "start": None, "value": None}, {"T1": {"numerator": ["X"]}}
    ),
)


def version(engine: sa.Engine) -> int:
    with reading(engine) as connection:
        return data_version(connection)


def sign(engine: sa.Engine, actor: Actor = DINA, **changes: Any) -> SignedWeek:
    """Sign the week off, with something changed."""
    given: dict[str, Any] = {"week": WEEK, "closing": CLOSING, "measures": MEASURES, "of": version(engine)} | changes
    return sign_off(actor, engine, given.pop("week"), given.pop("closing"), given.pop("measures"), **given)


def kept(engine: sa.Engine) -> list[list[tuple[Any, ...]]]:
    """Return every row of both tables as it is stored."""
    with reading(engine) as connection:
        return [
            sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in (SIGNED_WEEKS, SIGNED_MEASURES)
        ]

"""What is missing: the source, the team, the time of day, the decision and who took it."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import EXTRACTS, NO_TEAM, Extract, extract_named
from data_access.measures.sql import word
from data_access.quality.rule import (
    Rule,
    filled,
    measures_reading,
    measures_reading_stored,
    team_of,
)
from data_access.quality.words import spoken

UNKNOWN: Final = "unknown"
"""The code that lists have for what is not known."""

_TELLING: Final = {
    "contacts": ("source",),
    "referrals": ("source", "age_band", "sex", "ethnicity", "disability"),
}
_TIMED: Final = {
    "contacts": ("received_at", "decided_at"),
    "referrals": ("received_at", "decided_at"),
    "notifications": ("received_at", "screened_at"),
    "system_incidents": ("started_at", "ended_at"),
}


def _missing(extract: Extract, field: str) -> Rule:
    value = CASE_TABLES[extract.name].c[field]
    return Rule(
        name=f"{extract.name}_{field}_missing",
        title=f"{extract.title}: {spoken(field)} is missing",
        extract=extract.name,
        field=field,
        message=f"`{field}` is blank or 'not known'. Record it, so that figures by {spoken(field)} are whole.",
        threatens=measures_reading(extract.name, field),
        given=filled(extract, field),
        broken=sa.or_(value.is_(None), value == word(UNKNOWN)),
    )


def _no_time(extract: Extract, field: str) -> Rule:
    column = extract.column(field)
    has_time = CASE_TABLES[extract.name].c[column.has_time].is_(sa.true())
    return Rule(
        name=f"{extract.name}_{field}_without_time",
        title=f"{extract.title}: {spoken(field)} without a time of day",
        extract=extract.name,
        field=field,
        message=f"`{field}` has a date and no time, so hours can't be counted. Record the time of day.",
        threatens=measures_reading_stored(extract.name, column.has_time),
        looks_at=filled(extract, field),
        given=has_time,
        broken=~has_time,
    )


def _no_team(extract: Extract) -> Rule:
    team = team_of(extract)
    return Rule(
        name=f"{extract.name}_no_team",
        title=f"{extract.title} without a team",
        extract=extract.name,
        field="team_id",
        message="No team is recorded, so that no team answers for this row. Record the team.",
        threatens=measures_reading(extract.name, "team_id"),
        given=team != word(NO_TEAM),
        broken=team == word(NO_TEAM),
    )


def _belongs_to_a_team(extract: Extract) -> bool:
    """Return whether each row should name a team: not programme tables, nor those where blank means all."""
    return not extract.reference and extract.has("team_id") and extract.column("team_id").blank_means is None


def _of_decision(name: str, title: str, field: str, message: str, given: str) -> Rule:
    """Return a rule that a referral which has `given` has `field` too, where the source gives it at all."""
    extract = extract_named("referrals")
    return Rule(
        name=f"referrals_{name}",
        title=f"Referrals {title}",
        extract=extract.name,
        field=field,
        message=message,
        threatens=measures_reading(extract.name, field),
        looks_at=filled(extract, given),
        given=filled(extract, field),
        broken=~filled(extract, field),
    )


_DECISIONS: Final = (
    _of_decision(
        "decided_without_decision",
        "decided without saying what",
        "decision",
        "The decision has a date, but not what was decided. Record the decision.",
        "decided_at",
    ),
    _of_decision(
        "decision_without_date",
        "with a decision that has no date",
        "decided_at",
        "The decision has no date, so the referral counts as undecided. Record when it was decided.",
        "decision",
    ),
    _of_decision(
        "decided_by_nobody",
        "decided by nobody",
        "decided_by_role",
        "The role of whoever decided is blank, so the decision counts as none by a manager. Record the role.",
        "decided_at",
    ),
)

RULES: Final = (
    *(_missing(extract_named(name), field) for name, fields in _TELLING.items() for field in fields),
    *(_no_time(extract_named(name), field) for name, fields in _TIMED.items() for field in fields),
    *(_no_team(extract) for extract in EXTRACTS if _belongs_to_a_team(extract)),
    *_DECISIONS,
)

"""Values out of range: possible one by one, and so not refused at load, but not believable."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import extract_named
from data_access.measures.sql import calendar
from data_access.quality.rule import Rule, filled, measures_reading

LONGEST_VISIT_INTERVAL: Final = 65
"""Working days between visits beyond which a plan's interval is not believed: a quarter of a year."""


def _longer_than_a_year(extract: str, first: str, last: str, title: str, message: str) -> Rule:
    described, row = extract_named(extract), CASE_TABLES[extract]
    begins, ends = (row.c[described.column(name).local_date] for name in (first, last))
    day = calendar("last_day")
    year_before = sa.select(day.c.year_before).where(day.c.day == ends).correlate(row).scalar_subquery()
    return Rule(
        name=f"{extract}_{last}_more_than_a_year_after_{first}",
        title=title,
        extract=extract,
        field=last,
        message=message,
        threatens=measures_reading(extract, first, last),
        looks_at=sa.and_(filled(described, first), filled(described, last)),
        broken=begins < year_before,
    )


def _visits_too_rare() -> Rule:
    row = CASE_TABLES["plans"]
    return Rule(
        name="plans_visits_too_rare",
        title="Plans that ask for a visit less than once a quarter",
        extract="plans",
        field="visit_every_working_days",
        message=f"More than {LONGEST_VISIT_INTERVAL} working days between visits. Check whether days are meant.",
        threatens=measures_reading("plans", "visit_every_working_days"),
        looks_at=row.c.visit_every_working_days.is_not(None),
        broken=row.c.visit_every_working_days > LONGEST_VISIT_INTERVAL,
    )


def _more_than(extract: str, part: str, whole: str, title: str) -> Rule:
    row = CASE_TABLES[extract]
    return Rule(
        name=f"{extract}_{part}_more_than_{whole}",
        title=title,
        extract=extract,
        field=part,
        message=f"`{part}` is more than `{whole}`. Correct whichever of the two is wrong.",
        threatens=measures_reading(extract, part, whole),
        looks_at=sa.and_(row.c[part].is_not(None), row.c[whole].is_not(None)),
        broken=row.c[part] > row.c[whole],
    )


RULES: Final = (
    _longer_than_a_year(
        "referrals",
        "received_at",
        "decided_at",
        "Referrals decided more than a year after receipt",
        "The decision lies more than a year after the receipt. Check the year of both dates.",
    ),
    _longer_than_a_year(
        "assessments",
        "started_on",
        "completed_on",
        "Assessments completed more than a year after their start",
        "The assessment took more than a year. Check the year of both dates.",
    ),
    _longer_than_a_year(
        "absences",
        "from",
        "to",
        "Absences of more than a year",
        "The absence lasted more than a year. Check its last day.",
    ),
    _visits_too_rare(),
    _more_than(
        "core_groups", "agencies_attended", "agencies_invited", "Core groups with more agencies than were invited"
    ),
    _more_than("surveys", "agreed", "answered", "Staff surveys in which more agreed than answered"),
)

"""Linked rows in the wrong order: an assessment or a visit before its referral, a referral before its contact."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import extract_named
from data_access.quality.rule import Rule, any_of, measures_reading

_REFERRALS: Final = CASE_TABLES["referrals"]


def _before_its_referral(extract: str, begins: str) -> Rule:
    row, referral = CASE_TABLES[extract], _REFERRALS.alias("referral")
    return Rule(
        name=f"{extract}_before_their_referral",
        title=f"{extract_named(extract).title} begun before their referral was received",
        extract=extract,
        field=begins,
        message=f"`{begins}` lies before the receipt of its referral. Correct the date or the reference.",
        threatens=measures_reading(extract, begins, "referral_id"),
        looks_at=row.c.referral_id.is_not(None),
        broken=sa.exists()
        .where(referral.c.referral_id == row.c.referral_id, referral.c.received_on > row.c[begins])
        .correlate(row),
    )


def _seen_before_its_referral() -> Rule:
    row, referral = CASE_TABLES["assessments"], _REFERRALS.alias("referral")
    return Rule(
        name="assessments_child_seen_before_their_referral",
        title="Assessments whose child was seen before their referral was received",
        extract="assessments",
        field="child_seen_on",
        message="`child_seen_on` lies before the receipt of its referral. Correct the date or the reference.",
        threatens=measures_reading("assessments", "child_seen_on"),
        looks_at=sa.and_(row.c.referral_id.is_not(None), row.c.child_seen_on.is_not(None)),
        broken=sa.exists()
        .where(referral.c.referral_id == row.c.referral_id, referral.c.received_on > row.c.child_seen_on)
        .correlate(row),
    )


def _before_its_contact() -> Rule:
    contact = CASE_TABLES["contacts"].alias("contact")
    both_timed = sa.and_(contact.c.received_timed, _REFERRALS.c.received_timed)
    later = sa.case(
        (both_timed, contact.c.received_at > _REFERRALS.c.received_at),
        else_=contact.c.received_on > _REFERRALS.c.received_on,
    )
    return Rule(
        name="referrals_before_their_contact",
        title="Referrals received before the contact that they came from",
        extract="referrals",
        field="received_at",
        message="The contact that it names came later. Correct the time of either, or the reference.",
        threatens=any_of(measures_reading("referrals", "contact_id"), measures_reading("contacts", "received_at")),
        looks_at=_REFERRALS.c.contact_id.is_not(None),
        broken=sa.exists().where(contact.c.contact_id == _REFERRALS.c.contact_id, later).correlate(_REFERRALS),
    )


RULES: Final = (
    _before_its_referral("assessments", "started_on"),
    _seen_before_its_referral(),
    _before_its_referral("section_47_enquiries", "strategy_discussion_on"),
    _before_its_contact(),
)

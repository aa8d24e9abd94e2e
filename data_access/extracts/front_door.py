"""Extracts about the front door: contacts, referrals, notifications and CAFs."""

from data_access.extracts.contract import (
    Extract,
    child,
    code,
    date,
    reference,
    team,
    text,
    time,
    worker,
    yes_no,
)

CONTACTS = Extract(
    "contacts",
    "Contacts",
    "One row a contact about a child, whether or not it became a referral.",
    ("contact_id",),
    (
        reference("contact_id", "The contact's reference", required=True),
        child(),
        time("received_at", "When it was received", required=True),
        time("decided_at", "When it was decided what to do with it"),
        code("decision", "contact_decision", "What was decided"),
        code("source", "source", "Who made contact"),
        team(meaning="The team that received it"),
        reference("referral_id", "The referral that it became", to="referrals"),
    ),
    dated_by=("received_at",),
)

REFERRALS = Extract(
    "referrals",
    "Referrals",
    "One row a referral to children's social care, with its decision and what the referrer was told.",
    ("referral_id",),
    (
        reference("referral_id", "The referral's reference", required=True),
        child(),
        reference("contact_id", "The contact that it came from", to="contacts"),
        time("received_at", "When it was received", required=True),
        time("decided_at", "When a decision on it was recorded"),
        code("decision", "referral_decision", "What was decided"),
        code("decided_by_role", "role", "The role of the person who decided"),
        text("reason", "The reason given for the decision, as a code or a phrase without names"),
        time("acknowledged_at", "When receipt was acknowledged to the referrer"),
        time("referrer_told_at", "When the referrer was told the outcome"),
        yes_no("reply_owed", "Whether the referrer is owed a reply (not self or anonymous)"),
        code("source", "source", "Who referred"),
        team(required=True, meaning="The team that received it"),
        worker("worker_id", "The worker it was given to"),
        code("age_band", "age_band", "The child's age at receipt"),
        code("sex", "sex", "The child's sex"),
        code("ethnicity", "ethnicity", "The child's ethnic group"),
        code("disability", "disability", "Whether the child is disabled"),
        text("first_language", "The family's first language"),
        reference("household_id", "The household's pseudonymous reference"),
        date("closed_on", "Day on which the case that it opened was closed"),
    ),
    dated_by=("received_at",),
)

NOTIFICATIONS = Extract(
    "notifications",
    "Notifications",
    "One row a notification from a partner: a police Merlin, a multi-agency referral form, a housing NOTIFY notice.",
    ("notification_id",),
    (
        reference("notification_id", "The notification's reference", required=True),
        code("kind", "notification_kind", "Merlin, MARF or NOTIFY", required=True),
        child(required=False),
        time("received_at", "When it was received", required=True),
        time("screened_at", "When it was screened"),
        code("outcome", "notification_outcome", "Passed on or held back"),
        yes_no("domestic_violence", "Whether it concerns domestic violence"),
        yes_no("risk_assessed", "Whether the police had assessed the risk"),
        reference("referral_id", "The referral that it became", to="referrals"),
    ),
    dated_by=("received_at",),
)

CAFS = Extract(
    "cafs",
    "CAFs",
    "One row a common assessment, offered or started. At least one of the two dates is needed.",
    ("caf_id",),
    (
        reference("caf_id", "The CAF's reference", required=True),
        child(),
        date("started_on", "Day on which it was started; blank where it was offered only"),
        date("completed_on", "Day on which it was completed"),
        code("agency", "agency", "The agency that started it", required=True),
        reference("school_id", "The school that started it", to="schools"),
        text("lead_professional", "The role of the lead professional"),
        reference("referral_id", "The referral that led to it", to="referrals"),
        date("offered_on", "Day on which it was offered"),
        date("declined_on", "Day on which the family declined"),
        date("closed_on", "Day on which it was closed"),
        code("outcome", "caf_outcome", "How it ended"),
    ),
    dated_by=("started_on", "offered_on"),
)

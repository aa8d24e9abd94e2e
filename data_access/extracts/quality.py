"""Extracts about the quality of work and of the systems: audits, system incidents, complaints and compliments."""

from data_access.extracts.contract import (
    Extract,
    child,
    code,
    date,
    reference,
    team,
    text,
    time,
    whole,
    worker,
    yes_no,
)

AUDITS = Extract(
    "audits",
    "Case audits",
    "One row a question of an audit of one case: rows with the same audit_id are one audit.",
    ("audit_id", "question"),
    (
        reference("audit_id", "The audit's reference", required=True),
        code("question", "audit_question", "The question asked", required=True),
        code("answer", "audit_answer", "Yes, no, not applicable, or a grade", required=True),
        text("reason", "Why the question does not apply"),
        date("audited_on", "Day of the audit", required=True),
        worker("auditor_staff_id", "Who audited", required=True),
        team(required=True, meaning="The team whose case was audited"),
        child(required=False),
        reference("assessment_id", "The assessment audited", to="assessments"),
        date(
            "action_due_on", "Day by which what this answer asks for is to be done; blank where it asks for nothing"
        ),
        date("action_closed_on", "Day on which that was done"),
    ),
    dated_by=("audited_on",),
)

SYSTEM_INCIDENTS = Extract(
    "system_incidents",
    "System incidents",
    "One row an outage or loss in a system.",
    ("incident_id",),
    (
        reference("incident_id", "The incident's reference", required=True),
        code("system", "system", "The system", required=True),
        time("started_at", "When it began", required=True),
        time("ended_at", "When it was over"),
        code("kind", "incident_kind", "Outage, slow, or records lost"),
        whole("records_lost", "How many records were lost"),
    ),
    dated_by=("started_at",),
)

FEEDBACK = Extract(
    "feedback",
    "Complaints and compliments",
    "One row a complaint or compliment.",
    ("feedback_id",),
    (
        reference("feedback_id", "Its reference", required=True),
        code("kind", "feedback_kind", "Complaint or compliment", required=True),
        date("received_on", "Day of receipt", required=True),
        date("answered_on", "Day of the answer"),
        yes_no("upheld", "Whether the complaint was upheld"),
        team(meaning="The team that it concerns"),
    ),
    dated_by=("received_on",),
)

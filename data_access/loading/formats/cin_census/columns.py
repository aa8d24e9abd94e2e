"""The columns of the sheets that a census becomes, and the elements that they are made from."""

from collections.abc import Mapping
from typing import Final

CELLS: Final[Mapping[str, tuple[str, ...]]] = {
    "referrals": (
        "referral_id",
        "child_id",
        "received_at",
        "decision",
        "reason",
        "source",
        "team_id",
        "age_band",
        "sex",
        "ethnicity",
        "disability",
        "closed_on",
    ),
    "assessments": (
        "assessment_id",
        "child_id",
        "referral_id",
        "kind",
        "started_on",
        "completed_on",
        "team_id",
    ),
    "section_47_enquiries": (
        "enquiry_id",
        "child_id",
        "referral_id",
        "strategy_discussion_on",
        "outcome",
        "team_id",
    ),
    "conferences": ("conference_id", "child_id", "kind", "due_on", "held_on"),
    "plans": ("plan_id", "child_id", "kind", "from", "to", "team_id"),
}
"""For each extract its native columns, the key first."""

CALLED: Final[Mapping[str, Mapping[str, str]]] = {
    "referrals": {
        "child_id": "LAchildID",
        "received_at": "CINreferralDate",
        "decision": "ReferralNFA",
        "reason": "ReasonForClosure",
        "source": "ReferralSource",
        "age_band": "PersonBirthDate",
        "ethnicity": "Ethnicity",
        "disability": "Disability",
        "closed_on": "CINclosureDate",
    },
    "assessments": {
        "child_id": "LAchildID",
        "started_on": "AssessmentActualStartDate",
        "completed_on": "AssessmentAuthorisationDate",
    },
    "section_47_enquiries": {
        "child_id": "LAchildID",
        "strategy_discussion_on": "S47ActualStartDate",
        "outcome": "DateOfInitialCPC",
    },
    "conferences": {
        "child_id": "LAchildID",
        "due_on": "InitialCPCtarget",
        "held_on": "DateOfInitialCPC or CPPreviewDate",
    },
    "plans": {
        "child_id": "LAchildID",
        "from": "CINPlanStartDate or CPPstartDate",
        "to": "CINPlanEndDate or CPPendDate",
    },
}
"""For each extract the elements by native column, as messages name them; `sex` is added as the file calls it."""

SHEET_NAMES: Final[Mapping[str, str]] = {
    "referrals": "CINdetails",
    "assessments": "Assessments",
    "section_47_enquiries": "Section47",
    "conferences": "DateOfInitialCPC and CPPreviewDate",
    "plans": "CINPlanDates and ChildProtectionPlans",
}
"""The elements whose rows each sheet holds."""

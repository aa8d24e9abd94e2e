"""Where each element of the census stands, and what becomes of it.

From the Department for Education's XML schemas and specifications of the collection, 2016 to 2026. Of the layouts
before 2015, in which initial and core assessments stood next to the single one, no schema is published any more:
their groups are known by name, and the dates in them by how their names end.

Names are compared without regard to capitals, since systems differ in them (CINPlanDates, CINplanDates).
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

EXTRACTS: Final = ("referrals", "assessments", "section_47_enquiries", "conferences", "plans")
"""The native extracts that a census is read into."""


class Fate(Enum):
    """What becomes of an element: a group is gone into; of the others the text is used, left out or dropped."""

    GROUP = "group"
    USED = "used"
    UNUSED = "unused"
    IDENTIFYING = "identifying"


KINDS: Final = {
    "Assessments": "single",
    "InitialAssessment": "initial",
    "InitialAssessments": "initial",
    "CoreAssessment": "core",
    "CoreAssessments": "core",
    "ContinuousAssessment": "single",
    "ContinuousAssessments": "single",
}
"""The groups that are an assessment each, and its kind; a continuous assessment is what became the single one."""

HOLDS: Final = {
    "Child": "referrals",
    "CINdetails": "referrals",
    "Section47": "section_47_enquiries",
    "CINPlanDates": "plans",
    "ChildProtectionPlans": "plans",
    "CPPreviewDate": "conferences",
    **dict.fromkeys(KINDS, "assessments"),
}
"""The extract whose rows an element makes: of these none may be lost, wherever it stands."""

MANY: Final = {"Child", "CINdetails", "Source", "Disability", "AssessmentFactors", "PreProceedingsandFGDM", *HOLDS}
"""The elements that may stand more than once in the same place."""

_ASSESSMENT: Final = {
    "AssessmentActualStartDate": Fate.USED,
    "AssessmentAuthorisationDate": Fate.USED,
    "AssessmentInternalReviewDate": Fate.UNUSED,
    "FactorsIdentifiedAtAssessment": Fate.GROUP,
}

_STANDS_IN: Final[Mapping[str, Mapping[str, Fate]]] = {
    "Message": {"Header": Fate.GROUP, "Children": Fate.GROUP},
    "Header": {
        "CollectionDetails": Fate.GROUP,
        "Source": Fate.GROUP,
        "Content": Fate.GROUP,
    },
    "CollectionDetails": {"Collection": Fate.USED, "Year": Fate.USED, "ReferenceDate": Fate.USED},
    "Source": {
        "DateTime": Fate.USED,
        **dict.fromkeys(("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo"), Fate.UNUSED),
    },
    "Content": {"CBDSLevels": Fate.GROUP},
    "CBDSLevels": {"CBDSLevel": Fate.UNUSED},
    "Children": {"Child": Fate.GROUP},
    "Child": {"ChildIdentifiers": Fate.GROUP, "ChildCharacteristics": Fate.GROUP, "CINdetails": Fate.GROUP},
    "ChildIdentifiers": {
        **dict.fromkeys(
            ("LAchildID", "PersonBirthDate", "ExpectedPersonBirthDate", "GenderCurrent", "Gender", "Sex"),
            Fate.USED,
        ),
        **dict.fromkeys(("UPN", "FormerUPN", "UPNunknown", "PersonDeathDate"), Fate.IDENTIFYING),
    },
    "ChildCharacteristics": {"Ethnicity": Fate.USED, "Disabilities": Fate.GROUP},
    "Disabilities": {"Disability": Fate.USED},
    "CINdetails": {
        **dict.fromkeys(
            (
                "CINreferralDate",
                "ReferralSource",
                "ReferralNFA",
                "CINclosureDate",
                "ReasonForClosure",
                "DateOfInitialCPC",
            ),
            Fate.USED,
        ),
        "PrimaryNeedCode": Fate.UNUSED,
        **dict.fromkeys(
            (*KINDS, "Section47", "CINPlanDates", "ChildProtectionPlans", "PreProceedingsandFGDM"), Fate.GROUP
        ),
    },
    **dict.fromkeys(KINDS, _ASSESSMENT),
    "FactorsIdentifiedAtAssessment": {"AssessmentFactors": Fate.UNUSED},
    "Section47": dict.fromkeys(
        ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"), Fate.USED
    ),
    "CINPlanDates": {"CINPlanStartDate": Fate.USED, "CINPlanEndDate": Fate.USED},
    "ChildProtectionPlans": {
        "CPPstartDate": Fate.USED,
        "CPPendDate": Fate.USED,
        "Reviews": Fate.GROUP,
        **dict.fromkeys(
            ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP", "SeenSocialWorker"),
            Fate.UNUSED,
        ),
    },
    "Reviews": {"CPPreviewDate": Fate.USED},
    "PreProceedingsandFGDM": dict.fromkeys(
        (
            "PPStartDate",
            "LBPSentDate",
            "FGDMMeetingOffer",
            "FGDMMeetingFac",
            "InitialPPMeetingDate",
            "ReviewMeetingsCount",
            "StepDecisionDate",
            "PPOutcome",
            "CourtAppDate",
            "LetterInitCPDate",
        ),
        Fate.UNUSED,
    ),
}

_OLDER_DATES: Final = (
    ("startdate", "AssessmentActualStartDate"),
    ("authorisationdate", "AssessmentAuthorisationDate"),
    ("completiondate", "AssessmentAuthorisationDate"),
    ("enddate", "AssessmentAuthorisationDate"),
)
_KNOWN: Final = {
    group: {name.lower(): (name, fate) for name, fate in inner.items()} for group, inner in _STANDS_IN.items()
}
_MAKE_ROWS: Final = {name.lower(): name for name in HOLDS}


def element_in(group: str, name: str) -> tuple[str, Fate] | None:
    """Return by which name an element of a group is known, and its fate; None for one that isn't known there."""
    low = name.lower()
    name_and_fate = _KNOWN.get(group, {}).get(low)
    if name_and_fate is None and group in KINDS and group != "Assessments":
        return next(
            ((known, Fate.USED) for end, known in _OLDER_DATES if _is_actual(low) and low.endswith(end)), None
        )
    return name_and_fate


def makes_rows(name: str) -> str | None:
    """Return the known name of an element that makes rows, else None."""
    return _MAKE_ROWS.get(name.lower())


def _is_actual(low: str) -> bool:
    return "target" not in low and "expected" not in low

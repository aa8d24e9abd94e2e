"""What people set apart from the extracts: standards, events, rebases, with the targets and published figures."""

from datetime import date

from sample_data import story
from sample_data.findings import findings
from sample_data.people import ASSESSMENT
from sample_data.published import comparators, neighbour_sets
from sample_data.records import Record, Tables, Values, morning
from sample_data.targets import targets_of

_DECISIONS = "decisions_within_24_hours"
_TO_ASSESSMENT = "referrals_leading_to_initial_assessment"
_CORE = "core_assessments_within_35_working_days"
_IN_SEVEN_DAYS = "initial_assessments_within_7_working_days"
_AUDITED = (
    "multi_agency_in_core_assessments",
    "management_decision_signed_off",
    "recording_policy_followed",
    "views_of_child_and_parents_recorded",
    "assessments_graded_good_or_better",
)


def set_programme(area: str, tables: Tables) -> None:
    """Write targets, standards, events, rebases, comparators, neighbours, findings; `area` as in `people.teams`."""
    tables["targets"] = targets_of(area + ASSESSMENT)
    tables["standards"] = _standards()
    tables["events"] = _events()
    tables["rebases"] = _rebases()
    tables["comparators"] = comparators()
    tables["neighbour_sets"] = neighbour_sets()
    tables["findings"] = findings()


def _standards() -> list[Record]:
    framework = "Framework for the Assessment of Children in Need and their Families (2000)"
    standards: tuple[tuple[str, str, date, date | None, int, str], ...] = (
        (
            "initial-assessment-7",
            _IN_SEVEN_DAYS,
            date(2000, 4, 1),
            date(2010, 3, 31),
            7,
            framework,
        ),
        (
            "initial-assessment-10",
            _IN_SEVEN_DAYS,
            story.NEW_STANDARD,
            None,
            10,
            "Working Together to Safeguard Children (March 2010)",
        ),
        ("core-assessment-35", _CORE, date(2000, 4, 1), None, 35, framework),
    )
    rows = []
    for standard, measure, first, last, days, source in standards:
        values: Values = {
            "standard_id": standard,
            "measure": measure,
            "from": first,
            "to": last,
            "working_days": days,
            "source": source,
        }
        rows.append(Record(values, morning(story.BEGINS if first < story.BEGINS else date(2010, 3, 17))))
    rows[0].filled_later(morning(date(2010, 3, 17)), "to")
    return [*rows, _standard_for_complaints()]


def _standard_for_complaints() -> Record:
    values: Values = {
        "standard_id": "complaint-10",
        "measure": "complaints",
        "from": date(2006, 9, 1),
        "to": None,
        "working_days": 10,
        "source": "Children Act 1989 Representations Procedure (England) Regulations 2006, regulation 14",
    }
    return Record(values, morning(story.BEGINS))


def _events() -> list[Record]:
    events: tuple[tuple[date, str, str, str | None], ...] = (
        (story.TEAM_MERGED, "Teams merged", "Assessment Team 4 became part of Assessment Team 3.", None),
        (story.INSPECTION, "Ofsted visit", "Unannounced inspection, 18 and 19 November 2009.", None),
        (story.LAUNCH, "SAFE launched", "Project SAFE began, with its action plan.", None),
        (
            story.DUTY_SYSTEM,
            "New duty system",
            "Every referral is looked at by a manager on duty; the day's open ones are checked at 4 pm.",
            _DECISIONS,
        ),
        (
            story.INSPECTION_LETTER,
            "Ofsted's letter",
            "The inspection letter with its area for priority action.",
            None,
        ),
        (
            story.CLEANSING,
            "Data cleansing",
            "Double entries and duty records that were no assessments were taken out.",
            _TO_ASSESSMENT,
        ),
        (story.ICS_LIVE, "ICS live", "The Assessment Service records in ICS.", "staff_using_ics"),
        (
            story.NEW_STANDARD,
            "10 working days",
            "Working Together 2010: initial assessments within 10 working days instead of 7.",
            _IN_SEVEN_DAYS,
        ),
    )
    return [
        Record(
            {
                "event_id": f"EV-{number:02}",
                "happened_on": day,
                "label": label,
                "detail": detail,
                "measure": measure,
                "author": "Performance team",
            },
            morning(day),
        )
        for number, (day, label, detail, measure) in enumerate(events, 1)
    ]


def _rebases() -> list[Record]:
    approver = "Divisional Director, Safeguarding and Rights"
    rebases = [
        (
            _DECISIONS,
            story.DUTY_SYSTEM,
            date(2010, 3, 16),
            "New duty system",
            "The work changed on 14 December 2009, the cause is known, and it has held for 13 weeks",
        ),
        *(
            (
                measure,
                story.AUDITS_BEGIN,
                date(2010, 1, 11),
                "Senior managers' audits",
                "Senior managers audit files of every team; before, managers read files of their own",
            )
            for measure in _AUDITED
        ),
    ]
    return [
        Record(
            {
                "rebase_id": f"RB-{number:02}",
                "measure": measure,
                "from": first,
                "label": label,
                "reason": reason,
                "author": "Performance team",
                "approver": approver,
            },
            morning(agreed),
        )
        for number, (measure, first, agreed, label, reason) in enumerate(rebases, 1)
    ]

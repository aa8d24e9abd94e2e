"""What people set apart from the extracts: targets, standards, events, rebases, and published figures of others."""

from datetime import date

from sample_data import story
from sample_data.people import ASSESSMENT
from sample_data.records import Record, Tables, Values, morning

_DECISIONS = "decisions_within_24_hours"
_TO_ASSESSMENT = "referrals_leading_to_initial_assessment"
_IN_SEVEN_DAYS = "initial_assessments_within_7_working_days"
_RE_REFERRALS = "re_referrals_within_12_months"
_PER_REFERRAL = "initial_assessments_per_referral"
_CORE = "core_assessments_within_35_working_days"
_TEAM = "Senior management team"

_DCSF = "DCSF Statistical First Release 24/2008, as reported by Family Law, 22 September 2008"
_TES = "DCSF release for the year to March 2009, as reported by TES, 2 October 2009"
_DFE = "DfE children in need tables, 2012 to 2013"
_SERIES = "DfE children in need statistics, re-referrals by local authority"

_LOCAL_RE_REFERRALS = (9.8, 10.2, 16.9, 16.3, 13.7, 15.8, 14.3, 14.6, 12.3, 17.3, 26.1, 21.2, 21.8)
"""Barking and Dagenham, years to 31 March 2013 to 2025, in percent."""


def set_programme(area: str, tables: Tables) -> None:
    """Write targets, standards, events, rebases and comparators; `area` as in `people.teams`."""
    tables["targets"] = _targets(area + ASSESSMENT)
    tables["standards"] = _standards()
    tables["events"] = _events()
    tables["rebases"] = _rebases()
    tables["comparators"] = _comparators()


def _targets(assessment_service: str) -> list[Record]:
    def target(
        number: int, measure: str, comparison: str, kind: str, item: str, reason: str, **more: object
    ) -> Record:
        values: Values = {
            "target_id": f"T-{number:02}",
            "measure": measure,
            "from": story.LAUNCH,
            "comparison": comparison,
            "kind": kind,
            "source": "plan",
            "plan_item": item,
            "reason": reason,
            "author": _TEAM,
        }
        return Record(values | {name: _cell(value) for name, value in more.items()}, morning(story.LAUNCH))

    year_before = "The plan asks for an improvement without a figure: better than the same months a year before"
    return [
        target(
            1,
            _DECISIONS,
            "at_least",
            "fixed",
            "9a, 9b",
            "Every referral decided within 24 hours. The plan prints December 2010 for its immediate solution; "
            "December 2009 is meant",
            value="1",
            due_on=date(2009, 12, 31),
        ),
        target(
            2,
            "staff_using_ics",
            "at_least",
            "fixed",
            "4",
            "The Assessment Service is live in ICS from 22 January 2010",
            value="1",
            service=assessment_service,
            **{"from": story.ICS_LIVE},
            due_on=story.ICS_LIVE,
        ),
        target(
            3,
            "staff_using_ics",
            "at_least",
            "fixed",
            "4",
            "All staff on one system by the end of June 2010",
            value="1",
            due_on=date(2010, 6, 30),
        ),
        target(
            4,
            "cafs_started",
            "above",
            "baseline",
            "1b, 1e",
            "More than December 2009's weekly average. December is a short month: read it beside the year before",
            **{"from": date(2010, 1, 1)},
            baseline_from=date(2009, 12, 1),
            baseline_to=date(2009, 12, 31),
        ),
        target(
            5,
            "below_threshold_supported_to_caf",
            "at_least",
            "fixed",
            "2",
            "Half of the referrals below the threshold supported to a CAF",
            value="0.5",
            due_on=date(2009, 12, 31),
        ),
        target(6, _IN_SEVEN_DAYS, "above", "year_before", "9c, 13", year_before),
        target(7, _RE_REFERRALS, "below", "year_before", "13, 15", "The plan asks that the rate keeps falling"),
        target(8, "sickness_absence", "below", "year_before", "14", "The plan asks for less sickness"),
        target(
            9,
            "views_of_child_and_parents_recorded",
            "at_least",
            "fixed",
            "12",
            "The child's and the parents' views in every case sampled",
            value="1",
        ),
        target(
            10,
            "police_notifications_passed_on",
            "below",
            "year_before",
            "1a",
            "The plan asks that few police notifications are passed on, without a figure",
        ),
        target(
            11,
            _PER_REFERRAL,
            "at_least",
            "fixed",
            "9c",
            "The plan prints 15% for 2009/10. It is questioned, since England's figure was four times as high: "
            "a line to look at",
            value="0.15",
            source="ours",
            **{"from": date(2009, 4, 1)},
        ),
        target(
            12,
            "staff_aware_of_service_plan",
            "above",
            "fixed",
            "10",
            "More than 70% of staff know their service's plan",
            value="0.7",
        ),
        target(
            13,
            "initial_assessments_overdue",
            "at_most",
            "fixed",
            "9c, 13",
            "No child waits past the standard: a line to look at",
            value="0",
            source="ours",
        ),
        target(
            14,
            "cases_per_social_worker",
            "at_most",
            "fixed",
            "8a",
            "The auditor found 22 to 28 cases a social worker; the line lies in the middle",
            value="25",
            source="ours",
        ),
        target(
            20,
            "decisions_within_one_working_day",
            "at_least",
            "fixed",
            "9a, 9b",
            "Working Together asks for a decision within one working day: a line to look at beside the 24 hours",
            value="1",
            source="ours",
        ),
        target(
            21,
            "contacts_decided_within_24_hours",
            "at_least",
            "fixed",
            "",
            "Every contact decided within 24 hours, as every referral: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            22,
            "decisions_recorded_clearly",
            "at_least",
            "fixed",
            "",
            "Ofsted found records of decisions unclear; every one should be clear: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            23,
            "referrers_told_the_outcome",
            "at_least",
            "fixed",
            "9a",
            "Every referrer is told the outcome; the 5 working days are ours. The plan prints December 2010 for its "
            "immediate solution; December 2009 is meant",
            value="1",
            due_on=date(2009, 12, 31),
        ),
        target(
            24,
            "closed_and_came_back",
            "below",
            "year_before",
            "",
            "Quicker decisions should turn no more children away: a line to look at",
            source="ours",
        ),
        target(
            30,
            "children_seen_in_initial_assessment",
            "at_least",
            "fixed",
            "9c",
            "Every child is seen before the assessment is completed, and in time: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            31,
            "children_not_yet_seen",
            "at_most",
            "fixed",
            "9c",
            "No child waits to be seen: a line to look at, since assessments begun this week are among them",
            value="0",
            source="ours",
        ),
        target(
            32,
            "initial_assessments_terminated",
            "at_most",
            "fixed",
            "9c",
            "The plan asks that initial assessments are not terminated",
            value="0",
        ),
        target(33, _CORE, "above", "year_before", "13", year_before),
        target(
            34,
            "core_assessments_overdue",
            "at_most",
            "fixed",
            "13",
            "No child waits past the standard: a line to look at",
            value="0",
            source="ours",
        ),
        target(
            50,
            "section_47_to_conference_within_15_working_days",
            "at_least",
            "fixed",
            "",
            "Working Together asks for every conference within 15 working days: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            51,
            "child_protection_reviews_on_time",
            "at_least",
            "fixed",
            "",
            "The auditor found every review on time: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            52,
            "schools_starting_a_caf",
            "above",
            "year_before",
            "3",
            "The plan asks that more schools start CAFs, without a figure",
        ),
        target(
            53,
            "marfs_received",
            "above",
            "baseline",
            "1b",
            "More than December 2009's weekly average. December is a short month: read it beside the year before",
            **{"from": date(2010, 1, 1)},
            baseline_from=date(2009, 12, 1),
            baseline_to=date(2009, 12, 31),
        ),
        target(
            54,
            "police_notifications_risk_assessed",
            "at_least",
            "fixed",
            "",
            "Ofsted asks that the police assess the risk every time: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            55,
            "housing_notify_referrals",
            "above",
            "year_before",
            "1d",
            "The plan asks for more referrals of housing's notices, without a figure",
        ),
        target(
            56,
            "cafs_started",
            "above",
            "baseline",
            "1e",
            "More CAFs from adults' services than December 2009's weekly average",
            **{"from": date(2010, 1, 1)},
            baseline_from=date(2009, 12, 1),
            baseline_to=date(2009, 12, 31),
            dimension="agency",
            dimension_value="adult_services",
        ),
        target(
            57,
            "cafs_started",
            "above",
            "year_before",
            "3",
            "More CAFs from schools than in the same months a year before",
            dimension="agency",
            dimension_value="school",
        ),
        target(
            60,
            "management_decision_signed_off",
            "at_least",
            "fixed",
            "1a, 1b, 4",
            "A manager's sign-off in every case: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            61,
            "recording_policy_followed",
            "at_least",
            "fixed",
            "11",
            "Key documents where the recording policy says, in every case audited",
            value="1",
        ),
        target(
            62,
            "multi_agency_in_core_assessments",
            "at_least",
            "fixed",
            "7",
            "Other agencies' input in every core assessment",
            value="1",
        ),
        target(
            63,
            "ics_available",
            "at_least",
            "fixed",
            "6",
            "The case system is up whenever staff need it: a line to look at",
            value="1",
            source="ours",
        ),
        target(
            64,
            "staff_supervised_and_recorded",
            "at_least",
            "fixed",
            "5, 1c",
            "All staff supervised each month, and each session recorded at once: in 2 working days by our reading",
            value="1",
        ),
        target(
            65,
            "cases_sampled_by_senior_managers",
            "at_least",
            "fixed",
            "12",
            "Two cases a month read by each member of the senior management team",
            value="1",
        ),
        target(66, "assessments_graded_good_or_better", "above", "year_before", "9c, 13", year_before),
        target(
            67, "compliments", "above", "year_before", "14", "The plan asks for more compliments, without a figure"
        ),
    ]


def _cell(value: object) -> str | date | None:
    if value is None or isinstance(value, str | date):
        return value
    raise TypeError(value)


def _standards() -> list[Record]:
    standards = (
        (
            "initial-assessment-7",
            date(2000, 4, 1),
            date(2010, 3, 31),
            7,
            "Framework for the Assessment of Children in Need and their Families (2000)",
        ),
        (
            "initial-assessment-10",
            story.NEW_STANDARD,
            None,
            10,
            "Working Together to Safeguard Children (March 2010)",
        ),
    )
    rows = []
    for standard, first, last, days, source in standards:
        values: Values = {
            "standard_id": standard,
            "measure": _IN_SEVEN_DAYS,
            "from": first,
            "to": last,
            "working_days": days,
            "source": source,
        }
        rows.append(Record(values, morning(story.BEGINS if last else date(2010, 3, 17))))
    rows[0].filled_later(morning(date(2010, 3, 17)), "to")
    return rows


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
    rebases = (
        (
            _DECISIONS,
            story.DUTY_SYSTEM,
            date(2010, 3, 16),
            "New duty system",
            "The work changed on 14 December 2009, the cause is known, and it has held for 13 weeks",
        ),
    )
    return [
        Record(
            {
                "rebase_id": f"RB-{number:02}",
                "measure": measure,
                "from": first,
                "label": label,
                "reason": reason,
                "author": "Performance team",
                "approver": "Divisional Director, Safeguarding and Rights",
            },
            morning(agreed),
        )
        for number, (measure, first, agreed, label, reason) in enumerate(rebases, 1)
    ]


def _comparators() -> list[Record]:
    """Return the published figures. They are no part of the story: they are listed whatever the moment."""
    england: list[tuple[str, int, str, tuple[int, int] | None, str]] = [
        (_PER_REFERRAL, 2007, "0.5596", (305_000, 545_000), _DCSF),
        (_PER_REFERRAL, 2008, "0.5941", (319_900, 538_500), _DCSF),
        (_IN_SEVEN_DAYS, 2007, "0.68", None, _DCSF),
        (_IN_SEVEN_DAYS, 2008, "0.71", None, _DCSF),
        (_IN_SEVEN_DAYS, 2009, "0.72", None, _TES),
        (_CORE, 2007, "0.78", None, _DCSF),
        (_CORE, 2008, "0.8", None, _DCSF),
        (_RE_REFERRALS, 2008, "0.24", None, _DCSF),
        (_PER_REFERRAL, 2013, "0.744", None, _DFE),
        (_RE_REFERRALS, 2013, "0.247", None, _DFE),
        (_RE_REFERRALS, 2025, "0.226", None, _SERIES),
    ]
    published = [("England", *figure) for figure in england]
    published += [
        ("London", _RE_REFERRALS, year, f"{v:g}", None, _SERIES) for year, v in ((2013, 0.177), (2025, 0.194))
    ]
    published += [
        ("Barking and Dagenham", _RE_REFERRALS, year, f"{percent / 100:g}", None, _SERIES)
        for year, percent in enumerate(_LOCAL_RE_REFERRALS, 2013)
    ]
    return [
        Record(
            {
                "comparator_id": f"CP-{number:02}",
                "measure": measure,
                "area": area,
                "from": date(year - 1, 4, 1),
                "to": date(year, 3, 31),
                "value": value,
                "numerator": counts[0] if counts else None,
                "denominator": counts[1] if counts else None,
                "source": source,
            },
            morning(story.BEGINS),
        )
        for number, (area, measure, year, value, counts, source) in enumerate(published, 1)
    ]

"""Where every measure stands on the page of its strand: sections in the plan's order, in each the reading order."""

from dataclasses import dataclass
from typing import Final

from data_access.measures.definition import Strand


@dataclass(frozen=True)
class Section:
    """A part of a strand's page: its heading, and the ids of its measures in the order in which they are read."""

    strand: Strand
    title: str
    measures: tuple[str, ...]


SECTIONS: Final = (
    Section(
        Strand.SYSTEMS,
        "Early help: the Common Assessment Framework (CAF)",
        ("cafs_started", "schools_starting_a_caf", "below_threshold_supported_to_caf", "marfs_received"),
    ),
    Section(
        Strand.SYSTEMS,
        "Police and housing notices",
        (
            "police_notifications_passed_on",
            "held_back_then_referred",
            "police_notifications_risk_assessed",
            "housing_notify_referrals",
        ),
    ),
    Section(
        Strand.SYSTEMS,
        "Case system, supervision and partners",
        ("staff_using_ics", "ics_available", "staff_supervised_and_recorded", "multi_agency_in_core_assessments"),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "Decisions on contacts and referrals",
        (
            "decisions_within_24_hours",
            "decisions_within_one_working_day",
            "contacts_decided_within_24_hours",
            "decisions_recorded_clearly",
            "referrers_told_the_outcome",
        ),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "From referral to assessment",
        (
            "referrals_leading_to_initial_assessment",
            "referrals_leading_to_any_assessment_or_section_47",
            "initial_assessments_per_referral",
        ),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "Assessments in time, and the child seen",
        (
            "initial_assessments_within_7_working_days",
            "initial_assessments_overdue",
            "children_seen_in_initial_assessment",
            "children_not_yet_seen",
            "initial_assessments_terminated",
            "core_assessments_within_35_working_days",
            "core_assessments_overdue",
        ),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "Management oversight and visits",
        (
            "management_decision_signed_off",
            "management_oversight_on_open_cases",
            "visits_made_on_time",
            "visits_written_up",
        ),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "Who holds the cases",
        ("cases_held_by_practice_managers", "children_without_social_worker", "cases_per_social_worker"),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "Recording policy and service plans",
        ("recording_policy_followed", "staff_aware_of_service_plan"),
    ),
    Section(
        Strand.ACCOUNTABILITY,
        "Child protection",
        (
            "contacts_becoming_referrals",
            "section_47_to_conference_within_15_working_days",
            "child_protection_reviews_on_time",
            "assessments_within_45_working_days",
            "second_child_protection_plans",
        ),
    ),
    Section(
        Strand.FAMILY_FOCUS,
        "The voice of child and parents",
        ("views_of_child_and_parents_recorded", "cases_sampled_by_senior_managers"),
    ),
    Section(
        Strand.EFFECTIVE_ACTIONS,
        "Children who come back",
        ("re_referrals_within_12_months", "closed_and_came_back", "repeat_assessments_within_12_months"),
    ),
    Section(
        Strand.EFFECTIVE_ACTIONS,
        "Quality, complaints and staff",
        ("assessments_graded_good_or_better", "complaints", "compliments", "sickness_absence"),
    ),
)
"""Every section, strand by strand."""


def section_of(measure: str) -> Section:
    """Return the section of a measure; raise KeyError where it stands in none."""
    return {name: section for section in SECTIONS for name in section.measures}[measure]

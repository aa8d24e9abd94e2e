"""Each measure's cohort, worked out from a `World` in plain Python."""

from collections.abc import Callable, Mapping

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.below_threshold_supported_to_caf import below_threshold_supported_to_caf
from tests.oracle.measures.cafs_started import cafs_started
from tests.oracle.measures.cases_per_social_worker import cases_per_social_worker
from tests.oracle.measures.decisions_within_24_hours import decisions_within_24_hours
from tests.oracle.measures.initial_assessments_overdue import initial_assessments_overdue
from tests.oracle.measures.initial_assessments_per_referral import initial_assessments_per_referral
from tests.oracle.measures.initial_assessments_within_7_working_days import (
    initial_assessments_within_7_working_days,
)
from tests.oracle.measures.police_notifications_passed_on import police_notifications_passed_on
from tests.oracle.measures.re_referrals_within_12_months import re_referrals_within_12_months
from tests.oracle.measures.referrals_leading_to_initial_assessment import referrals_leading_to_initial_assessment
from tests.oracle.measures.sickness_absence import sickness_absence
from tests.oracle.measures.staff_aware_of_service_plan import staff_aware_of_service_plan
from tests.oracle.measures.staff_using_ics import staff_using_ics
from tests.oracle.measures.views_of_child_and_parents_recorded import views_of_child_and_parents_recorded
from tests.oracle.world import World

MEASURES: Mapping[str, Callable[[World], list[CohortRow]]] = {
    reckon.__name__: reckon
    for reckon in (
        decisions_within_24_hours,
        referrals_leading_to_initial_assessment,
        initial_assessments_within_7_working_days,
        re_referrals_within_12_months,
        cafs_started,
        below_threshold_supported_to_caf,
        staff_using_ics,
        sickness_absence,
        views_of_child_and_parents_recorded,
        police_notifications_passed_on,
        initial_assessments_per_referral,
        staff_aware_of_service_plan,
        initial_assessments_overdue,
        cases_per_social_worker,
    )
}
"""Every measure by id."""

MONTHLY = frozenset({"sickness_absence", "views_of_child_and_parents_recorded"})
"""The measures whose natural period is the month; the others' is the week."""


def cohort(world: World, measure: str) -> list[CohortRow]:
    """Return the measure's rows in the order of their values; none where a required table was never loaded."""
    return sorted(MEASURES[measure](world))

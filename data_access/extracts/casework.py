"""Extracts about work with children: assessments, enquiries, conferences, plans, visits, allocation, oversight."""

from data_access.extracts.contract import (
    Column,
    Extract,
    Kind,
    begins,
    child,
    code,
    date,
    ends,
    reference,
    team,
    whole,
    worker,
    yes_no,
)

ASSESSMENTS = Extract(
    "assessments",
    "Assessments",
    "One row an assessment: initial, core, or single (from 2013).",
    ("assessment_id",),
    (
        reference("assessment_id", "The assessment's reference", required=True),
        child(),
        reference("referral_id", "The referral that it answers", to="referrals"),
        code("kind", "assessment_kind", "Whether it is an initial, core or single one", required=True),
        date("started_on", "Day on which it was started", required=True),
        date("completed_on", "Day on which the manager authorised it"),
        date("terminated_on", "Day on which it was ended without being completed"),
        date("child_seen_on", "Day on which the child was first seen"),
        code("seen_by", "seen_by", "Who saw the child"),
        yes_no("seen_alone", "Whether the child was seen alone"),
        date("new_information_on", "On a case already open: day of the new information that began it"),
        team(required=True, meaning="The team that completed it, or has it"),
        worker("worker_id", "The worker who did it"),
    ),
    dated_by=("started_on",),
)

SECTION_47_ENQUIRIES = Extract(
    "section_47_enquiries",
    "Section 47 enquiries",
    "One row an enquiry.",
    ("enquiry_id",),
    (
        reference("enquiry_id", "The enquiry's reference", required=True),
        child(),
        reference("referral_id", "The referral that led to it", to="referrals"),
        date("strategy_discussion_on", "Day of the strategy discussion", required=True),
        date("ended_on", "Day on which it ended"),
        code("outcome", "enquiry_outcome", "How it ended"),
        team(required=True),
    ),
    dated_by=("strategy_discussion_on",),
)

CONFERENCES = Extract(
    "conferences",
    "Child protection conferences",
    "One row a conference, due or held.",
    ("conference_id",),
    (
        reference("conference_id", "The conference's reference", required=True),
        child(),
        code("kind", "conference_kind", "Initial or review", required=True),
        date("due_on", "Day on which it was due"),
        date("held_on", "Day on which it was held"),
        code("outcome", "conference_outcome", "What it decided"),
    ),
    dated_by=("due_on", "held_on"),
)

PLANS = Extract(
    "plans",
    "Plans",
    "One row a plan: child in need, child protection or care.",
    ("plan_id",),
    (
        reference("plan_id", "The plan's reference", required=True),
        child(),
        code("kind", "plan_kind", "Child in need, child protection or care", required=True),
        begins("First day of the plan"),
        ends("Last day of the plan"),
        whole("visit_every_working_days", "Working days between visits that the plan asks for", minimum=1),
        team(required=True),
    ),
    dated_by=("from",),
)

CORE_GROUPS = Extract(
    "core_groups",
    "Core groups",
    "One row a core group meeting, due or held.",
    ("meeting_id",),
    (
        reference("meeting_id", "The meeting's reference", required=True),
        reference("plan_id", "The plan", required=True, to="plans"),
        date("due_on", "Day on which it was due", required=True),
        date("held_on", "Day on which it was held"),
        whole("agencies_invited", "How many agencies were invited"),
        whole("agencies_attended", "How many came"),
    ),
    dated_by=("due_on",),
)

VISITS = Extract(
    "visits",
    "Visits",
    "One row a visit to a child, due or made.",
    ("visit_id",),
    (
        reference("visit_id", "The visit's reference", required=True),
        child(),
        reference("plan_id", "The plan that asks for it", to="plans"),
        date("due_on", "Day on which it was due"),
        date("made_on", "Day on which it was made"),
        date("recorded_on", "Day on which it was written up"),
        yes_no("seen_alone", "Whether the child was seen alone"),
        worker("staff_id", "Who visited"),
        team(required=True),
    ),
    dated_by=("due_on", "made_on"),
)

ALLOCATIONS = Extract(
    "allocations",
    "Allocations",
    "One row a spell in which a child's case was held by one person or waited in a team.",
    ("allocation_id",),
    (
        reference("allocation_id", "The allocation's reference", required=True),
        child(),
        worker("staff_id", "Who holds the case; blank while it waits in the team"),
        team(required=True),
        begins("First day"),
        ends("Last day"),
        code("kind", "allocation_kind", "Case holder or joint worker"),
    ),
    dated_by=("from",),
)

OVERSIGHT = Extract(
    "oversight",
    "Management oversight",
    "One row a manager's recorded oversight of a child's case.",
    ("oversight_id",),
    (
        reference("oversight_id", "The record's reference", required=True),
        child(),
        worker("staff_id", "The manager", required=True),
        date("recorded_on", "Day on which it was recorded", required=True),
        code("kind", "oversight_kind", "What kind of oversight"),
    ),
    dated_by=("recorded_on",),
)

CHILD_MERGES = Extract(
    "child_merges",
    "Merged children",
    "One row a reference that was found to be a child already known. Without these rows re-referrals hide.",
    ("child_id",),
    (
        reference("child_id", "The reference that was given up", required=True),
        reference("merged_into", "The reference that stands for the child", required=True),
        Column("on", Kind.DATE, "Day of the merge", required=True, renamed="merged_on"),
    ),
    reference=True,
)

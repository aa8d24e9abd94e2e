"""Tables that people set: targets, standards, events, rebases, comparators, neighbours, findings, lists of codes."""

from data_access.extracts.contract import (
    Column,
    Extract,
    Kind,
    code,
    date,
    reference,
    team,
    text,
    whole,
    yes_no,
)

_MEASURE = Column("measure", Kind.ID, "The measure's id", required=True)
_FROM = Column("from", Kind.DATE, "First day on which it holds", required=True, renamed="from_date")
_TO = Column("to", Kind.DATE, "Last day on which it holds", renamed="to_date")
_REASON = text("reason", "Why it was set", required=True)
_AUTHOR = text("author", "The role that set it", required=True)

TARGETS = Extract(
    "targets",
    "Targets",
    "One row a target and the date from which it holds. Several rows of kind trajectory make steps.",
    ("target_id",),
    (
        reference("target_id", "The target's reference", required=True),
        _MEASURE,
        team(meaning="The team that it is for; blank for a service or all"),
        text("service", "The service that it is for; blank for a team or all"),
        text("dimension", "The dimension that it is for, agency say"),
        text("dimension_value", "The value of that dimension"),
        _FROM,
        date("due_on", "Day by which it is to be met"),
        code("comparison", "comparison", "At least, above, at most or below", required=True),
        code("kind", "target_kind", "Fixed, trajectory, baseline or year before", required=True),
        Column(
            "value",
            Kind.NUMBER,
            "The figure: a share between 0 and 1 for proportions and rates, a number for counts; blank for kinds "
            "that are worked out from a baseline",
            minimum=0,
        ),
        date("baseline_from", "First day of the baseline's period"),
        date("baseline_to", "Last day of the baseline's period"),
        code("source", "target_source", "The plan, national, or ours (a line without a tag)", required=True),
        text("plan_item", "The item of the plan"),
        _REASON,
        _AUTHOR,
    ),
    reference=True,
)

STANDARDS = Extract(
    "standards",
    "Standards",
    "One row a timescale that guidance sets, and the dates of referral for which it holds.",
    ("standard_id",),
    (
        reference("standard_id", "The standard's reference", required=True),
        _MEASURE,
        _FROM,
        _TO,
        whole("working_days", "Working days allowed", required=True, minimum=1, maximum=365),
        text("source", "The guidance that sets it", required=True),
    ),
    reference=True,
)

EVENTS = Extract(
    "events",
    "Events",
    "One row an event that readers should see on the charts.",
    ("event_id",),
    (
        reference("event_id", "The event's reference", required=True),
        date("happened_on", "Day of the event", required=True),
        text("label", "A few words for the chart", required=True),
        text("detail", "A sentence for the list below the chart"),
        Column("measure", Kind.ID, "The measure that it concerns; blank for all"),
        _AUTHOR,
    ),
    reference=True,
)

REBASES = Extract(
    "rebases",
    "Rebases",
    "One row a decision, taken by two people, that a measure's limits start again because the work changed.",
    ("rebase_id",),
    (
        reference("rebase_id", "The rebase's reference", required=True),
        _MEASURE,
        team(meaning="The team that it concerns; blank for all"),
        _FROM,
        text("label", "A few words for the chart", required=True),
        _REASON,
        _AUTHOR,
        text("approver", "The role that agreed", required=True),
    ),
    reference=True,
)

COMPARATORS = Extract(
    "comparators",
    "Comparators",
    "One row a published figure of another area. Nothing is ever estimated.",
    ("comparator_id",),
    (
        reference("comparator_id", "The figure's reference", required=True),
        _MEASURE,
        text("area", "England, London, a council, or a named set of councils", required=True),
        Column("from", Kind.DATE, "First day of the period", required=True, renamed="from_date"),
        Column("to", Kind.DATE, "Last day of the period", required=True, renamed="to_date"),
        Column("value", Kind.NUMBER, "The figure: a share between 0 and 1 or a number", required=True),
        whole("numerator", "Numerator, where published"),
        whole("denominator", "Denominator, where published"),
        code("average", "average", "Mean or median, for a set of councils"),
        text("source", "Where it was published", required=True),
    ),
    reference=True,
)

NEIGHBOUR_SETS = Extract(
    "neighbour_sets",
    "Statistical neighbours",
    "One row a council of a set of statistical neighbours. Sets change, so each has the day from which it is used; a "
    "comparator whose area is the set's name is its figure.",
    ("neighbour_set", "council"),
    (
        Column("neighbour_set", Kind.ID, "The set's name, Statistical neighbours of May 2025 say", required=True),
        Column("council", Kind.ID, "A council of the set", required=True),
        Column("from", Kind.DATE, "First day on which the set is used", required=True, renamed="from_date"),
        text("source", "Where the set was published", required=True),
    ),
    reference=True,
)

FINDINGS = Extract(
    "findings",
    "Findings of inspectors and auditors",
    "One row a finding, in your own words, with the measures that show how it stands now; or why none can.",
    ("finding_id",),
    (
        reference("finding_id", "The finding's reference", required=True),
        text("source", "Whose finding it is: Ofsted, say, or the independent auditor", required=True),
        date("reported_on", "Day of the letter or report", required=True),
        text("part", "The part of the letter or report"),
        code("kind", "finding_kind", "Priority action, to improve, recommendation or strength", required=True),
        text("finding", "The finding in a sentence", required=True),
        text("measures", "The ids of the measures that show it, between spaces"),
        text("out_of_scope", "Why no measure can show it; required where none is named"),
        text("still_not_good", "What is still not good, where measures don't show it"),
        Column("disagrees_with", Kind.ID, "The finding of another source that says otherwise"),
    ),
    reference=True,
)

CODES = Extract(
    "codes",
    "Code lists",
    "One row a code. The lists that ship can be extended; the flags say what a code means to the measures.",
    ("list", "code"),
    (
        Column("list", Kind.ID, "The list", required=True),
        Column("code", Kind.ID, "The code", required=True),
        text("label", "The code in words; both spellings are read", required=True),
        yes_no("below_threshold", "A referral decision: the need is below the threshold for social care"),
        yes_no("leads_to_assessment", "A referral decision: an assessment is to follow"),
        yes_no("closes_case", "A referral decision: the case is closed with it"),
        yes_no("manager_grade", "A role: may take management decisions"),
        yes_no("current_system", "A system: the one that all staff are to use"),
        yes_no("replaced_system", "A system: the one that is being switched off"),
    ),
    reference=True,
)

SPELLINGS = Extract(
    "spellings",
    "Spellings of codes",
    "One row a spelling that a system uses for a code: F for female, say. The spellings that ship can be extended.",
    ("list", "spelling"),
    (
        Column("list", Kind.ID, "The list", required=True),
        Column("spelling", Kind.ID, "How it is written; capitals and small letters are the same", required=True),
        text("code", "The code of that list which it stands for", required=True),
    ),
    reference=True,
)

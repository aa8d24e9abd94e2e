"""Rows of each table that the measures read: few references, so that links, corrections and mix-ups collide."""

import datetime as dt
from collections.abc import Callable

from hypothesis import strategies as st

from tests.strategies.days import DAYS, days, days_from, days_happened, mondays, times, times_from

Row = dict[str, str | None]

# References sort as text ("r10" before "r2") and keep their zeros ("07" is not "7").
CHILDREN = ("c1", "c2", "c3", "c10")
TEAMS = ("north", "south", "duty")
REFERRALS = ("r1", "r2", "r9", "r10")
CONTACTS = ("k1", "k2", "k10")
ASSESSMENTS = ("7", "07", "a1", "a2")
CAFS = ("f1", "f2", "f10")
STAFF = ("s1", "s2", "s10")
ABSENCES = ("b1", "b2", "b3", "b10")
AUDITS = ("u1", "u2")
SUPERVISIONS = ("v1", "v2", "v3", "v10")
INCIDENTS = ("i1", "i2", "i3", "i10")
FEEDBACK = ("d1", "d2", "d10")
ALLOCATIONS = ("l1", "l2", "l3", "l10")
NOTIFICATIONS = ("n1", "n2", "n10")
ENQUIRIES = ("e1", "e2", "e10")
CONFERENCES = ("d1", "d2", "d3", "d10")
PLANS = ("p1", "p2", "p10")
SCHOOLS = ("h1", "h2")
VISITS = ("w1", "w2", "w3", "w10")
OVERSIGHT = ("o1", "o2", "o10")
UNKNOWN = "not known here"
STANDARDS = (
    "initial_assessments_within_7_working_days",
    "core_assessments_within_35_working_days",
    "assessments_within_45_working_days",
)

_DECISIONS = ("initial_assessment", "no_further_action", "caf", "core_assessment", "passed_to_open_case")
_ROLES = ("team_manager", "social_worker", "practice_manager", "smt", "other")
_VIEWS = ("child_views_recorded", "parents_views_recorded")
_ONE_ANSWER = ("management_sign_off", "recording_policy_followed")
_ABOUT_ASSESSMENTS = ("multi_agency_input", "multi_agency_input", "assessment_grade")
_GRADES = ("excellent", "good", "adequate", "poor")
_YES_NO = st.sampled_from(("yes", "no", None))


def _one_of(*references: str) -> st.SearchStrategy[str]:
    return st.sampled_from(references)


def _link(*references: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *references, UNKNOWN))


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


@st.composite
def contacts(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a contact, often linked to a referral of another child."""
    received = draw(times(taken))
    return {
        "contact_id": draw(_one_of(*CONTACTS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "received_at": received,
        "decided_at": draw(times_from(received, taken)),
        "decision": draw(st.sampled_from((None, "referral", "advice"))),
        "source": draw(st.sampled_from((None, "school", "police"))),
        "team_id": draw(st.sampled_from((None, *TEAMS))),
        "referral_id": draw(_link(*REFERRALS)),
    }


@st.composite
def referrals(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a referral, open or closed, decided by a manager, by someone else or not at all."""
    received = draw(times(taken))
    return {
        "referral_id": draw(_one_of(*REFERRALS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "contact_id": draw(_link(*CONTACTS)),
        "received_at": received,
        "decided_at": draw(times_from(received, taken)),
        "decision": draw(st.sampled_from((*_DECISIONS, None))),
        "decided_by_role": draw(st.sampled_from((*_ROLES, None))),
        "reason": draw(st.sampled_from((None, "threshold_met", "moved"))),
        "referrer_told_at": draw(times_from(received, taken)),
        "reply_owed": draw(_YES_NO),
        "source": draw(st.sampled_from((None, "school", "police", "self"))),
        "team_id": draw(_one_of(*TEAMS)),
        "closed_on": _text(draw(days_from(dt.datetime.fromisoformat(received).date(), taken.date()))),
    }


@st.composite
def assessments(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return an assessment, linked to any referral, to none, or by new information to an open case."""
    started = draw(days_happened(taken.date()))
    return {
        "assessment_id": draw(_one_of(*ASSESSMENTS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "referral_id": draw(_link(*REFERRALS)),
        "kind": draw(st.sampled_from(("initial", "initial", "initial", "core", "single"))),
        "started_on": _text(started),
        "completed_on": _text(draw(days_from(started, taken.date()))),
        "terminated_on": _text(draw(st.one_of(st.none(), days_from(started, taken.date())))),
        "child_seen_on": _text(draw(st.one_of(st.none(), days_from(started, taken.date())))),
        "new_information_on": _text(draw(st.one_of(st.none(), days(started), days_from(started, taken.date())))),
        "team_id": draw(_one_of(*TEAMS)),
    }


@st.composite
def cafs(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a CAF, offered or started, sometimes closed before the referral was decided."""
    begun = draw(days_happened(taken.date()))
    started = draw(st.sampled_from((begun, begun, None)))
    return {
        "caf_id": draw(_one_of(*CAFS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "started_on": _text(started),
        "agency": draw(st.sampled_from(("school", "health_visiting"))),
        "school_id": draw(_link(*SCHOOLS)),
        "referral_id": draw(_link(*REFERRALS)),
        "offered_on": _text(begun if started is None else draw(st.sampled_from((None, begun)))),
        "declined_on": _text(draw(days_from(begun, taken.date())) if started is None else None),
        "closed_on": _text(draw(days_from(begun, taken.date()))),
    }


@st.composite
def staff(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a spell; one person's spells overlap, follow each other, or leave a gap."""
    began = draw(st.one_of(st.just(DAYS[0]), days(taken.date())))
    return {
        "staff_id": draw(_one_of(*STAFF)),
        "from": _text(began),
        "to": _text(draw(days_from(began, DAYS[-1]))),
        "team_id": draw(st.sampled_from((*TEAMS, None))),
        "role": draw(st.sampled_from(_ROLES)),
        "fte": draw(st.sampled_from(("1", "0.5", "0.6", "0.29", "1.5", "0.01"))),
        "uses_case_system": draw(st.sampled_from(("yes", "yes", "no", None))),
    }


@st.composite
def absences(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return an absence, whole or part days, of any kind or none, some still going on."""
    began = draw(days(taken.date()))
    return {
        "absence_id": draw(_one_of(*ABSENCES)),
        "staff_id": draw(_one_of(*STAFF, UNKNOWN)),
        "from": _text(began),
        "to": _text(draw(days_from(began, DAYS[-1]))),
        "part_day": draw(_YES_NO),
        "kind": draw(st.sampled_from(("sickness", "sickness", "leave", "other", None))),
    }


@st.composite
def system_use(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return one person's week in one system, often the same week in both, sometimes only looked up."""
    return {
        "staff_id": draw(_one_of(*STAFF)),
        "week": _text(draw(mondays(taken.date()))),
        "system": draw(st.sampled_from(("ics", "swift"))),
        "recorded": draw(st.sampled_from(("0", "1", "12"))),
        "looked_up": draw(st.sampled_from((None, "0", "3"))),
    }


@st.composite
def audits(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return one question of an audit; the questions of one audit may disagree on day and team."""
    return {
        "audit_id": draw(_one_of(*AUDITS)),
        "question": draw(st.sampled_from((*_VIEWS, *_VIEWS, *_ONE_ANSWER, *_ABOUT_ASSESSMENTS))),
        "answer": draw(st.sampled_from(("yes", "yes", "no", "not_applicable", "not_applicable", *_GRADES))),
        "reason": draw(st.sampled_from((None, "Unborn child"))),
        "audited_on": _text(draw(days_happened(taken.date()))),
        "auditor_staff_id": draw(_one_of(*STAFF)),
        "team_id": draw(_one_of(*TEAMS)),
        "assessment_id": draw(_link(*ASSESSMENTS)),
    }


@st.composite
def feedback(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a complaint, answered or not, or a compliment; of a team or of none."""
    received = draw(days_happened(taken.date()))
    return {
        "feedback_id": draw(_one_of(*FEEDBACK)),
        "kind": draw(st.sampled_from(("complaint", "compliment"))),
        "received_on": _text(received),
        "answered_on": _text(draw(days_from(received, taken.date()))),
        "upheld": draw(_YES_NO),
        "team_id": draw(st.sampled_from((None, *TEAMS))),
    }


@st.composite
def supervisions(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a session, held or not, before or after it was due, and recorded or not, now and then too early."""
    due = draw(days(taken.date()))
    held = draw(st.one_of(st.just(due), days_from(due, taken.date()), days_happened(taken.date())))
    return {
        "supervision_id": draw(_one_of(*SUPERVISIONS)),
        "staff_id": draw(_one_of(*STAFF)),
        "kind": draw(st.sampled_from(("casework", "personal"))),
        "due_on": _text(due),
        "held_on": _text(held),
        "recorded_on": None if held is None else _text(draw(days_from(held, taken.date()))),
        "on_childs_file": draw(st.sampled_from(("yes", "yes", "no", None))),
    }


@st.composite
def system_incidents(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return an outage or another trouble of a system, over or not; some overlap."""
    started = draw(times(taken))
    return {
        "incident_id": draw(_one_of(*INCIDENTS)),
        "system": draw(st.sampled_from(("ics", "ics", "ics", "swift"))),
        "started_at": started,
        "ended_at": draw(times_from(started, taken)),
        "kind": draw(st.sampled_from(("outage", "outage", "slow", "records_lost", None))),
        "records_lost": draw(st.sampled_from((None, "0", "3"))),
    }


@st.composite
def notifications(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a partner's notification, often without a child, screened or not."""
    received = draw(times(taken))
    return {
        "notification_id": draw(_one_of(*NOTIFICATIONS)),
        "kind": draw(st.sampled_from(("merlin", "merlin", "merlin", "marf", "notify"))),
        "child_id": draw(st.sampled_from((None, *CHILDREN))),
        "received_at": received,
        "screened_at": draw(times_from(received, taken)),
        "outcome": draw(st.sampled_from(("passed_on", "held_back", None))),
        "domestic_violence": draw(_YES_NO),
        "risk_assessed": draw(_YES_NO),
        "referral_id": draw(_link(*REFERRALS)),
    }


@st.composite
def allocations(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a spell in which a child's case was held, by someone known or not, or waited in a team."""
    began = draw(st.one_of(st.just(DAYS[0]), days(taken.date())))
    return {
        "allocation_id": draw(_one_of(*ALLOCATIONS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "staff_id": draw(st.sampled_from((None, *STAFF, UNKNOWN))),
        "team_id": draw(_one_of(*TEAMS)),
        "from": _text(began),
        "to": _text(draw(days_from(began, DAYS[-1]))),
        "kind": draw(st.sampled_from(("case_holder", "joint_worker", None))),
    }


@st.composite
def section_47_enquiries(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return an enquiry that ended in a conference, without one, or that has no outcome."""
    discussed = draw(days_happened(taken.date()))
    return {
        "enquiry_id": draw(_one_of(*ENQUIRIES)),
        "child_id": draw(_one_of(*CHILDREN)),
        "referral_id": draw(_link(*REFERRALS)),
        "strategy_discussion_on": _text(discussed),
        "ended_on": _text(draw(days_from(discussed, taken.date()))),
        "outcome": draw(st.sampled_from(("conference", "conference", None, "not_substantiated"))),
        "team_id": draw(_one_of(*TEAMS)),
    }


@st.composite
def conferences(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return an initial or review conference, due, held or both; some due on days to come."""
    due = draw(st.one_of(days(taken.date()), st.sampled_from(DAYS)))
    held = draw(st.one_of(st.none(), days_from(due, taken.date()), days_happened(taken.date())))
    return {
        "conference_id": draw(_one_of(*CONFERENCES)),
        "child_id": draw(_one_of(*CHILDREN)),
        "kind": draw(st.sampled_from(("initial", "review"))),
        "due_on": _text(due if held is None else draw(st.sampled_from((due, due, None)))),
        "held_on": _text(held),
        "outcome": draw(st.sampled_from(("plan", "no_plan", "plan_continues", None))),
    }


@st.composite
def plans(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a plan, most of them of child protection; those of one child overlap, follow each other, or repeat.

    It may ask for visits.
    """
    began = draw(st.one_of(st.just(DAYS[0]), days_happened(taken.date())))
    return {
        "plan_id": draw(_one_of(*PLANS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "kind": draw(st.sampled_from(("cp", "cp", "cp", "cin", "care"))),
        "from": _text(began),
        "to": _text(draw(days_from(began, DAYS[-1]))),
        "visit_every_working_days": draw(st.sampled_from((None, "1", "5", "10"))),
        "team_id": draw(_one_of(*TEAMS)),
    }


@st.composite
def schools(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a school, opened and closed on days that are known or not, or in the wrong order."""
    opened = draw(st.one_of(st.just(DAYS[0]), days(taken.date())))
    return {
        "school_id": draw(_one_of(*SCHOOLS)),
        "opened": draw(st.sampled_from((None, _text(opened)))),
        "closed": _text(draw(days_from(opened, taken.date()))),
    }


@st.composite
def visits(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a visit, planned or not, made or not, of a plan that it names, of an unknown one, or of none."""
    due = draw(days(DAYS[-1]))
    made = draw(st.one_of(days_from(due, taken.date()), days_happened(taken.date()), st.none()))
    return {
        "visit_id": draw(_one_of(*VISITS)),
        "child_id": draw(_one_of(*CHILDREN)),
        "plan_id": draw(_link(*PLANS)),
        "due_on": _text(due) if made is None else _text(draw(st.sampled_from((due, due, None)))),
        "made_on": _text(made),
        "recorded_on": None if made is None else _text(draw(days_from(made, taken.date()))),
        "seen_alone": draw(_YES_NO),
        "staff_id": draw(st.sampled_from((None, *STAFF))),
        "team_id": draw(_one_of(*TEAMS)),
    }


@st.composite
def oversight(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a manager's record about a child, now and then of a day to come."""
    return {
        "oversight_id": draw(_one_of(*OVERSIGHT)),
        "child_id": draw(_one_of(*CHILDREN)),
        "staff_id": draw(_one_of(*STAFF)),
        "recorded_on": _text(draw(days_happened(taken.date()))),
        "kind": draw(st.sampled_from(("case_direction", "sign_off", None))),
    }


@st.composite
def surveys(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return one team's answers, or those of all, to one question of a survey; some agreed more than answered."""
    return {
        "survey": draw(_one_of("v1", "v2")),
        "asked_on": _text(draw(days_happened(taken.date()))),
        "question": draw(st.sampled_from(("aware_of_service_plan", "aware_of_service_plan", "content"))),
        "team_id": draw(st.sampled_from((None, *TEAMS))),
        "answered": draw(st.sampled_from(("0", "3", "12"))),
        "agreed": draw(st.sampled_from(("0", "2", "12"))),
    }


@st.composite
def child_merges(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a merge into a reference further up the list, so that chains come about and circles cannot."""
    given_up = draw(st.integers(1, len(CHILDREN) - 1))
    return {
        "child_id": CHILDREN[given_up],
        "merged_into": CHILDREN[draw(st.integers(0, given_up - 1))],
        "on": _text(draw(days(taken.date()))),
    }


@st.composite
def standards(draw: st.DrawFn, taken: dt.datetime) -> Row:
    """Return a standard that lies over the shipped ones for a while."""
    began = draw(days(taken.date()))
    return {
        "standard_id": draw(_one_of("x1", "x2")),
        "measure": draw(st.sampled_from(STANDARDS)),
        "from": _text(began),
        "to": _text(draw(days_from(began, DAYS[-1]))),
        "working_days": draw(st.sampled_from(("1", "8", "45"))),
        "source": "Local protocol",
    }


ROWS: dict[str, Callable[[dt.datetime], st.SearchStrategy[Row]]] = {
    "referrals": referrals,
    "contacts": contacts,
    "assessments": assessments,
    "cafs": cafs,
    "staff": staff,
    "absences": absences,
    "system_use": system_use,
    "audits": audits,
    "feedback": feedback,
    "supervisions": supervisions,
    "system_incidents": system_incidents,
    "notifications": notifications,
    "surveys": surveys,
    "allocations": allocations,
    "section_47_enquiries": section_47_enquiries,
    "conferences": conferences,
    "plans": plans,
    "schools": schools,
    "visits": visits,
    "oversight": oversight,
    "child_merges": child_merges,
    "standards": standards,
}
"""For each table: rows that an extract taken at that naive London local time may hold."""

ALWAYS_THERE = {
    "cafs": ("started_on", "offered_on"),
    "conferences": ("due_on", "held_on"),
    "visits": ("due_on", "made_on"),
}
"""Columns that must not be left out of an extract although they may be blank: a row needs one of its two dates."""

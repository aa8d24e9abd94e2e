"""The action plan of Project SAFE in our own words: its 22 lines and what was reported about them.

Deadlines stand as printed, with the day that is meant. The plan's table counts 22 lines under 15 numbers. How far a
line is in 2010, and what was reported after December 2009, is part of the invented story.
"""

from dataclasses import dataclass
from datetime import date

from sample_data import story
from sample_data.records import Record, Tables, morning

_LSCB = "LSCB Performance Committee"
_ASSESSMENT = "Group manager, Assessment Service"
_QUALITY = "Group manager, Quality and Audit"
_TEAM = "Assessment Service management team"
_SMT = "Safeguarding and Rights SMT"
_IMMEDIATE = "The plan prints December 2010 for its immediate solution; December 2009 is meant"
_END_OF_MARCH = date(2010, 3, 31)
_END_OF_FEBRUARY = date(2010, 2, 28)
_END_OF_JANUARY = date(2010, 1, 31)
_END_OF_DECEMBER = date(2009, 12, 31)
_END_OF_JUNE = date(2010, 6, 30)
_FIRST_UPDATE = date(2009, 12, 15)
_WORKSHOP = date(2010, 1, 21)
_MARCH_SMT = date(2010, 3, 18)
_SYSTEMS, _ACCOUNTABILITY, _FAMILY, _EFFECTIVE = "systems", "accountability", "family_focus", "effective_actions"


@dataclass(frozen=True)
class _Line:
    """A line of the plan; `done_on` is the day on which it was reported as done, with the evidence for it."""

    action_id: str
    strand: str
    title: str
    lead: str
    monitored_by: str
    outcome: str
    target: str
    printed: str
    due_on: date | None
    measures: str
    first_update: str
    updates: tuple[tuple[date, str], ...] = ()
    done_on: date | None = None
    evidence: str = ""
    deadline_note: str = ""
    remark: str = ""
    lead_to_be_named: bool = False


_LINES = (
    _Line(
        "1a",
        _SYSTEMS,
        "Police assess the risk of their notifications first, in multi-agency teams",
        "Police detective chief inspector",
        f"{_LSCB}; Integrated Family Services Board",
        "The Assessment Service receives the police notifications that are meant for it; managers sign off decisions",
        "A low share of notifications passed on to the Assessment Service",
        "",
        None,
        "police_notifications_passed_on held_back_then_referred management_decision_signed_off",
        "",
        ((_MARCH_SMT, "Two of the screening teams work; the third waits for a health visitor"),),
        remark="The covering report counts 20 actions; its table has these 22 lines under 15 numbers. Update and "
        "deadline of 1a to 1c are not to be read in the scan",
    ),
    _Line(
        "1b",
        _SYSTEMS,
        "Health: enough health visitors in post, and evidence of scrutiny",
        "Health provider lead",
        _LSCB,
        "Health visiting follows the findings of serious case reviews; managers sign off decisions",
        "More CAFs and MARFs than in December 2009",
        "",
        None,
        "cafs_started marfs_received management_decision_signed_off",
        "",
    ),
    _Line(
        "1c",
        _SYSTEMS,
        "Youth offending service: systems that comply with Working Together",
        "Head of service, adults and youth offending",
        _LSCB,
        "The service's systems are robust and compliant; lessons of management reviews are used",
        "",
        "",
        None,
        "staff_supervised_and_recorded",
        "A first approach to joint planning is under way",
        remark="The columns of this line are shifted in the scan; its action repeats that of line 5",
    ),
    _Line(
        "1d",
        _SYSTEMS,
        "Housing flags its notices to the Assessment Service; homeless 16 and 17 year olds are assessed",
        "Housing lead",
        _LSCB,
        "Housing's systems comply with Working Together; managers sign off key decisions",
        "More NOTIFY referrals; the Southwark judgement is in operation",
        "Mar-10",
        _END_OF_MARCH,
        "housing_notify_referrals",
        "An independent review will look at the notices; a meeting on the judgement is due in mid January",
    ),
    _Line(
        "1e",
        _SYSTEMS,
        "Adults' services and children's services tell each other of vulnerable adults and children",
        "Head of service, adults",
        _LSCB,
        "Staff of both services know and practise Working Together; managers sign off key decisions",
        "More CAFs from adults' services than in December 2009",
        "Mar-10",
        _END_OF_MARCH,
        "cafs_started",
        "Proposals for joint commissioning were made on 14 December; a review meeting follows in February",
    ),
    _Line(
        "2",
        _SYSTEMS,
        "Better integrate the CAF: sign-posting from the Assessment Service",
        f"CAF lead; {_ASSESSMENT}",
        _LSCB,
        "A process of sign-posting to a CAF that is understood and works",
        "Half of the referrals below the threshold supported to a CAF",
        "Dec-09",
        _END_OF_DECEMBER,
        "below_threshold_supported_to_caf",
        "CAF advisers are in post; a workshop on procedures is booked for January",
        ((_WORKSHOP, "The workshop was held; sign-posting differs between teams"),),
    ),
    _Line(
        "3",
        _SYSTEMS,
        "Staff understand the link between CAF and child in need; head teachers are trained",
        "Director; head of Integrated Family Services; CAF lead",
        _LSCB,
        "Close links with the multi-agency teams",
        "More CAFs started by schools",
        "Feb-10",
        _END_OF_FEBRUARY,
        "cafs_started schools_starting_a_caf",
        "All head teachers have been told what is expected; figures went to the LSCB on 10 December",
    ),
    _Line(
        "4",
        _SYSTEMS,
        "One case system: everyone on ICS, the old system switched off, recording guidance launched again",
        "ICS Project Board",
        "ICS Project Board",
        "All social work staff use one system, and all procedures are mapped in it",
        "All staff use ICS",
        "Jun-10",
        _END_OF_JUNE,
        "staff_using_ics management_decision_signed_off",
        "The project board met on 10 December; the Assessment Service goes live by 22 January, the rest follows",
        ((date(2010, 1, 25), "The Assessment Service has been live since 22 January"),),
        lead_to_be_named=True,
        remark="The plan's IT lead was still to be named",
    ),
    _Line(
        "5",
        _SYSTEMS,
        "Supervision recorded at once: casework on the child's file, other matters kept by the manager",
        f"{_SMT}; {_QUALITY}; Learning and Development",
        _LSCB,
        "Development plans that can be seen and feed into appraisal; unannounced tests by the SMT",
        "All staff",
        "Feb-10",
        _END_OF_FEBRUARY,
        "staff_supervised_and_recorded",
        "New templates are in use; practice managers have development sessions; management training is set up",
        ((_MARCH_SMT, "The unannounced test found records missing in one team"),),
    ),
    _Line(
        "6",
        _SYSTEMS,
        "Reliable IT: outages, bandwidth and freezes of ICS ended, a fallback tested",
        "ICS Project Board; head of resources",
        _LSCB,
        "An infrastructure that front-line work can rely on, with a fallback for failures",
        "In place",
        "Feb-10",
        _END_OF_FEBRUARY,
        "ics_available",
        "Corporate IT reports regularly to the project manager; diagnosis has improved",
    ),
    _Line(
        "7",
        _SYSTEMS,
        "Follow how other agencies take part in core assessments",
        f"LSCB; Policy and Performance; {_ASSESSMENT}",
        _LSCB,
        "Solid evidence of other agencies in assessments",
        "All core assessments",
        "Feb-10",
        _END_OF_FEBRUARY,
        "multi_agency_in_core_assessments",
        "A workshop is planned for January",
    ),
    _Line(
        "8a",
        _ACCOUNTABILITY,
        "Case tracking now: a log book in the Assessment Service; practice managers hold no cases",
        _ASSESSMENT,
        _LSCB,
        "Current work seen at a glance; confident practice managers",
        "In place",
        "Dec-10",
        _END_OF_DECEMBER,
        "cases_held_by_practice_managers children_without_social_worker cases_per_social_worker",
        "In place in the Assessment Service; its effect is reviewed at the Performance SMT of 21 January",
        ((_WORKSHOP, "The log book is used every day; the last cases of practice managers are being passed on"),),
        deadline_note=_IMMEDIATE,
    ),
    _Line(
        "8b",
        _ACCOUNTABILITY,
        "Case tracking for good: every step of referral, duty and assessment followed in ICS",
        f"{_ASSESSMENT}; ICS implementation board; Policy and Planning",
        _LSCB,
        "Current work seen at a glance; confident practice managers",
        "In place",
        "Jan-10",
        _END_OF_JANUARY,
        "",
        "In place in the Assessment Service",
        done_on=date(2010, 2, 1),
        evidence="Minutes of the ICS implementation board, 1 February 2010",
    ),
    _Line(
        "9a",
        _ACCOUNTABILITY,
        "Referral decisions within 24 hours, outcomes told to referrers: tracked weekly, checked daily at 4 pm",
        _TEAM,
        _LSCB,
        "Every referral and every referrer is answered; audits find the letters",
        "All referrals",
        "Dec-10",
        _END_OF_DECEMBER,
        "decisions_within_24_hours decisions_within_one_working_day referrers_told_the_outcome",
        "A new duty system sees to it that every referral is looked at within 24 hours; audits will follow it",
        ((_WORKSHOP, "Decisions are quicker in all teams but one"),),
        deadline_note=_IMMEDIATE,
    ),
    _Line(
        "9b",
        _ACCOUNTABILITY,
        "Referral decisions for good: practice managers develop monthly; police vet their notifications first",
        f"{_TEAM}; CAF lead",
        _LSCB,
        "As 9a; without the police notifications there is time for the core of the work",
        "All referrals",
        "Jan-10",
        _END_OF_JANUARY,
        "decisions_within_24_hours decisions_within_one_working_day",
        "The group manager is in touch with the police about working together",
    ),
    _Line(
        "9c",
        _ACCOUNTABILITY,
        "From contact to initial assessment as Working Together asks: not terminated, child seen, 7 days kept",
        _ASSESSMENT,
        _SMT,
        "Audits show compliant initial assessments, most of them good; more referrals lead to one, in time",
        "15% for 2009/10",
        "Mar-10",
        _END_OF_MARCH,
        "referrals_leading_to_initial_assessment referrals_leading_to_any_assessment_or_section_47 "
        "initial_assessments_per_referral initial_assessments_within_7_working_days initial_assessments_overdue "
        "children_seen_in_initial_assessment children_not_yet_seen initial_assessments_terminated "
        "assessments_graded_good_or_better",
        "A new procedure is in place. After data cleansing about 10% of referrals reach a completed initial "
        "assessment; the year will end far off its target",
        remark="15% lies under the 20% that Ofsted called well below similar councils, so it may be a misprint",
    ),
    _Line(
        "10",
        _ACCOUNTABILITY,
        "Staff help to shape service plans",
        _SMT,
        _LSCB,
        "Staff take part in service planning",
        "A yearly survey: more than 70% aware",
        "Jun-10",
        _END_OF_JUNE,
        "staff_aware_of_service_plan",
        "The divisional director briefs staff on 22 December, the Director all of children's services in January",
    ),
    _Line(
        "11",
        _ACCOUNTABILITY,
        "A policy on where key documents are recorded; no private drives",
        "Service development officer",
        _LSCB,
        "All staff record in the same way; new staff learn it at induction",
        "Full compliance",
        "Jun-10",
        _END_OF_JUNE,
        "recording_policy_followed",
        "Staff were told on 4 December to leave private drives; ICS is complete in June 2010",
        remark="The last columns of this line are shifted in the scan",
    ),
    _Line(
        "12",
        _FAMILY,
        "The voice of child and parents in social work records; each SMT member samples two cases a month",
        f"{_ASSESSMENT}; {_QUALITY}",
        _LSCB,
        "More scrutiny by audit",
        "Full compliance",
        "Mar-10",
        _END_OF_MARCH,
        "views_of_child_and_parents_recorded cases_sampled_by_senior_managers",
        "To be built into the method of February's audit",
        ((_MARCH_SMT, "The method is in use; not every member sampled two cases in February"),),
    ),
    _Line(
        "13",
        _EFFECTIVE,
        "Quality of initial and core assessments; a practice manager signs off what meets the standard",
        f"{_ASSESSMENT}; {_QUALITY}",
        _LSCB,
        "A robust system of good assessments and sign-posting",
        "Re-referrals keep falling; assessments improve on their targets",
        "Mar-10",
        _END_OF_MARCH,
        "re_referrals_within_12_months initial_assessments_within_7_working_days initial_assessments_overdue "
        "core_assessments_within_35_working_days core_assessments_overdue assessments_graded_good_or_better",
        "Built into the method of February's audit; reviewed at the Performance SMT of 21 January",
    ),
    _Line(
        "14",
        _EFFECTIVE,
        "Poor performance and non-compliance: expectations issued again, training, procedures where needed",
        _SMT,
        _LSCB,
        "The whole service improves",
        "Fewer complaints, more compliments, less sickness",
        "Mar-10",
        _END_OF_MARCH,
        "complaints compliments sickness_absence",
        "HR meets managers monthly about absence; the complaints team knows of SAFE, and comes to the SMT quarterly",
    ),
    _Line(
        "15",
        _EFFECTIVE,
        "Decisions that prevent re-referral",
        _SMT,
        _LSCB,
        "Effective practice throughout the Assessment Service; practice managers develop",
        "Re-referrals keep falling",
        "Jan-10",
        _END_OF_JANUARY,
        "re_referrals_within_12_months",
        "A workshop is booked for January, and development sessions for practice managers",
        ((_WORKSHOP, "The workshop was held; expected standards were issued again"),),
    ),
)


def set_plan(tables: Tables) -> None:
    """Write the lines of the plan and what was reported about them."""
    tables["actions"] = [_action(line) for line in _LINES]
    tables["action_updates"] = [update for line in _LINES for update in _updates(line)]


def _action(line: _Line) -> Record:
    record = Record(
        {
            "action_id": line.action_id,
            "title": line.title,
            "strand": line.strand,
            "lead": line.lead,
            "lead_to_be_named": "yes" if line.lead_to_be_named else "no",
            "monitored_by": line.monitored_by,
            "began_on": story.LAUNCH,
            "deadline_printed": line.printed,
            "due_on": line.due_on,
            "deadline_note": line.deadline_note,
            "outcome": line.outcome,
            "target": line.target,
            "remark": line.remark,
            "status": "in_progress" if line.done_on is None else "done",
            "evidence": line.evidence,
            "measures": line.measures,
            "author": "Performance team",
        },
        morning(story.LAUNCH),
    )
    if line.done_on is not None:
        record.corrected(morning(line.done_on), {"status": "in_progress", "evidence": ""})
    return record


def _updates(line: _Line) -> list[Record]:
    reports = [(_FIRST_UPDATE, line.first_update)] if line.first_update else []
    reports += line.updates
    if line.done_on is not None:
        reports.append((line.done_on, f"Done: {line.evidence}"))
    return [
        Record(
            {
                "update_id": f"U-{line.action_id}-{number}",
                "action_id": line.action_id,
                "dated_on": on,
                "words": words,
                "evidence": "",
                "author": "Performance team",
            },
            morning(on),
        )
        for number, (on, words) in enumerate(reports, 1)
    ]

"""Work with children: assessments, section 47 enquiries, conferences, plans, core groups."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sample_data import course, story, working_days
from sample_data.chance import Chance, Mix, stream
from sample_data.front_door import Referral
from sample_data.people import People
from sample_data.records import Record, Tables, evening

_ASSESSING = Mix({"AT1": 35, "AT2": 34, "AT3": 31})
_SEEN_BY = Mix({"social_worker": 90, "other_worker": 7, "not_recorded": 3})
_STOCK = {"cp": 62, "cin": 70, "care": 110}
_VISIT_EVERY = {"cp": 10, "cin": 20, "care": 30}
CARE_TEAMS = ("CME", "CMW")
_EARLIER_PLANS_FROM = date(2008, 4, 1)
"""Children whose plan began from this day on may have had another before: two years of plans are known by then."""
_OF_SCHOOL_AGE = 3
"""The first age band of children who are old enough to have had a plan some years before."""


@dataclass(slots=True)
class OpenCase:
    """A spell in which a child's case is open, with the team that holds it."""

    child_id: str
    team: str
    first: date
    last: date | None


@dataclass(slots=True)
class HeldPlan:
    """A plan as written, for the visits and meetings that it asks for."""

    plan_id: str
    child_id: str
    kind: str
    first: date
    last: date
    team: str


def assess(seed: int, copy: int, people: People, referrals: list[Referral], tables: Tables) -> None:
    """Write the assessments that the referrals led to, and those on cases that were open already."""
    chance = stream(seed, copy, "assessments")
    rows: list[tuple[date, Record]] = []
    for referral in referrals:
        if referral.course is None:
            continue
        team = _assessing_team(chance, referral)
        begun = [(assessment, team) for assessment in referral.course.assessments]
        if referral.decision.outcome == "passed_to_open_case" and chance.random() < 0.2:
            care = CARE_TEAMS[int(chance.random() * 2)]
            day = referral.received.date()
            decided = referral.decision.moment.date()
            begun.append((course.initial_assessment(chance, day, decided, care, new_information=True), care))
        rows.extend(
            (assessment.started, _assessment_row(chance, people, referral, assessment, held_by))
            for assessment, held_by in begun
        )
    rows.sort(key=lambda row: row[0])
    for number, (_, record) in enumerate(rows, 400_001):
        record.values = {"assessment_id": f"{people.prefix}A-{number}", **record.values}
    tables["assessments"] = [record for _, record in rows]


def _assessing_team(chance: Chance, referral: Referral) -> str:
    if referral.team == story.EMERGENCY_DUTY:
        return _ASSESSING.draw(chance)
    if referral.team == "AT4" and referral.received.date() > story.TEAM_MERGED - timedelta(days=20):
        return "AT3"
    return referral.team


def _assessment_row(
    chance: Chance, people: People, referral: Referral, assessment: course.Assessment, team: str
) -> Record:
    ended = assessment.completed or assessment.terminated or assessment.started
    if team == "AT4" and ended >= story.TEAM_MERGED:
        team = "AT3"
    linked = assessment.new_information is not None or chance.random() < 0.96
    record = Record(
        {
            "child_id": referral.child_id,
            "referral_id": referral.referral_id if linked else None,
            "kind": assessment.kind,
            "started_on": assessment.started,
            "completed_on": assessment.completed,
            "terminated_on": assessment.terminated,
            "child_seen_on": assessment.seen,
            "seen_by": _SEEN_BY.draw(chance) if assessment.seen else None,
            "seen_alone": ("yes" if chance.random() < 0.6 else "no") if assessment.seen else None,
            "new_information_on": assessment.new_information,
            "team_id": people.prefix + team,
            "worker_id": people.someone(chance, team, assessment.started),
        },
        evening(assessment.started),
    )
    if assessment.seen:
        record.filled_later(evening(assessment.seen), "child_seen_on", "seen_by", "seen_alone")
    record.filled_later(evening(ended), "completed_on", "terminated_on")
    return record


def protect(
    seed: int, copy: int, people: People, referrals: list[Referral], tables: Tables
) -> tuple[list[OpenCase], list[HeldPlan]]:
    """Write enquiries, conferences, plans and core groups; return the open cases and the plans, in order of time."""
    chance = stream(seed, copy, "casework")
    enquiries: list[tuple[Referral, course.Enquiry, str]] = []
    plans: list[tuple[str, str, course.Plan, date | None]] = []
    cases: list[OpenCase] = []
    for number in range(sum(_STOCK.values())):
        kind = "cp" if number < _STOCK["cp"] else "cin" if number < _STOCK["cp"] + _STOCK["cin"] else "care"
        first = story.BEGINS - timedelta(days=int(chance.random() * 400))
        stays = {"cp": 300, "cin": 160, "care": 1400}[kind]
        last = story.BEGINS + timedelta(days=20 + int(chance.random() * stays))
        child_id, team = f"{people.prefix}K-{200_001 + number}", CARE_TEAMS[number % 2]
        plans.append((child_id, team, course.Plan(kind, first, last), None))
        cases.append(OpenCase(child_id, team, first, last))
    for referral in referrals:
        if referral.course is None or referral.decision.outcome == "passed_to_open_case":
            continue
        care = CARE_TEAMS[int(chance.random() * 2)]
        team = _assessing_team(chance, referral)
        enquiries.extend((referral, enquiry, team) for enquiry in referral.course.enquiries)
        conference = next((enquiry.conference for enquiry in referral.course.enquiries), None)
        plans.extend((referral.child_id, care, plan, conference) for plan in referral.course.plans)
        _note_cases(cases, referral, team, care)
    _enquiry_rows(people.prefix, enquiries, tables)
    held = _plan_rows(people.prefix, plans, tables)
    tables["plans"] += _earlier_plan_rows(stream(seed, copy, "earlier plans"), people.prefix, referrals)
    _conference_rows(chance, people.prefix, enquiries, held, tables)
    _core_group_rows(chance, people.prefix, held, tables)
    cases.sort(key=lambda case: (case.first, case.child_id))
    return cases, held


def _note_cases(cases: list[OpenCase], referral: Referral, team: str, care: str) -> None:
    done = referral.course
    decided = referral.decision.moment.date()
    if done is None or not (done.assessments or done.enquiries):
        return
    moves = done.plans[0].first if done.plans else done.closed
    cases.append(OpenCase(referral.child_id, team, decided, moves))
    if done.plans:
        cases.append(OpenCase(referral.child_id, care, done.plans[0].first, done.closed))


def _enquiry_rows(prefix: str, enquiries: list[tuple[Referral, course.Enquiry, str]], tables: Tables) -> None:
    rows = tables["section_47_enquiries"] = []
    for number, (referral, enquiry, team) in enumerate(sorted(enquiries, key=lambda e: e[1].discussed), 1001):
        record = Record(
            {
                "enquiry_id": f"{prefix}E-{number}",
                "child_id": referral.child_id,
                "referral_id": referral.referral_id,
                "strategy_discussion_on": enquiry.discussed,
                "ended_on": enquiry.ended,
                "outcome": enquiry.outcome,
                "team_id": prefix + team,
            },
            evening(enquiry.discussed),
        )
        record.filled_later(evening(enquiry.ended), "ended_on", "outcome")
        rows.append(record)


def _plan_rows(prefix: str, plans: list[tuple[str, str, course.Plan, date | None]], tables: Tables) -> list[HeldPlan]:
    rows = tables["plans"] = []
    held = []
    for number, (child_id, team, plan, _) in enumerate(sorted(plans, key=lambda p: p[2].first), 1001):
        holds = HeldPlan(f"{prefix}P-{number}", child_id, plan.kind, plan.first, plan.last, team)
        held.append(holds)
        record = Record(
            {
                "plan_id": holds.plan_id,
                "child_id": child_id,
                "kind": plan.kind,
                "from": plan.first,
                "to": plan.last,
                "visit_every_working_days": _VISIT_EVERY[plan.kind],
                "team_id": prefix + team,
            },
            evening(plan.first),
        )
        record.filled_later(evening(plan.last), "to")
        rows.append(record)
    return held


def _earlier_plan_rows(chance: Chance, prefix: str, referrals: list[Referral]) -> list[Record]:
    """Return the child protection plans that some children had years before, and left in the first years told of.

    The registers of visits and meetings begin only later.
    """
    rows: list[Record] = []
    for referral in referrals:
        plans = referral.course.plans if referral.course else []
        begun = [plan.first for plan in plans if plan.kind == "cp" and plan.first >= _EARLIER_PLANS_FROM]
        if not begun or referral.child.age < _OF_SCHOOL_AGE:
            continue
        if not chance.steady("before", story.protected_before(begun[0])):
            continue
        last = story.PLANS_KNOWN_FROM + timedelta(days=int(chance.random() * 600))
        record = Record(
            {
                "plan_id": f"{prefix}P-{len(rows) + 1:04}",
                "child_id": referral.child_id,
                "kind": "cp",
                "from": last - timedelta(days=int(120 + chance.random() * 400)),
                "to": last,
                "visit_every_working_days": _VISIT_EVERY["cp"],
                "team_id": prefix + CARE_TEAMS[len(rows) % 2],
            },
            evening(story.BEGINS - timedelta(days=30)),
        )
        record.filled_later(evening(last), "to")
        rows.append(record)
    return rows


def _conference_rows(
    chance: Chance,
    prefix: str,
    enquiries: list[tuple[Referral, course.Enquiry, str]],
    held: list[HeldPlan],
    tables: Tables,
) -> None:
    conferences: list[tuple[date, str, str, date, str]] = []
    for referral, enquiry, _ in enquiries:
        if enquiry.conference:
            due = working_days.after(enquiry.discussed, 15)
            protected = referral.course is not None and any(plan.kind == "cp" for plan in referral.course.plans)
            conferences.append(
                (due, referral.child_id, "initial", enquiry.conference, "plan" if protected else "no_plan")
            )
    for plan in held:
        if plan.kind != "cp":
            continue
        due, months = plan.first + timedelta(days=88), 0
        while due <= plan.last + timedelta(days=6):
            months += 1
            held_on = working_days.after(due - timedelta(days=int(2 + chance.random() * 8)), 1)
            if chance.random() < 0.02:
                held_on = working_days.after(due, 1 + int(chance.random() * 8))
            next_due = due + timedelta(days=180)
            ends = next_due > plan.last + timedelta(days=6)
            if due >= story.BEGINS:
                conferences.append((due, plan.child_id, "review", held_on, "plan_ends" if ends else "plan_continues"))
            due = next_due
    rows = tables["conferences"] = []
    for number, (due, child_id, kind, held_on, outcome) in enumerate(sorted(conferences), 1001):
        record = Record(
            {
                "conference_id": f"{prefix}CC-{number}",
                "child_id": child_id,
                "kind": kind,
                "due_on": due,
                "held_on": held_on,
                "outcome": outcome,
            },
            evening(min(due, held_on) - timedelta(days=10)),
        )
        record.filled_later(evening(held_on), "held_on", "outcome")
        rows.append(record)


def _core_group_rows(chance: Chance, prefix: str, held: list[HeldPlan], tables: Tables) -> None:
    rows = tables["core_groups"] = []
    numbers = count(1001)
    meetings: list[tuple[date, HeldPlan]] = []
    for plan in held:
        due = plan.first + timedelta(days=10)
        while plan.kind == "cp" and due <= min(plan.last, story.ENDS):
            if due >= story.REGISTERS_BEGIN:
                meetings.append((working_days.after(due, 1), plan))
            due += timedelta(days=42)
    for due, plan in sorted(meetings, key=lambda meeting: (meeting[0], meeting[1].plan_id)):
        invited = 3 + int(chance.random() * 4)
        held_on = working_days.after(due, int(chance.random() * 3)) if chance.random() < 0.91 else None
        record = Record(
            {
                "meeting_id": f"{prefix}G-{next(numbers)}",
                "plan_id": plan.plan_id,
                "due_on": due,
                "held_on": held_on,
                "agencies_invited": invited,
                "agencies_attended": max(1, invited - int(chance.random() * 3)) if held_on else None,
            },
            evening(due - timedelta(days=14)),
        )
        if held_on:
            record.filled_later(evening(held_on), "held_on", "agencies_attended")
        rows.append(record)

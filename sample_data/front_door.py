"""The front door: contacts, referrals with their decisions, and notifications of partners."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from sample_data import course, decisions, story
from sample_data.arrivals import Arrival, Child, Merge, age_band, arrive
from sample_data.chance import Chance, Mix, stream
from sample_data.people import People
from sample_data.records import Record, Tables, Value, evening, on_the_clock

_TEAMS_BEFORE_MERGER = Mix({"AT1": 34, "AT2": 33, "AT3": 19, "AT4": 14})
_TEAMS = Mix({"AT1": 35, "AT2": 34, "AT3": 31})
_SOURCE = Mix(
    {
        "police": 26, "school": 19, "health": 17, "self": 11, "council": 7, "housing": 5,
        "adult_services": 4, "anonymous": 4, "other": 5, "unknown": 2,
    }
)  # fmt: skip
_NIGHT_SOURCE = Mix({"police": 58, "health": 16, "self": 15, "anonymous": 7, "other": 4})
_CONTACT_ONLY = Mix({"advice": 44, "no_further_action": 42, "caf": 14})
_CLOSING = frozenset({"no_further_action", "caf", "advice"})


@dataclass(slots=True)
class Referral:
    """A referral as the rest of the story needs it."""

    referral_id: str
    child: Child
    child_id: str
    received: datetime
    decision: decisions.Decision
    team: str
    source: str
    course: course.Course | None


@dataclass
class FrontDoor:
    """Everything that came in."""

    referrals: list[Referral] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


@dataclass
class _Desk:
    """The state of the front desk: streams of chance, people and numbers."""

    chance: Chance
    people: People
    tables: Tables
    prefix: str
    referral_numbers: "count[int]"
    contact_numbers: "count[int]"
    left: list[str] = field(default_factory=list)

    def leaves(self, team: str, first: datetime) -> bool:
        """Return whether a referral is among those that were left for the last Monday; remember it if so."""
        elsewhere = sum(other != story.TROUBLED_TEAM for other in self.left)
        left = (
            team != story.EMERGENCY_DUTY
            and story.WAITING_SINCE <= first < story.WAITING_UNTIL
            and len(self.left) < story.WAITING_AT_MOST
            and (team == story.TROUBLED_TEAM or elsewhere < story.WAITING_ELSEWHERE)
        )
        if left:
            self.left.append(team)
        return left


def receive(seed: int, copy: int, people: People, referrals: int, tables: Tables) -> FrontDoor:
    """Receive and decide every referral of the story; write contacts, referrals and merged children."""
    arrivals, merges = arrive(seed, copy, people.prefix, referrals)
    chance = stream(seed, copy, "front door")
    desk = _Desk(chance, people, tables, people.prefix, count(100_001), count(200_001))
    door = FrontDoor(merges=merges)
    tables["contacts"], tables["referrals"] = [], []
    for arrival in arrivals:
        team = _team(chance, arrival)
        source = (_NIGHT_SOURCE if arrival.out_of_hours else _SOURCE).draw(chance)
        for child, child_id in arrival.children:
            door.referrals.append(_refer(desk, arrival, child, child_id, team, source))
        if chance.random() < 0.31 * len(arrival.children):
            _contact_only(desk, arrival, team)
    tables["contacts"].sort(key=lambda row: str(row.values["contact_id"]))
    tables["child_merges"] = [
        Record({"child_id": merge.child_id, "merged_into": merge.merged_into, "on": merge.on}, evening(merge.on))
        for merge in merges
    ]
    return door


def _team(chance: Chance, arrival: Arrival) -> str:
    if arrival.out_of_hours:
        return story.EMERGENCY_DUTY
    return (_TEAMS_BEFORE_MERGER if arrival.received.date() < story.TEAM_MERGED else _TEAMS).draw(chance)


def _refer(desk: _Desk, arrival: Arrival, child: Child, child_id: str, team: str, source: str) -> Referral:
    chance = desk.chance
    first = received = arrival.received
    has_contact = chance.random() < 0.93
    if has_contact and chance.random() < 0.1:
        received = on_the_clock(first + timedelta(minutes=int(5 + chance.random() * 60)))
    is_open = child.open_until is not None and received.date() < child.open_until
    decision = decisions.decide(chance, first, received, team, is_open=is_open)
    if desk.leaves(team, first):
        decisions.left_until_monday(chance, decision)
    elif first < story.AS_AT <= decision.moment:
        decision.moment = on_the_clock(received + (story.AS_AT - received) * 0.3)
    referral = Referral(
        f"{desk.prefix}R-{next(desk.referral_numbers)}", child, child_id, received, decision, team, source, None
    )
    decided = decision.moment.date()
    if decision.outcome == "passed_to_open_case":
        if not is_open:
            child.open_until = decided + timedelta(days=40)
        referral.course = course.Course(closed=child.open_until)
    elif decision.outcome not in _CLOSING:
        at_work = team if team != story.EMERGENCY_DUTY else _TEAMS.draw(chance)
        referral.course = course.run(chance, decision.outcome, received.date(), decided, at_work)
        child.open_until = referral.course.closed
    contact_id = None
    if has_contact:
        contact_id = f"{desk.prefix}C-{next(desk.contact_numbers)}"
        _contact_row(desk, contact_id, referral, first)
    _referral_row(desk, referral, contact_id)
    return referral


def _contact_row(desk: _Desk, contact_id: str, referral: Referral, first: datetime) -> None:
    chance = desk.chance
    decided = referral.received + timedelta(minutes=int(1 + chance.random() * 9))
    desk.tables["contacts"].append(
        Record(
            {
                "contact_id": contact_id,
                "child_id": referral.child_id,
                "received_at": _timed(first, untimed=chance.random() < 0.006),
                "decided_at": on_the_clock(decided),
                "decision": "referral",
                "source": referral.source,
                "team_id": desk.prefix + referral.team,
                "referral_id": referral.referral_id,
            },
            _recorded(chance, referral.received),
        )
    )


def _contact_only(desk: _Desk, arrival: Arrival, team: str) -> None:
    chance = desk.chance
    received = on_the_clock(arrival.received + timedelta(minutes=int(chance.random() * 90)))
    in_time = chance.random() < story.contact_decided_in_time(received.date())
    hours = chance.random() * 20 if in_time else 25 + chance.random() * 60
    decided = on_the_clock(received + timedelta(hours=hours))
    record = Record(
        {
            "contact_id": f"{desk.prefix}C-{next(desk.contact_numbers)}",
            "child_id": f"{desk.prefix}K-{700_000 + int(chance.random() * 99_999)}",
            "received_at": received,
            "decided_at": decided,
            "decision": _CONTACT_ONLY.draw(chance),
            "source": (_NIGHT_SOURCE if arrival.out_of_hours else _SOURCE).draw(chance),
            "team_id": desk.prefix + team,
            "referral_id": None,
        },
        _recorded(chance, received),
    )
    record.filled_later(decided, "decided_at", "decision")
    desk.tables["contacts"].append(record)


def _referral_row(desk: _Desk, referral: Referral, contact_id: str | None) -> None:
    chance, decision, child = desk.chance, referral.decision, referral.child
    owed = referral.source not in {"self", "anonymous"}
    acknowledged = told = None
    if owed and chance.random() < 0.8:
        acknowledged = on_the_clock(referral.received + timedelta(hours=1 + 40 * chance.random() ** 2))
    if owed and chance.random() < (0.62 if referral.received.date() < story.LAUNCH else 0.84):
        told = (decision.moment + timedelta(days=9 * chance.random() ** 2)).date()
    closed = referral.course.closed if referral.course else None
    assessed = referral.course is not None and bool(referral.course.assessments)
    worker = desk.people.someone(chance, referral.team, referral.received.date()) if assessed else None
    record = Record(
        {
            "referral_id": referral.referral_id,
            "child_id": referral.child_id,
            "contact_id": contact_id if contact_id is None or chance.random() < 0.97 else None,
            "received_at": _timed(referral.received, untimed=chance.random() < 0.012),
            "decided_at": _timed(decision.moment, untimed=chance.random() < 0.022),
            "decision": decision.outcome,
            "decided_by_role": decision.role,
            "reason": decision.reason,
            "acknowledged_at": acknowledged,
            "referrer_told_at": told,
            "reply_owed": "yes" if owed else "no",
            "source": referral.source,
            "team_id": desk.prefix + referral.team,
            "worker_id": worker,
            "age_band": age_band(child),
            "sex": child.sex,
            "ethnicity": child.ethnicity,
            "disability": child.disability,
            "first_language": child.language,
            "household_id": child.household_id,
            "closed_on": closed,
        },
        _recorded(chance, referral.received),
    )
    if acknowledged:
        record.filled_later(acknowledged, "acknowledged_at")
    record.filled_later(decision.moment, "decided_at", "decision", "decided_by_role", "reason", "worker_id")
    if told:
        record.filled_later(evening(told), "referrer_told_at")
    if closed:
        record.filled_later(evening(closed), "closed_on")
    desk.tables["referrals"].append(record)


def _timed(moment: datetime, *, untimed: bool) -> Value:
    """Return the moment, or its date alone; the last week of the story's main part has all its times."""
    last_week = story.AS_AT - timedelta(days=7) <= moment < story.AS_AT
    return moment.date() if untimed and not last_week else moment


def _recorded(chance: Chance, received: datetime) -> datetime:
    """Return when a row came into the system: within minutes, or now and then days late."""
    late = timedelta(days=2 + int(chance.random() * 12)) if chance.random() < 0.015 else timedelta(0)
    if story.AS_AT - timedelta(days=14) < received < story.AS_AT:
        late = timedelta(0)
    return received + late


def is_below_threshold(referral: Referral) -> bool:
    """Return whether the referral was decided to be below the threshold for social care."""
    return referral.decision.outcome in _CLOSING


def decided_on(referral: Referral) -> date:
    """Return the day of the decision."""
    return referral.decision.moment.date()

"""The quality of work and systems: incidents, complaints and compliments, staff surveys; notifications."""

from bisect import bisect
from datetime import date, datetime, time, timedelta

from sample_data import story, working_days
from sample_data.chance import Chance, Mix, stream
from sample_data.front_door import Referral
from sample_data.people import TEAMS, People
from sample_data.records import Record, Tables, Values, evening, morning, on_the_clock

_INCIDENT = Mix({"outage": 60, "slow": 28, "records_lost": 12})
_COMPLAINTS_A_MONTH = 6
_COMPLIMENTS_A_MONTH = 3


def fail(seed: int, tables: Tables) -> None:
    """Write the outages, slow days and losses of the two systems."""
    chance = stream(seed, "incidents")
    rows = tables["system_incidents"] = []
    day = story.REGISTERS_BEGIN
    number = 0
    while day <= story.ENDS:
        day += timedelta(days=1 + int(chance.random() * story.days_without_incident(day)))
        if not working_days.is_working(day):
            continue
        number += 1
        started = datetime.combine(day, time(8 + int(chance.random() * 9), int(chance.random() * 60)))
        kind = _INCIDENT.draw(chance)
        ended = started + timedelta(minutes=int(15 + 220 * chance.random() ** 2))
        record = Record(
            {
                "incident_id": f"I-{number:03}",
                "system": "ics" if chance.random() < 0.8 else "swift",
                "started_at": started,
                "ended_at": ended,
                "kind": kind,
                "records_lost": 1 + int(chance.random() * 6) if kind == "records_lost" else 0,
            },
            started,
        )
        record.filled_later(ended, "ended_at", "records_lost")
        rows.append(record)


def hear(seed: int, tables: Tables) -> None:
    """Write complaints and compliments."""
    chance = stream(seed, "feedback")
    feedback: list[tuple[date, str, str | None]] = []
    codes = [team.code for team in TEAMS if not team.closed]
    for month in range(3, 42):
        first = date(2007 + month // 12, 1 + month % 12, 1)
        for kind, usual in (("complaint", _COMPLAINTS_A_MONTH), ("compliment", _COMPLIMENTS_A_MONTH)):
            for _ in range(max(0, round(chance.gauss(usual, 1.6)))):
                team = codes[int(chance.random() * len(codes))] if chance.random() < 0.94 else None
                feedback.append((first + timedelta(days=int(chance.random() * 28)), kind, team))
    feedback.sort(key=lambda message: (message[0], message[1], message[2] or ""))
    rows = tables["feedback"] = []
    for number, (day, kind, team) in enumerate(feedback, 1001):
        complaint = kind == "complaint"
        answered = working_days.after(day, 3 + int(chance.random() * 20)) if complaint else None
        record = Record(
            {
                "feedback_id": f"D-{number}",
                "kind": kind,
                "received_on": day,
                "answered_on": answered,
                "upheld": ("yes" if chance.random() < 0.33 else "no") if complaint else None,
                "team_id": team,
            },
            evening(day),
        )
        if answered:
            record.filled_later(evening(answered), "answered_on", "upheld")
        rows.append(record)


def survey(seed: int, people: People, tables: Tables) -> None:
    """Write the yearly staff surveys: how many knew the plan of their service."""
    chance = stream(seed, "surveys")
    rows = tables["surveys"] = []
    for day, aware in ((date(2008, 10, 31), 0.5), (date(2009, 10, 30), 0.58), (date(2010, 6, 18), 0.72)):
        for team in TEAMS:
            staff = sum(spell.team == team.code and spell.holds_on(day) for spell in people.spells)
            answered = round(staff * (0.55 + 0.2 * chance.random()))
            if answered:
                values: Values = {
                    "survey": f"Staff survey {day.year}",
                    "asked_on": day,
                    "question": "aware_of_service_plan",
                    "team_id": team.code,
                    "answered": answered,
                    "agreed": round(answered * min(1.0, aware + 0.16 * (chance.random() - 0.5))),
                }
                rows.append(Record(values, morning(day + timedelta(days=10))))


def notify(seed: int, referrals: list[Referral], tables: Tables) -> None:
    """Write the notifications of partners: those that became referrals, and those held back."""
    chance = stream(seed, "notifications")
    by_source = {
        "police": ("merlin", 0.7),
        "housing": ("notify", 0.6),
        "school": ("marf", 0.25),
        "health": ("marf", 0.3),
    }
    come_back = stream(seed, "held back and referred")
    times = [referral.received for referral in referrals]
    notices: list[tuple[datetime, str, str | None, str | None]] = []
    for referral in referrals:
        if referral.received.date() < story.REGISTERS_BEGIN or referral.source not in by_source:
            continue
        kind, share = by_source[referral.source]
        if chance.random() < share:
            before = on_the_clock(referral.received - timedelta(minutes=int(5 + chance.random() * 300)))
            notices.append((min(before, referral.received), kind, referral.child_id, referral.referral_id))
            held = 1.35 if referral.received.date() < date(2010, 1, 4) else 2.1
            others = int(held + chance.random()) if kind == "merlin" else int(chance.random() * 1.3)
            for _ in range(others):
                moment = on_the_clock(referral.received + timedelta(minutes=int(chance.random() * 700)))
                child_id = f"K-{800_000 + int(chance.random() * 99_999)}" if chance.random() < 0.9 else None
                if kind == "merlin" and come_back.steady("referred", story.referred_after_all(moment.date())):
                    later = bisect(times, moment + timedelta(days=1 + int(come_back.random() * 86)))
                    child_id = referrals[min(later, len(referrals) - 1)].child_id
                notices.append((moment, kind, child_id, None))
    notices.sort(key=lambda notice: (notice[0], notice[1], notice[2] or ""))
    tables["notifications"] = [
        _notification_row(chance, f"N-{number}", notice) for number, notice in enumerate(notices, 10_001)
    ]


def _notification_row(chance: Chance, number: str, notice: tuple[datetime, str, str | None, str | None]) -> Record:
    received, kind, child_id, referral_id = notice
    screened = received if referral_id else on_the_clock(received + timedelta(hours=1 + chance.random() * 40))
    violence = kind == "merlin" and chance.random() < 0.44
    assessed = chance.random() < story.risk_assessed(received.date())
    record = Record(
        {
            "notification_id": number,
            "kind": kind,
            "child_id": child_id,
            "received_at": received,
            "screened_at": screened,
            "outcome": "passed_on" if referral_id or chance.random() < 0.08 else "held_back",
            "domestic_violence": ("yes" if violence else "no") if kind == "merlin" else None,
            "risk_assessed": ("yes" if assessed else "no") if violence else None,
            "referral_id": referral_id,
        },
        received,
    )
    record.filled_later(screened, "screened_at", "outcome")
    return record

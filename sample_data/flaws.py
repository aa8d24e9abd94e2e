"""What real extracts have: double entries cleansed away, corrections, rows to refuse, rows to warn of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from sample_data import story
from sample_data.arrivals import CLOCKS_WENT_BACK
from sample_data.chance import stream
from sample_data.front_door import Referral, decided_on
from sample_data.people import People
from sample_data.records import Record, Tables, Value, Values, evening, morning, on_the_clock

CLEANSED_AT = datetime.combine(story.CLEANSING, time(12))
_DOUBLE_ENTRIES_BEGIN = date(2009, 4, 1)
_DUTY_RECORDS_BEGIN = date(2009, 9, 1)


@dataclass(frozen=True)
class Refused:
    """A row that a loader must refuse: in which extract, why, and the cells that differ from a sound row."""

    extract: str
    key: str
    column: str
    why: str
    after: date
    cells: tuple[tuple[str, str | None], ...]


REFUSED = (
    Refused(
        "referrals",
        "R-900001",
        "received_at",
        "no such day",
        date(2009, 3, 3),
        (("received_at", "31/02/2009 10:15"),),
    ),
    Refused(
        "referrals",
        "R-900002",
        "received_at",
        "an hour that the clocks left out",
        date(2009, 3, 29),
        (("received_at", "2009-03-29 01:30"),),
    ),
    Refused("referrals", "R-900003", "decision", "unknown code", date(2009, 10, 6), (("decision", "NFA2"),)),
    Refused("referrals", "", "referral_id", "key missing", date(2010, 1, 12), (("referral_id", None),)),
    Refused(
        "contacts", "C-900001", "received_at", "no such month", date(2009, 4, 7), (("received_at", "2009-13-04"),)
    ),
    Refused("contacts", "C-900002", "child_id", "child missing", date(2009, 12, 1), (("child_id", None),)),
    Refused("assessments", "A-900001", "kind", "unknown code", date(2009, 6, 9), (("kind", "duty"),)),
    Refused("assessments", "A-900002", "started_on", "not a date", date(2009, 11, 3), (("started_on", "n/k"),)),
    Refused("cafs", "F-90001", "agency", "agency missing", date(2010, 2, 9), (("agency", None),)),
    Refused("staff", "S-9001", "fte", "more than one person can work", date(2009, 9, 7), (("fte", "11"),)),
    Refused("system_use", "S-9002", "recorded", "less than nothing", date(2010, 3, 8), (("recorded", "-4"),)),
    Refused("audits", "Q-901", "answer", "unknown code", date(2010, 2, 16), (("answer", "mostly"),)),
)
"""Every row of the sample council that is to be refused. `key` is the first cell of its key."""


def cleanse(seed: int, copy: int, people: People, referrals: list[Referral], tables: Tables) -> None:
    """Add the rows that the cleansing of January 2010 took out: double entries and duty records."""
    chance = stream(seed, copy, "cleansing")
    numbers = count(1)
    for referral in referrals:
        day = referral.received.date()
        if not _DOUBLE_ENTRIES_BEGIN <= day < story.CLEANSING:
            continue
        if chance.random() < 0.012:
            _double(tables, people.prefix, referral, next(numbers))
        share = 0.16 if day >= story.PRACTICE_CHANGES else 0.04 if day >= _DUTY_RECORDS_BEGIN else 0.0
        assessed = referral.course and (referral.course.assessments or referral.course.enquiries)
        if chance.random() < share and not assessed and decided_on(referral) < story.CLEANSING:
            decided = decided_on(referral)
            team = "AT1" if referral.team == story.EMERGENCY_DUTY else referral.team
            values: Values = {
                "assessment_id": f"{people.prefix}A-8{next(numbers):05}",
                "child_id": referral.child_id,
                "referral_id": referral.referral_id,
                "kind": "initial",
                "started_on": decided,
                "completed_on": decided,
                "team_id": people.team_id(team),
            }
            tables["assessments"].append(Record(values, evening(decided), [], CLEANSED_AT))


def _double(tables: Tables, prefix: str, referral: Referral, number: int) -> None:
    again = on_the_clock(referral.received + timedelta(minutes=95))
    values: Values = {
        "referral_id": f"{prefix}R-8{number:05}",
        "child_id": referral.child_id,
        "received_at": again,
        "decided_at": on_the_clock(again + timedelta(minutes=50)),
        "decision": "no_further_action",
        "decided_by_role": "practice_manager",
        "reason": "entered_twice",
        "reply_owed": "no",
        "source": referral.source,
        "team_id": prefix + referral.team,
    }
    tables["referrals"].append(Record(values, again + timedelta(minutes=50), [], CLEANSED_AT))


def correct(seed: int, copy: int, people: People, tables: Tables) -> None:
    """Note what was first recorded wrongly and put right days or weeks later."""
    chance = stream(seed, copy, "corrections")
    for record in tables["referrals"]:
        if chance.random() < 0.012 and record.gone_from is None:
            other = people.team_id("AT1" if record.values["team_id"] != people.team_id("AT1") else "AT3")
            later = record.known_from + timedelta(days=4 + int(chance.random() * 40))
            record.corrected(later, {"team_id": other})
    for record in tables["assessments"]:
        completed = record.values["completed_on"]
        if isinstance(completed, date) and chance.random() < 0.015 and record.gone_from is None:
            later = evening(completed + timedelta(days=2 + int(chance.random() * 30)))
            record.corrected(later, {"completed_on": completed - timedelta(days=1)})
    for record in tables["absences"]:
        if chance.random() < 0.01:
            later = record.known_from + timedelta(days=3 + int(chance.random() * 30))
            record.corrected(later, {"kind": "other"})


def spoil(tables: Tables) -> None:
    """Add the rows to refuse, and make a few rows odd enough to warn of."""
    for refused in REFUSED:
        rows = tables[refused.extract]
        later = [place for place, row in enumerate(rows) if row.known_from.date() >= refused.after]
        place = min(later, key=lambda place: rows[place].known_from)
        like = rows[place]
        spoilt: Values = dict(refused.cells)
        if refused.key:
            spoilt[next(iter(like.values))] = refused.key
        changes = [(moment, _without(before, spoilt)) for moment, before in like.changes]
        known_from = morning(refused.after) + timedelta(hours=3)
        rows.insert(place + 1, Record(like.values | spoilt, known_from, changes))
    _odd_referrals(tables["referrals"])
    _odd_assessments(tables)
    _odd_references(tables)


def _without(values: Values, headings: Values) -> Values:
    return {heading: value for heading, value in values.items() if heading not in headings}


def _odd_referrals(rows: list[Record]) -> None:
    """Four decided before they were received; two closed before."""
    ordinary = [row for row in rows if isinstance(row.values["received_at"], datetime) and not row.gone_from]
    since_2009 = [row for row in ordinary if row.known_from.date() >= date(2009, 5, 1)]
    for row in since_2009[40:1640:400]:
        received = row.values["received_at"]
        if isinstance(received, datetime) and received not in dict(CLOCKS_WENT_BACK):
            row.values["decided_at"] = on_the_clock(received - timedelta(hours=3))
    closed = [row for row in since_2009 if _is_before_2010(row.values["closed_on"])]
    for row in closed[30:90:30]:
        received = row.values["received_at"]
        if isinstance(received, datetime):
            row.values["closed_on"] = received.date() - timedelta(days=4)


def _is_before_2010(value: Value) -> bool:
    return isinstance(value, date) and value < date(2010, 1, 1)


def _odd_assessments(tables: Tables) -> None:
    """Five assessments begun before their referral."""
    received = {row.values["referral_id"]: row.values["received_at"] for row in tables["referrals"]}
    initial = [row for row in tables["assessments"] if row.values["kind"] == "initial" and not row.gone_from]
    for row in initial[100:1100:200]:
        moment = received.get(row.values["referral_id"])
        if isinstance(moment, datetime):
            row.values["started_on"] = moment.date() - timedelta(days=2)


def _odd_references(tables: Tables) -> None:
    """Three contacts of an unknown team, one referral of an unknown contact, one absence of an unknown person."""
    contacts, referrals, absences = tables["contacts"], tables["referrals"], tables["absences"]
    for row in contacts[len(contacts) // 2 :: len(contacts) // 8][:3]:
        row.values["team_id"] = "AT9"
    referrals[len(referrals) // 2].values["contact_id"] = "C-999999"
    absences[len(absences) // 2].values["staff_id"] = "S-9999"

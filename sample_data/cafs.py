"""CAFs: those offered after a referral below the threshold, and those that partners began themselves."""

from datetime import date, timedelta
from itertools import count

from sample_data import story, working_days
from sample_data.chance import Chance, Mix, stream
from sample_data.front_door import Referral, decided_on, is_below_threshold
from sample_data.records import Record, Tables, Values, evening

_AGENCY_BEFORE = Mix(
    {
        "school": 38, "health_visiting": 20, "childrens_centre": 15, "voluntary": 8, "youth_offending": 6,
        "adult_services": 3, "social_care": 6, "other": 4,
    }
)  # fmt: skip
_AGENCY_SINCE = Mix(
    {
        "school": 40, "health_visiting": 24, "childrens_centre": 13, "voluntary": 6, "youth_offending": 5,
        "adult_services": 6, "social_care": 4, "other": 2,
    }
)  # fmt: skip
_LEADS = {
    "school": "Pastoral lead",
    "health_visiting": "Health visitor",
    "childrens_centre": "Family support worker",
    "voluntary": "Family support worker",
    "youth_offending": "Youth worker",
    "adult_services": "Adult services worker",
    "social_care": "CAF adviser",
    "other": "Other",
}
_OUTCOME = Mix({"needs_met": 62, "to_social_care": 13, "withdrawn": 14, "moved_away": 6, "other": 5})


def begin(seed: int, copy: int, prefix: str, referrals: list[Referral], size: float, tables: Tables) -> None:
    """Write the CAFs of the whole story; `size` is the council's, 1 for the small one."""
    chance = stream(seed, copy, "offers and starts")
    rows: list[Values] = []
    open_until: dict[str, date] = {}
    for referral in referrals:
        if is_below_threshold(referral):
            _after_referral(chance, referral, open_until, rows)
    in_week: dict[date, int] = {}
    for row in rows:
        started = row["started_on"]
        if isinstance(started, date):
            in_week[working_days.monday(started)] = in_week.get(working_days.monday(started), 0) + 1
    children = count(900_001)
    week = working_days.monday(story.BEGINS) + timedelta(days=7)
    while week <= story.ENDS:
        wanted = story.cafs_in_week(week) * size
        more = round(chance.gauss(wanted, 0.1 * wanted)) - in_week.get(week, 0)
        days = working_days.between(week, week + timedelta(days=4))
        for _ in range(max(0, more)):
            started = days[int(chance.random() * len(days))]
            rows.append(_row(chance, f"{prefix}K-{next(children)}", started, None, None))
        week += timedelta(days=7)
    rows.sort(key=_day)
    tables["cafs"] = [_record(chance, f"{prefix}F-{number}", row) for number, row in enumerate(rows, 10_001)]


def _after_referral(chance: Chance, referral: Referral, open_until: dict[str, date], rows: list[Values]) -> None:
    decided = decided_on(referral)
    child = referral.child.child_id
    if open_until.get(child, story.BEGINS) > decided:
        return
    offered = decided + timedelta(days=int(chance.random() * 4))
    if chance.steady(referral.decision.outcome, story.supported_to_caf(referral.decision.outcome)):
        days = 1 + int(chance.random() * 17) if chance.random() < 0.95 else 22 + int(chance.random() * 15)
        started = working_days.after(decided, days)
        row = _row(chance, referral.child_id, started, min(offered, started), referral.referral_id)
        closed = row["closed_on"]
        open_until[child] = closed if isinstance(closed, date) else story.ENDS
        rows.append(row)
    elif chance.random() < 0.22:
        declined = offered + timedelta(days=1 + int(chance.random() * 14)) if chance.random() < 0.8 else None
        rows.append(
            {
                "child_id": referral.child_id,
                "started_on": None,
                "agency": _agency(chance, decided),
                "referral_id": referral.referral_id,
                "offered_on": offered,
                "declined_on": declined,
            }
        )


def _agency(chance: Chance, day: date) -> str:
    return (_AGENCY_BEFORE if day < story.PRACTICE_CHANGES else _AGENCY_SINCE).draw(chance)


def _row(chance: Chance, child_id: str, started: date, offered: date | None, referral_id: str | None) -> Values:
    agency = _agency(chance, started)
    completed = working_days.after(started, 5 + int(chance.random() * 25)) if chance.random() < 0.85 else None
    closed = None
    if chance.random() < 0.75:
        closed = (completed or started) + timedelta(days=40 + int(chance.random() * 200))
    return {
        "child_id": child_id,
        "started_on": started,
        "completed_on": completed,
        "agency": agency,
        "school_id": _school(chance, started) if agency == "school" else None,
        "lead_professional": _LEADS[agency] if chance.random() < 0.88 else None,
        "referral_id": referral_id,
        "offered_on": offered,
        "declined_on": None,
        "closed_on": closed,
        "outcome": _OUTCOME.draw(chance) if closed else None,
    }


def _school(chance: Chance, day: date) -> str:
    """Return a school that begins CAFs in this season, some far more than others; never the one that closed."""
    number = 1 + int(chance.random() ** 1.4 * story.schools_with_cafs(day)) * 23 % 59
    return f"SCH-{60 if number == 17 and day >= date(2008, 9, 1) else number:02}"


def _day(row: Values) -> tuple[date, str]:
    day = row["started_on"] or row["offered_on"]
    if not isinstance(day, date):
        raise TypeError(day)
    return day, str(row["child_id"])


def _record(chance: Chance, caf_id: str, row: Values) -> Record:
    """Return a CAF as its register comes to know it: the offer, the start, the end."""
    known = [value for value in (row.get("offered_on"), row["started_on"]) if isinstance(value, date)]
    late = timedelta(days=int(chance.random() * 9)) if chance.random() < 0.02 else timedelta(0)
    record = Record({"caf_id": caf_id, **row}, evening(min(known) + late))
    for heading, with_it in (
        ("started_on", ("started_on",)),
        ("completed_on", ("completed_on",)),
        ("declined_on", ("declined_on",)),
        ("closed_on", ("closed_on", "outcome")),
    ):
        day = row.get(heading)
        if isinstance(day, date):
            record.filled_later(evening(day), *with_it)
    return record

"""Staff from day to day: absences, use of the case systems, supervision."""

from datetime import date, timedelta

from sample_data import story, working_days
from sample_data.chance import Chance, Mix, stream
from sample_data.people import TEAMS, People, Spell
from sample_data.records import Record, Tables, Values, evening, morning

_SICK_DAYS = Mix({1: 30, 2: 22, 3: 14, 5: 14, 8: 8, 15: 6, 30: 4, 50: 2})
_ASSESSMENT_TEAMS = frozenset(team.code for team in TEAMS if team.service == "Assessment Service")


class Attendance:
    """Who is absent on which working days, filled as absences are drawn."""

    def __init__(self, spells: list[Spell]) -> None:
        self.spells = spells
        self.away: dict[str, set[date]] = {}
        self.absences: list[tuple[date, str, date, bool, str]] = []

    def add(self, spell: Spell, first: date, days: int, kind: str, *, half: bool = False) -> list[date]:
        """Add an absence of so many working days; return those that were not absence before (none: not added)."""
        lost = working_days.between(first, working_days.after(first, max(0, days - 1)))
        away = self.away.setdefault(spell.staff_id, set())
        if not lost or not spell.holds_on(lost[-1]) or not away.isdisjoint(lost):
            return []
        if not half:
            away.update(lost)
        self.absences.append((lost[0], spell.staff_id, lost[-1], half, kind))
        return lost


def _months() -> list[date]:
    firsts = [date(2007 + month // 12, 1 + month % 12, 1) for month in range(3, 42)]
    return [first for first in firsts if first <= story.ENDS]


def attend(seed: int, copy: int, people: People, tables: Tables) -> Attendance:
    """Draw and write the absences of the whole story: each month loses the days that the story says."""
    chance = stream(seed, copy, "attendance")
    attendance = Attendance(people.spells)
    _leave(chance, attendance)
    lost: dict[date, float] = {}
    for month in _months():
        next_month = (month + timedelta(days=32)).replace(day=1)
        days = working_days.between(month, next_month - timedelta(days=1))
        present = [spell for spell in people.spells if spell.holds_on(days[0])]
        have = sum(spell.hundredths for spell in present) / 100 * len(days)
        budget = have * chance.gauss(story.sickness(month), 0.0012)
        prone = [spell for spell in present for _ in range(_proneness(spell, month))]
        while lost.get(month, 0.0) < budget:
            spell = prone[int(chance.random() * len(prone))]
            half = chance.random() < 0.04
            length = 1 if half else max(1, round(_SICK_DAYS.draw(chance) * (0.7 + 0.6 * chance.random())))
            first = days[int(chance.random() * len(days))]
            for day in attendance.add(spell, first, length, "sickness", half=half):
                its_month = day.replace(day=1)
                lost[its_month] = lost.get(its_month, 0.0) + spell.hundredths / (200 if half else 100)
    attendance.absences.sort()
    tables["absences"] = [
        _absence_row(chance, f"{people.prefix}B-{number}", absence)
        for number, absence in enumerate(attendance.absences, 10_001)
    ]
    return attendance


def _proneness(spell: Spell, month: date) -> int:
    return 5 if spell.team == story.TROUBLED_TEAM and month >= story.TROUBLE_BEGINS else 3


def _leave(chance: Chance, attendance: Attendance) -> None:
    """Give everybody some weeks off a year: one or two in summer, some at Christmas, one in spring."""
    for spell in attendance.spells:
        for year in range(2007, 2011):
            summer = date(year, 6, 20) + timedelta(days=int((chance.random() + chance.random()) * 45))
            spring = date(year, 3, 1) + timedelta(days=int(chance.random() * 100))
            plans = [(summer, 5 + 5 * int(chance.random() * 2)), (spring, 5)]
            if chance.random() < 0.3:
                plans.append((date(year, 12, 22), 5))
            for wished, days in plans:
                first = wished - timedelta(days=wished.weekday())
                if story.BEGINS <= first <= story.ENDS and spell.holds_on(first):
                    attendance.add(spell, first, days, "leave")
        if spell.hundredths == 80 and chance.random() < 0.3 and spell.last is None:
            attendance.add(spell, story.BEGINS + timedelta(days=int(chance.random() * 900)), 120, "other")


def _absence_row(chance: Chance, absence_id: str, absence: tuple[date, str, date, bool, str]) -> Record:
    first, staff_id, last, half, kind = absence
    late = timedelta(days=int(chance.random() * 12)) if chance.random() < 0.05 else timedelta(0)
    record = Record(
        {
            "absence_id": absence_id,
            "staff_id": staff_id,
            "from": first,
            "to": last,
            "part_day": "yes" if half else "no",
            "kind": kind,
        },
        evening(first + late),
    )
    record.filled_later(evening(last), "to")
    return record


def record_use(seed: int, copy: int, people: People, attendance: Attendance, tables: Tables) -> None:
    """Write what each member of staff recorded and looked up in ICS and SWIFT, week by week."""
    chance = stream(seed, copy, "use of systems")
    rows = tables["system_use"] = []
    places = {spell.staff_id: chance.random() for spell in people.spells}
    week = story.SYSTEM_USE_BEGINS
    while week <= story.ENDS:
        days = working_days.between(week, week + timedelta(days=6))
        known = morning(week + timedelta(days=7))
        for spell in people.spells:
            if not spell.uses_case_system or spell.team is None or not spell.holds_on(week):
                continue
            if attendance.away.get(spell.staff_id, set()).issuperset(days):
                continue
            ready = story.uses_ics(week, spell.team in _ASSESSMENT_TEAMS, places[spell.staff_id])
            for system, recorded, looked_up in _week_of_use(chance, ready, spell.hundredths / 100):
                values: Values = {
                    "staff_id": spell.staff_id,
                    "week": week,
                    "system": system,
                    "recorded": recorded,
                    "looked_up": looked_up,
                }
                rows.append(Record(values, known))
        week += timedelta(days=7)


def _week_of_use(chance: Chance, ready: bool, time: float) -> list[tuple[str, int, int]]:
    entries = 1 + int(chance.random() * 30 * time)
    if not ready:
        use = [("swift", entries, int(chance.random() * 12))]
        return [*use, ("ics", 1 + int(chance.random() * 4), 0)] if chance.random() < 0.12 else use
    if chance.random() < 0.025:
        return [("ics", entries, int(chance.random() * 12)), ("swift", 1 + int(chance.random() * 3), 2)]
    use = [("ics", entries, int(chance.random() * 12))]
    return [*use, ("swift", 0, 1 + int(chance.random() * 6))] if chance.random() < 0.25 else use


def supervise(seed: int, copy: int, people: People, children: list[str], tables: Tables) -> None:
    """Write monthly supervision: casework for those who hold cases, personal for everybody, by turns.

    That of the managers who belong to no team follows upon that of the teams.
    """
    chance = stream(seed, copy, "supervision")
    rows = tables["supervisions"] = []
    number = 10_000
    in_teams = [spell for spell in people.spells if spell.team is not None]
    above = [spell for spell in people.spells if spell.team is None]
    for spells in (in_teams, above):
        for month in _months():
            if month < story.SUPERVISION_BEGINS:
                continue
            for spell in spells:
                if not spell.holds_on(month):
                    continue
                number += 1
                holds_cases = spell.role in {"social_worker", "senior_practitioner"}
                kind = "casework" if holds_cases and (month.month + number) % 3 else "personal"
                due = working_days.after(month, 5 + int(chance.random() * 14))
                rows.append(_supervision_row(chance, people.prefix, number, spell, kind, due, children))
    rows.sort(key=lambda row: str(row.values["supervision_id"]))


def _supervision_row(
    chance: Chance, prefix: str, number: int, spell: Spell, kind: str, due: date, children: list[str]
) -> Record:
    held = recorded = on_file = None
    if chance.random() < story.supervised(due):
        held = working_days.after(due, int(chance.random() * 4))
        if chance.random() < 0.93:
            recorded = held + timedelta(days=int(12 * chance.random() ** 3))
    if recorded and kind == "casework":
        on_file = "yes" if chance.random() < story.on_childs_file(due) else "no"
    record = Record(
        {
            "supervision_id": f"{prefix}U-{number}",
            "staff_id": spell.staff_id,
            "kind": kind,
            "due_on": due,
            "held_on": held,
            "recorded_on": recorded,
            "on_childs_file": on_file,
            "child_id": children[int(chance.random() * len(children))] if kind == "casework" and held else None,
        },
        morning(due.replace(day=1)),
    )
    if held:
        record.filled_later(evening(held), "held_on", "child_id")
    if recorded:
        record.filled_later(evening(recorded), "recorded_on", "on_childs_file")
    return record

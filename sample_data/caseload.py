"""Who holds the open cases: allocations, visits, and managers' oversight."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sample_data import story, working_days
from sample_data.casework import HeldPlan, OpenCase
from sample_data.chance import Chance, Mix, stream
from sample_data.people import People
from sample_data.records import Record, Tables, Values, evening

_STANDING = 1_750
_HOLDING = Mix({"AT1": 20, "AT2": 19, "AT3": 11, "AT4": 7, "CME": 22, "CMW": 21})
"""The teams that hold the cases of long standing, by how many social workers they have."""
_OVERSIGHT = Mix({"case_direction": 46, "supervision": 40, "sign_off": 14})


@dataclass(slots=True)
class _Held:
    """A spell in which a case was held by someone, or waited in the team (`worker` None)."""

    first: date
    last: date | None
    case: OpenCase
    worker: str | None


def hold(seed: int, copy: int, people: People, cases: list[OpenCase], tables: Tables) -> None:
    """Write who held each open case, and the oversight of it that managers recorded.

    Beside the cases that came by a referral stand those that were open long before, which fill most of a caseload.
    """
    chance = stream(seed, copy, "allocations")
    spells: list[_Held] = []
    for case in (*cases, *_standing(chance, people.prefix)):
        waits = case.first + timedelta(days=int(chance.random() * 9)) if chance.random() < 0.06 else case.first
        if waits > case.first:
            spells.append(_Held(case.first, waits - timedelta(days=1), case, None))
        _allocate(chance, people, case, waits, spells)
    spells.sort(key=lambda spell: (spell.first, spell.case.child_id))
    rows = tables["allocations"] = []
    for number, spell in enumerate(spells, 10_001):
        record = Record(
            {
                "allocation_id": f"{people.prefix}L-{number}",
                "child_id": spell.case.child_id,
                "staff_id": spell.worker,
                "team_id": people.team_id(_team_on(spell.case.team, spell.first)),
                "from": spell.first,
                "to": spell.last,
                "kind": "case_holder",
            },
            evening(spell.first),
        )
        if spell.last:
            record.filled_later(evening(spell.last), "to")
        rows.append(record)
    _oversee(stream(seed, copy, "oversight"), people, cases, tables)


def _standing(chance: Chance, prefix: str) -> Iterator[OpenCase]:
    """Yield the cases of children known for years, each followed by another once it is closed."""
    numbers = count(500_001)
    for _ in range(_STANDING):
        team = _HOLDING.draw(chance)
        first: date = story.BEGINS - timedelta(days=int(chance.random() * 700))
        while first <= story.ENDS:
            last = first + timedelta(days=200 + int(chance.expovariate(1 / 900)))
            child = f"{prefix}K-{next(numbers)}"
            if last >= story.BEGINS:
                yield OpenCase(child, team, first, last if last <= story.ENDS else None)
            first = last + timedelta(days=1 + int(chance.random() * 20))


def _team_on(team: str, day: date) -> str:
    return "AT3" if team == "AT4" and day >= story.TEAM_MERGED else team


def _allocate(chance: Chance, people: People, case: OpenCase, first: date, spells: list[_Held]) -> None:
    """Give the case to one worker after another, each for as long as it or the worker stays.

    Whoever leaves now and then still has cases in their name weeks later. Once the plan was made, managers gave up
    theirs; either way a case may wait before someone takes it on.
    """
    day, ends = first, case.last or story.ENDS + timedelta(days=1)
    while day <= ends:
        is_managers = chance.random() < (0.045 if day < story.LAUNCH else 0.01)
        worker = people.someone(chance, _team_on(case.team, day), day, managers=is_managers)
        change = day + timedelta(days=120 + int(chance.expovariate(1 / 420)))
        leaves = None if worker is None else people.leaves(worker, day)
        waits = 0
        if is_managers and day < story.LAUNCH <= change:
            change = min(change, story.LAUNCH + timedelta(days=20 + int(chance.random() * 200)))
            waits = int(chance.random() * 30) if chance.random() < 0.35 else 0
        if leaves and leaves < change:
            stays_on_paper = chance.random() < (0.3 if day < story.LAUNCH else 0.15)
            change = leaves + timedelta(days=1 + (int(chance.random() * 40) if stays_on_paper else 0))
            waits = int(chance.random() * 21) if chance.random() < 0.2 else 0
        change = max(change, day + timedelta(days=1))
        if change >= ends:
            spells.append(_Held(day, None if case.last is None else max(day, case.last), case, worker))
            return
        spells.append(_Held(day, change - timedelta(days=1), case, worker))
        day = change + timedelta(days=waits)
        if waits and day <= ends:
            spells.append(_Held(change, day - timedelta(days=1), case, None))


def _oversee(chance: Chance, people: People, cases: list[OpenCase], tables: Tables) -> None:
    oversights: list[tuple[date, OpenCase]] = []
    for case in cases:
        day = max(case.first, story.REGISTERS_BEGIN - timedelta(days=int(chance.random() * 20)))
        while day <= min(case.last or story.ENDS, story.ENDS):
            if day >= story.REGISTERS_BEGIN:
                oversights.append((day, case))
            usual = 15 if day >= story.LAUNCH else 22
            day = working_days.after(day, max(3, round(chance.gauss(usual, 6))))
    oversights.sort(key=lambda record: (record[0], record[1].child_id))
    rows = tables["oversight"] = []
    for number, (day, case) in enumerate(oversights, 10_001):
        manager = people.someone(chance, case.team, day, managers=True)
        if manager:
            values: Values = {
                "oversight_id": f"{people.prefix}O-{number}",
                "child_id": case.child_id,
                "staff_id": manager,
                "recorded_on": day,
                "kind": _OVERSIGHT.draw(chance),
            }
            rows.append(Record(values, evening(day)))


def visit(seed: int, copy: int, people: People, plans: list[HeldPlan], tables: Tables) -> None:
    """Write the visits that the plans asked for, from the day on which the registers begin."""
    chance = stream(seed, copy, "visits")
    every = {"cp": 10, "cin": 20, "care": 30}
    visits_due: list[tuple[date, HeldPlan]] = []
    for plan in plans:
        due = working_days.after(plan.first, every[plan.kind])
        while due <= min(plan.last, story.ENDS):
            if due >= story.REGISTERS_BEGIN:
                visits_due.append((due, plan))
            due = working_days.after(due, every[plan.kind])
    visits_due.sort(key=lambda visit: (visit[0], visit[1].plan_id))
    numbers = count(10_001)
    tables["visits"] = [_visit_row(chance, people, due, plan, next(numbers)) for due, plan in visits_due]


def _visit_row(chance: Chance, people: People, due: date, plan: HeldPlan, number: int) -> Record:
    made = recorded = alone = None
    if chance.random() < story.visited_in_time(due):
        made = due - timedelta(days=int(chance.random() * 4))
    elif chance.random() < 0.6:
        made = due + timedelta(days=1 + int(chance.random() * 12))
    if made and made.weekday() > 4:
        made -= timedelta(days=made.weekday() - 4)
    if made and chance.random() < 0.95:
        quick = chance.random() < story.written_up_at_once(due)
        recorded = made + timedelta(days=int(chance.random() * 3) if quick else 3 + int(chance.random() * 14))
        alone = "yes" if chance.random() < 0.68 else "no"
    record = Record(
        {
            "visit_id": f"{people.prefix}V-{number}",
            "child_id": plan.child_id,
            "plan_id": plan.plan_id,
            "due_on": due,
            "made_on": made,
            "recorded_on": recorded,
            "seen_alone": alone,
            "staff_id": people.someone(chance, plan.team, due) if made else None,
            "team_id": people.team_id(plan.team),
        },
        evening(due - timedelta(days=14)),
    )
    if made:
        record.filled_later(evening(made), "made_on", "staff_id")
    if recorded:
        record.filled_later(evening(recorded), "recorded_on", "seen_alone")
    return record

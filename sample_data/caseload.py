"""Who holds the open cases: allocations, visits, and managers' oversight."""

from datetime import date, timedelta
from itertools import count

from sample_data import story, working_days
from sample_data.casework import HeldPlan, OpenCase
from sample_data.chance import Chance, Mix, stream
from sample_data.people import People
from sample_data.records import Record, Tables, Values, evening

_OVERSIGHT = Mix({"case_direction": 46, "supervision": 40, "sign_off": 14})


def hold(seed: int, copy: int, people: People, cases: list[OpenCase], tables: Tables) -> None:
    """Write who held each open case, and the oversight of it that managers recorded."""
    chance = stream(seed, copy, "caseload")
    spells: list[tuple[date, date | None, OpenCase, str | None]] = []
    for case in cases:
        waits = case.first + timedelta(days=int(chance.random() * 9)) if chance.random() < 0.06 else case.first
        if waits > case.first:
            spells.append((case.first, waits - timedelta(days=1), case, None))
        _allocate(chance, people, case, waits, spells)
    spells.sort(key=lambda spell: (spell[0], spell[2].child_id))
    rows = tables["allocations"] = []
    for number, (first, last, case, worker) in enumerate(spells, 10_001):
        record = Record(
            {
                "allocation_id": f"{people.prefix}L-{number}",
                "child_id": case.child_id,
                "staff_id": worker,
                "team_id": people.team_id(case.team),
                "from": first,
                "to": last,
                "kind": "case_holder",
            },
            evening(first),
        )
        if last:
            record.filled_later(evening(last), "to")
        rows.append(record)
    _oversee(chance, people, cases, tables)


def _allocate(
    chance: Chance,
    people: People,
    case: OpenCase,
    first: date,
    spells: list[tuple[date, date | None, OpenCase, str | None]],
) -> None:
    """Give the case to one worker after another, each for as long as it or the worker stays."""
    managers_hold = 0.07 if first < story.LAUNCH else 0.015
    day = first
    while True:
        worker = people.someone(chance, case.team, day, managers=chance.random() < managers_hold)
        change = day + timedelta(days=90 + int(chance.expovariate(1 / 240)))
        if case.last and change >= case.last:
            spells.append((day, max(day, case.last), case, worker))
            return
        if change > story.ENDS:
            spells.append((day, None, case, worker))
            return
        spells.append((day, change - timedelta(days=1), case, worker))
        day = change


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
    on_time = 0.86 if due < story.LAUNCH else 0.92
    if chance.random() < on_time:
        made = due - timedelta(days=int(chance.random() * 4))
    elif chance.random() < 0.6:
        made = due + timedelta(days=1 + int(chance.random() * 12))
    if made and made.weekday() > 4:
        made -= timedelta(days=made.weekday() - 4)
    if made and chance.random() < 0.95:
        quick = chance.random() < (0.66 if due < story.LAUNCH else 0.8)
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

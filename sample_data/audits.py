"""Audits of files: those that managers made of their own teams, and those of senior managers since the inspection."""

from datetime import date, timedelta
from itertools import count

from sample_data import story, working_days
from sample_data.chance import Chance, Mix, stream
from sample_data.people import People
from sample_data.records import Record, Tables, Value, Values, evening

_GRADE = Mix({"excellent": 6, "good": 47, "adequate": 36, "poor": 11})
_GOOD = Mix({"excellent": 11, "good": 89})
_NOT_GOOD = Mix({"adequate": 77, "poor": 23})
_AUDITS: dict[tuple[int, int], tuple[int, int, int]] = {
    (2009, 11): (5, 4, 5),
    (2009, 12): (9, 7, 8),
    (2010, 1): (9, 7, 8),
    (2010, 2): (9, 7, 8),
    (2010, 3): (10, 8, 9),
    (2010, 4): (9, 7, 8),
    (2010, 5): (9, 8, 9),
    (2010, 6): (10, 8, 9),
}
"""Audits in a month to which the views apply; in how many both views, and in how many the child's, are recorded."""
_PULL = 0.2
"""How strongly the few files read in a month keep to what is usual in their season."""
_FALLS_SHORT = ("no", "adequate", "poor")
_ASKED_FOR = 0.8
"""In such a share of answers that fall short, senior managers ask for something to be done."""
_TO_BETTER_A_GRADE, _TO_PUT_RIGHT = 20, 10
"""Working days in which that is to be done."""
_DONE_ON_TIME, _NEVER_DONE = 0.72, 0.09

Answers = dict[str, tuple[str, str | None]]
"""Answers by question, each with the reason where it does not apply."""


def audit(seed: int, copy: int, people: People, tables: Tables) -> None:
    """Write what managers found in files of their own teams, and what senior ones have found since the inspection.

    Senior managers read about nine files a month, and ask for what falls short to be put right by a day.
    """
    done = [row for row in tables["assessments"] if row.gone_from is None]
    tables["audits"] = _read_by_managers(stream(seed, copy, "files read"), people, done)
    chance, asked = stream(seed, copy, "audits"), stream(seed, copy, "actions of audits")
    number = 0
    for (year, month), (audits, both, childs) in _AUDITS.items():
        first = max(date(year, month, 1), story.INSPECTION + timedelta(days=3))
        days = working_days.between(first, _last_of_month(date(year, month, 1)))
        auditors = people.senior_managers(first)
        kinds = ["both"] * both + ["child"] * (childs - both) + ["none"] * (audits - childs)
        kinds += ["not applicable"] if month % 2 else []
        chance.shuffle(kinds)
        for place, kind in enumerate(kinds):
            number += 1
            day = days[min(len(days) - 1, int((place + 0.2 + 0.6 * chance.random()) * len(days) / len(kinds)))]
            case = _drawn(chance, _completed_before(done, day))
            auditor = auditors[place % len(auditors)]
            answers = _answers(chance, kind, case)
            rows = _rows(f"{people.prefix}Q-{number:03}", answers, day, auditor, case)
            for row in rows:
                _ask(asked, row, day)
            tables["audits"] += rows


def _read_by_managers(chance: Chance, people: People, done: list[Record]) -> list[Record]:
    """Return the audits from before the inspection, by managers of the team or, now and then, senior ones.

    Nearly half are of core assessments.
    """
    rows: list[Record] = []
    numbers = count(1001)
    month = story.FILES_READ_FROM
    while month < story.AUDITS_BEGIN:
        days = working_days.between(month, _last_of_month(month))
        for place in range(story.FILES_A_MONTH):
            day = days[int((place + chance.random()) * len(days) / story.FILES_A_MONTH)]
            recent = _completed_before(done, day)
            cores = [row for row in recent if row.values["kind"] == "core"]
            case = _drawn(chance, (cores or recent) if place % 2 else recent)
            team = str(case["team_id"]).removeprefix(people.prefix)
            senior = people.senior_managers(day)
            by_senior = chance.steady("by senior managers", story.read_by_senior_managers(day))
            own = None if by_senior else people.someone(chance, team, day, managers=True)
            auditor = own or senior[int(chance.random() * len(senior))]
            rows += _rows(
                f"{people.prefix}Q-{next(numbers)}", _earlier_answers(chance, day, case), day, auditor, case
            )
        month = _last_of_month(month) + timedelta(days=1)
    return rows


def _last_of_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _completed_before(done: list[Record], day: date) -> list[Record]:
    """Return the assessments completed in the two months before this day."""
    first, last = day - timedelta(days=60), day - timedelta(days=1)
    return [row for row in done if isinstance(on := row.values["completed_on"], date) and first <= on <= last]


def _drawn(chance: Chance, rows: list[Record]) -> Values:
    return rows[int(chance.random() * len(rows))].values


def _earlier_answers(chance: Chance, day: date, case: Values) -> Answers:
    def right(question: str) -> bool:
        return chance.steady(question, story.right_in_files(question, day), pull=_PULL)

    def yes(question: str) -> tuple[str, str | None]:
        return ("yes" if right(question) else "no"), None

    both = right("views")
    answers: Answers = {
        "child_views_recorded": ("yes" if both or chance.random() < 0.3 else "no", None),
        "parents_views_recorded": ("yes" if both else "no", None),
        "management_sign_off": yes("management_sign_off"),
        "recording_policy_followed": yes("recording_policy_followed"),
        "assessment_grade": ((_GOOD if right("good_grade") else _NOT_GOOD).draw(chance), None),
    }
    if case["kind"] == "core":
        answers["multi_agency_input"] = yes("multi_agency_input")
    return answers


def _answers(chance: Chance, views: str, case: Values) -> Answers:
    def yes(share: float) -> tuple[str, str | None]:
        return ("yes" if chance.random() < share else "no"), None

    parents: tuple[str, str | None] = ("yes" if views == "both" else "no", None)
    if views == "both" and chance.random() < 0.05:
        parents = ("not_applicable", "Parents not involved, by court order")
    answers: Answers = {
        "child_views_recorded": ("yes" if views in {"both", "child"} else "no", None),
        "parents_views_recorded": parents,
        "management_sign_off": yes(0.82),
        "recording_policy_followed": yes(0.7),
        "assessment_grade": (_GRADE.draw(chance), None),
    }
    if views == "not applicable":
        answers["child_views_recorded"] = ("not_applicable", "Unborn child")
        answers["parents_views_recorded"] = ("not_applicable", "Family could not be reached")
    if case["kind"] == "core":
        answers["multi_agency_input"] = yes(0.72)
    return answers


def _ask(chance: Chance, row: Record, day: date) -> None:
    """Write into an answer that falls short what was asked for, and when it was done, most of it by its day."""
    values = row.values
    if values["answer"] not in _FALLS_SHORT or chance.random() >= _ASKED_FOR:
        return
    allowed = _TO_BETTER_A_GRADE if values["question"] == "assessment_grade" else _TO_PUT_RIGHT
    values["action_due_on"] = working_days.after(day, allowed)
    if chance.random() < _NEVER_DONE:
        return
    if chance.steady("done on time", _DONE_ON_TIME, pull=_PULL):
        taken = 2 + int(chance.random() * (allowed - 1))
    else:
        taken = allowed + 1 + int(chance.random() * 15)
    done = working_days.after(day, taken)
    values["action_closed_on"] = done
    row.filled_later(evening(done), "action_closed_on")


def _rows(audit_id: str, answers: Answers, day: date, auditor: str, case: Values) -> list[Record]:
    shared: dict[str, Value] = {
        "audited_on": day,
        "auditor_staff_id": auditor,
        "team_id": case["team_id"],
        "child_id": case["child_id"],
        "assessment_id": case["assessment_id"],
    }
    return [
        Record(
            {"audit_id": audit_id, "question": question, "answer": answer, "reason": reason, **shared}, evening(day)
        )
        for question, (answer, reason) in answers.items()
    ]

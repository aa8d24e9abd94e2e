"""The course that a case takes once a referral leads to work: assessments, enquiry, conference, plan, closing."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sample_data import story, working_days
from sample_data.chance import Chance, Mix

_IN_TIME = Mix({2: 2, 3: 5, 4: 9, 5: 16, 6: 27, 7: 41})
_IN_TIME_OF_TEN = Mix({3: 3, 4: 5, 5: 9, 6: 13, 7: 17, 8: 15, 9: 17, 10: 21})
_BEGINS_AFTER = Mix({0: 46, 1: 34, 2: 12, 3: 8})
_CORE_IN_TIME = Mix({20: 5, 25: 12, 30: 22, 33: 24, 35: 37})
_AFTER_INITIAL = Mix({"close": 50, "core": 29, "plan": 12, "enquiry": 9})
_AFTER_CORE = Mix({"close": 46, "plan": 44, "enquiry": 10})
_AFTER_ENQUIRY = Mix({"conference": 56, "substantiated_no_conference": 17, "not_substantiated": 27})


@dataclass(slots=True)
class Assessment:
    """An assessment: kind, and the days on which it began, was authorised, was ended without, and the child seen."""

    kind: str
    started: date
    completed: date | None
    terminated: date | None = None
    seen: date | None = None
    new_information: date | None = None


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry and the conference that followed it, if one did."""

    discussed: date
    ended: date
    outcome: str
    conference: date | None


@dataclass(slots=True)
class Plan:
    """A plan of one kind."""

    kind: str
    first: date
    last: date


@dataclass(slots=True)
class Course:
    """What was done on a case, and the day on which it was closed."""

    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    closed: date | None = None


def initial_assessment(
    chance: Chance, received: date, ready: date, team: str, *, new_information: bool = False
) -> Assessment:
    """Return an initial assessment of a referral received on one day and ready to be begun on another."""
    started = working_days.after(ready, _BEGINS_AFTER.draw(chance))
    if chance.random() < 0.05 and not new_information:
        started = working_days.after(started, 11 + int(chance.random() * 12))
    standard = _IN_TIME_OF_TEN if received >= story.NEW_STANDARD else _IN_TIME
    if chance.steady(f"assessed {team}", story.assessed_in_time(received, team)):
        completed = max(started, working_days.after(received, standard.draw(chance)))
    else:
        late = 8 if received < story.NEW_STANDARD else 11
        completed = max(started, working_days.after(received, late + int(chance.expovariate(1 / 7))))
    terminated = chance.random() < (0.06 if received < story.DUTY_SYSTEM else 0.03)
    seen = None
    if chance.random() < 0.9:
        seen = started + timedelta(days=int(chance.random() ** 2 * ((completed - started).days + 1)))
    return Assessment(
        "initial",
        started,
        None if terminated else completed,
        completed if terminated else None,
        seen,
        received if new_information else None,
    )


def run(chance: Chance, decision: str, received: date, decided: date, team: str) -> Course:
    """Return the course of a case on which it was decided to do something."""
    course = Course()
    if decision == "initial_assessment":
        if not chance.steady("recorded", story.assessment_recorded(received)):
            course.closed = decided + timedelta(days=3 + int(chance.random() * 25))
            return course
        first = initial_assessment(chance, received, decided, team)
        course.assessments.append(first)
        done = first.completed or first.terminated or first.started
        _continue(chance, course, _AFTER_INITIAL.draw(chance) if first.completed else "close", done)
    elif decision == "core_assessment":
        _continue(chance, course, "core", decided)
    else:
        _continue(chance, course, "enquiry", decided)
    return course


def _continue(chance: Chance, course: Course, step: str, day: date) -> None:
    if step == "core":
        done = _core(chance, course, day)
        _continue(chance, course, _AFTER_CORE.draw(chance), done)
    elif step == "enquiry":
        _enquire(chance, course, day)
    elif step == "plan":
        _plan(chance, course, "cin", day)
    else:
        course.closed = day + timedelta(days=int(chance.random() * 16))


def _core(chance: Chance, course: Course, day: date) -> date:
    started = working_days.after(day, int(chance.random() * 4))
    days = _CORE_IN_TIME.draw(chance) if chance.random() < 0.79 else 36 + int(chance.expovariate(1 / 12))
    completed = working_days.after(started, days)
    seen = started + timedelta(days=int(chance.random() * 15)) if chance.random() < 0.94 else None
    course.assessments.append(Assessment("core", started, completed, None, seen))
    return completed


def _enquire(chance: Chance, course: Course, day: date) -> None:
    discussed = day + timedelta(days=int(chance.random() * 3))
    ended = working_days.after(discussed, 3 + int(chance.random() * 12))
    outcome = _AFTER_ENQUIRY.draw(chance)
    conference = None
    if outcome == "conference":
        days = 8 + int(chance.random() * 8) if chance.random() < 0.86 else 16 + int(chance.random() * 10)
        conference = working_days.after(discussed, days)
    course.enquiries.append(Enquiry(discussed, ended, outcome, conference))
    if conference and chance.random() < 0.82:
        _plan(chance, course, "cp", conference)
    elif outcome == "not_substantiated" and not course.assessments:
        done = _core(chance, course, ended)
        course.closed = done + timedelta(days=int(chance.random() * 16))
    else:
        _plan(chance, course, "cin", conference or ended)


def _plan(chance: Chance, course: Course, kind: str, day: date) -> None:
    first = day + timedelta(days=int(chance.random() * 6))
    length = {
        "cin": 60 + chance.random() * 220,
        "cp": 180 + chance.random() * 300,
        "care": 200 + chance.random() * 900,
    }
    last = first + timedelta(days=int(length[kind]))
    course.plans.append(Plan(kind, first, last))
    follows = {"cp": "cin" if chance.random() < 0.35 else None, "cin": "care" if chance.random() < 0.03 else None}
    following = follows.get(kind)
    if following:
        _plan(chance, course, following, last)
    else:
        course.closed = last + timedelta(days=int(chance.random() * 10))

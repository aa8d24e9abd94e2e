"""What is decided on a referral, when, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sample_data import story, working_days
from sample_data.chance import Chance, Mix
from sample_data.records import on_the_clock

_DAY = timedelta(days=1)
_BELOW_THRESHOLD = Mix({"no_further_action": 47, "caf": 28, "advice": 25})
_OTHERWISE = Mix({"core_assessment": 24, "strategy_discussion": 24, "passed_to_open_case": 52})
_MANAGER = Mix({"practice_manager": 72, "team_manager": 25, "group_manager": 3})
_OTHER_GRADE = Mix[str | None]({"senior_practitioner": 50, "social_worker": 20, None: 30})
_QUICK = Mix({0.5: 8, 1.5: 14, 3.0: 20, 5.0: 18, 8.0: 12, 20.0: 28})
_EXTRA_DAYS_BEFORE = Mix({0: 58, 1: 21, 2: 10, 3: 6, 5: 5})
_EXTRA_DAYS_SINCE = Mix({0: 88, 1: 9, 2: 3})
_REASONS = Mix(
    {"threshold_not_met": 34, "support_elsewhere": 28, "information_only": 20, "no_consent": 8, "moved": 10}
)


@dataclass(slots=True)
class Decision:
    """A decision on a referral; `moment` may lie beyond the story."""

    moment: datetime
    outcome: str
    role: str | None
    reason: str | None


def decide(chance: Chance, first: datetime, received: datetime, team: str, *, is_open: bool) -> Decision:
    """Return the decision on a referral that first reached the council at one moment and was taken up at another."""
    day = received.date()
    pull = story.evenness(day)
    if chance.steady(f"in time {team} {pull}", story.decided_in_time(day, team), pull=pull):
        moment = _in_time(chance, first, received, team)
    else:
        moment = _late(chance, first, team)
    role = (
        _MANAGER
        if chance.steady(f"by a manager {pull}", story.decided_by_a_manager(day), pull=pull)
        else _OTHER_GRADE
    )
    outcome = _outcome(chance, day, is_open=is_open)
    reasoned = chance.random() < (0.84 if day < story.LAUNCH else 0.93)
    reason = None
    if reasoned:
        below = outcome in {"no_further_action", "caf", "advice"}
        reason = _REASONS.draw(chance) if below else "threshold_met"
    return Decision(on_the_clock(moment), outcome, role.draw(chance), reason)


def left_until_monday(chance: Chance, decision: Decision) -> None:
    """Put a decision off to the Monday on which the main part of the story ends."""
    monday = story.LAST_FULL_DAY + _DAY
    decision.moment = _at(monday, 9.5 + chance.random() * 7)


def _outcome(chance: Chance, day: date, *, is_open: bool) -> str:
    if is_open:
        return "passed_to_open_case" if chance.random() < 0.86 else _BELOW_THRESHOLD.draw(chance)
    if chance.steady("to be assessed", story.assessment_decided(day)):
        return "initial_assessment"
    return _BELOW_THRESHOLD.draw(chance) if chance.steady("below", 0.74) else _OTHERWISE.draw(chance)


def _in_time(chance: Chance, first: datetime, received: datetime, team: str) -> datetime:
    limit = first + _DAY - timedelta(minutes=20)
    if team == story.EMERGENCY_DUTY:
        return min(limit, received + timedelta(minutes=20 + 380 * chance.random() ** 2))
    moment = received + timedelta(hours=_QUICK.draw(chance) * (0.6 + 0.8 * chance.random()))
    if moment.date() == received.date() and moment.time() <= time(19, 30):
        return min(limit, moment)
    morning_after = _at(received.date() + _DAY, 8.6 + chance.random() * 2.5)
    if working_days.is_working(morning_after.date()) and received + timedelta(minutes=30) < morning_after < limit:
        return morning_after
    return min(limit, received + timedelta(minutes=20 + 120 * chance.random()))


def _late(chance: Chance, first: datetime, team: str) -> datetime:
    due = first + _DAY
    extra = (_EXTRA_DAYS_BEFORE if first.date() < story.DUTY_SYSTEM else _EXTRA_DAYS_SINCE).draw(chance)
    soon = due + timedelta(minutes=15 + 300 * chance.random())
    if extra == 0 and (team == story.EMERGENCY_DUTY or (working_days.is_working(due.date()) and 9 <= soon.hour < 18)):
        return soon
    return _at(working_days.after(due.date(), 1 + extra), 9.2 + chance.random() * 7.5)


def _at(day: date, hour: float) -> datetime:
    return datetime.combine(day, time(int(hour), int(hour % 1 * 60)))

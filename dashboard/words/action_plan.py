"""The action plan in words: deadlines, leads, what measures did since an action began, what was changed of a line."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from dashboard.analysis.movement import Moved, Movement
from dashboard.analysis.wording import day, figure, periods, short_day
from dashboard.readings.action_plan import Due, LinkedMeasure, Plan, PlanLine
from dashboard.readings.decisions import Decided, State
from dashboard.words.loads import counted
from data_access.decisions.kinds.action import STRANDS, Status
from data_access.decisions.reads.action_plan import PlannedAction

STATUS_WORDS: Final[Mapping[str, str]] = {
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.DONE: "Done",
    Status.STOPPED: "Stopped",
}
FIELD_WORDS: Final[Mapping[str, str]] = {
    "title": "What is to be done",
    "strand": "Strand",
    "lead": "Lead",
    "lead_to_be_named": "Lead still to be named",
    "monitored_by": "Monitored by",
    "began_on": "Began on",
    "deadline_printed": "Deadline as printed",
    "due_on": "Due on",
    "deadline_note": "Why that differs from what is printed",
    "outcome": "Required outcome",
    "target": "Target",
    "remark": "Remark",
    "status": "Status",
    "evidence": "Evidence",
    "measures": "Measures",
}
"""The fields of a line, in the order in which forms and histories have them."""
NO_CAUSE: Final = (
    "All of a measure's time since the action began is held against the time before; its latest weeks may say "
    "something else. That a measure moved is no proof that the action moved it"
)
MOVED_WORDS: Final[Mapping[Moved, str]] = {
    Moved.BETTER: "better since",
    Moved.WORSE: "worse since",
    Moved.CHANGED: "changed since",
    Moved.ALREADY: "moving before already",
    Moved.NOT_BEYOND_CHANCE: "no change beyond chance",
    Moved.TOO_FEW: "too soon to say",
    Moved.NOT_JUDGED: "not judged",
    Moved.NEW_STANDARD: "a new standard since",
}
_DIGITS: Final = re.compile(r"^\D*(\d+)")


def count_words(plan: Plan) -> str:
    """Return how long the plan is: "22 lines under 15 numbers"."""
    numbers = {match[1] for line in plan.lines if (match := _DIGITS.match(line.action.action_id))}
    lines = counted(len(plan.lines), "line")
    return lines if len(numbers) in (0, len(plan.lines)) else f"{lines} under {counted(len(numbers), 'number')}"


def lead_words(action: PlannedAction) -> str:
    """Return who leads an action, and where somebody is still to be named."""
    if action.lead is None:
        return "Still to be named"
    return f"{action.lead}; a lead still to be named" if action.lead_to_be_named else action.lead


def due_words(line: PlanLine) -> str:
    """Return how a line stands to its deadline: "Overdue since 31 May 2010", "Due on 31 March 2010, in 2 days"."""
    on, days = line.action.due_on, line.days
    match line.due:
        case Due.DONE:
            return "Done"
        case Due.STOPPED:
            return "Stopped"
    if on is None or days is None:
        return "No deadline"
    if days < 0:
        return f"Overdue since {_on(on)}"
    if days == 0:
        return f"Due today, {_on(on)}"
    return f"Due on {_on(on)}, in {counted(days, 'day')}" if line.due is Due.SOON else f"Due on {_on(on)}"


def standing_words(line: PlanLine) -> str:
    """Return the status of a line and how it stands to its deadline: "In progress, overdue since 31 May 2010"."""
    status, due = STATUS_WORDS[line.action.status], due_words(line)
    return status if status == due else f"{status}, {due[:1].lower()}{due[1:]}"


def deadline_words(action: PlannedAction) -> str:
    """Return a deadline as it is understood and as it is printed, with why they differ."""
    if action.due_on is None:
        return f"Printed: {action.deadline_printed}" if action.deadline_printed else "None printed"
    told = _on(action.due_on)
    if action.deadline_printed:
        told = f"{told}; printed: {action.deadline_printed}"
    return f"{told}. {action.deadline_note}" if action.deadline_note else told


def movement_short(movement: Movement | None) -> str:
    """Return in two or three words what a measure did since an action began."""
    return "not begun" if movement is None else MOVED_WORDS[movement.moved]


def movement_words(linked: LinkedMeasure) -> str:
    """Return what a measure did since an action began: "better since: 62% before, 96% in the 15 weeks since"."""
    movement, subject = linked.movement, linked.view.judgement.subject
    if movement is None:
        return "The action has not begun"
    told = "an increase since" if _is_aim(linked) else MOVED_WORDS[movement.moved]
    told = f"{told[:1].upper()}{told[1:]}"
    if movement.before is not None and movement.since is not None:
        before = figure(movement.before, subject, apart_from=[movement.since])
        since = figure(movement.since, subject, apart_from=[movement.before])
        if movement.moved is Moved.NOT_JUDGED:
            return f"{told}: {before} just before, {since} at the latest"
        return f"{told}: {before} before, {since} in the {periods(movement.points, subject.period)} since"
    match movement.moved:
        case Moved.TOO_FEW:
            since_then = (
                f"{periods(movement.points, subject.period)} settled since" if movement.points else "none since"
            )
            return f"{told}: {since_then}"
        case Moved.NOT_JUDGED:
            return f"{told}: no figure before or since"
    return f"{told}: nothing before can be compared with it"


def action_words(line: PlanLine) -> tuple[str, str]:
    """Return a line for a list of what is due: its number and title, and how it stands, who leads it, what moved."""
    moved = moved_together(line)
    measures = f" Its measures since it began: {moved}." if moved else ""
    subject = f"{line.action.action_id} {line.action.title}"
    return subject, f": {due_words(line)}. {lead_words(line.action)}.{measures}"


def moved_together(line: PlanLine) -> str:
    """Return how many measures of a line moved which way: "2 better, 1 worse, 3 no change beyond chance"."""
    moved = [movement_short(linked.movement).removesuffix(" since") for linked in line.measures]
    order = [words.removesuffix(" since") for words in (*MOVED_WORDS.values(), "not begun")]
    return ", ".join(f"{moved.count(words)} {words}" for words in order if words in moved)


def field_value(name: str, value: object) -> str:
    """Return the value of a field of a line as readers see it; "nothing" for a blank."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return _on(value)
    if name == "status":
        return STATUS_WORDS[str(value)]
    return STRANDS[str(value)].value if name == "strand" else str(value)


def history_of_line(decided: Decided) -> list[tuple[State, str]]:
    """Return the states of a line, the latest first, each with what it changed of the one before."""
    states = decided.states
    told = [_changes(later.content, earlier.content) for later, earlier in pairwise(states)]
    first = "Loaded with the plan" if states[-1].revision == 0 else "Entered"
    return [
        (state, "Withdrawn" if state.withdrawn else changes)
        for state, changes in zip(states, [*told, first], strict=True)
    ]


def _changes(after: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    changed = [
        f"{words}: {field_value(name, before.get(name))} → {field_value(name, after.get(name))}"
        for name, words in FIELD_WORDS.items()
        if (after.get(name) or None) != (before.get(name) or None)
    ]
    return "; ".join(changed) or "Nothing changed"


def short_due(line: PlanLine) -> str:
    """Return the deadline of a line for a tag: "Overdue", "Due 31 Mar", "Jun 2010", "No deadline", "Done"."""
    on = line.action.due_on
    match line.due:
        case Due.OVERDUE:
            return "Overdue"
        case Due.SOON if on is not None:
            return f"Due {short_day(on)}"
        case Due.LATER if on is not None:
            return f"Due {short_day(on)} {on.year}"
        case Due.DONE:
            return "Done"
        case Due.STOPPED:
            return "Stopped"
    return "No deadline"


def summary_words(lines: Sequence[PlanLine]) -> str:
    """Return where some lines stand: "3 overdue, 8 due within four weeks, 1 done, 1 without a named lead"."""
    counts = {
        "overdue": sum(line.due is Due.OVERDUE for line in lines),
        "due within four weeks": sum(line.due is Due.SOON for line in lines),
        "done": sum(line.due is Due.DONE for line in lines),
        "with a lead still to be named": sum(line.lacks_lead for line in lines),
    }
    return (
        ", ".join(f"{count} {words}" for words, count in counts.items() if count) or "nothing due within four weeks"
    )


def _is_aim(linked: LinkedMeasure) -> bool:
    movement = linked.movement
    return movement is not None and movement.moved is Moved.BETTER and linked.view.judgement.subject.only_an_aim


def _on(on: date) -> str:
    return f"{day(on)} {on.year}"

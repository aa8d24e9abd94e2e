"""A child's path in words: its steps with who and why, their clocks, and what is out of order in a sentence."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dashboard.analysis.step_order import OutOfOrder, Step, StepKind, Tie
from dashboard.readings.childs_path import ChildsPath, DrawnChild, PathStep, Verdict, late_by
from dashboard.words.cases import clock_of, day_words, kind_of, moment_words, result_of
from data_access.extracts import extract_named
from data_access.queries.rows_of_child import ANSWERS

Words = Mapping[str, Mapping[str, str]]

_K = StepKind
_CODE: Final = "{kind}"
_COLUMN: Final = re.compile(r"{(?P<name>\w+)}")
_TITLES: Final = {
    _K.NOTIFIED: "{kind} received",
    _K.SCREENED: "{kind} screened: {outcome}",
    _K.CONTACT: "Contact received",
    _K.CONTACT_DECIDED: "Contact decided: {decision}",
    _K.REFERRAL: "Referral received",
    _K.ACKNOWLEDGED: "Receipt acknowledged to the referrer",
    _K.DECISION: "Referral decided: {decision}",
    _K.REFERRER_TOLD: "Referrer told the outcome",
    _K.NEW_INFORMATION: "New information on the case",
    _K.STRATEGY_DISCUSSION: "Strategy discussion",
    _K.ALLOCATED: "Case allocated",
    _K.ASSESSMENT: "{kind} begun",
    _K.SEEN: "Child seen in the {kind}",
    _K.VISITED: "Child visited",
    _K.COMPLETED: "{kind} completed",
    _K.TERMINATED: "{kind} ended without being completed",
    _K.ENQUIRY_ENDED: "Section 47 enquiry ended: {outcome}",
    _K.CONFERENCE: "{kind} held: {outcome}",
    _K.PLAN: "{kind} plan began",
    _K.CORE_GROUP: "Core group met",
    _K.OVERSIGHT: "Management oversight: {kind}",
    _K.SUPERVISION: "Case discussed in supervision",
    _K.CAF_OFFERED: "CAF offered",
    _K.CAF_STARTED: "CAF started, {agency}",
    _K.CAF_DECLINED: "CAF declined by the family",
    _K.CAF_COMPLETED: "CAF completed",
    _K.CAF_CLOSED: "CAF closed: {outcome}",
    _K.AUDITED: "Case audited",
    _K.PLAN_ENDED: "{kind} plan ended",
    _K.CLOSED: "Case closed",
}
"""What each step is called; in braces the column whose code is told."""
_CLAUSES: Final = {
    _K.NOTIFIED: "the notification was received",
    _K.SCREENED: "the notification was screened",
    _K.CONTACT: "the contact was received",
    _K.CONTACT_DECIDED: "the contact was decided on",
    _K.REFERRAL: "the referral was received",
    _K.DECISION: "the referral was decided on",
    _K.REFERRER_TOLD: "the referrer was told the outcome",
    _K.STRATEGY_DISCUSSION: "the strategy discussion was held",
    _K.ASSESSMENT: "the {kind} was begun",
    _K.SEEN: "the child was seen",
    _K.COMPLETED: "the {kind} was completed",
    _K.TERMINATED: "the {kind} was ended",
    _K.ENQUIRY_ENDED: "the section 47 enquiry ended",
    _K.CONFERENCE: "the {kind} was held",
    _K.PLAN: "the {kind} plan began",
    _K.PLAN_ENDED: "the {kind} plan ended",
    _K.CAF_OFFERED: "the CAF was offered",
    _K.CAF_STARTED: "the CAF was started",
    _K.CAF_DECLINED: "the CAF was declined",
    _K.CAF_COMPLETED: "the CAF was completed",
    _K.CAF_CLOSED: "the CAF was closed",
    _K.CLOSED: "the case was closed",
}
"""How each step is told within a sentence: every one that a rule of order names."""
_NOT_RECORDED: Final = "not recorded"
_WORKERS: Final = (_K.ALLOCATED, _K.ASSESSMENT, _K.VISITED, _K.OVERSIGHT, _K.AUDITED)
"""Steps of which the person whom their row names is told."""


def title_of(each: PathStep, words: Words) -> str:
    """Return what a step is, with its outcome: "Referral decided: Initial assessment"."""
    title = "Re-referral received" if each.came_back else _filled(_TITLES[each.step.kind], each, words)
    return f"{title[:1].upper()}{title[1:]}"


def when_of(step: Step, before: Step | None) -> str:
    """Return the day of a step, with its time where one is known; of the day of the step before the time alone."""
    if before is not None and before.on == step.on:
        return "the same day" if step.at is None else f"{step.at:%H:%M}"
    return day_words(step.on) if step.at is None else moment_words(step.at)


def facts_of(each: PathStep, words: Words) -> list[str]:
    """Return who did it, why, and with what: the rest of what its row tells of a step."""
    step, values = each.step, each.row.values
    told: list[str] = []
    match step.kind:
        case StepKind.DECISION:
            who = _label(each, "decided_by_role", words)
            told.append("who decided is not recorded" if who is None else f"decided by: {_small(who)}")
            told.append(f"reason: {_plain(values['reason'])}" if values["reason"] else "no reason is recorded")
        case StepKind.CONTACT | StepKind.REFERRAL if values["source"]:
            told.append(f"from: {_small(_said(each, 'source', words))}")
        case StepKind.SEEN:
            told.append(f"by: {_small(_said(each, 'seen_by', words))}")
            told.append(_alone(values["seen_alone"]))
        case StepKind.VISITED:
            told.append(_alone(values["seen_alone"]))
            written = values["recorded_on"]
            told.append("not written up" if written is None else f"written up {day_words(written)}")
        case StepKind.ALLOCATED if not each.row.has_person:
            told.append("to nobody: it waited in the team")
        case StepKind.CORE_GROUP if values["agencies_invited"]:
            told.append(f"{values['agencies_attended'] or 0} of {values['agencies_invited']} agencies came")
        case StepKind.AUDITED:
            told += [
                f"{words.get('audit_question', {}).get(question, question)} "
                f"{words.get('audit_answer', {}).get(answer, answer)}"
                for question, answer in values[ANSWERS].items()
            ]
    if step.kind in _WORKERS and each.row.role is not None:
        told.append(_small(words.get("role", {}).get(each.row.role, each.row.role)))
    if step.kind in _WORKERS and each.row.staff is not None:
        told.append(each.row.staff)
    return [words for words in told if words]


def verdict_words(verdict: Verdict) -> str:
    """Return what a measure says of a step: "Initial assessments in time: not met, 9 working days, 7 allowed"."""
    result, clock, days = result_of(verdict.case, verdict.definition), clock_of(verdict.case, verdict.definition), ""
    if is_late(verdict) and (late := late_by(verdict)) is not None:
        days = f", late by {_counted(late, 'working day')}"
    return f"{verdict.definition.title}: {_small(result)}{f', {clock}' if clock else ''}{days}"


def is_late(verdict: Verdict) -> bool:
    """Return whether a measure finds the case late, or not as it should be."""
    return kind_of(verdict.case, verdict.definition) in ("late", "waiting")


def missing_words(verdict: Verdict) -> str:
    """Return what should have been by now: "The child waits for an initial assessment …: 14 working days, 7 allowed".

    Raise ValueError for a measure whose cases never wait.
    """
    waiting = verdict.definition.waiting_words
    if waiting is None:
        msg = f"{verdict.definition.title}: no case of it ever waits"
        raise ValueError(msg)
    told, clock = waiting.single.replace("1 child", "The child", 1), clock_of(verdict.case, verdict.definition)
    return f"{told}{f': {clock}' if clock else ''}"


def between(earlier: Step, later: Step) -> str:
    """Return how long after a step the next one came: "5 days later"; empty on the same day."""
    days = (later.on - earlier.on).days
    return "" if days == 0 else "the next day" if days == 1 else f"{days:,} days later"


def order_words(broken: OutOfOrder, words: Words, working_days: Mapping[date, int]) -> str:
    """Return a step out of order in a sentence: "The referral was decided on 2 working days before …"."""
    second = _clause(broken.second, words)
    said = f"{second[:1].upper()}{second[1:]}"
    again = broken.rule.tie is Tie.SAME_KIND
    if again:
        said = said.replace("The ", "Another ", 1)
    if broken.first is not None:
        first = _clause(broken.first, words)
        first = first.replace("the ", "the earlier ", 1) if again else first
        return f"{said} {_gap(broken.second, broken.first, working_days)} before {first}."
    if again or broken.rule.begun:
        what = _kind_words(broken.row, words)
        return f"{said} while {'an earlier' if again else 'the'} {what} stood open, and it has not ended since."
    never = _clause_of(broken.rule.first[0], broken.row, words)
    return f"{said}, and it is not recorded that {never}."


def drawn_words(drawn: DrawnChild) -> str:
    """Return how a child was drawn, and what draws the same again."""
    return (
        f"Drawn at random from the {drawn.out_of:,} children referred since {day_words(drawn.since)} whose case was "
        f"not closed by the decision, each team with its share. Seed “{drawn.seed}” draws the same from them again."
    )


def hidden_words(path: ChildsPath) -> str:
    """Return how many steps are not shown; empty where all are."""
    if not path.hidden:
        return ""
    verb = "is" if path.hidden == 1 else "are"
    return f"{_counted(path.hidden, 'step')} of teams whose cases you may not see {verb} not shown."


def routine_words(steps: Sequence[PathStep]) -> str:
    """Return several steps that come again and again in a line: "6 visits, 2 core groups"."""
    counted: dict[StepKind, int] = {}
    for each in steps:
        counted[each.step.kind] = counted.get(each.step.kind, 0) + 1
    told = [_counted(number, ROUTINE[kind]) for kind, number in counted.items()]
    return ", ".join(told)


ROUTINE: Final = {
    _K.VISITED: "visit",
    _K.CORE_GROUP: "core group",
    _K.OVERSIGHT: "record of management oversight",
    _K.SUPERVISION: "supervision of the case",
}
"""Steps that come again and again, and how several of them are counted."""


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _gap(earlier: Step, later: Step, working_days: Mapping[date, int]) -> str:
    """Return how long one step came before another, in working days where any lies between them."""
    if earlier.at is not None and later.at is not None and earlier.on == later.on:
        minutes = int((later.at - earlier.at).total_seconds()) // 60
        hours, minutes = divmod(minutes, 60)
        return f"{_counted(hours, 'hour')} {_counted(minutes, 'minute')}" if hours else _counted(minutes, "minute")
    days = working_days[later.on] - working_days[earlier.on]
    return _counted(days, "working day") if days else _counted((later.on - earlier.on).days, "day")


def _clause(step: Step, words: Words) -> str:
    return _clause_of(step.kind, step, words)


def _clause_of(kind: StepKind, row: Step, words: Words) -> str:
    return _CLAUSES[kind].replace(_CODE, _kind_words(row, words))


def _kind_words(step: Step, words: Words) -> str:
    """Return the kind of assessment, conference or plan: "initial assessment"."""
    extract = extract_named(step.kind.extract)
    codes = extract.column("kind").codes if step.code is not None else None
    label = words.get(codes or "", {}).get(step.code or "", step.code or "")
    return _small(label)


def _filled(title: str, each: PathStep, words: Words) -> str:
    """Return a title with the words for its codes in the place of the columns in braces."""

    def label(column: re.Match[str]) -> str:
        said = _said(each, column["name"], words)
        return said if not column.start() or title[column.start() - 2] == ":" else _small(said)

    return _COLUMN.sub(label, title)


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _said(each: PathStep, column: str, words: Words) -> str:
    return _label(each, column, words) or _NOT_RECORDED


def _label(each: PathStep, column: str, words: Words) -> str | None:
    """Return a code of a row in words; None where it is blank."""
    described = extract_named(each.row.extract).column(column)
    value = each.row.values[described.stored_as]
    return None if value is None else words.get(described.codes or "", {}).get(value, str(value))


def _plain(code: str) -> str:
    """Return a reason, which may be a code of a council's own, as words."""
    return code.replace("_", " ")


def _alone(seen_alone: bool | None) -> str:
    if seen_alone is None:
        return "whether alone is not recorded"
    return "alone" if seen_alone else "not alone"

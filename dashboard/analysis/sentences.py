"""The sentence of a judgement, built from the result and never typed: `[title] [value]: [change]; [target]`.

It serves board, chart, title, alternative text and export alike. `sentences.md` next to this module lists every
combination; `python -m dashboard.analysis.sentence_table` writes it. No sentence excuses leaving a child waiting:
late cases that are still open are always told.
"""

from typing import TYPE_CHECKING

from dashboard.analysis.limits import LIMITS_FROM
from dashboard.analysis.outlook import YearEnd
from dashboard.analysis.rules import Signal
from dashboard.analysis.series import Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, YearToDate
from dashboard.analysis.wording import ASSURANCE_WORDS, day, figure, goal, period_name, periods, short_day
from data_access.dates.periods import period_of
from data_access.vocabulary import (
    Assurance,
    Direction,
    Display,
    Gap,
    Rule,
    TargetState,
    Variation,
)

if TYPE_CHECKING:
    from dashboard.analysis.judgement import Judgement

STEP_TOLD_FOR_DAYS = 26 * 7
"""A rebase's step stays in the sentence for 26 weeks."""

_MISSING = {
    Gap.NO_DATA: "no data for",
    Gap.NO_CASES: "no cases in",
    Gap.NOT_COMPUTABLE: "no figure could be worked out for",
    Gap.HIDDEN: "small numbers are hidden in",
}
_YEAR_END = {
    YearEnd.ON_COURSE: "on course for {goal} by {day}",
    YearEnd.IN_DOUBT: "{goal} by {day} needs better {period}s than usual",
    YearEnd.OUT_OF_REACH: "{goal} by {day} is out of reach",
}


def sentence(judgement: "Judgement") -> str:
    """The whole sentence, in sentence case and without a full stop."""
    return _main(judgement) + (f"; {_waiting(judgement)}" if judgement.waiting else "")


def _waiting(judgement: "Judgement") -> str:
    """How many still wait; with the day next to a figure that says what stood on another one."""
    told = f"{judgement.waiting:,} still waiting"
    if judgement.waiting_on is None or not judgement.subject.stands_on_last_day:
        return told
    return f"{told} on {day(judgement.waiting_on)}"


def alternative_text(judgement: "Judgement") -> str:
    """What a chart of the judgement says to somebody who cannot see it: the sentence, the lines and the target."""
    subject, latest = judgement.subject, judgement.latest
    parts = []
    if latest is not None and latest.drawn is not None:
        drawn, kind = latest.drawn, "trial limits" if judgement.is_trial else "limits"
        parts.append(f"mean {figure(drawn.mean, subject)}")
        if drawn.lower is not None and drawn.upper is not None:
            parts.append(f"{kind} {figure(drawn.lower, subject)} to {figure(drawn.upper, subject)}")
    if judgement.target is not None:
        reference = judgement.target_state is TargetState.REFERENCE
        parts.append(f"{'reference' if reference else 'target'} {goal(judgement.target, subject)}")
    lines = ", ".join(parts)
    return f"{judgement.sentence}. {lines[:1].upper()}{lines[1:]}." if lines else f"{judgement.sentence}."


def target_tag(judgement: "Judgement") -> str | None:
    """The words of the target tag: "Met", "Missed", "Due 30 Jun", "No target"; None where there is no tag."""
    match judgement.target_state:
        case TargetState.MET:
            return "Met"
        case TargetState.MISSED:
            return "Missed"
        case TargetState.DUE:
            on = judgement.year.ends if judgement.year else judgement.target and judgement.target.starts
            return f"Due {short_day(on)}" if on else None
        case TargetState.NO_TARGET:
            return "No target"
        case _:
            return None


def assurance_words(judgement: "Judgement") -> str:
    """The words next to the assurance icon. Limits speak of the weeks so far: a target still due may yet be met."""
    words = ASSURANCE_WORDS[judgement.assurance]
    still_due = judgement.assurance is Assurance.FAIL and judgement.target_state is TargetState.DUE
    return f"{words} yet" if still_due else words


def _main(judgement: "Judgement") -> str:
    subject = judgement.subject
    if judgement.year is not None:
        return _year(judgement, judgement.year)
    if judgement.latest is None:
        return f"{subject.title}: {_no_figure(judgement)}"
    clauses = "; ".join(clause for clause in (change(judgement), target(judgement), in_doubt(judgement)) if clause)
    last = judgement.last
    if last is not None and last.value is None:
        known = ", ".join(part for part in (f"last known {_value(judgement)}", clauses) if part)
        return f"{subject.title}: {_no_figure(judgement)}; {known}"
    return f"{subject.title} {_value(judgement)}" + (f": {clauses}" if clauses else "")


def _no_figure(judgement: "Judgement") -> str:
    last = judgement.last
    if last is None or last.value is not None:
        return "no settled figure yet" if judgement.points else "no data"
    return f"{_MISSING[last.gap or Gap.NO_DATA]} {period_name(last.start, judgement.subject.period)}"


def _value(judgement: "Judgement") -> str:
    """The latest figure; a range where it is not sure enough; its day where it says what stands on one."""
    subject = judgement.subject
    if judgement.latest is None or judgement.latest.point.value is None:
        return ""
    shown_with = [judgement.target.value] if judgement.target else []
    ends = judgement.span or (judgement.latest.point.value,)
    told = " to ".join(figure(end, subject, apart_from=shown_with) for end in ends)
    if not subject.stands_on_last_day:
        return told
    return f"{told} on {day(period_of(judgement.latest.point.start, subject.period)[1])}"


def change(judgement: "Judgement") -> str:
    """The change clause: what the latest point says about the process. Empty for a plain line."""
    subject, segment, latest = judgement.subject, judgement.segment, judgement.latest
    if latest is None or segment is None or judgement.variation is Variation.NOT_JUDGED:
        return ""
    if judgement.variation is Variation.TOO_FEW:
        since = "" if segment.begun_by is None else f" since {_beginning(segment.begun_by)}"
        return f"too soon to judge{since} ({segment.count} of {periods(LIMITS_FROM, subject.period)})"
    step = _step(judgement)
    if judgement.variation is Variation.COMMON_CAUSE:
        return f"{step}, steady since" if step else "no real change"
    first = latest.signals[0]
    words = signal_words(first, subject)
    if judgement.hides_concern:
        against = next(signal for signal in latest.signals if signal.direction is not first.direction)
        words += f", yet {signal_words(against, subject)}; find out why"
    else:
        words += _meaning(first, judgement.variation, subject)
    return f"{step}, then {words}" if step else words


def _step(judgement: "Judgement") -> str:
    """The step of a recent rebase between two stretches that could both be judged."""
    segment, latest = judgement.segment, judgement.latest
    if segment is None or latest is None or segment.begun_by is None or segment.begun_by.of_standard:
        return ""
    before = judgement.segments[latest.segment - 1]
    recent = (latest.point.start - segment.begun_by.start).days <= STEP_TOLD_FOR_DAYS
    if not recent or before.display is Display.TOO_FEW or before.mean is None or segment.mean is None:
        return ""
    was = figure(before.mean, judgement.subject, apart_from=[segment.mean])
    now = figure(segment.mean, judgement.subject, apart_from=[before.mean])
    return f"from {was} to {now} since {day(segment.begun_by.start)}"


def _beginning(rebase: Rebase) -> str:
    return f"the new standard of {day(rebase.start)}" if rebase.of_standard else day(rebase.start)


def signal_words(signal: Signal, subject: Subject) -> str:
    """One rule in plain words."""
    high = signal.direction is Direction.HIGH
    match signal.rule:
        case Rule.OUTSIDE:
            return f"{'higher' if high else 'lower'} than expected for this service"
        case Rule.TREND:
            return f"{'rising' if high else 'falling'} over {periods(signal.length, subject.period)}"
        case Rule.RUN:
            return f"{'above' if high else 'below'} average for {periods(signal.length, subject.period)}"
        case Rule.TWO_OF_THREE:
            often = "each" if signal.length == 3 else "2"
            return f"unusually {'high' if high else 'low'} in {often} of the last {periods(3, subject.period)}"


def _meaning(signal: Signal, variation: Variation, subject: Subject) -> str:
    """What follows the rule. Only a run or trend is called a real change; a single odd week is a question."""
    lasting = signal.rule in (Rule.RUN, Rule.TREND)
    plain = "a real increase" if signal.direction is Direction.HIGH else "a real decrease"
    if variation is Variation.IMPROVEMENT and not subject.only_an_aim:
        return ", a real improvement" if lasting else "; find out what helped"
    if variation is Variation.CONCERN:
        worse = plain if subject.only_an_aim else "a real worsening"
        return f", {worse}; find out why" if lasting else "; find out why"
    return f", {plain}" if lasting else "; find out why"


def target(judgement: "Judgement") -> str:
    """The target clause; empty where there is nothing to say."""
    aim = judgement.target
    if aim is None or judgement.latest is None:
        return ""
    match judgement.target_state:
        case TargetState.DUE:
            return _due(judgement, aim)
        case TargetState.UNCERTAIN:
            point = judgement.latest.point
            if not point.is_incomplete:
                return ""
            due = (point.denominator or 0) + point.not_computable
            return f"{point.not_computable:,} of {due:,.0f} cases could not be worked out"
        case TargetState.MET | TargetState.MISSED:
            return _assurance(judgement, aim)
        case _:
            return ""


def outlook(judgement: "Judgement") -> str:
    """Where the figure goes against its target if the work goes on as now; empty where nothing can be said."""
    year = judgement.year
    if year is None:
        is_told = judgement.target_state is TargetState.DUE or judgement.assurance is not Assurance.NONE
        return target(judgement) if is_told else ""
    if year.target.reference or judgement.year_end is None:
        return ""
    return _year_end(judgement, year, judgement.year_end)


def in_doubt(judgement: "Judgement") -> str:
    """The clause that tells of the rows in doubt; empty where they could not move the figure as it is shown."""
    if not judgement.is_moved_by_doubt:
        return ""
    return f"{judgement.in_doubt:,} {'row' if judgement.in_doubt == 1 else 'rows'} in doubt could move it"


def _due(judgement: "Judgement", aim: Target) -> str:
    if aim.starts is None:
        return ""
    due = f"due {goal(aim, judgement.subject)} by {day(aim.starts)}"
    if judgement.pace is None:
        return due
    at_pace = figure(judgement.pace, judgement.subject, apart_from=[aim.value])
    return f"{due}; at this pace {at_pace}{_if_it_lasts(judgement)}"


def _if_it_lasts(judgement: "Judgement") -> str:
    """Why a target can come within reach although the stretch's limits never meet it.

    The pace follows the latest rise or fall, the limits all weeks of the stretch.
    """
    if judgement.latest is None or judgement.assurance is not Assurance.FAIL or not judgement.is_on_pace:
        return ""
    lasting = next((signal for signal in judgement.latest.signals if signal.rule in (Rule.RUN, Rule.TREND)), None)
    if lasting is None:
        return ""
    return f" if the {'rise' if lasting.direction is Direction.HIGH else 'fall'} lasts"


def _assurance(judgement: "Judgement", aim: Target) -> str:
    subject, met = judgement.subject, judgement.target_state is TargetState.MET
    shown_with = [] if judgement.latest is None else [judgement.latest.point.value or 0.0]
    text = goal(aim, subject, apart_from=shown_with)
    named = _named(aim, text)
    meet = f"be {text}" if aim.comparison.is_strict else f"meet {text}"
    reach = f"get {text}" if aim.comparison.is_strict else f"reach {text}"
    worsening = judgement.is_concern
    improving = judgement.variation is Variation.IMPROVEMENT and not worsening
    match judgement.assurance:
        case Assurance.PASS if not met:
            return f"{named} was missed in the latest {subject.period}"
        case Assurance.PASS:
            return f"{named} still holds, for now" if worsening else "the target is met reliably"
        case Assurance.FAIL if met:
            return f"{named} was met in the latest {subject.period}, but not reliably"
        case Assurance.FAIL:
            return f"not yet enough to {reach}" if improving else f"cannot {reach} the way we work now"
        case Assurance.HIT_OR_MISS if improving:
            return f"some {subject.period}s will {meet}, not yet all"
        case Assurance.HIT_OR_MISS if worsening:
            return f"some {subject.period}s will not {meet}"
        case Assurance.HIT_OR_MISS:
            return f"some {subject.period}s will {meet} and some will not, unless the work changes"
        case _ if judgement.variation is Variation.TOO_FEW:
            return ""
        case _:
            return f"{named} is {'met' if met else 'missed'}"


def _named(aim: Target, text: str) -> str:
    return f"the target ({text})" if aim.comparison.is_strict else f"the target of {text}"


def _year(judgement: "Judgement", year: YearToDate) -> str:
    subject = judgement.subject
    shown = figure(year.figure, subject, apart_from=[year.target.value])
    wanted = goal(year.target, subject, apart_from=[year.figure])
    start = f"{subject.title} {shown} {'for the year' if year.is_over else 'so far this year'}"
    signalled = judgement.variation in (Variation.IMPROVEMENT, Variation.CONCERN, Variation.NEITHER)
    if signalled:
        start = f"{start}: {change(judgement)}"
    if year.target.reference:
        return start
    if judgement.year_end is not None:
        return f"{start}; {_year_end(judgement, year, judgement.year_end)}"
    met = "met" if judgement.target_state is TargetState.MET else "missed"
    return f"{start}; {_named(year.target, wanted)} was {met}"


def _year_end(judgement: "Judgement", year: YearToDate, ending: YearEnd) -> str:
    """What the year's target can still become."""
    wanted = goal(year.target, judgement.subject, apart_from=[year.figure])
    return _YEAR_END[ending].format(goal=wanted, day=day(year.ends), period=judgement.subject.period)

"""What the pack of a service's or a team's plan tells: the targets, where figures go, and the plan's actions."""

from collections.abc import Mapping
from datetime import date

from dashboard.analysis.sentences import outlook, target_tag
from dashboard.analysis.wording import figure
from dashboard.packs.document import Line, ListPart
from dashboard.packs.meetings import Meeting
from dashboard.readings.action_plan import PlanLine, plan
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.reading import Reading
from dashboard.words.action_plan import STATUS_WORDS, due_words, lead_words
from dashboard.words.phrases import NOTHING, period_of_latest, target_of, value_of
from data_access.measures import MEASURES
from data_access.vocabulary import Display

_JUDGED = (Display.FULL, Display.TRIAL)


def has_target(view: MeasureView) -> bool:
    """Return whether a measure has a target, in force or due: a reference line is none."""
    target = view.judgement.target
    return target is not None and not target.reference


def lists_of_plan(
    reading: Reading, meeting: Meeting, views: Mapping[str, MeasureView], on: date
) -> tuple[ListPart, ...]:
    """Return the lists of a plan's pack: its targets, and the plan's actions on the day of the data.

    `views` are the measures that it tells of, each with a target. A plan of the service that reads all measures has
    every action, any other those that a measure with a target should show.
    """
    targets = tuple(_target_line(view) for view in views.values())
    has_all = not meeting.of_team and len(meeting.measures) == len(MEASURES)
    lines = plan(reading, on=on, views={}).lines
    actions = tuple(
        _action_line(line) for line in lines if has_all or not views.keys().isdisjoint(line.action.measures)
    )
    parts = (ListPart("Targets, and where the figures go", targets), ListPart("Actions of the plan", actions))
    return tuple(part for part in parts if part.lines)


def trajectory_words(view: MeasureView) -> str:
    """Return where a figure goes if the work goes on as now: its level, and what that means for the target."""
    judgement, segment = view.judgement, view.judgement.segment
    level = ""
    if judgement.pace is None and segment is not None and segment.mean is not None and segment.display in _JUDGED:
        apart = [] if judgement.target is None else [judgement.target.value]
        level = f"{figure(segment.mean, judgement.subject, apart_from=apart)} on average"
    told = "; ".join(words for words in (level, outlook(judgement)) if words)
    return told or "nothing can be told ahead"


def _target_line(view: MeasureView) -> Line:
    judgement = view.judgement
    tag = target_tag(judgement)
    value = value_of(judgement)
    latest = "no figure yet" if value == NOTHING else f"{value} ({period_of_latest(judgement)})"
    aim = f"{target_of(judgement)}{f', {tag[:1].lower()}{tag[1:]}' if tag else ''}"
    return Line(
        view.definition.title,
        f": {latest}; target {aim}. If the work goes on as now: {trajectory_words(view)}.",
    )


def _action_line(line: PlanLine) -> Line:
    """Return a line of the plan with status, deadline and the role that leads it."""
    status, due, lead = STATUS_WORDS[line.action.status], due_words(line), lead_words(line.action)
    told = status if due == status else f"{status}. {due}"
    return Line(f"{line.action.action_id} {line.action.title}", f": {told}. {lead}.")

"""The lists of a pack in the words of the pages: decided before, reported otherwise than now, actions due."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from dashboard.charts.trend_rows import full_period_name
from dashboard.packs.document import Line, ListPart
from dashboard.packs.meetings import Meeting, Rhythm
from dashboard.readings import agenda
from dashboard.readings.action_plan import PlanLine, plan
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.reading import Reading
from dashboard.readings.signed_weeks import Difference, differences, signed_weeks_between
from dashboard.words.action_plan import action_words, lead_words, standing_words
from dashboard.words.agenda import expected_words, state_words, tested_words
from data_access.measures import MEASURES
from data_access.vocabulary import Period

MOST_LINES: Final = 20
"""So many lines a list of a pack has; those left out are counted, and stand on the page."""
_YEAR: Final = timedelta(weeks=52)


def lists_of(
    reading: Reading, meeting: Meeting, every: Mapping[str, MeasureView], week: date, on: date
) -> tuple[ListPart, ...]:
    """Return the lists of the pack of a meeting of the whole service; `on` is the day of the data.

    Decisions are those of the weekly meeting; figures and actions those of the measures that the meeting reads.
    """
    parts = (
        ListPart("Decided before", tuple(_decided(reading, meeting, every, week))),
        ListPart("Reported before, and otherwise now", _shortened(_restated(reading, meeting, week), "Signed weeks")),
        ListPart("Actions due", _shortened(_actions(reading, meeting, every, on), "Action plan")),
    )
    return tuple(part for part in parts if part.lines)


def plan_part(reading: Reading, meeting: Meeting, on: date) -> tuple[ListPart, ...]:
    """Return the lines of the plan that a meeting reads, in the plan's order, for any reader.

    That is what is to be done, how it stands, and the role that leads it: agreed words of a published plan. What was
    reported, decided or restated is typed or told case by case inside the service, and stays there.
    """
    lines = [
        Line(f"{line.action.action_id} {line.action.title}", f": {standing_words(line)}. {lead_words(line.action)}.")
        for line in plan(reading, on=on, views={}).lines
        if _reads(meeting, line)
    ]
    return (ListPart("The action plan", tuple(lines)),) if lines else ()


def _reads(meeting: Meeting, line: PlanLine) -> bool:
    if meeting.actions:
        return line.action.action_id in meeting.actions
    return len(meeting.measures) == len(MEASURES) or not set(meeting.measures).isdisjoint(line.action.measures)


def _decided(reading: Reading, meeting: Meeting, every: Mapping[str, MeasureView], week: date) -> Iterator[Line]:
    if meeting.rhythm is not Rhythm.WEEKLY:
        return
    for decision in agenda.meeting(reading, week, every).before:
        effect = expected_words(decision) if decision.tested is None else tested_words(decision.tested)
        more = f" {effect}." if effect else ""
        what, owner = decision.content["what"], decision.content["owner"]
        yield Line(what, f" ({owner}): {state_words(decision, week)}.{more}")


def _restated(reading: Reading, meeting: Meeting, week: date) -> Iterator[Line]:
    weeks = signed_weeks_between(reading, week - _YEAR, week)
    other = [each for each in differences(reading, weeks) if each.measure in meeting.measures]
    for each in sorted(other, key=lambda each: each.week, reverse=True):
        yield Line(f"{each.title}, {_period(each)}", f": {each.told}.")


def _period(difference: Difference) -> str:
    measure = MEASURES.get(difference.measure)
    return full_period_name(difference.start, Period.WEEK if measure is None else measure.definition.period)


def _actions(reading: Reading, meeting: Meeting, every: Mapping[str, MeasureView], on: date) -> Iterator[Line]:
    for line in plan(reading, on=on, views=every).pressing:
        if _reads(meeting, line):
            yield Line(*action_words(line))


def _shortened(lines: Iterable[Line], page: str) -> tuple[Line, ...]:
    every = tuple(lines)
    left = len(every) - MOST_LINES
    return every if left <= 0 else (*every[:MOST_LINES], Line(f"{left:,} more", f" on the page {page}."))

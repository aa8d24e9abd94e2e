"""What a pack says: the words of This week and of the strands' pages, from the same readings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.sentences import alternative_text, assurance_words, target_tag
from dashboard.analysis.wording import VARIATION_WORDS, goal, short_day
from dashboard.charts import trend_rows
from dashboard.charts.events import numbered
from dashboard.charts.sparkline import sparkline
from dashboard.charts.theme import LIGHT
from dashboard.charts.trend import trend
from dashboard.exports.rows import INTERNAL, rows_of
from dashboard.packs.document import FIGURES, Chart, Line, ListPart, MeasurePart, Pack, StrandPart, Table
from dashboard.packs.lists import lists_of, plan_part
from dashboard.packs.meetings import Detail, Meeting, Rhythm
from dashboard.packs.plans import has_target, lists_of_plan
from dashboard.readings.freshness import Freshness, freshness
from dashboard.readings.measure_detail import Event, background, team_names
from dashboard.readings.measure_views import EVERY_MEASURE, MeasureView, measure_views
from dashboard.readings.reading import Reading
from dashboard.words.attention_lines import attention_lines
from dashboard.words.freshness import freshness_line, week_words
from dashboard.words.partner import told_with_partner
from dashboard.words.phrases import (
    NOTHING,
    change_of,
    counts_of,
    in_doubt_of,
    left_out_of,
    period_of_latest,
    short_period,
    target_of,
    value_of,
    year_to_date,
)
from data_access.measures import measure_named
from data_access.measures.definition import Strand
from data_access.problems import QueryProblem
from data_access.vocabulary import Assurance, Period, TargetState, Variation

PRINTED: Final = replace(LIGHT, font='"Source Sans Pro", sans-serif')
"""The look of charts on paper: that of the pages, in the typeface that goes with it."""
CHART_HEIGHT: Final = 148
_WEEKS_OF_A_CHART: Final = {
    Rhythm.WEEKLY: 39,
    Rhythm.MONTHLY: 52,
    Rhythm.QUARTERLY: 65,
    Rhythm.HALF_YEARLY: 104,
}
_PERIODS_IN_TABLE: Final = 8
_TABLE: Final = ("Period", "Figure", "Cases", "Judged")


def pack_of(reading: Reading, meeting: Meeting, *, on: date | None = None, team: str | None = None) -> Pack:
    """Return the pack of a meeting held on a day (None: of the latest week), of a team or the whole service.

    It tells of the last whole week before that day that is covered. Raise NotAllowedProblem for who is none of the
    meeting's readers, QueryProblem where no week is covered by then, for a team that there is not, and where a team
    is missing or there should be none; ValueError for a public pack, which is public_content's.
    """
    if meeting.detail is Detail.PUBLIC:
        raise ValueError(f"{meeting.id} reads what is published, and nothing else")
    meeting.check(reading.actor)
    names = team_names(reading)
    check_team(meeting, team, names)
    fresh = freshness(reading)
    week = week_of_meeting(fresh, on)
    latest = week == fresh.latest_week
    up_to = None if latest else week + timedelta(days=6)
    every = {
        view.definition.id: view if meeting.detail is Detail.CASES else replace(view, waiting_longest="")
        for view in measure_views(reading, measures_read(meeting), team=team, up_to=up_to)
    }
    shown = [every[name] for name in meeting.measures if not meeting.is_plan or has_target(every[name])]
    lines = attention_lines(shown, every)
    if fresh.data_to is None:
        raise nothing_loaded()
    known_by = up_to or fresh.data_to.date()
    parts = Parts(every, _WEEKS_OF_A_CHART[meeting.rhythm], _Events(reading, known_by))
    sunday = week + timedelta(days=6)
    whose = "" if team is None else f"{names[team]} · "
    return Pack(
        meeting=meeting.name,
        title=f"{meeting.name}, week to {short_day(sunday)} {sunday.year}",
        subtitle=f"{whose}{week_words(week, fresh)}",
        freshness=freshness_line(fresh),
        classification=f"{INTERNAL.capitalize()}: not for publication",
        week=week,
        as_at=fresh.data_to,
        attention=tuple(Line(line.subject, line.rest) for line in lines),
        lists=_lists(reading, meeting, every, shown, week, fresh.data_to.date()),
        strands=tuple(strands_of(shown, [line.view for line in lines], parts)),
        data=tuple(row for view in shown for row in rows_of(view)),
    )


def _lists(
    reading: Reading,
    meeting: Meeting,
    every: Mapping[str, MeasureView],
    shown: Sequence[MeasureView],
    week: date,
    on: date,
) -> tuple[ListPart, ...]:
    """Return what a meeting sees besides measures: a plan its targets and actions; else of the service alone."""
    if meeting.is_plan:
        return lists_of_plan(reading, meeting, {view.definition.id: view for view in shown}, on)
    if meeting.of_team:
        return ()
    if meeting.detail is Detail.CASES:
        return lists_of(reading, meeting, every, week, on)
    return plan_part(reading, meeting, on)


def measures_read(meeting: Meeting) -> list[str]:
    """Return the measures of a meeting and their partners, which are told with them."""
    partners = {measure_named(name).definition.partner for name in meeting.measures}
    return [name for name in EVERY_MEASURE if name in meeting.measures or name in partners]


def check_team(meeting: Meeting, team: str | None, names: Mapping[str, str]) -> None:
    """Raise QueryProblem for a team that there is not, and where a team is missing or there should be none."""
    if meeting.of_team and team is None:
        msg = f"The pack “{meeting.name}” is of a team: name one. There are: {', '.join(names)}."
        raise QueryProblem(msg)
    if team is not None and not meeting.of_team:
        msg = f"The pack “{meeting.name}” is of the whole service: it has no team."
        raise QueryProblem(msg)
    if team is not None and team not in names:
        msg = f"There is no team {team!r} among those you may see. There are: {', '.join(names)}."
        raise QueryProblem(msg)


def week_of_meeting(fresh: Freshness, on: date | None) -> date:
    """Return the Monday of the last week that had ended before a day, of those that are covered.

    Raise QueryProblem where there is none.
    """
    if not fresh.weeks:
        raise nothing_loaded()
    ended = [week for week in fresh.weeks if on is None or week + timedelta(days=6) < on]
    if not ended:
        first = fresh.weeks[-1]
        msg = f"No week had ended by {on} that the data cover: the first begins on {first:%A %d %B %Y}."
        raise QueryProblem(msg)
    return ended[0]


def nothing_loaded() -> QueryProblem:
    """Return the problem that there is nothing to tell of."""
    return QueryProblem("Nothing is loaded yet that a pack could tell of: load extracts first.")


def strands_of(shown: Sequence[MeasureView], pressing: Sequence[MeasureView], parts: "Parts") -> list[StrandPart]:
    """Return the part of each strand, with what is pressing first."""
    exceptions = list(dict.fromkeys(view.definition.id for view in pressing))
    by_strand = []
    for strand in Strand:
        mine = {view.definition.id: view for view in shown if view.definition.strand is strand}
        if mine:
            first = [mine[name] for name in exceptions if name in mine]
            rest = [view for name, view in mine.items() if name not in exceptions]
            by_strand.append(
                StrandPart(
                    strand, tuple(parts.exception(view) for view in first), tuple(parts.brief(view) for view in rest)
                )
            )
    return by_strand


@dataclass(frozen=True)
class _Events:
    """Gives the events of a measure that were known by a day."""

    reading: Reading
    known_by: date

    def __call__(self, measure: str) -> Sequence[Event]:
        return background(self.reading, measure, up_to=self.known_by).happened


class Parts:
    """Makes the part of each measure; `every` are all that are read, by id, `weeks` those that a chart shows.

    `events` gives what happened around a measure.
    """

    def __init__(
        self,
        every: Mapping[str, MeasureView],
        weeks: int,
        events: Callable[[str], Sequence[Event]] = lambda _measure: (),
    ) -> None:
        self._every = every
        self._weeks = weeks
        self._events = events

    def brief(self, view: MeasureView) -> MeasurePart:
        """Return the part of a measure without chart."""
        definition, judgement = view.definition, view.judgement
        items = definition.plan_items
        plan = f" (plan item{'s' if len(items) > 1 else ''} {', '.join(items)})" if items else ""
        return MeasurePart(
            name=definition.id,
            title=definition.title,
            told=told_with_partner(view, self._every),
            figures=figures_of(view),
            facts=_facts(view),
            whom=f"Ask {definition.owner}{plan}.",
            notes="; ".join(_notes(view)),
            sparkline=sparkline(judgement, PRINTED),
            alternative=alternative_text(judgement) if view.why_none is None else f"{view.sentence}.",
        )

    def exception(self, view: MeasureView) -> MeasurePart:
        """Return the part of a measure with its chart, the events on it, and the table of its last periods."""
        judgement = view.judgement
        part = self.brief(view)
        since = _since(view, self._weeks)
        points = trend_rows.shown(judgement, since)
        events = self._events(part.name) if points else ()
        drawn = None if not points else trend(judgement, PRINTED, events=events, since=since, height=CHART_HEIGHT)
        return replace(
            part,
            notes="; ".join([*_notes(view), *_happened(numbered(judgement, events, since=since))]),
            chart=None if drawn is None else Chart(drawn, part.alternative),
            periods=_periods(view),
        )


def figures_of(view: MeasureView) -> dict[str, str]:
    """Return what the board tells of a measure in a few words, by FIGURES; a dash where it tells nothing."""
    judgement = view.judgement
    told = (
        value_of(judgement),
        counts_of(view),
        period_of_latest(judgement),
        year_to_date(view),
        change_of(view),
        _target(judgement),
        "" if judgement.assurance is Assurance.NONE else assurance_words(judgement),
    )
    return dict(zip(FIGURES, (words or NOTHING for words in told), strict=True))


def _notes(view: MeasureView) -> list[str]:
    left_out = left_out_of(view)
    told = [f"{left_out:,} could not be worked out" if left_out else "", in_doubt_of(view)]
    return [words for words in told if words]


def _target(judgement: Judgement) -> str:
    """Return the target and its tag: "100%, missed"; where there is none, that, or the line that is no target."""
    if judgement.target_state is TargetState.REFERENCE and judgement.target is not None:
        return f"reference {goal(judgement.target, judgement.subject)}"
    aim, tag = target_of(judgement), target_tag(judgement) or ""
    return f"{aim}, {tag[:1].lower()}{tag[1:]}" if aim and tag else aim or tag


def _facts(view: MeasureView) -> str:
    told = figures_of(view)
    if told["Year"] != NOTHING:
        told["Year"] = f"year to date {told['Year']}"
    if target_of(view.judgement):
        told["Target"] = f"target {told['Target']}"
    return " · ".join(told[name] for name in FIGURES[1:] if told[name] != NOTHING)


def _happened(events: Sequence[tuple[int, Event]]) -> list[str]:
    return [f"{number}: {event.label}, {event.on.day} {event.on:%B %Y}" for number, event in events]


def _since(view: MeasureView, weeks: int) -> date | None:
    points = view.judgement.points
    if view.definition.period is not Period.WEEK or len(points) <= weeks:
        return None
    return points[-weeks].point.start


def _periods(view: MeasureView) -> Table:
    judgement = view.judgement
    told = []
    for each in reversed(judgement.points[-_PERIODS_IN_TABLE:]):
        row = trend_rows.told(judgement, each)
        # by which rules a period was judged is told by the page, and of the latest in the sentence
        judged = row["Judged"].partition(":")[0]
        told.append(row | {"Period": short_period(each.point.start, judgement.subject.period), "Judged": judged})
    idle = {"Cases": {""}, "Judged": {"", trend_rows.SO_FAR, VARIATION_WORDS[Variation.NOT_JUDGED]}}
    headings = tuple(name for name in _TABLE if not {row[name] for row in told} <= idle.get(name, set()))
    return Table(
        f"{view.definition.title}: the latest periods",
        headings,
        tuple(tuple(row[name] or NOTHING for name in headings) for row in told),
    )

"""The Measure page: one measure whole, from its message down to the cases behind it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from dashboard.analysis.advice import ACT_TODAY
from dashboard.analysis.sentences import alternative_text
from dashboard.cache import agenda, charts, measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.charts import trend_rows
from dashboard.charts.events import numbered
from dashboard.charts.theme import Look
from dashboard.components.decisions.panel import draw_decisions, draw_proposal
from dashboard.components.layout.address import ALL, chosen_dimension, chosen_measure, chosen_of
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.downloads import draw_download, figures_csv
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import Parameter, page_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.components.measure.chart_or_table import FORMS, draw_chart_or_table, draw_toggle
from dashboard.components.measure.comparisons import draw_comparisons
from dashboard.components.measure.header import draw_measure_header
from dashboard.components.measure.how_counted import draw_how_counted
from dashboard.components.measure.index import draw_index
from dashboard.components.measure.parts import draw_cases_behind, draw_targets_of_values, draw_team_comparison
from dashboard.components.measure.record import draw_record
from dashboard.readings.measure_detail import Background, Event, partner_of
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.signed_weeks import Reported
from data_access.decisions.reads.rebases import RebaseStep
from data_access.measures.definition import Definition
from data_access.vocabulary import Period

_SHOWN_WEEKS: Final = 65
"""A year and a quarter: the year before can be seen beside the latest weeks."""
_SPANS: Final = ("year", ALL)
_REBASES: Final = ("with", "without")
"""Whether limits start again where that was decided, or the page is drawn as if they never had."""
_NOT_TOLD: Final = (
    "There is no figure, which is not a nought: an extract in the native format can tell what this one leaves out."
)


def draw_measure_page() -> None:
    """Draw the measure, team, week and dimension that the address names; the index where it names no measure."""
    run = page_run()
    definition = chosen_measure()
    if definition is None:
        draw_index("measure", "Measures")
        return
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    kept = kept_of(definition, choice)
    draw_stylesheet()
    names, look = measures.team_names(run), current_look()
    rebased = kept["rebases"] is None
    view = measures.measure_view(run, definition.id, team=choice.team, up_to=choice.up_to, rebased=rebased)
    known_by = choice.up_to or freshness.data_to.date()
    background = measures.background(run, definition.id, up_to=known_by)
    draw_measure_header(view, choice, freshness, names, look)
    if view.lacking is not None:
        st.html(f"<p>{_NOT_TOLD}</p>")
        draw_how_counted(definition)
        return
    with st.container(key="measure_row_top"):
        left, right = st.columns([3.1, 1], gap="medium")
    with left:
        _draw_trend(run, view, choice, background, kept, look)
        if rebased:
            draw_proposal(run, definition, choice, known_by)
    with right, st.container(key="beside"):
        st.html(f'<h2 class="part">What to do</h2><p class="advice">{_advice(view.judgement.advice)}</p>')
        other = partner_of(definition.id)
        partner = (
            None if other is None else measures.measure_view(run, other.id, team=choice.team, up_to=choice.up_to)
        )
        draw_comparisons(view, background, partner, team=choice.team, week=choice.week)
        if view.judgement.latest is not None:
            draw_targets_of_values(run, view, choice, kept)
        draw_record(run, definition.id, choice.team)
    if view.judgement.latest is not None:
        with st.container(key="measure_row_below"):
            left, right = st.columns([1, 1.35], gap="medium")
        with left:
            draw_team_comparison(run, view, choice, kept, look)
        with right, st.container(key="cases_behind"):
            draw_cases_behind(run, view, choice, background, names)
    draw_decisions(run, view, choice, names)
    draw_how_counted(definition)


def _advice(text: str) -> str:
    """Return the advice as HTML; that children come first stands out."""
    return escape(text).replace(escape(ACT_TODAY), f"<strong>{escape(ACT_TODAY)}</strong>")


def kept_of(definition: Definition, choice: Choice) -> dict[str, Parameter]:
    """Return the address of the page as it is, None where a default holds, for links that change one thing of it.

    Raise QueryProblem for anything in it that there is not.
    """
    parameters = {
        "dimension": chosen_dimension(definition),
        "span": chosen_of("span", _SPANS, _SPANS[0], "span"),
        "rebases": chosen_of("rebases", _REBASES, _REBASES[0], "choice of rebases"),
        "form": chosen_of("form", FORMS, FORMS[0], "form"),
        "units": chosen_of("units", FORMS, FORMS[0], "form"),
    }
    defaults = ("team", _SPANS[0], _REBASES[0], FORMS[0])
    return {
        "measure": definition.id,
        "team": choice.team,
        "week": choice.week,
        **{name: None if value in defaults else value for name, value in parameters.items()},
    }


def _draw_trend(
    run: PageRun,
    view: MeasureView,
    choice: Choice,
    background: Background,
    kept: Mapping[str, Parameter],
    look: Look,
) -> None:
    judgement, definition = view.judgement, view.definition
    long = definition.period is Period.WEEK and len(judgement.points) > _SHOWN_WEEKS
    since: date | None = None
    if long and kept["span"] is None:
        since = judgement.points[-1].point.start - timedelta(weeks=_SHOWN_WEEKS - 1)
    with st.container(key="trend_bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<h2 class="part">{escape(_heading(view, since))}</h2>')
        if long:
            other = ALL if kept["span"] is None else None
            page_link("measure", "Latest 15 months" if other is None else "All weeks", **{**kept, "span": other})
        if _rebases_in(view):
            turned = _REBASES[1] if kept["rebases"] is None else None
            label = "With rebases" if turned is None else "Without rebases"
            page_link("measure", label, **{**kept, "rebases": turned})
        is_table = draw_toggle("measure", "form", kept)
        draw_download(
            "Download",
            f"{definition.id}.csv",
            lambda: figures_csv(view),
            key="download_figures",
        )
    told = alternative_text(judgement)
    points = trend_rows.shown(judgement, since)
    starts = {each.point.start for each in points}
    # weeks are signed off of the whole service alone
    every = agenda.reported_otherwise(run, definition.id) if choice.team is None else ()
    reported = tuple(each for each in every if each.start in starts)

    def table() -> str:
        notes = {each.start: each.told for each in reported}
        rows = [
            list(trend_rows.told(judgement, each, notes.get(each.point.start)).values()) for each in reversed(points)
        ]
        return html_table(told, trend_rows.TIPS, rows, numeric=("Figure", "Cases", "Target"))

    chart = charts.trend_chart(
        run,
        definition.id,
        look,
        events=background.happened,
        reported=reported,
        team=choice.team,
        up_to=choice.up_to,
        since=since,
        rebased=kept["rebases"] is None,
    )
    if not points:
        st.html(f"<p>No data for {escape(definition.title)} up to here.</p>")
        return
    draw_chart_or_table(chart, table, is_table=is_table, alternative=told, key=f"trend_{look.ground}")
    events = numbered(judgement, background.happened, since=since)
    if happened := _happened(view, events, reported, kept["rebases"] is None):
        st.html(happened)


def _heading(view: MeasureView, since: date | None) -> str:
    count = len(view.judgement.points)
    if since is None:
        return f"{count} {view.definition.period}{'' if count == 1 else 's'}"
    return f"Latest {_SHOWN_WEEKS} weeks"


def _rebases_in(view: MeasureView) -> list[RebaseStep]:
    """Return the rebases up to the latest point that is shown."""
    points = view.judgement.points
    return [rebase for rebase in view.rebases if points and rebase.starts <= points[-1].point.start]


def _happened(view: MeasureView, events: list[tuple[int, Event]], reported: Sequence[Reported], rebased: bool) -> str:
    """Return the list below the chart: numbered events, why limits started again, what was signed off otherwise."""
    items = [
        f"<li><b>{number}</b> {escape(event.label)}, {event.on.day} {event.on:%B %Y}"
        f"{f': {escape(event.detail)}' if event.detail else ''}</li>"
        for number, event in events
    ]
    items += [
        f"<li><b>|</b> {escape(rebase.label)}, {rebase.starts.day} {rebase.starts:%B %Y}: "
        f"{'the lines start again' if rebased else 'shown here as if the lines had not started again'}. "
        f"{escape(rebase.reason)}.</li>"
        for rebase in _rebases_in(view)
    ]
    items += [
        f"<li><b>|</b> New standard: {standard.working_days} working days, {standard.from_date.day} "
        f"{standard.from_date:%B %Y}: figures before and after are never compared. {escape(standard.source)}.</li>"
        for standard in view.new_standards
        if view.judgement.points and standard.from_date <= view.judgement.points[-1].point.start
    ]
    period = view.definition.period
    items += [
        f"<li><b>–</b> {escape(trend_rows.full_period_name(each.start, period))}: {escape(each.told)}.</li>"
        for each in reported
    ]
    return f'<ul class="happened">{"".join(items)}</ul>' if items else ""

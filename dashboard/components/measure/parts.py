"""The lower half of the Measure page: teams or a dimension beside each other, and the cases behind the figure."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from dashboard.analysis.wording import figure
from dashboard.cache import charts, measures
from dashboard.cache.page_run import PageRun
from dashboard.cache.team_comparison import team_comparison, values_with_targets
from dashboard.charts.by_team import TIPS, target_told, told
from dashboard.charts.theme import Look
from dashboard.charts.trend_rows import full_period_name
from dashboard.components.cases.case_table import CaseWording, case_table, child_links
from dashboard.components.layout.address import menu
from dashboard.components.layout.filters import Choice
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import Parameter, cases_link, page_link
from dashboard.components.measure.chart_or_table import draw_chart_or_table, draw_toggle
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_detail import Background
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.team_comparison import TEAM, TeamComparison, counts_people_again, window_name
from dashboard.words.cases import (
    Case,
    kind_of,
    shown_as,
    shown_details,
    sorted_cases,
    waiting_cases,
    waiting_told,
)
from data_access import queries
from data_access.measures.characteristics import breakdowns_of
from data_access.measures.definition import Definition

_LISTED: Final = 8


def draw_team_comparison(
    run: PageRun,
    view: MeasureView,
    choice: Choice,
    kept: Mapping[str, Parameter],
    look: Look,
) -> None:
    """Draw the measure by team, or by the dimension that the address names, over several periods together."""
    definition = view.definition
    titles = {TEAM: "Team"} | {detail.name: detail.title for detail in breakdowns_of(definition)}
    by = str(kept["dimension"] or TEAM)
    if (why := queries.why_not_broken_down(run.actor.scope, definition.id, by=by, team=choice.team)) is not None:
        st.html(f'<p class="freshness">{escape(why)}</p>')
        return
    compared = team_comparison(run, definition.id, by=by, team=choice.team, up_to=choice.up_to)
    if compared is None:
        return
    with st.container(key="units_bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<h2 class="part">By {escape(titles[by].lower())}, {window_name(definition)}</h2>')
        if len(titles) > 1:
            options = {title: {**kept, "dimension": None if name == TEAM else name} for name, title in titles.items()}
            menu("measure", titles[by], options, key="dimensions")
        report = "Team reports" if choice.team is None else "Team report"
        page_link("team", report, team=choice.team, week=choice.week)
        is_table = draw_toggle("measure", "units", kept)
    left_out = sum(row.not_computable for row in compared.rows)
    left_out_text = f"; {left_out:,} could not be worked out" if left_out else ""
    if hidden := sum(row.hidden for row in compared.rows):
        left_out_text += f"; {hidden} of {len(compared.rows)} groups not shown: too few children"
    st.html(f'<p class="freshness">{escape(_note(compared, definition, by))}{left_out_text}</p>')
    if not compared.rows:
        return
    subject = view.judgement.subject
    caption = f"{definition.title} by {titles[by].lower()}, {window_name(definition)}"

    def table() -> str:
        rows = [list(told(row, subject).values()) for row in compared.rows]
        return html_table(caption, TIPS, rows, numeric=("Figure", "Cases", "95% interval"))

    chart = charts.team_chart(run, definition.id, look, by=by, team=choice.team, up_to=choice.up_to)
    alternative = f"{caption}. {_note(compared, definition, by)}{left_out_text}."
    draw_chart_or_table(chart, table, is_table=is_table, alternative=alternative, key=f"units_{look.ground}")
    if why_not_listed(run.actor, definition.id) is None:
        _draw_case_links(compared, definition, choice, by)


def draw_targets_of_values(run: PageRun, view: MeasureView, choice: Choice, kept: Mapping[str, Parameter]) -> None:
    """Draw the targets that hold for some of the cases, such as those of an agency, each with its figure."""
    definition, subject = view.definition, view.judgement.subject
    for by, values in values_with_targets(run, definition.id, team=choice.team, up_to=choice.up_to):
        rows = "".join(
            f"<tr><th scope='row'>{escape(row.name)}<small>{escape(target_told(row.target, subject))}</small></th>"
            f"<td>{escape(figure(row.target.figure, subject))}</td></tr>"
            for row in values.rows
            if row.target is not None
        )
        title = definition.detail(by).title
        with st.container(key=f"targets_of_{by}", gap="xsmall"):
            st.html(
                f'<h2 class="part">Targets by {escape(title.lower())}</h2>'
                f'<table class="plain pairs"><tbody>{rows}</tbody></table>'
            )
            page_link("measure", f"Every {title.lower()}", **{**kept, "dimension": by})


def _note(compared: TeamComparison, definition: Definition, by: str) -> str:
    if not compared.rows:
        return "No cases in this time"
    targets = any(row.target is not None for row in compared.rows)
    if not definition.adding_up.has_denominator:
        return (
            "Numbers; a tick is a target" if targets else "Numbers, not judged: nothing says how many there should be"
        )
    if counts_people_again(definition):
        return f"Not judged: the same people count in each {definition.period}"
    if by != TEAM:
        ticks = "; a tick is a target" if targets else ""
        return f"95% intervals; values differ by what they are, so none is judged{ticks}"
    if compared.funnel is None:
        return "Not judged: the two numbers count different cases" if definition.adding_up.of_others else ""
    lines = "Lines at 95% and 99.8%" if compared.funnel.is_funnel else "95% intervals"
    return f"{lines}; {compared.told}"


def _draw_case_links(compared: TeamComparison, definition: Definition, choice: Choice, by: str) -> None:
    with st.container(key="unit_links", horizontal=True, gap="small"):
        st.html("<p>See the cases of</p>")
        for row in compared.rows:
            if row.key is None or row.hidden:
                continue
            if by == TEAM:
                cases_link(row.name, definition.id, team=row.key, week=choice.week, over="window")
            else:
                cases_link(
                    row.name,
                    definition.id,
                    team=choice.team,
                    week=choice.week,
                    dimension=by,
                    value=row.key,
                    over="window",
                )
        if any(row.not_computable for row in compared.rows):
            label = "Those that could not be worked out"
            cases_link(label, definition.id, team=choice.team, week=choice.week, show="not_computable", over="window")


def draw_cases_behind(
    run: PageRun, view: MeasureView, choice: Choice, background: Background, names: Mapping[str, str]
) -> None:
    """Draw the cases behind the latest settled figure: those that wait now first, then the late ones."""
    definition, headline = view.definition, view.headline
    st.html('<h2 class="part">The cases behind it</h2>')
    if (why := why_not_listed(run.actor, definition.id)) is not None:
        st.html(f'<p class="freshness">{escape(why)}</p>')
        return
    waits = measures.waiting(run, definition.id, team=choice.team)
    waiting = waiting_told(definition, view.waiting_children, view.waiting_longest) if view.waiting else ""
    here = measures.listed(run, definition.id, first=headline["start"], last=headline["end"], team=choice.team)
    known = {case["case_id"]: case for case in [*waits.iter_rows(named=True), *here.iter_rows(named=True)]}
    if not _can_be_late(definition):
        late, shown = [], sorted_cases(list(known.values()), definition, "newest")[:_LISTED]
    else:
        late = [case for case in known.values() if kind_of(case, definition) in ("waiting", "late")]
        shown = sorted_cases(late, definition, "urgency")[:_LISTED]
    st.html(f'<p class="freshness">{escape(_summary(view, waiting, len(late) - waits.height))}</p>')
    if shown:
        paths = measures.paths_of(run, definition.id, tuple(case["case_id"] for case in shown))
        wording = CaseWording(definition, background.words, names)
        kept = {"measure": definition.id, "team": choice.team, "week": choice.week}
        children = child_links(run, definition.id, shown, kept)
        st.html(
            case_table(
                f"Cases behind {definition.title}: waiting first",
                wording,
                shown,
                paths,
                only=_columns(definition, shown, 2 if children else 3),
                children=children,
            )
        )
    with st.container(key="cases_links", horizontal=True, gap="medium"):
        cases_link(f"Show all {here.height:,}", definition.id, team=choice.team, week=choice.week)
        if waits.height:
            cases_link(f"See {waiting_cases(waits.height)}", definition.id, team=choice.team, show="waiting")
        if len(late) > len(shown):
            cases_link(f"Only {_late(definition)}", definition.id, team=choice.team, week=choice.week, show="late")


def _columns(definition: Definition, shown: Sequence[Case], most: int) -> list[str]:
    """Return the headings that fit beside the teams, of so many details that say anything; the Cases page has all."""
    details = shown_details(definition)
    telling = [detail.title for detail in details if any(case[detail.name] is not None for case in shown)]
    return ["Case", "Result", "Clock", "Team", *telling[:most], "Child"]


def _summary(view: MeasureView, waiting: str, late: int) -> str:
    period = full_period_name(view.headline["start"], view.judgement.subject.period)
    parts = [waiting] if waiting else []
    if late > 0:
        parts.append(f"{late:,} {'more ' if waiting else ''}{_late(view.definition)} in {period}")
    if not _can_be_late(view.definition):
        return f"The latest in {period}"
    return "; ".join(parts) or f"None waiting or {_late(view.definition)} in {period}"


def _can_be_late(definition: Definition) -> bool:
    return "late" in shown_as(definition)


def _late(definition: Definition) -> str:
    return shown_as(definition)["late"].lower()

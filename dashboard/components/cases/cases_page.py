"""The Cases page: the cases behind any number, narrowed and sorted by the address, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.childs_path import children_of
from dashboard.cache.page_run import PageRun, page_run
from dashboard.charts.trend_rows import full_period_name
from dashboard.components.board.waiting import draw_waiting
from dashboard.components.cases.case_table import CaseWording, case_rows, case_table, child_links
from dashboard.components.cases.child_page import draw_child_page
from dashboard.components.cases.sampling import Sampling, chosen_sampling, draw_sampling_menu, sampling_told
from dashboard.components.layout.address import ALL, chosen_dimension, chosen_measure, chosen_of, measure_menu, menu
from dashboard.components.layout.downloads import draw_download, table_csv
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_choices
from dashboard.components.layout.links import Parameter, measure_link, page_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.components.measure.index import draw_index
from dashboard.readings.case_sample import sample_of
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.team_comparison import NOT_RECORDED, window, window_name
from dashboard.words.cases import (
    SORTS,
    Case,
    dimension_value,
    kind_of,
    shown_as,
    sorted_cases,
)
from dashboard.words.freshness import freshness_line
from data_access.measures.characteristics import characteristics_of
from data_access.measures.definition import Definition, Detail
from data_access.problems import QueryProblem
from data_access.queries import Recorded

PAGE_SIZE: Final = 25
_UNSETTLED: Final = ("in_progress", "not_settled")

Spans = dict[str, tuple[str, date | None, date | None]]
"""The spans of days that may be listed: words, first and last day, by name."""


@dataclass(frozen=True)
class Listing:
    """What the address asks for: which cases, of which days, in what order, which page of them, or which sample."""

    show: str
    over: str
    sort: str
    page: int
    case: str | None
    dimension: str | None
    value: str | None
    sampling: Sampling | None
    kept: dict[str, Parameter]

    def changed(self, **changes: Parameter) -> dict[str, Parameter]:
        """Return the address with some of it changed; the first page comes first again."""
        return {**self.kept, "page": None, "case": None, **changes}


def draw_cases_page() -> None:
    """Draw the cases of the measure, team and week that the address names, the index where it names no measure, and
    the path of a child where it names one.
    """
    run = page_run()
    if child := st.query_params.get("child"):
        draw_child_page(run, child)
        return
    definition = chosen_measure()
    if definition is None:
        draw_index("cases", "Cases")
        return
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    draw_stylesheet()
    names = measures.team_names(run)
    view = measures.measure_view(run, definition.id, team=choice.team, up_to=choice.up_to)
    spans = _spans(view)
    asked = _asked(definition, choice, spans, _workers(run, definition))
    with st.container(key="heading", horizontal=True, gap="small", vertical_alignment="center"):
        st.html("<h1>Cases</h1>")
        with st.container(horizontal=True, gap="small", width="content", key="measure_choices"):
            measure_menu("cases", definition, {"team": choice.team, "week": choice.week})
            draw_choices("cases", choice, freshness, names, measure=definition.id)
    st.html(f'<p class="freshness">{escape(freshness_line(freshness))}</p>')
    draw_waiting(view, team=choice.team, linked=st.query_params.get("show") != "waiting")
    measure_link(view.sentence, definition.id, team=choice.team, week=choice.week)
    if (why := why_not_listed(run.actor, definition.id)) is not None:
        st.html(f"<p>{escape(why)}</p>")
        return
    _draw_list(run, view, choice, asked, spans, names)


def _workers(run: PageRun, definition: Definition) -> list[Detail]:
    """Return the details that name members of staff, for who manages a team: nobody else sees their names."""
    if not run.actor.scope.case_teams:
        return []
    return [detail for detail in definition.details if detail.names_staff]


def _asked(definition: Definition, choice: Choice, spans: Spans, workers: Sequence[Detail]) -> Listing:
    dimension = chosen_dimension(definition, *(detail.name for detail in workers))
    value = st.query_params.get("value") if dimension != "team" else None
    show = chosen_of("show", tuple(shown_as(definition)), ALL, "kind of case")
    over = chosen_of("over", tuple(spans), next(iter(spans)), "span")
    sort = chosen_of("sort", tuple(SORTS), "urgency", "order")
    given = st.query_params.get("page") or "1"
    if not given.isdecimal() or not int(given):
        msg = f"There is no page “{given}” here."
        raise QueryProblem(msg)
    case = st.query_params.get("case") or None
    sampling = chosen_sampling(str(spans[over][1] or ""))
    kept: dict[str, Parameter] = {
        "measure": definition.id,
        "team": choice.team,
        "week": choice.week,
        "show": None if show == ALL else show,
        "over": None if over == next(iter(spans)) else over,
        "sort": None if sort == "urgency" else sort,
        "dimension": None if value is None else dimension,
        "value": value,
        "sample": None if sampling is None else sampling.size,
        "seed": None if sampling is None else sampling.seed,
        "page": None if given == "1" else given,
        "case": case,
    }
    return Listing(show, over, sort, int(given), case, None if value is None else dimension, value, sampling, kept)


def _spans(view: MeasureView) -> Spans:
    """Return the spans of days that may be listed: words, first and last day; the latest settled period first."""
    definition, latest = view.definition, view.judgement.latest
    if latest is None:
        return {"period": (f"no settled {definition.period}", None, None)}
    start, end = view.headline["start"], view.headline["end"]
    spans: Spans = {
        "period": (full_period_name(start, view.judgement.subject.period), start, end),
        "window": (window_name(definition), *window(definition, start)),
    }
    later = view.figures.filter(view.figures["start"] > start, view.figures["state"].is_in(list(_UNSETTLED)))
    if later.height:
        spans["unsettled"] = ("Since then, not settled", later["start"].min(), later["end"].max())  # type: ignore[assignment]
    return spans


def _draw_list(
    run: PageRun,
    view: MeasureView,
    choice: Choice,
    asked: Listing,
    spans: Spans,
    names: Mapping[str, str],
) -> None:
    definition = view.definition
    words = measures.background(run, definition.id, up_to=choice.up_to).words
    wording = CaseWording(definition, words, names)
    span, first, last = spans[asked.over]
    recorded = _recorded(definition, asked)
    if asked.show == "waiting":
        waits = measures.waiting(run, definition.id, team=choice.team, recorded=recorded)
        span, every = "whatever their date", waits.to_dicts()
    elif first is None or last is None:
        every = []
    else:
        listed = measures.listed(run, definition.id, first=first, last=last, team=choice.team, recorded=recorded)
        every = listed.to_dicts()
    narrowed = [case for case in every if _is_wanted(case, definition, asked, recorded)]
    wanted = narrowed
    if asked.sampling is not None:
        wanted = list(sample_of(narrowed, definition, asked.sampling.size, asked.sampling.seed).cases)
    ordered = sorted_cases(wanted, definition, asked.sort)
    details = [*(definition.detail(name) for name in definition.dimensions), *_workers(run, definition)]
    _draw_filters(asked, spans, wording, every, details)
    st.html(f'<h2 class="part">{escape(_told(ordered, asked, span, wording))}</h2>')
    if asked.sampling is not None:
        st.html(f"<p>{escape(sampling_told(asked.sampling, len(narrowed)))}</p>")
    if asked.case is not None:
        _draw_case(run, wording, every, asked)
    if ordered:
        _draw_page(run, wording, ordered, asked)


def _recorded(definition: Definition, asked: Listing) -> Recorded | None:
    """Return whose cases are wanted, where the address narrows them by a characteristic of the children."""
    names = {detail.name for detail in characteristics_of(definition)}
    if asked.dimension not in names or asked.value is None:
        return None
    return Recorded(asked.dimension, asked.value)


def _is_wanted(case: Case, definition: Definition, asked: Listing, recorded: Recorded | None) -> bool:
    if asked.show != ALL and kind_of(case, definition) != asked.show:
        # those that wait past their limit are late as well
        return asked.show == "late" and kind_of(case, definition) == "waiting"
    if asked.dimension is None or recorded is not None:
        return True
    return str(dimension_value(definition.detail(asked.dimension), case)) == asked.value


def _draw_filters(
    asked: Listing,
    spans: Spans,
    wording: CaseWording,
    every: Sequence[Case],
    details: Sequence[Detail],
) -> None:
    definition = wording.definition
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="center"):
        if asked.show != "waiting":
            periods = {words: asked.changed(over=name) for name, (words, _, _) in spans.items()}
            menu("cases", spans[asked.over][0], periods, key="spans")
        shown = shown_as(definition)
        kinds = {words: asked.changed(show=None if name == ALL else name) for name, words in shown.items()}
        menu("cases", shown[asked.show], kinds, key="kinds")
        anybody: dict[str, dict[str, Parameter]] = {"Any": asked.changed(dimension=None, value=None)}
        for detail in characteristics_of(definition):
            if asked.dimension == detail.name and asked.value is not None:
                now = _value_words(wording, detail.name, asked.value)
                menu("cases", f"{detail.title}: {now}", anybody, key="values")
        for detail in details:
            name = detail.name
            chosen_value = asked.value if asked.dimension == name else None
            now = "any" if chosen_value is None else _value_words(wording, name, chosen_value)
            values = sorted({value for case in every if (value := dimension_value(detail, case)) is not None})
            options = anybody | {
                _value_words(wording, name, option): asked.changed(dimension=name, value=option) for option in values
            }
            menu("cases", f"{detail.title}: {now}", options, key="values")
        draw_sampling_menu(asked.sampling, asked.changed)
        orders = {words: asked.changed(sort=None if name == "urgency" else name) for name, words in SORTS.items()}
        menu("cases", SORTS[asked.sort], orders, key="orders")


def _value_words(wording: CaseWording, dimension: str, value: str) -> str:
    return NOT_RECORDED if value == "None" else wording.words.get(dimension, {}).get(value, value)


def _told(ordered: Sequence[Case], asked: Listing, span: str, wording: CaseWording) -> str:
    number = "1 case" if len(ordered) == 1 else f"{len(ordered):,} cases" if ordered else "No cases"
    shown = shown_as(wording.definition)[asked.show]
    kind = "" if asked.show == ALL else f", {shown[:1].lower()}{shown[1:]}"
    value = ""
    if asked.dimension is not None and asked.value is not None:
        value = f", {_value_words(wording, asked.dimension, asked.value)}"
    return f"{number}{kind}{value}, {span}"


def _draw_case(run: PageRun, wording: CaseWording, every: Sequence[Case], asked: Listing) -> None:
    """Draw one case, if it is among those of the measure, team and days shown."""
    case = next((case for case in every if case["case_id"] == asked.case), None)
    if case is None:
        st.html(f"<p>There is no case “{escape(str(asked.case))}” among these.</p>")
        page_link("cases", "Back to the list", **asked.changed())
        return
    paths = measures.paths_of(run, wording.definition.id, (case["case_id"],))
    _, rows = case_rows(wording, [case], paths)
    body = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in rows[0].items()
    )
    st.html(f'<table class="plain one"><tbody>{body}</tbody></table>')
    if child := children_of(run, wording.definition.id, (case["case_id"],)).get(case["case_id"]):
        page_link("cases", f"The path of child {child}", **asked.changed(case=case["case_id"], child=child))
    page_link("cases", "Back to the list", **asked.changed())


def _draw_page(run: PageRun, wording: CaseWording, ordered: Sequence[Case], asked: Listing) -> None:
    pages = -(-len(ordered) // PAGE_SIZE)
    if asked.page > pages:
        st.html(f"<p>There is no page {asked.page} here: the list has {pages}.</p>")
        page_link("cases", "Back to the list", **asked.changed())
        return
    first = (asked.page - 1) * PAGE_SIZE
    shown = ordered[first : first + PAGE_SIZE]
    paths = measures.paths_of(run, wording.definition.id, tuple(case["case_id"] for case in shown))
    links = child_links(run, wording.definition.id, shown, asked.changed(page=st.query_params.get("page")))
    st.html(case_table(f"Cases behind {wording.definition.title}", wording, shown, paths, children=links))
    with st.container(key="paging", horizontal=True, gap="medium", vertical_alignment="center"):
        if pages > 1:
            st.html(f"<p>{first + 1:,} to {first + len(shown):,} of {len(ordered):,}</p>")
        if asked.page > 1:
            page_link("cases", "‹ Earlier page", **asked.changed(page=asked.page - 1 if asked.page > 2 else None))
        if asked.page < pages:
            page_link("cases", "Next page ›", **asked.changed(page=asked.page + 1))
        draw_download(
            "Download the whole list" if asked.sampling is None else "Download the sample",
            f"cases_{wording.definition.id}.csv",
            lambda: table_csv(*case_rows(wording, ordered, years=True)),
            key="download_cases",
        )

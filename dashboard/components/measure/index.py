"""The index of measures: every one by strand and section, found by words, with its latest figure and its sentence."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.cache.results import kept_results
from dashboard.components.board.board import every_view, strand_heading
from dashboard.components.layout.address import chosen_of
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import html_link
from dashboard.components.layout.messages import show_empty
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_views import MeasureView
from dashboard.words.attention_lines import attention_lines
from dashboard.words.cases import waiting_told
from dashboard.words.phrases import counts_of, period_of_latest, told_of, value_of
from data_access.measures.definition import Definition
from data_access.measures.sections import section_of

_LEADS: Final = {
    "measure": "Every measure that is counted here. Choose one to see its chart, its teams and its cases.",
    "cases": "Choose a measure to see the cases behind its figure.",
}
_KEPT: Final = 64
"""How many indexes are kept: weeks and teams that readers look at between two loads."""
_ATTENTION: Final = "attention"
_FIND: Final = "find"
"""The name of the words to find, in the address."""
_BOX: Final = "words_to_find"


def draw_index(page: str, title: str) -> None:
    """Draw the index of measures, each leading to `page` (measure or cases) for the team and week chosen.

    The address narrows it: `find` to measures that say some words, `show` to those that need attention.
    """
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    only_attention = bool(chosen_of("show", (_ATTENTION,), "", "kind of measure"))
    every, entries = every_view(run, choice), index_entries(run, page, choice)
    with st.container(key="sheet", gap=None):
        shown = {"show": _ATTENTION if only_attention else None, _FIND: st.query_params.get(_FIND)}
        draw_heading(page, title, choice, freshness, measures.team_names(run), **shown)
        words = _draw_lead(page)
        wanted = [view for view in every.values() if is_told(view.definition, words)]
        if only_attention:
            pressing = {line.view.definition.id for line in attention_lines(list(every.values()), every)}
            wanted = [view for view in wanted if view.definition.id in pressing]
        if words or only_attention:
            _draw_narrowed(page, choice, len(wanted), len(every), only_attention=only_attention)
        with st.container(key="index", gap=None):
            st.html(_index_html(wanted, entries) or "<p>No measure says these words.</p>")


def _draw_lead(page: str) -> str:
    """Draw what the page is for, and the box in which to find a measure; return the words in it."""
    # the address is what counts: for other words there it is another box, so that none that the browser still sends
    # can stand for it
    told = st.query_params.get(_FIND, "")
    box = f"{_BOX}_{page}_{told}"
    with st.container(key="find", horizontal=True, gap="medium", vertical_alignment="center"):
        st.html(f'<p class="lead">{_LEADS[page]}</p>')
        return st.text_input(
            "Find a measure by title, question or plan item",
            value=told,
            key=box,
            on_change=_write_address,
            args=(box,),
            placeholder="Find: title, question or plan item",
            label_visibility="collapsed",
            width=320,
        )


def _write_address(box: str) -> None:
    words = st.session_state[box].strip()
    if words:
        st.query_params[_FIND] = words
    else:
        st.query_params.pop(_FIND, None)


def is_told(definition: Definition, words: str) -> bool:
    """Return whether title, question or plan items of a measure say every one of some words, in whatever case."""
    items = " ".join(f"plan item {item}" for item in definition.plan_items)
    said = f"{definition.title} {definition.question} {items}".casefold()
    return all(word in said for word in words.casefold().split())


def _draw_narrowed(page: str, choice: Choice, number: int, of: int, *, only_attention: bool) -> None:
    """Draw how many measures are shown, and the way back to all."""
    why = " that need attention" if only_attention else ""
    every = html_link(page, f"Show all {of}", team=choice.team, week=choice.week)
    st.html(f'<p class="lead"><strong>{number} of {of} measures{why}.</strong> {every}</p>')


def _index_html(views: Sequence[MeasureView], entries: Mapping[str, str]) -> str:
    parts: list[str] = []
    for strand, of_strand in groupby(views, key=lambda view: view.definition.strand):
        parts.append(strand_heading(strand))
        for section, mine in groupby(of_strand, key=lambda view: section_of(view.definition.id)):
            parts.append(f'<h3 class="section">{escape(section.title)}</h3>')
            parts += [entries[view.definition.id] for view in mine]
    return "".join(parts)


@kept_results(_KEPT)
def index_entries(run: PageRun, page: str, choice: Choice) -> Mapping[str, str]:
    """Return the entry of every measure by its id, as HTML, for the team and week chosen."""
    return {name: _entry_html(view, run, page, choice) for name, view in every_view(run, choice).items()}


def _entry_html(view: MeasureView, run: PageRun, page: str, choice: Choice) -> str:
    """Return an entry: the title with its link, the latest figure, its period, who waits, the sentence."""
    name, counts = view.definition.id, counts_of(view)
    title = html_link(page, view.definition.title, measure=name, team=choice.team, week=choice.week)
    if page == "cases" and (why := why_not_listed(run.actor, name)) is not None:
        title = f"{escape(view.definition.title)}<small>{escape(why)}</small>"
    period = f"{f'{counts}, ' if counts else ''}{period_of_latest(view.judgement)}"
    waits = ""
    if view.waiting:
        told = waiting_told(view.definition, view.waiting_children, view.waiting_longest)
        waits = f"<strong>{escape(told)}.</strong> "
    return (
        f'<div class="entry"><p class="title">{title}</p><p class="value">{escape(value_of(view.judgement))}</p>'
        f'<p class="period">{escape(period)}</p><p class="told">{waits}{escape(told_of(view))}</p></div>'
    )

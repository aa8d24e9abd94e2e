"""The page of a strand: what needs attention in it, where its measures stand, and every one of them by section."""

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.action_plan import plan
from dashboard.cache.page_run import PageRun, page_run
from dashboard.charts.theme import DARK
from dashboard.components.board.attention import draw_attention
from dashboard.components.board.board import board_rows, every_view, views_shown
from dashboard.components.board.changes import changes
from dashboard.components.board.grid import cell_words, grid_html
from dashboard.components.board.strand_board import (
    Narrowed,
    draw_strand_board,
    narrowed,
    narrowed_views,
    steady_of,
)
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.filters import chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import Parameter, html_link
from dashboard.components.layout.messages import show_empty
from dashboard.words.action_plan import summary_words
from dashboard.words.loads import counted
from data_access.measures.definition import Strand


def draw_strand_page(page: str, strand: Strand) -> None:
    """Draw a strand; `page` is its name in the registry. The address narrows it to a cell, and to what changed."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    every, look, asked = every_view(run, choice), current_look(), narrowed()
    views = views_shown(every, strand)
    mine = {view.definition.id: view for view in views}
    changed = changes(run, choice, mine, latest_week=freshness.latest_week) if asked.only_changed else {}
    shown = narrowed_views(views, asked, changed)
    is_whole = asked == Narrowed(None, only_changed=False)
    closed = steady_of(views, every) if is_whole else frozenset()
    kept: dict[str, Parameter] = {"team": choice.team, "week": choice.week}
    since = asked.parameters["since"]
    with st.container(key="sheet_dark" if look is DARK else "sheet", gap=None):
        draw_heading(page, strand, choice, freshness, measures.team_names(run), **asked.parameters)
        draw_attention(views, every, team=choice.team, week=choice.week)
        with st.container(key="standing", gap=None):
            grid = grid_html(views, page, asked.cell, look, {**kept, "since": since})
            told = _told(page, asked, len(shown), len(views), kept)
            st.html(f'<div class="standing">{grid}<div>{told}{_plan_html(run, strand)}</div></div>')
        draw_strand_board(strand, shown, board_rows(run, strand, look, choice), closed=closed, changed=changed)


def _told(page: str, asked: Narrowed, shown: int, of: int, kept: dict[str, Parameter]) -> str:
    """Return how many measures are shown and why, with the links that change it."""
    cell = {name: value for name, value in asked.parameters.items() if name != "since"}
    switch = (
        html_link(page, "Whatever changed or not", **kept, **cell)
        if asked.only_changed
        else html_link(page, "Only what changed since the week before", **kept, **cell, since="week")
    )
    if asked == Narrowed(None, only_changed=False):
        return f"<p>{of} measures. A number shows those alone.</p><p>{switch}</p>"
    why = [] if asked.cell is None else [cell_words(asked.cell)]
    if asked.only_changed:
        why.append("changed since the week before")
    words = ", ".join(why)
    told = f"<p><strong>{shown} of {of} measures:</strong> {words[:1].lower()}{words[1:]}.</p>"
    return f"{told}<p>{html_link(page, f'Show all {of}', **kept)}</p><p>{switch}</p>"


def _plan_html(run: PageRun, strand: Strand) -> str:
    """Return where the strand's lines of the action plan stand, with the link to them; nothing without a plan."""
    lines = plan(run).of_strand(strand)
    if not lines:
        return ""
    label = f"{counted(len(lines), 'line')} of the action plan"
    link = html_link("action_plan", label, strand=strand.name.lower())
    return f"<p>{link}: {summary_words(lines)}.</p>"

"""A strand of the agenda: what needs attention in it first, those measures with their pictures, and the others."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from dashboard.components.agenda.commentary import said_html
from dashboard.components.agenda.part import Agenda
from dashboard.components.board.attention import line_html
from dashboard.components.board.board import HEAD_HTML, KEY_HTML, board_rows, views_shown
from dashboard.components.layout.filters import Choice
from dashboard.readings.measure_views import MeasureView
from dashboard.words.attention_lines import Line, attention_lines
from data_access.measures.definition import Strand

_NOTHING: Final = "<p>Nothing needs attention.</p>"


def draw_strand(strand: Strand, agenda: Agenda) -> None:
    """Draw a strand: what needs attention in it, the rows of those measures and of what was said, the others closed.

    Presented, each line stands with its measure, since nobody in the room looks from one list to another.
    """
    views = views_shown(agenda.every, strand)
    rows = board_rows(agenda.run, strand, agenda.look, Choice(None, agenda.week))
    lines = attention_lines(views, agenda.every)
    pressing = measures_of(lines)
    said = [view.definition.id for view in views if view.definition.id in agenda.held.commentary]
    opened = [*pressing, *(name for name in said if name not in pressing)]
    closed = _closed_html([view for view in views if view.definition.id not in opened], rows)
    if agenda.presented:
        st.html(f"{_presented_html(agenda, opened, lines, rows) or _NOTHING}{closed}")
        return
    told = "".join(f"<li>{line_html(line, None, agenda.week)}</li>" for line in lines)
    attention = f'<ul class="exceptions">{told}</ul>' if told else _NOTHING
    shown = "".join(f"{rows[name]}{said_html(agenda.held, name)}" for name in opened)
    head = HEAD_HTML if shown else ""
    key = KEY_HTML if strand is list(Strand)[-1] else ""
    st.html(f"{attention}{head}{shown}{closed}{key}")


def measures_of(lines: Sequence[Line]) -> list[str]:
    """Return the ids of the measures that lines tell of, each once, in their order."""
    return list(dict.fromkeys(line.view.definition.id for line in lines))


def _presented_html(agenda: Agenda, opened: Sequence[str], lines: Sequence[Line], rows: Mapping[str, str]) -> str:
    """Return each measure with whom to ask what; what else its lines say, its row says."""
    told: dict[str, str] = {}
    for line in lines:
        words = line_html(line, None, agenda.week) if line.tells_who_waits else escape(line.asked)
        told[line.view.definition.id] = f'{told.get(line.view.definition.id, "")}<p class="asked">{words}</p>'
    return "".join(
        f'<section class="presented">{rows[name]}{told.get(name, "")}{said_html(agenda.held, name)}</section>'
        for name in opened
    )


def _closed_html(closed: Sequence[MeasureView], rows: Mapping[str, str]) -> str:
    if not closed:
        return ""
    titles = escape(", ".join(view.definition.title for view in closed))
    number = "1 other measure" if len(closed) == 1 else f"{len(closed)} other measures"
    return (
        f'<details class="steady"><summary><b>{number}:</b> {titles}</summary>'
        f"{''.join(rows[view.definition.id] for view in closed)}</details>"
    )

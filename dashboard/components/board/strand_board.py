"""The board of a strand: every measure under the heading of its section, what is steady closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.components.board.board import draw_rows
from dashboard.components.board.grid import CHANGES, TARGETS, Cell, cell_of
from dashboard.components.layout.address import chosen_of
from dashboard.components.layout.links import Parameter
from dashboard.readings.measure_views import MeasureView
from dashboard.words.partner import partner_words
from dashboard.words.steady import is_steady
from data_access.measures.definition import Strand
from data_access.measures.sections import SECTIONS
from data_access.vocabulary import Assurance, Variation

_WEEK = "week"


@dataclass(frozen=True)
class Narrowed:
    """What the address narrows a strand to: a cell of the grid (None: any), and only what changed in a week."""

    cell: Cell | None
    only_changed: bool

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Return it as parameters of an address."""
        change, target = (None, None) if self.cell is None else self.cell
        return {"change": change, "target": target, "since": _WEEK if self.only_changed else None}


def narrowed() -> Narrowed:
    """Return what the address narrows to; raise QueryProblem for a change, target or time that there is not."""
    change = chosen_of("change", CHANGES, "", "kind of change")
    target = chosen_of("target", TARGETS, "", "answer to whether a target can be met")
    since = chosen_of("since", (_WEEK,), "", "time to compare with")
    cell = (Variation(change), Assurance(target)) if change and target else None
    return Narrowed(cell, bool(since))


def narrowed_views(
    views: Sequence[MeasureView], asked: Narrowed, changed: Mapping[str, str]
) -> Sequence[MeasureView]:
    """Return the measures that are asked for; `changed` says by id what of a measure changed."""
    return [
        view
        for view in views
        if (asked.cell is None or cell_of(view) == asked.cell)
        and (not asked.only_changed or view.definition.id in changed)
    ]


def draw_strand_board(
    strand: Strand,
    views: Sequence[MeasureView],
    rows: Mapping[str, str],
    *,
    closed: Collection[str],
    changed: Mapping[str, str],
) -> None:
    """Draw measures of a strand by section, a block of HTML each: `rows` are `board_rows`.

    Those whose id is in `closed` stand behind a line that names them; `changed` is said above the rows of its ids.
    """
    shown = {view.definition.id: view for view in views}
    blocks = []
    for section in SECTIONS:
        mine = [shown[name] for name in section.measures if name in shown]
        if section.strand is not strand or not mine:
            continue
        opened = [view for view in mine if view.definition.id not in closed]
        folded = [view for view in mine if view.definition.id in closed]
        told = "".join(_row(view, rows, changed) for view in opened)
        blocks.append(f"{_heading(section.title, mine)}{told}{_folded(folded, rows, is_all=not opened)}")
    draw_rows(blocks)
    if not blocks:
        st.html("<p>No measure of this strand does.</p>")


def steady_of(views: Sequence[MeasureView], every: Mapping[str, MeasureView]) -> frozenset[str]:
    """Return the ids of the measures that have nothing to say; `every` are all measures by id, for partners."""
    return frozenset(view.definition.id for view in views if is_steady(view, partner_words(view, every)))


def _row(view: MeasureView, rows: Mapping[str, str], changed: Mapping[str, str]) -> str:
    name = view.definition.id
    return f"{f'<p class=since>{escape(changed[name])}</p>' if name in changed else ''}{rows[name]}"


def _heading(title: str, views: Sequence[MeasureView]) -> str:
    items = dict.fromkeys(item for view in views for item in view.definition.plan_items)
    plan = (
        f" <small>plan {'item' if len(items) == 1 else 'items'} {escape(', '.join(items))}</small>" if items else ""
    )
    return f'<h2 class="section">{escape(title)}{plan}</h2>'


def _folded(views: Sequence[MeasureView], rows: Mapping[str, str], *, is_all: bool) -> str:
    if not views:
        return ""
    titles = escape(", ".join(view.definition.title for view in views))
    more = "" if is_all else " more"
    told = f"{len(views)}{more} {'is' if len(views) == 1 else 'are'} steady"
    return (
        f'<details class="steady"><summary><b>{told}:</b> {titles}</summary>'
        f"{''.join(rows[view.definition.id] for view in views)}</details>"
    )

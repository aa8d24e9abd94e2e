"""The grid of change and target: how many measures stand in each cell, each a link that shows those alone."""

from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Final

from dashboard.analysis.wording import ASSURANCE_WORDS, VARIATION_WORDS
from dashboard.charts.theme import Look
from dashboard.components.layout.icons import assurance_icon, variation_icon
from dashboard.components.layout.links import Parameter, html_link
from dashboard.readings.measure_views import MeasureView
from dashboard.words.phrases import variation_of
from data_access.vocabulary import Assurance, Variation

Cell = tuple[Variation, Assurance]

CHANGES: Final = (
    Variation.IMPROVEMENT,
    Variation.NEITHER,
    Variation.COMMON_CAUSE,
    Variation.CONCERN,
    Variation.TOO_FEW,
    Variation.NOT_JUDGED,
)
"""The rows of the grid."""
TARGETS: Final = (Assurance.PASS, Assurance.HIT_OR_MISS, Assurance.FAIL, Assurance.NONE)
"""The columns of the grid."""
_NO_TARGET: Final = "No target judged"


def cell_of(view: MeasureView) -> Cell:
    """Return the cell in which a measure stands: its change as shown, and whether its target can be met."""
    return variation_of(view), view.judgement.assurance


def cell_words(cell: Cell) -> str:
    """Return a cell in words: "Concern, cannot meet"."""
    return f"{VARIATION_WORDS[cell[0]]}, {_column(cell[1]).lower()}"


def grid_html(
    views: Iterable[MeasureView], page: str, chosen: Cell | None, look: Look, kept: dict[str, Parameter]
) -> str:
    """Return the grid as HTML. A cell leads to the page with its measures alone, the chosen one back to all.

    `kept` is what the links keep of the address.
    """
    counts = Counter(cell_of(view) for view in views)
    head = "".join(
        f'<th scope="col">{_icon(assurance_icon(target, look))}{_column(target)}</th>' for target in TARGETS
    )
    body = "".join(
        f'<tr><th scope="row">{_icon(variation_icon(change, look))}{VARIATION_WORDS[change]}</th>'
        f"{''.join(_cell((change, target), counts, page, chosen, kept) for target in TARGETS)}</tr>"
        for change in CHANGES
    )
    return (
        '<table class="grid"><caption class="unseen">Measures by change and target</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(cell: Cell, counts: Counter[Cell], page: str, chosen: Cell | None, kept: dict[str, Parameter]) -> str:
    number = counts[cell]
    if not number:
        return '<td class="none">·</td>'
    is_chosen = cell == chosen
    said = f"{number} {'measure' if number == 1 else 'measures'}: {cell_words(cell)}"
    where: dict[str, Parameter] = {} if is_chosen else {"change": cell[0], "target": cell[1]}
    link = html_link(page, str(number), f"All measures, not {said}" if is_chosen else said, **kept, **where)
    return f'<td class="{"chosen" if is_chosen else "some"}">{link}</td>'


def _icon(address: str | None) -> str:
    return "" if address is None else f'<img src="{escape(address)}" alt="">'


def _column(assurance: Assurance) -> str:
    return _NO_TARGET if assurance is Assurance.NONE else ASSURANCE_WORDS[assurance]

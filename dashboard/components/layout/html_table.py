"""A table as HTML: a caption, headings with their scope, thin rules; every cell escaped."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Final

from dashboard.words.phrases import NOTHING

_SHORT: Final = 17
"""Words this short stay on one line."""
_LONG: Final = 48
"""Words longer than this ask for a wide column."""
_BROAD: Final = 7
"""More columns than this ask for a broad page."""
_MARKED: Final = ' class="marked"'


class LinkedCell(str):
    """The words of a cell that is a link, whose `html` stands for them."""

    html: str

    def __new__(cls, words: str, html: str) -> "LinkedCell":
        """Return the words of a link with its HTML, which html_link has made."""
        cell = super().__new__(cls, words)
        cell.html = html
        return cell


def html_table(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: Collection[str] = (),
    marked: Collection[int] = (),
    caption_shown: bool = False,
) -> str:
    """Return a table of words, whose first column names each row; `numeric` headings align right.

    A LinkedCell is drawn as its link.

    `marked` are the rows, counted from 0, that stand out. Where there is little room each row becomes a card, without
    the cells that say nothing; where there is more, but not enough, the table scrolls sideways. The roles are those
    of any table, said aloud because browsers forget them for rows that are drawn as cards.
    """
    head = "".join(
        f'<th scope="col" role="columnheader"{_class(name, numeric)}>{escape(name)}</th>' for name in headings
    )
    body = "".join(
        f'<tr role="row"{_MARKED if number in marked else ""}>{_cells(headings, row, numeric)}</tr>'
        for number, row in enumerate(rows)
    )
    broad = " broad" if len(headings) > _BROAD else ""
    hidden = "" if caption_shown else ' class="unseen"'
    return (
        f'<div class="scrolling{broad}" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="plain" role="table"><caption{hidden}>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(headings: Sequence[str], row: Sequence[str], numeric: Collection[str]) -> str:
    first, *others = row
    cells = "".join(
        f'<td role="cell" data-label="{escape(name)}"{_class(name, numeric, cell)}>{_shown(cell)}</td>'
        for name, cell in zip(headings[1:], others, strict=True)
    )
    return f'<th scope="row" role="rowheader">{escape(first)}</th>{cells}'


def _shown(cell: str) -> str:
    return cell.html if isinstance(cell, LinkedCell) else escape(cell)


def _class(name: str, numeric: Collection[str], cell: str = "") -> str:
    if cell == NOTHING:
        return ' class="number nothing"' if name in numeric else ' class="nothing"'
    if name in numeric:
        return ' class="number"'
    if not cell:
        return ""
    return ' class="short"' if len(cell) <= _SHORT else ' class="long"' if len(cell) > _LONG else ' class="medium"'

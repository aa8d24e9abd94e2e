"""A chart with the table behind it: one of the two, by the reader's choice, kept in the address."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from dashboard.charts.specification import Spec
from dashboard.components.layout.links import Parameter, page_link

FORMS: Final = ("chart", "table")
"""What a picture may be shown as, the first by default."""


def draw_toggle(page: str, parameter: str, kept: Mapping[str, Parameter]) -> bool:
    """Draw the links to chart and table; return whether the table is chosen. `kept` is the address as it is."""
    is_table = kept[parameter] == FORMS[1]
    with st.container(key=f"toggle_{parameter}", horizontal=True, gap="small", width="content"):
        for label, form in (("Chart", None), ("Table", FORMS[1])):
            if form == kept[parameter]:
                st.html(f'<p class="current-form">{label}</p>')
            else:
                page_link(page, label, **{**kept, parameter: form})
    return is_table


def draw_chart_or_table(
    chart: Spec | None, table: Callable[[], str], *, is_table: bool, alternative: str, key: str
) -> None:
    """Draw the chart, or the table where that is chosen or nothing can be drawn.

    `table` makes the table's HTML, only where it is shown; `alternative` is what the chart says to somebody who can't
    see it.
    """
    if is_table or chart is None:
        st.html(table())
    else:
        st.vega_lite_chart(spec=chart, theme=None, width="stretch", key=key, alt=alternative)

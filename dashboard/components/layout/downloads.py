"""Downloads: CSV by the one safe writer, made only when asked for, and marked as internal."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.exports.rows import COLUMNS, INTERNAL, Wanted, by_period
from dashboard.exports.safe_cells import csv_bytes
from dashboard.readings import measure_views as reading
from data_access.scope import Scope


def draw_download(label: str, file_name: str, made: Callable[[], bytes], *, key: str) -> None:
    """Draw a button that hands out a CSV file, made when it is pressed."""
    st.download_button(
        label, made, file_name, "text/csv", key=key, on_click="ignore", type="tertiary", icon=":material/download:"
    )


def figures_csv(scope: Scope, measure: str, *, team: str | None, up_to: date | None) -> bytes:
    """Return a measure's figures by period, in the stable form of `safe-dashboard export`."""
    with reading.connected() as connection:
        return csv_bytes(COLUMNS, by_period(scope, connection, Wanted((measure,), last=up_to), team=team))


def table_csv(headings: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return a list as it is shown, with its classification in the last column."""
    return csv_bytes([*headings, "classification"], [{**row, "classification": INTERNAL} for row in rows])

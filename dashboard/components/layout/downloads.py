"""Downloads: CSV by the one safe writer, made only when asked for, and marked as internal."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard.exports.rows import COLUMNS, INTERNAL, rows_of
from dashboard.exports.safe_cells import csv_bytes
from dashboard.readings.measure_views import MeasureView


def draw_download(label: str, file_name: str, made: Callable[[], bytes], *, key: str) -> None:
    """Draw a button that hands out a CSV file, made when it is pressed."""
    st.download_button(
        label, made, file_name, "text/csv", key=key, on_click="ignore", type="tertiary", icon=":material/download:"
    )


def figures_csv(view: MeasureView) -> bytes:
    """Return the figures that a page shows of a measure, in the stable form of `safe-dashboard export`."""
    return csv_bytes(COLUMNS, rows_of(view))


def table_csv(headings: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return a list as it is shown, with its classification in the last column."""
    return csv_bytes([*headings, "classification"], [{**row, "classification": INTERNAL} for row in rows])

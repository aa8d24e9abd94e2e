"""Templates and format: what a council fills in, all at once or one by one."""

import streamlit as st

from dashboard.uploading.extract_templates import EXPLANATION, all_templates, explanation, template
from data_access.extracts import EXTRACTS
from data_access.loading.delivery.sheet import MANIFEST


def draw_templates() -> None:
    """Draw the downloads, once they are asked for."""
    opened = st.expander("Templates and format", on_change="rerun", key="templates")
    if not opened.open:
        return
    with opened:
        st.html(
            '<p class="freshness">Each extract is a CSV file, or a sheet of a workbook. Fill in what you have: a '
            "measure without its extracts says so, and all others work.</p>"
        )
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "All templates (zip)", all_templates, "templates.zip", "application/zip", on_click="ignore"
            )
            st.download_button(
                "What every column means", explanation, EXPLANATION, "text/markdown", on_click="ignore"
            )
        titles = {MANIFEST: "Manifest: when each was taken"} | {extract.name: extract.title for extract in EXTRACTS}
        chosen = st.selectbox("One template", list(titles), format_func=titles.__getitem__, key="template")
        st.download_button(
            f"Download {chosen}.csv", lambda: template(chosen), f"{chosen}.csv", "text/csv", on_click="ignore"
        )

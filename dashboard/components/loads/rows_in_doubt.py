"""The rows in doubt of the measure that the address names: those with a warning that affects it, and the refused."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.cache import loads, measures
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.address import chosen_measure
from dashboard.components.layout.downloads import draw_download, table_csv
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import measure_link
from dashboard.readings.cases import may_list_rows
from dashboard.readings.loads import ROWS_SHOWN
from dashboard.readings.quality import in_doubt
from dashboard.words.loads import dated, title_of
from dashboard.words.phrases import NOTHING
from data_access.actor import Actor
from data_access.measures.definition import About
from data_access.queries import IN_DOUBT

_HEADINGS: Final = ("Row", "Extract", "Team", "Date", "Field", "What is wrong", "Counted", "Where it stands")


def draw_doubts(run: PageRun, team: str | None) -> None:
    """Draw the rows in doubt of the measure, the latest first; nothing where the address names no measure."""
    definition, names = chosen_measure(), measures.team_names(run)
    if definition is None:
        return
    whose = "" if team is None else f" of {names[team]}"
    may_see = definition.about is About.CHILDREN and may_list_rows(run.actor)
    rows = loads.in_doubt(run, definition.id, team=team, most=ROWS_SHOWN + 1) if may_see else []
    with st.container(key="doubts_bar", horizontal=True, gap="small", vertical_alignment="center"):
        first = f", the first {ROWS_SHOWN}" if len(rows) > ROWS_SHOWN else ""
        st.html(f'<h2 class="part">Rows in doubt: {escape(definition.title)}{escape(whose)}{first}</h2>')
        measure_link("Back to the measure", definition.id, team=team)
        if rows:
            draw_download(
                "Download all",
                f"rows_in_doubt_{definition.id}.csv",
                lambda: table_csv(list(IN_DOUBT), _every_row(run, definition.id, team)),
                key="download_in_doubt",
            )
    if not rows:
        st.html(f'<p class="freshness">{_none(definition.about, run.actor)}</p>')
        return
    st.html(
        '<p class="freshness">Each may make the figure of its period wrong. Correct it in the case system: the next '
        "extract that lists it clears it here.</p>"
    )
    st.html(_table(rows[:ROWS_SHOWN], names))


def _every_row(run: PageRun, measure: str, team: str | None) -> list[dict[str, Any]]:
    with run.renewed().reading() as reading:
        return in_doubt(reading, measure, team=team)


def _none(about: About, actor: Actor) -> str:
    if about is not About.CHILDREN:
        return "Rows about staff are never listed person by person."
    if not may_list_rows(actor):
        return "You may not list rows."
    return "None of a team whose cases you may see."


def _table(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    cells = [
        [
            row["key"],
            title_of(row["extract"]),
            names.get(row["team"], row["team"]),
            dated(row["dated"]) or NOTHING,
            row["field"],
            f"{row['message'][:1].upper()}{row['message'][1:]}",
            "no, refused" if row["refused"] else "as it stands",
            f"{row['file']}, row {row['row']:,}, load {row['load_id']}",
        ]
        for row in rows
    ]
    return html_table("Rows in doubt", _HEADINGS, cells)

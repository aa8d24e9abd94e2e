"""The record behind a measure: what the latest load restated of it, and the broken rules that threaten it."""

from html import escape
from typing import Final

import streamlit as st

from dashboard.cache import loads
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.links import page_link
from dashboard.readings.quality import sees_quality
from dashboard.words.freshness import day_and_time
from dashboard.words.loads import counted, restated_told

_PAGE: Final = "loads_and_quality"
_PERIODS_TOLD: Final = 3


def draw_record(run: PageRun, measure: str, team: str | None) -> None:
    """Draw both, of a team or the whole; nothing where the measure was never restated and no rule is broken."""
    restated = loads.restated(run, measure, team=team)
    rules = loads.quality(run, team=team).threatening(measure) if sees_quality(run.actor) else ()
    if not (restated or rules):
        return
    with st.container(key="record", gap=None):
        st.html('<h2 class="part">The data behind it</h2>')
        if rules:
            rows = counted(sum(rule.broken for rule in rules), "row")
            label = f"Data quality: {counted(len(rules), 'rule')} broken, {rows}"
            page_link(_PAGE, label, measure=measure, team=team, part="quality")
        if restated:
            load, when = restated[0].load_id, day_and_time(restated[0].loaded_at)
            told = restated_told(restated, _PERIODS_TOLD)
            st.html(f"<p>Settled figures last restated {escape(when)}: {escape(told)}.</p>")
            page_link(_PAGE, f"See load {load}", load=load, part="came")

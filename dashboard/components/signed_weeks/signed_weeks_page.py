"""The page of a year's signed weeks: who signed each off, and every figure that stands otherwise now."""

from collections import Counter
from datetime import timedelta
from typing import Final

import streamlit as st

from dashboard.cache import agenda, measures
from dashboard.cache.page_run import page_run
from dashboard.charts.theme import DARK
from dashboard.charts.trend_rows import full_period_name
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import page_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.readings.signed_weeks import Difference
from dashboard.words.agenda import signed_words, week_words
from data_access.measures import MEASURES
from data_access.vocabulary import Period

_YEAR: Final = timedelta(weeks=52)
WEEKS: Final = ("Week", "Signed off", "Attended", "Not reached", "Stand otherwise now")
FIGURES: Final = ("Week", "Measure", "Period", "Reported", "Now", "Why")


def draw_signed_weeks_page() -> None:
    """Draw the weeks signed off in the year up to the week that the address names, the latest by default."""
    run = page_run()
    freshness = measures.freshness(run)
    week = chosen(run).week or freshness.latest_week
    if freshness.data_to is None or week is None:
        show_empty()
        return
    draw_stylesheet()
    first = week - _YEAR
    signed, other = agenda.signed(run, first, week), agenda.differences(run, first, week)
    with st.container(key="sheet_dark" if current_look() is DARK else "sheet", gap=None):
        draw_heading("signed_weeks", "Signed weeks", Choice(None, week), freshness)
        page_link("smt_agenda", f"Agenda of {week_words(week)}", week=week)
        if not signed:
            st.html("<p>No week of this year has been signed off. That is done at the end of the agenda.</p>")
            return
        count = Counter(each.week for each in other)
        rows = [
            [
                week_words(each.week),
                signed_words(each).removeprefix("Signed off by "),
                each.closing.attendance,
                each.closing.not_reached,
                str(count[each.week] or "none"),
            ]
            for each in reversed(signed)
        ]
        st.html(html_table("Weeks signed off, the latest first", WEEKS, rows, numeric=(WEEKS[-1],)))
        if not other:
            st.html("<p>Every figure stands as it was reported.</p>")
            return
        told = [_told(each) for each in sorted(other, key=lambda each: each.week, reverse=True)]
        st.html('<h2 class="part">Reported, and what stands now</h2>')
        st.html(html_table("Reported, and what stands now", FIGURES, told))


def _told(difference: Difference) -> list[str]:
    measure = MEASURES.get(difference.measure)
    period = Period.WEEK if measure is None else measure.definition.period
    return [
        week_words(difference.week),
        difference.title,
        full_period_name(difference.start, period),
        difference.reported,
        difference.now,
        difference.why,
    ]

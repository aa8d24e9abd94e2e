"""The number of rows in doubt behind a figure, as a link to them."""

from datetime import date

from dashboard.components.layout.links import page_link
from dashboard.readings.measure_views import MeasureView


def draw_doubt_link(view: MeasureView, *, team: str | None, week: date | None) -> None:
    """Draw "2 rows in doubt" where there are any; the link leads to them, of a team or of all."""
    number = view.judgement.in_doubt
    if number:
        label = "1 row in doubt" if number == 1 else f"{number:,} rows in doubt"
        page_link("loads_and_quality", label, part="doubts", measure=view.definition.id, team=team, week=week)

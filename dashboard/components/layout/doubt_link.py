"""The number of rows in doubt behind a figure, as a link to them."""

from datetime import date

from dashboard.components.layout.links import Parameter, html_link, page_link
from dashboard.readings.measure_views import MeasureView
from dashboard.words.phrases import in_doubt_of

_PAGE = "loads_and_quality"


def draw_doubt_link(view: MeasureView, *, team: str | None, week: date | None) -> None:
    """Draw "2 rows in doubt" where there are any; the link leads to them, of a team or of all."""
    if view.judgement.in_doubt:
        page_link(_PAGE, in_doubt_of(view), **_parameters(view, team, week))


def doubt_html(view: MeasureView, *, team: str | None, week: date | None) -> str:
    """Return the same as HTML, empty where there are none."""
    return html_link(_PAGE, in_doubt_of(view), **_parameters(view, team, week)) if view.judgement.in_doubt else ""


def _parameters(view: MeasureView, team: str | None, week: date | None) -> dict[str, Parameter]:
    return {"part": "doubts", "measure": view.definition.id, "team": team, "week": week}

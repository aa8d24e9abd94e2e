"""A part of the agenda, and what all parts are drawn from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.cache.page_run import PageRun
from dashboard.charts.theme import Look
from dashboard.readings.agenda import Meeting
from dashboard.readings.measure_views import MeasureView
from data_access.signed_weeks import SignedWeek


@dataclass(frozen=True)
class Agenda:
    """What the parts are drawn from: the week (its Monday), its measures by id, the meeting, and its sign-off.

    `presented` says that a part is the whole screen, to be read from the far end of a room.
    """

    run: PageRun
    week: date
    every: Mapping[str, MeasureView]
    held: Meeting
    signed: SignedWeek | None
    look: Look
    presented: bool


@dataclass(frozen=True)
class Part:
    """A part: its name in the address, its title, and what draws all below the title.

    `heading` is its title on the page as HTML, where that is not the usual one; without `has_screen` it is left out
    when the agenda is presented.
    """

    name: str
    title: str
    draw: Callable[[Agenda], None]
    heading: str | None = None
    has_screen: bool = True

    @property
    def heading_html(self) -> str:
        """Return its title among others."""
        return self.heading or f'<h2 class="part">{escape(self.title)}</h2>'

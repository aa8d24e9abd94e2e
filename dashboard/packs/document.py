"""A pack as a document: what it says, in order, whatever the file that it is written to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from dashboard.charts.specification import Spec
from data_access.measures.definition import Strand

FIGURES: Final = ("Latest", "Cases", "Period", "Year", "Change", "Target", "Can it be met?")
"""What is told of every measure in a few words, in order."""


@dataclass(frozen=True)
class Table:
    """Rows of text under headings; the caption says what they are."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart: its specification, and what it says to somebody who can't see it."""

    specification: Spec
    alternative: str


@dataclass(frozen=True)
class MeasurePart:
    """A measure: `told` is its sentence without title and value, `figures` are by FIGURES.

    `facts` tell in a line what stands behind the value and what was judged, `whom` to ask, `notes` what the figure
    leaves out and what happened. `sparkline` is SVG, and `alternative` what that says. `chart` and `periods`, the
    table of the last periods, are of exceptions alone; a series without any value has no chart.
    """

    name: str
    title: str
    told: str
    figures: Mapping[str, str]
    facts: str
    whom: str
    notes: str
    sparkline: str
    alternative: str
    chart: Chart | None = None
    periods: Table | None = None


@dataclass(frozen=True)
class StrandPart:
    """A strand: the measures that need attention, the most pressing first, then the rest in the plan's order."""

    strand: Strand
    exceptions: tuple[MeasurePart, ...]
    rest: tuple[MeasurePart, ...]


@dataclass(frozen=True)
class Line:
    """A line of a list: the words that stand out, and the rest of it."""

    subject: str
    rest: str


@dataclass(frozen=True)
class ListPart:
    """A list under a heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Cover:
    """What the title page of a pack says: whose it is, of what, and of which data.

    `week` is the Monday of its week, `as_at` when what it says was known (London time): writers take it for the time
    of the file, so that the same pack is the same file.
    """

    meeting: str
    title: str
    subtitle: str
    freshness: str
    classification: str
    week: date
    as_at: datetime


@dataclass(frozen=True)
class Pack(Cover):
    """The pack of a meeting: what needs attention, and a part for each strand that it tells of.

    `lists` are what the meeting sees besides measures, none of them empty: decisions of earlier meetings, figures
    that were reported otherwise, actions that are due; of a plan its targets and actions. `data` are rows of
    exports.rows.COLUMNS.
    """

    attention: tuple[Line, ...]
    lists: tuple[ListPart, ...]
    strands: tuple[StrandPart, ...]
    data: tuple[Mapping[str, Any], ...]

    def measures(self) -> Iterator[tuple[StrandPart, MeasurePart]]:
        """Yield every measure with the part in which it stands, in the order of the pack."""
        for part in self.strands:
            for measure in (*part.exceptions, *part.rest):
                yield part, measure

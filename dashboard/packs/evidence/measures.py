"""The measures of findings: each with its sentence, chart and last periods, and its teams side by side."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from dashboard.charts.by_team import TIPS, told
from dashboard.packs.content import Parts
from dashboard.packs.document import MeasurePart, Table
from dashboard.packs.evidence.document import EvidenceMeasure
from dashboard.readings.measure_detail import background
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.reading import Reading
from dashboard.readings.team_comparison import TEAM, TeamComparison, compare_teams, window_name
from dashboard.words.inspection_evidence import audited_words, verdict_words
from dashboard.words.other_areas import area_rows
from dashboard.words.phrases import NOTHING
from data_access import queries

TEAM_COLUMNS: Final = ("Team", *TIPS[1:])
_SHOWN: Final = ("Team", "Figure", "Cases")
_WEEKS_OF_A_CHART: Final = 52


class MeasureEvidence:
    """Makes the part of each measure once, however many findings name it."""

    def __init__(
        self, reading: Reading, views: Mapping[str, MeasureView], *, team: str | None, known_by: date
    ) -> None:
        self._reading, self._views, self._team = reading, views, team
        self._backgrounds = {name: background(reading, name, up_to=known_by) for name in views}
        self._parts = Parts(views, _WEEKS_OF_A_CHART, lambda name: self._backgrounds[name].happened)
        self._made: dict[str, EvidenceMeasure] = {}
        self._compared = {name: self._comparison(view) for name, view in views.items()}

    def part(self, view: MeasureView) -> EvidenceMeasure:
        """Return the part of a measure."""
        name = view.definition.id
        if name not in self._made:
            self._made[name] = self._made_of(view, self._parts.exception(view))
        return self._made[name]

    def team_rows(self) -> Iterator[tuple[str, ...]]:
        """Yield a row for each measure and team: the measure's id, and TEAM_COLUMNS."""
        for name, view in self._views.items():
            for row in self._teams(view):
                yield (name, *row)

    def _made_of(self, view: MeasureView, part: MeasurePart) -> EvidenceMeasure:
        areas = [] if view.judgement.latest is None else area_rows(view, self._backgrounds[part.name])
        rows = tuple(row[: len(_SHOWN)] for row in self._teams(view))
        caption = f"{part.title} by team, {window_name(view.definition)}"
        compared = self._compared[part.name]
        differs = "" if compared is None or not compared.told else f": {compared.told}"
        return EvidenceMeasure(
            name=part.name,
            title=part.title,
            sentence=f"{view.sentence}.",
            verdict=verdict_words(view, [(area, value) for area, value, _ in areas]),
            compared=f"By team, {window_name(view.definition)}{differs}." if rows else "",
            audited=audited_words(view),
            notes=part.notes,
            chart=part.chart,
            periods=None if part.chart is None else part.periods,
            teams=Table(caption, _SHOWN, rows) if rows else None,
        )

    def _comparison(self, view: MeasureView) -> TeamComparison | None:
        """Return the teams of a measure, where they may be compared; with a team nothing is left to compare."""
        scope, name = self._reading.scope, view.definition.id
        if self._team is not None or queries.why_not_broken_down(scope, name, by=TEAM, team=None) is not None:
            return None
        return compare_teams(self._reading, view, by=TEAM, team=None)

    def _teams(self, view: MeasureView) -> list[tuple[str, ...]]:
        """Return TEAM_COLUMNS of each team; none where there are not two to compare."""
        compared = self._compared[view.definition.id]
        if compared is None or len(compared.rows) < 2:
            return []
        rows = (tuple(told(row, view.judgement.subject).values()) for row in compared.rows)
        return [tuple(cell or NOTHING for cell in row) for row in rows]

"""The register of what has been published, as rows to print."""

from collections.abc import Sequence
from typing import Final

from dashboard.analysis.suppression import HIDDEN
from dashboard.exports.rows import Row
from dashboard.readings.reading import Reading
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_local
from data_access.measures import measure_named
from data_access.published import published_figures

REGISTER_COLUMNS: Final = (
    "published_at", "published_by", "data_version", "measure", "period", "start", "first", "end", "team",
    "numerator", "denominator", "not_computable",
)  # fmt: skip
"""`published_at` is London time; numbers are as they were shown, "c" where hidden."""


def published_rows(reading: Reading, measures: Sequence[str]) -> list[Row]:
    """Return a row for each figure ever published of some measures, the oldest first: REGISTER_COLUMNS."""
    rows: list[Row] = []
    for publication, figure in published_figures(reading.connection, measures):
        adding_up = measure_named(figure.measure).definition.adding_up
        values = {
            "published_at": to_local(publication.published_at),
            "published_by": publication.published_by,
            "data_version": publication.data_version,
            "measure": figure.measure,
            "period": figure.period,
            "start": figure.start,
            "first": figure.first,
            "end": figure.end,
            "team": None if figure.team_id == EVERY_TEAM else figure.team_id,
            "numerator": _as_shown(figure.numerator),
            "denominator": _as_shown(figure.denominator) if adding_up.has_denominator else None,
            "not_computable": _as_shown(figure.not_computable),
        }
        rows.append({name: values[name] for name in REGISTER_COLUMNS})
    return rows


def _as_shown(number: float | None) -> float | int | str:
    if number is None:
        return HIDDEN
    return int(number) if number.is_integer() else number

"""Many measures by team at once, each over days of its own, from one read of the rollup."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.never_sent import within
from data_access.dates.periods import Span
from data_access.measures import measure_named
from data_access.queries import figures
from data_access.queries.asking import as_at_times, gaps
from data_access.queries.small_teams import hidden_by_month, hidden_in
from data_access.scope import Scope

BY_TEAM: Final = {
    "measure": pl.String,
    "team": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "cases": pl.Int64,
    "not_yet_due": pl.Int64,
    "not_computable": pl.Int64,
    "hidden": pl.Boolean,
}
"""The columns of `figures_by_team`: amounts and value as in a series. `team` is null for the service as a whole.
`hidden` marks a team too small for figures on staff health, whose numbers are null."""


def figures_by_team(
    scope: Scope, connection: sa.Connection, windows: Mapping[str, tuple[date, date]]
) -> pl.DataFrame:
    """Return measures by team over the first and last day given for each: BY_TEAM, teams in the order of their ids.

    The service comes first, where the reader may see it; then the teams that have any row then, as far as the reader
    may see them. The days must be whole weeks or months.
    """
    wanted = [measure_named(name) for name in windows]
    if not wanted:
        return pl.DataFrame(schema=BY_TEAM)
    since, until = min(first for first, _ in windows.values()), max(last for _, last in windows.values())
    parts = figures.read_parts(connection, list(windows), None, since=since, until=until)
    as_ats, missing = as_at_times(connection, wanted), gaps(connection, wanted)
    teams: dict[str, list[str]] = {}
    for name, team in sorted(parts):
        teams.setdefault(name, []).append(team)
    rows: list[tuple[object, ...]] = []
    for measure in wanted:
        first, last = windows[measure.id]
        span = Span(first, last, first)
        hidden = hidden_in(hidden_by_month(connection, measure, as_ats[measure.id]), span)
        is_untold = bool(within(missing[measure.id], first, last))
        of_measure = teams.get(measure.id, [])
        by_team: dict[str | None, figures.Sums] = {
            None: figures.together(parts, measure.id, of_measure, span),
            **{team: parts[measure.id, team].sums(first, last) for team in of_measure},
        }
        for key, sums in by_team.items():
            is_seen = _sees_whole(scope) if key is None else scope.teams is None or key in scope.teams
            if not is_seen or not (key is None or sums.cases or sums.not_yet_due or sums.not_computable):
                continue
            if key in hidden:
                rows.append((measure.id, key, *(None,) * 6, True))
                continue
            told = figures.none_told(sums) if is_untold else sums
            scale, value = measure.definition.scale, None if is_untold else told.value(measure.definition)
            amounts = told.numerator / scale, told.denominator / scale, value
            rows.append((measure.id, key, *amounts, told.cases, told.not_yet_due, told.not_computable, False))
    return pl.DataFrame(rows, schema=BY_TEAM, orient="row")


def _sees_whole(scope: Scope) -> bool:
    return scope.whole or scope.teams is None

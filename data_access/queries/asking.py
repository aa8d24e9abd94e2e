"""What may be asked: which measures are known as at when, which teams there are, and whether figures are current."""

from collections.abc import Iterable

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt, Lacking, as_at_of, lacking, read_coverage
from data_access.coverage.never_sent import Gap, gaps_of, read_unsent
from data_access.database.frames import select_frame
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.extracts import NO_TEAM
from data_access.measures import MEASURES, Measure
from data_access.problems import DatabaseProblem, QueryProblem
from data_access.rollup.counting import is_current
from data_access.scope import Scope


def as_at_times(connection: sa.Connection, measures: Iterable[Measure]) -> dict[str, AsAt | None]:
    """Return as at when, and for which dates, each measure is known; None where it has no data."""
    coverage = read_coverage(connection)
    return {measure.id: as_at_of(measure.definition, coverage) for measure in measures}


def known_in_any_format(
    connection: sa.Connection, measures: Iterable[Measure]
) -> tuple[dict[str, AsAt | None], dict[str, Lacking]]:
    """Return as at when each measure would be known in any format, and what the format of some of them lacks."""
    coverage, measures = read_coverage(connection), list(measures)
    missing = {measure.id: lacking(measure.definition, coverage) for measure in measures}
    return (
        {measure.id: as_at_of(measure.definition, coverage, in_any_format=True) for measure in measures},
        {name: columns for name, columns in missing.items() if columns},
    )


def gaps(connection: sa.Connection, measures: Iterable[Measure]) -> dict[str, tuple[Gap, ...]]:
    """Return for each measure the dates for which columns that it needs were never sent."""
    unsent = read_unsent(connection)
    loaded = {extract for extract, _ in read_coverage(connection)} if unsent else set()
    return {measure.id: gaps_of(measure.definition, unsent, loaded) for measure in measures}


def teams(scope: Scope, connection: sa.Connection) -> pl.DataFrame:
    """Return the teams whose figures the reader may see: team, name, service, opened, closed."""
    table = CASE_TABLES["teams"]
    columns = (table.c.team_id.label("team"), table.c.name, table.c.service, table.c.opened, table.c.closed)
    types = {"team": pl.String, "name": pl.String, "service": pl.String, "opened": pl.Date, "closed": pl.Date}
    listed = select_frame(connection, sa.select(*columns).order_by(table.c.team_id), {}, types)
    return listed if scope.teams is None else listed.filter(pl.col("team").is_in(sorted(scope.teams)))


def teams_with_figures(scope: Scope, connection: sa.Connection) -> list[str]:
    """Return every team that figures of the whole are made of, as far as the reader may see it.

    Those of the extract of teams, those that only cases name, and the one for no team.
    """
    named = connection.execute(sa.select(MEASURE_PERIOD.c.team_id).distinct()).scalars()
    known = {*teams(Scope.everything(), connection).get_column("team"), *named} - {EVERY_TEAM}
    return sorted(known if scope.teams is None else known & scope.teams)


def check_team(scope: Scope, connection: sa.Connection, team: str) -> None:
    """Raise QueryProblem where there is no such team, or none that the reader may see.

    A team that only its cases name, in no extract of teams, is one all the same: a breakdown lists it.
    """
    scope.check_team(team)
    known = [*teams(scope, connection).get_column("team"), NO_TEAM]
    if team not in known and not (team != EVERY_TEAM and _has_figures(connection, team)):
        msg = f"There is no team {team!r}. There are: {', '.join(known)}."
        raise QueryProblem(msg)


def _has_figures(connection: sa.Connection, team: str) -> bool:
    figures = sa.select(MEASURE_PERIOD.c.team_id).where(MEASURE_PERIOD.c.team_id == team).limit(1)
    return connection.execute(figures).first() is not None


def check_current(connection: sa.Connection) -> None:
    """Raise DatabaseProblem where the rollup was made by other definitions than this program's."""
    if not is_current(connection, MEASURES.values()):
        message = (
            "The figures in this database were worked out by another version of the measures. "
            "Run `safe-dashboard upgrade` to work them out again; the data are kept."
        )
        raise DatabaseProblem(message)

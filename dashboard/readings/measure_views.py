"""What pages read: measures with their judgements, and how fresh the data are. Cached by the data version.

Every cached function is keyed by the data version and the scope and reads no session state, so that no reader ever
sees another's figures, or older ones than the database holds.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import local
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from dashboard.cache.results import kept_results
from dashboard.readings.judgements import Context, JudgedMeasure, judge_measures, judging_context
from dashboard.settings import current_settings
from data_access import queries
from data_access.database.current_version import CurrentVersion
from data_access.database.opening import connect, open_database, reading, sqlite_file
from data_access.dates.london_time import local_date, to_local
from data_access.dates.periods import period_of
from data_access.dates.working_calendar import week_of
from data_access.measures import MEASURES, measure_named
from data_access.measures.definition import Strand
from data_access.problems import Problem
from data_access.scope import Scope
from data_access.vocabulary import Period

_FEW_REFUSED: Final = 0.01
_KEPT: Final = 256
"""How many results each cache keeps: weeks, teams and measures that readers look at between two loads."""

_SHOWN: Final = local()
"""Its `version` is the state of the data that the page of this thread shows."""


@dataclass(frozen=True)
class Version:
    """One state of one database: the first part of every cache key.

    `identity` tells a file from another that has taken its name.
    """

    url: str
    identity: tuple[int, int] | None
    number: int


@dataclass(frozen=True)
class MeasureView(JudgedMeasure):
    """One measure as a page shows it: its `figures` run from the first covered day to the chosen week.

    `headline` is the row of queries.headline: the latest settled period, with `ytd_` and `12m_` beside it.
    """

    headline: dict[str, Any]


@dataclass(frozen=True)
class Freshness:
    """How fresh the data are, in London time.

    `data_to` is the latest time as at which a headline measure is known, `loaded_at` when the latest load was made;
    both None before anything is loaded. `behind` names the measures that are known only to an earlier day, the
    furthest behind being known to `behind_to`. `read` and `refused` count the rows of the latest load of each
    extract; `affected` names the measures that read an extract of which more than one row in a hundred was refused: a
    few among thousands move no figure. `weeks` are the Mondays that may be chosen, the latest first.
    """

    data_to: datetime | None
    loaded_at: datetime | None
    behind: tuple[str, ...]
    behind_to: datetime | None
    read: int
    refused: int
    affected: tuple[str, ...]
    weeks: tuple[date, ...]

    @property
    def latest_week(self) -> date | None:
        """Return the Monday of the latest whole week covered."""
        return self.weeks[0] if self.weeks else None


def engine() -> sa.Engine:
    """Return the engine of the database set.

    Raise DatabaseProblem where it is missing, can't be reached or is of another version.
    """
    url = current_settings().database
    return _opened(url, _identity(url))[0]


def _identity(url: str) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None where the database is no file."""
    try:
        file = _file(url)
        found = None if file is None else file.stat()
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)


@lru_cache(maxsize=4)
def _file(url: str) -> Path | None:
    return sqlite_file(connect(url))


def _close(opened: tuple[sa.Engine, CurrentVersion]) -> None:
    engine, current = opened
    current.close()
    engine.dispose()


@kept_results(4, let_go=_close)
def _opened(url: str, identity: tuple[int, int] | None) -> tuple[sa.Engine, CurrentVersion]:  # noqa: ARG001 - part of the key
    opened = open_database(url)
    return opened, CurrentVersion(opened)


@contextmanager
def connected() -> Iterator[sa.Connection]:
    """Yield a connection whose reads all see one state of the data; raise DatabaseProblem where there is none."""
    with reading(engine()) as connection:
        yield connection


@contextmanager
def at_one_version() -> Iterator[Version | None]:
    """Hold this thread to one state of the data and yield it; None where the database can't be read."""
    _SHOWN.version = version_or_none()
    try:
        yield _SHOWN.version
    finally:
        _SHOWN.version = None


def version() -> Version:
    """Return the state of the database as it is now; raise DatabaseProblem where it can't be read.

    Within `at_one_version` it is the state at its beginning.
    """
    shown: Version | None = getattr(_SHOWN, "version", None)
    if shown is not None:
        return shown
    url = current_settings().database
    identity = _identity(url)
    return Version(url, identity, _opened(url, identity)[1].read())


def version_or_none() -> Version | None:
    """Return the state of the database as it is now; None where it can't be read."""
    try:
        return version()
    except Problem:
        return None


def measure_view(scope: Scope, measure_id: str, *, team: str | None = None, up_to: date | None = None) -> MeasureView:
    """Return one measure, of a team or the whole, up to a day (None: to the latest).

    Raise QueryProblem for a measure or team that there is not, DatabaseProblem where the database can't be read.
    """
    return _views(version(), scope, (measure_named(measure_id).id,), team, up_to)[0]


def board(
    scope: Scope, *, strand: Strand | None = None, team: str | None = None, up_to: date | None = None
) -> list[MeasureView]:
    """Return the measures of a board, of a team or the whole, up to a day.

    Every headline measure in the order of the strands; of one strand all its measures, the headline ones first.
    """
    it = [measure.definition for measure in MEASURES.values()]
    shown = [one for one in it if one.headline] if strand is None else [one for one in it if one.strand is strand]
    ids = tuple(one.id for one in sorted(shown, key=lambda one: strand is not None and not one.headline))
    return list(_views(version(), scope, ids, team, up_to))


def every_measure(scope: Scope, *, team: str | None = None, up_to: date | None = None) -> list[MeasureView]:
    """Return every measure, headline or not, in the order of the strands, of a team or the whole, up to a day."""
    return list(_views(version(), scope, tuple(MEASURES), team, up_to))


def freshness(scope: Scope) -> Freshness:
    """Return how fresh the data are."""
    return _freshness(version(), scope)


@kept_results(_KEPT)
def _views(
    version: Version,
    scope: Scope,
    ids: tuple[str, ...],
    team: str | None,
    up_to: date | None,
) -> tuple[MeasureView, ...]:
    with connected() as connection:
        queries.check_current(connection)
        found: dict[str, tuple[pl.DataFrame, dict[str, Any]]] = {}
        for period in Period:
            mine = [name for name in ids if MEASURES[name].definition.period is period]
            if mine:
                found |= _figures(scope, connection, mine, team, _ended_by(up_to, period))
        context = _context(version, scope, ids, team)
        judged = judge_measures({name: found[name][0] for name in ids}, context)
        return tuple(MeasureView(**vars(judged[name]), headline=found[name][1]) for name in ids)


@kept_results(_KEPT)
def _context(
    version: Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    ids: tuple[str, ...],
    team: str | None,
) -> Context:
    with connected() as connection:
        return judging_context(scope, connection, ids, team=team)


def _ended_by(up_to: date | None, period: Period) -> date | None:
    """Return the last day of the latest period that had ended by a day: a later one was not yet known then."""
    if up_to is None:
        return None
    start, end = period_of(up_to, period)
    return up_to if end == up_to else start - timedelta(days=1)


def _figures(
    scope: Scope, connection: sa.Connection, ids: Sequence[str], team: str | None, last: date | None
) -> dict[str, tuple[pl.DataFrame, dict[str, Any]]]:
    series = queries.series(scope, connection, ids, last=last, team=team)
    rows = queries.headline(scope, connection, ids, up_to=last, team=team)
    return {
        row["measure"]: (series.filter(pl.col("measure") == row["measure"]), row)
        for row in rows.iter_rows(named=True)
    }


@kept_results(_KEPT)
def _freshness(version: Version, scope: Scope) -> Freshness:  # noqa: ARG001 - part of the key
    headlines = [measure for measure in MEASURES.values() if measure.definition.headline]
    with connected() as connection:
        as_ats = queries.as_at_times(connection, headlines)
        loads = queries.latest_loads(scope, connection).to_dicts()
    spoilt = {load["extract"] for load in loads if load["rows_refused"] > _FEW_REFUSED * load["rows_read"]}
    known = [as_at for as_at in as_ats.values() if as_at is not None]
    latest = max((as_at.moment for as_at in known), default=None)
    late = [
        (name, as_at.moment) for name, as_at in as_ats.items() if as_at and latest and as_at.on < local_date(latest)
    ]
    affected = [measure.definition.title for measure in headlines if spoilt.intersection(measure.definition.extracts)]
    weeks: list[date] = []
    if known:
        newest = week_of(max(as_at.ends for as_at in known) - timedelta(days=6))
        oldest = week_of(min(as_at.begins for as_at in known) + timedelta(days=6))
        weeks = [newest - timedelta(weeks=back) for back in range((newest - oldest).days // 7 + 1)]
    return Freshness(
        data_to=_local(latest),
        loaded_at=_local(max((load["loaded_at"] for load in loads), default=None)),
        behind=tuple(MEASURES[name].definition.title for name, _ in late),
        behind_to=_local(min((moment for _, moment in late), default=None)),
        read=sum(load["rows_read"] for load in loads),
        refused=sum(load["rows_refused"] for load in loads),
        affected=tuple(affected),
        weeks=tuple(weeks),
    )


def _local(moment: datetime | None) -> datetime | None:
    """Return a UTC time of the database in London time."""
    return None if moment is None else to_local(moment)

"""How fresh the data are: to when they are known, when they were loaded, what was refused."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dashboard.readings.reading import Reading
from data_access import queries
from data_access.dates.london_time import local_date, to_local
from data_access.dates.periods import week_of
from data_access.measures import MEASURES

_FEW_REFUSED: Final = 0.01


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


def freshness(reading: Reading) -> Freshness:
    """Return how fresh the data are."""
    headlines = [measure for measure in MEASURES.values() if measure.definition.headline]
    as_ats = queries.as_at_times(reading.connection, headlines)
    loads = queries.latest_loads(reading.scope, reading.connection).to_dicts()
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

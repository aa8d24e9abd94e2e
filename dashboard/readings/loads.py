"""What the pages read of loads and of quality: what came, what was refused and restated, which rules are broken.

Cached as in `dashboard.readings.measure_views`: by the data version and the scope, bounded, without session state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from dashboard.cache.results import kept_results
from dashboard.readings import measure_views as reading
from data_access.dates.periods import period_of
from data_access.measures import measure_named
from data_access.queries import loads as record
from data_access.queries import quality as kept
from data_access.queries import rows_in_doubt
from data_access.scope import Scope

ROWS_SHOWN: Final = 20
"""So many refused rows, and rows to correct, stand on the page; the download holds all."""
LOADS_KNOWN: Final = 50
_KEPT: Final = 64


@dataclass(frozen=True)
class Restated:
    """A settled period of a measure whose figure a load changed: numerators and denominators in its own unit."""

    load_id: int
    loaded_at: datetime
    measure: str
    start: date
    before: tuple[float, float]
    after: tuple[float, float]


@dataclass(frozen=True)
class LoadDetail:
    """What came with one load: rows of loads.CAME, the first of loads.REFUSED, loads.WARNED, and what was restated.

    `refused` is None where the reader may list no rows at all.
    """

    came: pl.DataFrame
    refused: pl.DataFrame | None
    warned: pl.DataFrame
    restated: tuple[Restated, ...]


@dataclass(frozen=True)
class BrokenRule:
    """A rule that is broken now; `over_time` are the rows that broke it at each load counted, the latest last.

    `before` is the number at the load before, None where none was counted. `threatens` are ids of measures.
    """

    name: str
    title: str
    extract: str
    message: str
    threatens: tuple[str, ...]
    rows: int
    broken: int
    before: int | None
    over_time: tuple[int, ...]

    @property
    def weight(self) -> tuple[float, float]:
        """Return how much the rule threatens: the share of rows that break it, once for each measure it affects."""
        share = self.broken / self.rows
        return share * len(self.threatens), share


@dataclass(frozen=True)
class Quality:
    """What was looked at and what is broken, the most threatening first; `by_team` holds (rule, team) → rows."""

    looked_at: int
    broken: tuple[BrokenRule, ...]
    by_team: Mapping[tuple[str, str], int]

    def threatening(self, measure: str) -> tuple[BrokenRule, ...]:
        """Return the broken rules that threaten a measure."""
        return tuple(rule for rule in self.broken if measure in rule.threatens)


def sees_quality(scope: Scope) -> bool:
    """Return whether the reader may see how well the rules are kept, by the whole or by some team."""
    return scope.whole or scope.teams is None or bool(scope.teams)


def latest_loads(scope: Scope) -> list[dict[str, Any]]:
    """Return the latest loads, newest first: rows of loads.LOADED."""
    return _latest_loads(reading.version(), scope)


def load_detail(scope: Scope, load_id: int) -> LoadDetail:
    """Return what came with a load."""
    return _load_detail(reading.version(), scope, load_id)


def refused_rows(scope: Scope, load_id: int) -> pl.DataFrame:
    """Return every refused row of a load that the reader may see: loads.REFUSED."""
    with reading.connected() as connection:
        return record.refused_rows(scope, connection, load_id)


def turned_away(scope: Scope) -> list[dict[str, Any]]:
    """Return the files that were refused as a whole, newest first: rows of loads.TURNED_AWAY."""
    return _turned_away(reading.version(), scope)


def quality(scope: Scope, *, team: str | None = None) -> Quality:
    """Return which rules are broken now, by the rows of a team or of all that the reader may see.

    Raise QueryProblem for a team that there is not, or where the reader may see no figures at all.
    """
    return _quality(reading.version(), scope, team)


def to_correct(scope: Scope, rules: Sequence[str], *, team: str | None, most: int | None) -> list[dict[str, Any]]:
    """Return rows that break these rules, in their order: rows of quality.TO_CORRECT, so many at most of all."""
    return _to_correct(reading.version(), scope, tuple(rules), team, most)


def in_doubt(scope: Scope, measure: str, *, team: str | None, most: int | None) -> list[dict[str, Any]]:
    """Return the rows in doubt that affect a measure, the latest first: rows of queries.IN_DOUBT.

    Raise QueryProblem where the reader may list none of them.
    """
    return _in_doubt(reading.version(), scope, measure, team, most)


def restated(scope: Scope, measure: str, *, team: str | None) -> tuple[Restated, ...]:
    """Return what the latest load that restated the measure changed of it, oldest period first; empty where none did.

    Where the reader may see neither the whole nor asks for a team, nothing is told.
    """
    if team is None and not (scope.whole or scope.teams is None):
        return ()
    return _restated(reading.version(), scope, measure, team)


@kept_results(_KEPT)
def _latest_loads(version: reading.Version, scope: Scope) -> list[dict[str, Any]]:  # noqa: ARG001 - part of the key
    with reading.connected() as connection:
        return record.loads(scope, connection, most=LOADS_KNOWN).to_dicts()


@kept_results(_KEPT)
def _load_detail(version: reading.Version, scope: Scope, load_id: int) -> LoadDetail:  # noqa: ARG001 - part of the key
    with reading.connected() as connection:
        whole = scope.whole or scope.teams is None
        return LoadDetail(
            came=record.extracts_of(scope, connection, load_id),
            refused=None
            if scope.case_teams == frozenset()
            else record.refused_rows(scope, connection, load_id, most=ROWS_SHOWN),
            warned=record.warnings_counted(scope, connection, load_id),
            restated=_periods(record.restatements(scope, connection, load_id=load_id)) if whole else (),
        )


@kept_results(_KEPT)
def _turned_away(version: reading.Version, scope: Scope) -> list[dict[str, Any]]:  # noqa: ARG001 - part of the key
    with reading.connected() as connection:
        return record.files_turned_away(scope, connection, most=5).to_dicts()


@kept_results(_KEPT)
def _quality(version: reading.Version, scope: Scope, team: str | None) -> Quality:  # noqa: ARG001 - part of the key
    with reading.connected() as connection:
        now = kept.quality_now(scope, connection, team=team)
        over_time = kept.quality_over_time(scope, connection, team=team)
        by_team = kept.quality_by_team(scope, connection).filter(pl.col("broken") > 0)
    history: dict[str, list[int]] = {}
    for rule, broken in over_time.select("rule", "broken").iter_rows():
        history.setdefault(rule, []).append(broken)
    broken = [
        BrokenRule(
            row["rule"],
            row["title"],
            row["extract"],
            row["message"],
            tuple(row["threatens"]),
            row["rows"],
            row["broken"],
            row["broken_before"],
            tuple(history[row["rule"]]),
        )
        for row in now.filter(pl.col("broken") > 0).iter_rows(named=True)
    ]
    return Quality(
        now.height,
        tuple(sorted(broken, key=lambda rule: rule.weight, reverse=True)),
        {(rule, name): number for rule, name, number in by_team.select("rule", "team", "broken").iter_rows()},
    )


@kept_results(_KEPT)
def _to_correct(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    rules: tuple[str, ...],
    team: str | None,
    most: int | None,
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    with reading.connected() as connection:
        for rule in rules:
            left = None if most is None else most - len(found)
            if left != 0:
                found += kept.rows_to_correct(scope, connection, team=team, rule=rule, limit=left).to_dicts()
    return found


@kept_results(_KEPT)
def _in_doubt(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    team: str | None,
    most: int | None,
) -> list[dict[str, Any]]:
    with reading.connected() as connection:
        return rows_in_doubt(scope, connection, measure, team=team, most=most).to_dicts()


@kept_results(_KEPT)
def _restated(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    team: str | None,
) -> tuple[Restated, ...]:
    with reading.connected() as connection:
        rows = record.restatements(scope, connection, measure=measure, team=team)
    latest = rows.filter(pl.col("load_id") == pl.col("load_id").max())
    return _periods(latest)


def _periods(rows: pl.DataFrame) -> tuple[Restated, ...]:
    """Return the periods whose parts these are, by measure, the oldest first."""
    amounts = ("numerator_before", "denominator_before", "numerator_after", "denominator_after")
    sums: dict[tuple[int, datetime, str, date], list[float]] = {}
    for row in rows.iter_rows(named=True):
        definition = measure_named(row["measure"]).definition
        start, _ = period_of(row["part"], definition.period)
        key = (row["load_id"], row["loaded_at"], row["measure"], start)
        found = sums.setdefault(key, [0.0] * len(amounts))
        for place, name in enumerate(amounts):
            found[place] += row[name] / definition.scale
    return tuple(Restated(*key, (found[0], found[1]), (found[2], found[3])) for key, found in sorted(sums.items()))

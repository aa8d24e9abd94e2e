"""How well the rules of quality are kept, which rows to correct, and which leave a measure in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.readings.reading import Reading
from data_access.actor import Action, Actor
from data_access.queries import quality as kept_rules
from data_access.queries import rows_in_doubt


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


def sees_quality(actor: Actor) -> bool:
    """Return whether the actor may see how well the rules are kept, by the whole or by some team."""
    scope = actor.scope
    return scope.whole or scope.teams is None or bool(scope.teams)


def quality(reading: Reading, *, team: str | None = None) -> Quality:
    """Return which rules are broken now, by the rows of a team or of all that the actor may see.

    Raise QueryProblem for a team that there is not, or where the actor may see no figures at all.
    """
    scope, connection = reading.scope, reading.connection
    now = kept_rules.quality_now(scope, connection, team=team)
    over_time = kept_rules.quality_over_time(scope, connection, team=team)
    by_team = kept_rules.quality_by_team(scope, connection).filter(pl.col("broken") > 0)
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


def to_correct(
    reading: Reading, rules: Sequence[str], *, team: str | None, most: int | None = None
) -> list[dict[str, Any]]:
    """Return rows that break these rules, in their order: rows of quality.TO_CORRECT, so many at most of all.

    Raise NotAllowedProblem for who may list no rows.
    """
    reading.actor.check(Action.LIST_CASES)
    rows: list[dict[str, Any]] = []
    for rule in rules:
        left = None if most is None else most - len(rows)
        if left != 0:
            rows += kept_rules.rows_to_correct(
                reading.scope, reading.connection, team=team, rule=rule, limit=left
            ).to_dicts()
    return rows


def in_doubt(reading: Reading, measure: str, *, team: str | None, most: int | None = None) -> list[dict[str, Any]]:
    """Return the rows in doubt that affect a measure, the latest first: rows of queries.IN_DOUBT.

    Raise NotAllowedProblem for who may list no rows, QueryProblem where the scope allows none of them.
    """
    reading.actor.check(Action.LIST_CASES)
    return rows_in_doubt(reading.scope, reading.connection, measure, team=team, most=most).to_dicts()

"""Figures that may leave the service: small numbers hidden, given all that was published before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import sqlalchemy as sa

from dashboard.analysis.protected_tables import Amounts, Number, Team
from dashboard.analysis.publishing import Block, Publisher, Released
from dashboard.analysis.suppression import HIDDEN
from dashboard.exports.rows import Row, Wanted, by_period, by_team
from dashboard.readings.reading import Reading
from data_access.actor import Action, Actor, NotAllowedProblem
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import Grain, Span, spans
from data_access.dates.stretches import Stretch
from data_access.measures import Definition, measure_named
from data_access.measures.definition import About
from data_access.published import PublishedFigure, PublishedRow, published_blocks, register
from data_access.queries import State, known_in_any_format, series
from data_access.queries.figures import Parts, Sums, read_parts

PUBLIC: Final = "public"
_SETTLED: Final = (State.COMPLETE, State.NO_CASES, State.NOT_COMPUTABLE)
_JUDGED: Final = ("variation", "assurance", "target_state", "sentence")


@dataclass(frozen=True)
class PublicExport:
    """Rows that may leave, how many of them show less than they would by themselves, and because of which days."""

    rows: list[Row]
    hidden_for_earlier: int
    published_on: tuple[date, ...]


def publish(reading: Reading, wanted: Wanted, *, of_teams: bool, team: str | None) -> PublicExport:
    """Return rows as of rows.by_team, or of by_period for a team or the whole, as they may leave; register them.

    The reading must be on the transaction of published.publishing; print nothing before that ends well. Raise as
    `check_may_publish` does.
    """
    actor, connection, wanted = reading.actor, reading.connection, replace(wanted, public=True)
    check_may_publish(actor)
    rows = by_team(reading, wanted) if of_teams else by_period(reading, wanted, team=team)
    parts = read_parts(connection, wanted.measures, None)
    settled = _settled(reading, wanted)
    blocks = _blocks(connection, wanted.measures)
    shown: list[Row] = []
    added: list[PublishedRow] = []
    fewer, published_on = 0, set[date]()
    for name in wanted.measures:
        mine = [row for row in rows if row["measure"] == name]
        definition = measure_named(name).definition
        if definition.about is About.STAFF_HEALTH:
            shown += [row | {"classification": PUBLIC} for row in mine]
            continue
        days = {row["start"]: row_span(row) for row in mine if (name, row["start"]) in settled}
        of_measure = {team_id: of_team for (measure, team_id), of_team in parts.items() if measure == name}
        asked = _Asked(definition, of_measure, days, wanted.grain, by_team=of_teams or team is not None)
        released, new = asked.release(blocks.get(name, ()))
        alone, _ = asked.release(())
        added += _published_rows(name, new)
        for row in mine:
            may, by_itself = (by_start.get(row["start"], Released()) for by_start in (released, alone))
            shown.append(_masked(definition, row, may.shows(row["team"]), is_settled=row["start"] in days))
            if by_itself.shows(row["team"]) - may.shows(row["team"]):
                fewer += 1
                published_on |= may.published_on
    register(connection, actor.name, [_published_figure(row) for row in shown], added)
    return PublicExport(shown, fewer, tuple(sorted(published_on)))


def check_may_publish(actor: Actor) -> None:
    """Raise NotAllowedProblem for who may not publish, or not see every team: what is hidden hangs on all of them."""
    actor.check(Action.PUBLISH)
    if not actor.scope.whole or actor.scope.teams is not None:
        msg = "You may not publish figures: that is for those who may see the figures of every team."
        raise NotAllowedProblem(msg)


def row_span(row: Row) -> Span:
    """Return the days that a row counts: the last one alone where longer spans are no sums of shorter ones."""
    start: date = row["start"]
    definition = measure_named(row["measure"]).definition
    span = spans(Grain(row["period"]), definition.period, start, start)[0]
    return span if definition.adding_up.sums_over_time else replace(span, first=span.end)


@dataclass(frozen=True)
class _Asked:
    """What an export asks of one measure: its settled days by the first day of the row, and the numbers by team."""

    definition: Definition
    parts: Mapping[str, Parts]
    days: Mapping[date, Span]
    grain: Grain | None
    by_team: bool

    def release(self, blocks: Sequence[Block]) -> tuple[dict[date, Released], list[Block]]:
        """Return what may be shown of each row, given the blocks published before, and the blocks that this adds.

        Of windows that overlap only some can be shown: of twelve months the latest goes first.
        """
        publisher = Publisher(
            self._amounts, blocks, in_parts=self.definition.adding_up.is_share, by_team=self.by_team
        )
        grows = self.grain in (Grain.YEAR_TO_DATE, Grain.TWELVE_MONTHS)
        released = {
            start: publisher.release(self.days[start].first, self.days[start].end, grows=grows)
            for start in sorted(self.days, reverse=self.grain is Grain.TWELVE_MONTHS)
        }
        return released, publisher.added

    def _amounts(self, first: date, end: date) -> dict[str, Amounts]:
        return {team: self._amounts_of(parts.sums(first, end)) for team, parts in self.parts.items()}

    def _amounts_of(self, sums: Sums) -> Amounts:
        remainder = self.definition.adding_up.remainder(sums.numerator, sums.denominator)
        return Amounts(sums.numerator, remainder, sums.not_computable)


def _settled(reading: Reading, wanted: Wanted) -> set[tuple[str, date]]:
    """Return the periods, by measure and first day, of which the whole service's figure is settled.

    What is added to the others until they are would be told by subtraction.
    """
    whole = series(reading.scope, reading.connection, wanted.measures, grain=wanted.grain, last=wanted.last)
    lacking = known_in_any_format(reading.connection, [measure_named(name) for name in wanted.measures])[1]
    return {
        (row["measure"], row["start"])
        for row in whole.iter_rows(named=True)
        if row["state"] in _SETTLED and row["measure"] not in lacking
    }


def _masked(definition: Definition, row: Row, may: frozenset[Number], *, is_settled: bool) -> Row:
    """Return the row with HIDDEN for what may not be shown, and without what is judged from it."""
    row = row | {"classification": PUBLIC}
    shown = {
        "numerator": Number.NUMERATOR in may,
        "denominator": (Number.REMAINDER if definition.adding_up.may_pass_100 else Number.DENOMINATOR) in may,
        "value": may.issuperset((Number.NUMERATOR, Number.REMAINDER)),
        "not_computable": Number.NOT_COMPUTABLE in may,
        "not_yet_due": is_settled,
    }
    row |= {name: HIDDEN for name, may_be in shown.items() if not may_be and row[name] is not None}
    return row if shown["value"] else row | dict.fromkeys(_JUDGED)


def _blocks(connection: sa.Connection, measures: Sequence[str]) -> dict[str, list[Block]]:
    by_measure: dict[str, list[Block]] = {}
    for published_on, rows in published_blocks(connection, measures):
        amounts = {_team(row): Amounts(row.numerator, row.remainder, row.not_computable) for row in rows}
        shown = {_team(row): frozenset(Number(name) for name in row.shown.split()) for row in rows}
        days = tuple(_stretch(text) for text in rows[0].days.split())
        by_measure.setdefault(rows[0].measure, []).append(Block(days, amounts, shown, published_on))
    return by_measure


def _team(row: PublishedRow) -> Team:
    return None if row.team_id == EVERY_TEAM else row.team_id


def _stretch(text: str) -> Stretch:
    first, end = text.split("/")
    return date.fromisoformat(first), date.fromisoformat(end)


def _published_rows(measure: str, blocks: Sequence[Block]) -> list[PublishedRow]:
    return [
        PublishedRow(
            measure=measure,
            block=number,
            days=" ".join(f"{first}/{end}" for first, end in block.days),
            team_id=EVERY_TEAM if team is None else team,
            numerator=amounts.numerator,
            remainder=amounts.remainder,
            not_computable=amounts.not_computable,
            shown=" ".join(sorted(block.shows(team))),
        )
        for number, block in enumerate(blocks, start=1)
        for team, amounts in block.amounts.items()
    ]


def _published_figure(row: Row) -> PublishedFigure:
    span = row_span(row)
    numbers = {name: None if row[name] == HIDDEN else row[name] for name in ("numerator", "denominator")}
    return PublishedFigure(
        measure=row["measure"],
        period=row["period"],
        start=row["start"],
        first=span.first,
        end=span.end,
        team_id=EVERY_TEAM if row["team"] is None else row["team"],
        not_computable=None if row["not_computable"] == HIDDEN else row["not_computable"],
        hidden=HIDDEN in (row["numerator"], row["denominator"]),
        **numbers,
    )

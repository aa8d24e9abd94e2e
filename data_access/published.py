"""The register of what has been published: every public export, the figures in it, and the blocks that they add up.

Append-only. A public export is written here before anything of it is printed, so that the next one knows what may be
held against it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from data_access.database.facts import data_version
from data_access.database.opening import writing
from data_access.database.schema.published import PUBLICATIONS, PUBLISHED_BLOCKS, PUBLISHED_FIGURES
from data_access.database.turns import Turn
from data_access.dates.london_time import local_date
from data_access.problems import DatabaseProblem


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as it left: of a measure, over the days `first` to `end`, of a team or the whole (EVERY_TEAM).

    Amounts are in the measure's unit; None is a number that was hidden, or that the measure has not.
    """

    measure: str
    period: str
    start: date
    first: date
    end: date
    team_id: str
    numerator: float | None
    denominator: float | None
    not_computable: float | None
    hidden: bool

    @property
    def key(self) -> tuple[str, str, date, str]:
        """Return which figure it is, whatever it shows."""
        return self.measure, self.period, self.start, self.team_id


@dataclass(frozen=True)
class PublishedRow:
    """One team's row, or that of the whole (EVERY_TEAM), in the table of a block of days; see schema."""

    measure: str
    block: int
    days: str
    team_id: str
    numerator: int
    remainder: int
    not_computable: int
    shown: str


@dataclass(frozen=True)
class Publication:
    """A public export: when it was made (UTC), by whom, and of which data version."""

    published_at: datetime
    published_by: str
    data_version: int


@contextmanager
def publishing(engine: sa.Engine, turn: Turn | None = None) -> Iterator[sa.Connection]:
    """Yield a connection in the one transaction in which an export is read, decided and registered.

    `turn` is how it waits while another writes. Raise DatabaseProblem where the register can't be written; nothing
    may be printed then.
    """
    try:
        with writing(engine, turn) as connection:
            yield connection
    except DatabaseProblem as problem:
        msg = f"{problem} A public export must write down what it publishes, so nothing was published."
        raise DatabaseProblem(msg) from problem


def published_blocks(connection: sa.Connection, measures: Sequence[str]) -> list[tuple[date, list[PublishedRow]]]:
    """Return the blocks of some measures in the order of publication: the London date, and the rows of its table."""
    blocks = PUBLISHED_BLOCKS
    key = (blocks.c.publication, blocks.c.measure, blocks.c.block)
    wanted = (
        sa.select(blocks, PUBLICATIONS.c.published_at)
        .join(PUBLICATIONS, PUBLICATIONS.c.publication == blocks.c.publication)
        .where(blocks.c.measure.in_(list(measures)))
        .order_by(*key, blocks.c.team_id)
    )
    by_block: dict[tuple[object, ...], tuple[date, list[PublishedRow]]] = {}
    for row in connection.execute(wanted).mappings():
        _, rows = by_block.setdefault(
            tuple(row[column.name] for column in key), (local_date(row["published_at"]), [])
        )
        rows.append(PublishedRow(**{name: row[name] for name in PublishedRow.__dataclass_fields__}))
    return list(by_block.values())


def published_figures(
    connection: sa.Connection, measures: Sequence[str]
) -> Iterator[tuple[Publication, PublishedFigure]]:
    """Yield every figure ever published of some measures with the export that showed it, the oldest first."""
    figures = PUBLISHED_FIGURES
    wanted = (
        sa.select(figures, *(PUBLICATIONS.c[name] for name in Publication.__dataclass_fields__))
        .join(PUBLICATIONS, PUBLICATIONS.c.publication == figures.c.publication)
        .where(figures.c.measure.in_(list(measures)))
        .order_by(figures.c.publication, figures.c.measure, figures.c.start, figures.c.team_id, figures.c.period)
    )
    for row in connection.execute(wanted).mappings():
        yield (
            Publication(**{name: row[name] for name in Publication.__dataclass_fields__}),
            PublishedFigure(**{name: row[name] for name in PublishedFigure.__dataclass_fields__}),
        )


def register(
    connection: sa.Connection, by: str, figures: Sequence[PublishedFigure], rows: Sequence[PublishedRow]
) -> None:
    """Write down an export, as far as it tells what was not published before; `by` is who made it."""
    measures = sorted({figure.measure for figure in figures})
    latest = {figure.key: figure for _, figure in published_figures(connection, measures)}
    added = [figure for figure in figures if latest.get(figure.key) != figure]
    if not added and not rows:
        return
    number = (connection.execute(sa.select(sa.func.max(PUBLICATIONS.c.publication))).scalar() or 0) + 1
    connection.execute(
        sa.insert(PUBLICATIONS).values(
            publication=number,
            published_at=datetime.now(UTC).replace(tzinfo=None),
            published_by=by,
            data_version=data_version(connection),
        )
    )
    for table, written in ((PUBLISHED_FIGURES, added), (PUBLISHED_BLOCKS, rows)):
        if written:
            connection.execute(sa.insert(table), [{"publication": number, **asdict(each)} for each in written])

"""The register of what has been published, on both engines."""

from datetime import date

import sqlalchemy as sa

from data_access.database.opening import reading
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.published import (
    PublishedFigure,
    PublishedRow,
    published_blocks,
    published_figures,
    publishing,
    register,
)

DAY, END = date(2010, 3, 1), date(2010, 3, 7)


def figure(numerator: float | None, *, hidden: bool = False) -> PublishedFigure:
    return PublishedFigure("m", "week", DAY, DAY, END, EVERY_TEAM, numerator, 40.0, 0.0, hidden)


def row(block: int, team: str, numerator: int) -> PublishedRow:
    return PublishedRow("m", block, f"{DAY}/{END}", team, numerator, 10, 0, "numerator remainder")


def test_what_is_written_is_read_in_the_order_of_publication(database: sa.Engine) -> None:
    with publishing(database) as connection:
        register(connection, "A", [figure(30.0)], [row(1, EVERY_TEAM, 30), row(1, "T1", 30), row(2, "T1", 7)])
    with publishing(database) as connection:
        register(connection, "B", [figure(36.0)], [row(1, EVERY_TEAM, 36)])
    with reading(database) as connection:
        blocks = published_blocks(connection, ["m"])
        assert [[each.numerator for each in rows] for _, rows in blocks] == [[30, 30], [7], [36]]
        found = [(made.published_by, each.numerator) for made, each in published_figures(connection, ["m"])]
        assert found == [("A", 30.0), ("B", 36.0)]
        assert published_blocks(connection, ["other"]) == []


def test_a_figure_that_stands_is_not_written_again_and_one_that_changed_is(database: sa.Engine) -> None:
    for shown in (figure(30.0), figure(30.0), figure(None, hidden=True), figure(30.0)):
        with publishing(database) as connection:
            register(connection, "A", [shown], [])
    with reading(database) as connection:
        assert [each.numerator for _, each in published_figures(connection, ["m"])] == [30.0, None, 30.0]

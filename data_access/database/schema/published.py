"""The register of what left the service."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA, REFERENCE

PUBLICATIONS: Final = sa.Table(
    "publications",
    METADATA,
    sa.Column("publication", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("published_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("published_by", sa.Text, nullable=False, comment="Who exported: an account of the machine"),
    sa.Column("data_version", sa.Integer, nullable=False, comment="The data version of its figures"),
)

PUBLISHED_FIGURES: Final = sa.Table(
    "published_figures",
    METADATA,
    sa.Column("publication", sa.Integer, primary_key=True, comment="The public export that showed it first"),
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("period", sa.Text, primary_key=True, comment="week, month, quarter, year, ytd or 12m"),
    sa.Column("start", sa.Date, primary_key=True, comment="First day of the period"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("first", sa.Date, nullable=False, comment="First day that it counts"),
    sa.Column("end", sa.Date, nullable=False, comment="Last day that it counts"),
    sa.Column("numerator", sa.Float, comment="As shown, in the measure's unit; null where hidden"),
    sa.Column("denominator", sa.Float, comment="As shown; null where hidden, and for counts"),
    sa.Column("not_computable", sa.Float, comment="As shown; null where hidden"),
    sa.Column("hidden", sa.Boolean, nullable=False, comment="Whether numerator or denominator was hidden"),
)

PUBLISHED_BLOCKS: Final = sa.Table(
    "published_blocks",
    METADATA,
    sa.Column("publication", sa.Integer, primary_key=True, comment="The public export that added the block"),
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("block", sa.Integer, primary_key=True, comment="Counts the measure's blocks in the publication"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("days", sa.Text, nullable=False, comment="Its days: first/last, several stretches apart by spaces"),
    sa.Column("numerator", sa.BigInteger, nullable=False, comment="In whole units, as counted then"),
    sa.Column("remainder", sa.BigInteger, nullable=False, comment="Denominator less numerator; a rate's denominator"),
    sa.Column("not_computable", sa.BigInteger, nullable=False),
    sa.Column("shown", sa.Text, nullable=False, comment="Numbers that may be shown, apart by spaces"),
)

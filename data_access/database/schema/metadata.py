"""What all tables share, and the facts about the whole database."""

from typing import Final

import sqlalchemy as sa

EVERY_TEAM: Final = "(every team)"
"""The team under which the rollup keeps the sums of all teams."""

METADATA: Final = sa.MetaData()

REFERENCE: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""The type of references: compared byte by byte on every engine, whatever the server's language."""

FACTS: Final = sa.Table(
    "facts",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

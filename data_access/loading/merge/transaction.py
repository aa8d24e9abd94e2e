"""The change that a load makes to the case tables: every row's fate decided first, then all of it carried out.

A load does it with files that have just been read, a rebuild with the rows of the record; both in one transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from data_access.loading.checks.cleaning import FIELD, REASON, VALUE
from data_access.loading.merge import affected_keys, merged_children, merging
from data_access.loading.merge.fates import CHANGED, NEW, WITHDRAWN, Merge
from data_access.loading.merge.merging import ToMerge
from data_access.shipped import SHIPPED, put_what_ships


@dataclass(frozen=True)
class Decided:
    """What is to become of every row: a merge for each extract, and the children's surviving references."""

    merges: tuple[Merge, ...]
    survivors_before: Mapping[str, str]
    survivors_after: Mapping[str, str]
    in_a_circle: pl.DataFrame | None
    """Rows of child_merges that would close a circle, with FIELD, VALUE and REASON; None where there are none."""

    @property
    def moved_children(self) -> set[str]:
        """Return the references whose surviving reference changes, with the survivors."""
        gone = affected_keys.moved_children(self.survivors_before, self.survivors_after)
        into = {side.get(child, child) for child in gone for side in (self.survivors_before, self.survivors_after)}
        return into | gone


def decide(
    connection: sa.Connection, extracts: Sequence[ToMerge], load_id: int, step: Callable[[str], None]
) -> Decided:
    """Put the rows into temporary tables and decide their fates; nothing that stands is changed."""
    before = merged_children.standing_merges(connection)
    after, circle = before, None
    merges = []
    for to_merge in sorted(extracts, key=lambda to_merge: to_merge.extract.name != "child_merges"):
        step(f"Comparing {to_merge.extract.name}")
        merge = merging.begin(connection, to_merge, merged_children.survivors(after), load_id)
        if to_merge.extract.name == "child_merges":
            after, circle = _without_circles(connection, merge, to_merge, before)
        merges.append(merge.decided(connection))
    return Decided(tuple(merges), merged_children.survivors(before), merged_children.survivors(after), circle)


def carry_out(connection: sa.Connection, decided: Decided, load_id: int, step: Callable[[str], None]) -> None:
    """Do what was decided."""
    affected_keys.give_children_their_keys(connection, decided.survivors_before, decided.survivors_after)
    for merge in decided.merges:
        step(f"Writing {merge.extract.name}")
        merging.carry_out(connection, merge, load_id)
    if any(merge.extract.name in SHIPPED for merge in decided.merges):
        # a row of the council's own that is withdrawn gives its place back to the row that ships
        put_what_ships(connection)


def finish(connection: sa.Connection, decided: Decided) -> None:
    """Take away the temporary tables."""
    for merge in decided.merges:
        merging.finish(connection, merge)


def _without_circles(
    connection: sa.Connection, merge: Merge, planned: ToMerge, before: Mapping[str, str]
) -> tuple[dict[str, str], pl.DataFrame | None]:
    """Return the merges after this extract, and the rows that would close a circle, which are taken out of it."""
    staged = merge.staged
    withdrawn = set(connection.execute(sa.select(staged.c.child_id).where(merge.of_fate(WITHDRAWN))).scalars())
    changes = connection.execute(
        sa.select(staged.c.child_id, staged.c.merged_into).where(merge.of_fate(NEW, CHANGED))
    )
    standing = {child: into for child, into in before.items() if child not in withdrawn}
    merges, in_a_circle = merged_children.with_merges(standing, {row.child_id: row.merged_into for row in changes})
    if not in_a_circle:
        return merges, None
    connection.execute(sa.delete(staged).where(staged.c.child_id.in_(in_a_circle)))
    refused = (
        planned.rows()
        .filter(pl.col("child_id").is_in(sorted(in_a_circle)))
        .with_columns(
            pl.lit("merged_into").alias(FIELD),
            pl.col("merged_into").alias(VALUE),
            pl.lit("closes a circle: the child would be merged into itself").alias(REASON),
        )
        .collect()
    )
    merging.note_refused(connection, merge, refused)
    return merges, refused

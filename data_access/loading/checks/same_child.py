"""Remarks on references that don't hold one child apart from another: one used by two, and one child under two.

What is seen here is what one file shows, and what it changes of the rows that stand; the rules of quality
(`data_access.quality.rules.same_child`) compare the rows that stand with one another all year round.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.loading.checks.cleaning import KEY
from data_access.loading.checks.row_warnings import SCHEMA
from data_access.loading.delivery.sheet import ROW
from data_access.loading.merge.fates import CHANGED, Merge
from data_access.loading.merge.staging import Staged

ANOTHER_BEFORE: Final = "another_child_before"
WRITTEN_IN_TWO_WAYS: Final = "child_written_in_two_ways"

_BEFORE: Final = (
    "another child had this row's reference before; if both references are one child, list them in child_merges, "
    "if not, give each child a reference of its own"
)
_TWO_WAYS: Final = (
    "differs only in capitals, spaces or leading zeros from another reference in the file; if both are one child, "
    "write them alike or list them in child_merges"
)


def plain(reference: pl.Expr) -> pl.Expr:
    """Return references without what people write now one way, now another: case, spaces, leading zeros."""
    return reference.str.to_lowercase().str.replace_all(r"[\s\p{Cf}]", "").str.strip_chars_start("0")


def remarks_on_children(
    connection: sa.Connection, staged: Staged, merge: Merge, survivors: Mapping[str, str]
) -> pl.DataFrame:
    """Return the warnings (checks.SCHEMA) of an extract whose rows' fates are decided, and not yet carried out.

    `survivors` are the references that stand for merged ones, as they will be.
    """
    if "child_key" not in merge.given:
        return pl.DataFrame(schema=SCHEMA)
    before = {} if "child_id" in merge.key else _children_before(connection, merge, survivors)
    others = _written_in_two_ways(staged, survivors)
    rows = staged.rows().select(ROW, KEY, "child_id")
    changed = rows.filter(pl.col(KEY).is_in(list(before))).collect()
    alike = rows.filter(pl.col("child_id").is_in(list(others))).collect()
    return pl.concat(
        [
            _warnings(
                changed, ANOTHER_BEFORE, {key: f"before {child}" for key, child in before.items()}, KEY, _BEFORE
            ),
            _warnings(alike, WRITTEN_IN_TWO_WAYS, others, "child_id", _TWO_WAYS),
        ]
    )


def _children_before(connection: sa.Connection, merge: Merge, survivors: Mapping[str, str]) -> dict[str, str]:
    """Return by key the child of each row that stands and is now another's."""
    was, becomes = merge.table.c.child_id, merge.staged.c.child_id
    moved = (
        sa.select(merge.staged.c.row_key, was.label("was"), becomes.label("becomes"))
        .join(merge.table, merge.same_row)
        .where(merge.of_fate(CHANGED), was != becomes)
    )
    return {
        key: old for key, old, new in connection.execute(moved) if survivors.get(old, old) != survivors.get(new, new)
    }


def _written_in_two_ways(staged: Staged, survivors: Mapping[str, str]) -> dict[str, str]:
    """Return by reference the others in the file that differ from it only in writing, as words."""
    child = pl.col("child_id")
    known = staged.rows().filter(child.is_not_null(), plain(child) != "")
    # by hashes first, which are far smaller than the references
    hashes = known.select(plain(child).hash().alias("plain"), child.hash()).unique().collect()
    several = hashes.group_by("plain").len().filter(pl.col("len") > 1).get_column("plain")
    if several.is_empty():
        return {}
    alike: dict[str, set[str]] = defaultdict(set)
    of_several = known.filter(plain(child).hash().is_in(several.implode())).select(child, plain(child).alias("plain"))
    for reference, written in of_several.unique().collect().iter_rows():
        alike[written].add(reference)
    others_of = {}
    for references in alike.values():
        for reference in references:
            mine = survivors.get(reference, reference)
            if others := sorted(other for other in references if survivors.get(other, other) != mine):
                others_of[reference] = f"also {', '.join(others)}"
    return others_of


def _warnings(rows: pl.DataFrame, check: str, others_of: Mapping[str, str], by: str, message: str) -> pl.DataFrame:
    told = pl.col(by).replace_strict(list(others_of), list(others_of.values()), default=None, return_dtype=pl.String)
    return rows.select(
        ROW,
        KEY,
        pl.lit(check).alias("check"),
        pl.lit("child_id").alias("field"),
        pl.format("{} ({})", "child_id", told).alias("value"),
        pl.lit(message).alias("message"),
    ).match_to_schema(pl.Schema(SCHEMA))

"""Which standing rows a refused row may stand for: of these nothing is withdrawn, whatever cell was bad.

A refused row shows that its thing is still there. Where its key can be read it stands for the row under this key,
however that is spelled: in capitals, with spaces, without leading noughts. Where a part of the key can be read, for
every row with this part. Where none can, for the rows of its child; and where the child is not known either, it may
be any row of the table. Formats whose keys are made of other cells (Annex A, CIN census) have no key to go by when
such a cell is bad: there it is always the child.
"""

import json
from typing import Final

import polars as pl

from data_access.loading.checks.cleaning import FIELD, KEY
from data_access.loading.checks.nothing import is_a_formula, says_nothing
from data_access.loading.checks.references import names_no_child, whole_number

CONTENT: Final = "content"
CHILD: Final = "(child)"
"""The column of the child's surviving reference."""

_INVISIBLE: Final = r"[\s\p{Z}\p{C}',’]"


def part_of_key(number: int) -> str:
    """Return the column that holds a part of the key as text."""
    return f"(part {number})"


def children_of(refused: pl.DataFrame) -> pl.Series:
    """Return the child's reference as each refused row (FIELD, CONTENT) gives it, null where it is in doubt."""
    named = [(json.loads(content) or {}).get("child_id") if content else None for content in refused[CONTENT]]
    child = pl.col(CHILD)
    in_doubt = says_nothing(CHILD) | is_a_formula(CHILD) | names_no_child(child)
    return (
        refused.select(FIELD, pl.Series(CHILD, named, dtype=pl.String))
        .with_columns(whole_number(child))
        .select(pl.when(pl.col(FIELD).ne_missing("child_id"), ~in_doubt).then(child))
        .to_series()
    )


def protected(rows: pl.DataFrame, refused: pl.DataFrame, *, parts: int, made_keys: bool) -> tuple[pl.Series, bool]:
    """Return for each row whether a refused row may stand for it, and whether some refused row may stand for any.

    `rows` have their key in parts as text (see part_of_key) and, where their table has children, CHILD; `refused`
    have KEY, its parts joined by `|` and empty where they can't be read, and CHILD: both as surviving references.
    `made_keys` says that keys are made of other cells.
    """
    split = refused.with_columns(_parts_of(pl.col(KEY), parts))
    named = pl.any_horizontal(pl.col(part_of_key(number)) != "" for number in range(parts))
    unnamed = split if made_keys else split.filter(~named)
    if unnamed.height and (CHILD not in rows.columns or unnamed.get_column(CHILD).null_count()):
        return pl.repeat(value=True, n=rows.height, dtype=pl.Boolean, eager=True), True
    folded = rows.with_columns(_folded(pl.col(part_of_key(number))) for number in range(parts)).with_row_index("(at)")
    row_numbers = [_alike(folded, split.filter(named), parts)]
    if CHILD in rows.columns:
        row_numbers.append(folded.join(unnamed.select(CHILD).unique(), on=CHILD, how="semi").get_column("(at)"))
    return folded.get_column("(at)").is_in(pl.concat(row_numbers).implode()), False


def _alike(rows: pl.DataFrame, refused: pl.DataFrame, parts: int) -> pl.Series:
    """Return the numbers of the rows whose key has the same readable parts as a refused row's."""
    names = [part_of_key(number) for number in range(parts)]
    keys = refused.select(_folded(pl.col(name)) for name in names).unique()
    row_numbers = [pl.Series("(at)", [], dtype=rows.schema["(at)"])]
    for readable in keys.select(pl.col(name) != "" for name in names).unique().iter_rows():
        there = [name for name, is_there in zip(names, readable, strict=True) if is_there]
        of_these = keys.filter(
            *((pl.col(name) != "") == is_there for name, is_there in zip(names, readable, strict=True))
        )
        if there:
            row_numbers.append(rows.join(of_these.select(there), on=there, how="semi").get_column("(at)"))
    return pl.concat(row_numbers)


def _parts_of(key: pl.Expr, parts: int) -> list[pl.Expr]:
    """Return the parts of a key; of a key that can't be split as it should be the whole, as its only part."""
    if parts == 1:
        return [key.fill_null("").alias(part_of_key(0))]
    split = key.fill_null("|" * (parts - 1)).str.split("|")
    whole = split.list.len() == parts
    return [
        pl.when(whole).then(split.list.get(number, null_on_oob=True)).otherwise(pl.lit("")).alias(part_of_key(number))
        for number in range(parts)
    ]


def _folded(text: pl.Expr) -> pl.Expr:
    """Return a part of a key in the one spelling that stands for all that people and spreadsheets make of it."""
    plain = text.str.replace_all(_INVISIBLE, "").str.to_lowercase()
    return plain.str.replace(r"\.0+$", "").str.replace(r"^0+(.)", "$1")

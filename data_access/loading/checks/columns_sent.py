"""Which columns each extract came without: noted with every load, for the dates that it covers.

An extract that lists every row of its dates settles for them whether a column is there; where it lists no row at all,
nothing hangs on its columns. One that brings changes only says nothing of the rows that it leaves out: it can take a
column away, by a row that is new, or changed and blank there, but gives one back only where it happens to list every
row.
"""

from collections.abc import Collection

import sqlalchemy as sa

from data_access.coverage.never_sent import Gap, gaps_of
from data_access.database.schema.figures import NEVER_SENT
from data_access.database.schema.loads import LOADED_EXTRACTS
from data_access.dates.stretches import Days, Stretch, joined, without
from data_access.extracts import Column, Extract
from data_access.extracts.formats import gives
from data_access.loading.merge.fates import CHANGED, NEW, UNCHANGED, Merge
from data_access.measures import MEASURES


def columns_not_sent(extract: Extract, stored: tuple[str, ...], form: str) -> list[str]:
    """Return the columns that an extract lacks though its format can tell them; `stored` are those that it fills."""
    return [
        column.name
        for column in extract.columns
        if column.stored_as not in stored and gives(form, f"{extract.name}.{column.name}")
    ]


def note_columns(connection: sa.Connection, merge: Merge, stored: tuple[str, ...], form: str, load_id: int) -> None:
    """Note for the dates of an extract which columns it lacks, and which it gives after all.

    To be called while the merge's rows have their fates. Lists that no dates place in time are passed over, unless a
    measure counts their rows: each is then of all the dates.
    """
    extract, terms = merge.extract, merge.terms
    if not extract.dated_by and not any(extract.name in each.definition.requires for each in MEASURES.values()):
        return
    missing = set(columns_not_sent(extract, stored, form))
    settles = not _is_older(connection, merge, load_id) and (
        terms.complete or not _leaves_rows_out(connection, merge)
    )
    fates = merge.rows
    all_missed = fates[NEW] or (settles and (fates[CHANGED] or fates[UNCHANGED]))
    known, dates = _stretches(connection, extract.name), (terms.covers_from, terms.covers_to)
    for column in extract.columns:
        before = tuple(known.get(column.name, ()))
        after = before
        if column.name in missing:
            if all_missed or (fates[CHANGED] and _changes_a_blank(connection, merge, column)):
                after = joined([*before, dates])
        elif column.stored_as in stored and settles:
            after = without(before, [(dates,)])
        if after != before:
            _write(connection, extract.name, column.name, after)


def notice_of(
    shown: str, extract: Extract, missing: list[str], dates: Stretch, loaded: Collection[str]
) -> str | None:
    """Return what to tell of an extract without some columns: which measures can't be worked out; None for none.

    `loaded` are the extracts that were ever loaded, those of this load among them.
    """
    lacking = {extract.name: [Gap(extract.name, column, *dates) for column in missing]}
    needed = {
        measure.definition.title: [gap.column for gap in gaps_of(measure.definition, lacking, loaded)]
        for measure in MEASURES.values()
    }
    columns = [column for column in missing if any(column in wanted for wanted in needed.values())]
    if not columns:
        return None
    several = "s" if len(columns) > 1 else ""
    told = ", ".join(f"{title} ({', '.join(wanted)})" for title, wanted in needed.items() if wanted)
    return (
        f"{shown} has no column{several} {', '.join(columns)}. Not computable from {dates[0]} to {dates[1]}: {told}. "
        f"Send the column{several}, with empty cells where there is nothing to tell."
    )


def _changes_a_blank(connection: sa.Connection, merge: Merge, column: Column) -> bool:
    """Return whether a changed row has nothing in a column: what it would say now was not sent."""
    value = merge.table.c[column.stored_as]
    blank = sa.select(sa.literal(1)).where(merge.rows_of_fate(CHANGED), value.is_(None))
    return connection.execute(blank.limit(1)).first() is not None


def _leaves_rows_out(connection: sa.Connection, merge: Merge) -> bool:
    """Return whether any standing row of the dates covered is not listed."""
    table, terms = merge.table, merge.terms
    dated = [table.c[merge.extract.column(name).local_date] for name in merge.extract.dated_by]
    unlisted = sa.select(sa.literal(1)).select_from(table).where(~sa.exists().where(merge.same_row))
    if dated:
        day = sa.func.coalesce(*dated) if len(dated) > 1 else dated[0]
        unlisted = unlisted.where(day.between(terms.covers_from, terms.covers_to))
    return connection.execute(unlisted.limit(1)).first() is not None


def _is_older(connection: sa.Connection, merge: Merge, load_id: int) -> bool:
    """Return whether an extract taken later, of some of the same dates, was loaded before."""
    loaded, terms = LOADED_EXTRACTS, merge.terms
    later = sa.select(loaded.c.load_id).where(
        loaded.c.extract == merge.extract.name,
        loaded.c.load_id < load_id,
        loaded.c.extracted_at > terms.extracted_at,
        loaded.c.covers_from <= terms.covers_to,
        loaded.c.covers_to >= terms.covers_from,
    )
    return connection.execute(later.limit(1)).first() is not None


def _stretches(connection: sa.Connection, extract: str) -> dict[str, list[Stretch]]:
    table = NEVER_SENT
    by_column: dict[str, list[Stretch]] = {}
    for row in connection.execute(sa.select(table).where(table.c.extract == extract).order_by(table.c.begins)):
        by_column.setdefault(row.column_name, []).append((row.begins, row.ends))
    return by_column


def _write(connection: sa.Connection, extract: str, column: str, stretches: Days) -> None:
    table = NEVER_SENT
    connection.execute(sa.delete(table).where(table.c.extract == extract, table.c.column_name == column))
    rows = [{"extract": extract, "column_name": column, "begins": first, "ends": last} for first, last in stretches]
    if rows:
        connection.execute(sa.insert(table), rows)

"""What is kept between loads, so that they can be counted by difference: counts, rows that time changes, children."""

from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import insert_into, rows_into
from data_access.database.frames import select_frame
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.database.schema.quality import CHILD_REFERENCES, QUALITY_PENDING, QUALITY_STANDING
from data_access.extracts import Extract
from data_access.quality.affected import affected_rows, is_affected
from data_access.quality.counting import SUMS, TALLY, reported
from data_access.quality.registry import RULES
from data_access.quality.rules.same_child import UNDER_TWO_REFERENCES, plain

_CELL: Final = ("rule", "team_id")
_TABLE: Final = QUALITY_STANDING


def of_extract(connection: sa.Connection, extract: str) -> pl.DataFrame:
    """Return TALLY of an extract's rules as it is kept."""
    return _kept(connection, _TABLE.c.rule.in_([rule.name for rule in RULES.values() if rule.extract == extract]))


def everything(connection: sa.Connection) -> pl.DataFrame:
    """Return TALLY of every rule as it is kept."""
    return _kept(connection, sa.true())


def sizes(connection: sa.Connection) -> dict[str, int]:
    """Return for each extract that was counted the most rows that any of its rules looks at."""
    whole = sa.select(_TABLE.c.rule, _TABLE.c.rows).where(_TABLE.c.team_id == EVERY_TEAM)
    most_rows: dict[str, int] = {}
    for rule, rows in connection.execute(whole):
        if rule in RULES:
            extract = RULES[rule].extract
            most_rows[extract] = max(rows, most_rows.get(extract, 0))
    return most_rows


def move(connection: sa.Connection, change: pl.DataFrame) -> pl.DataFrame:
    """Add a difference (TALLY) to what is kept; return the COUNTS that it changes, without rows where there are none.

    Where it is the first row, or the last, that gives what a rule asks for, the rule's counts change in every team.
    """
    if change.is_empty():
        return reported(change)
    rules, teams = (change.get_column(name).unique().to_list() for name in _CELL)
    mine = sa.and_(_TABLE.c.rule.in_(rules), _TABLE.c.team_id.in_({EVERY_TEAM, *teams}))
    before = _kept(connection, mine)
    rows_into(connection, _TABLE, change, add_to=SUMS if before.height else ())
    connection.execute(sa.delete(_TABLE).where(mine, *(_TABLE.c[name] == 0 for name in SUMS)))
    after = _kept(connection, mine)
    if others := _rules_that_begin_or_cease(before, after):
        elsewhere = _kept(
            connection, sa.and_(_TABLE.c.rule.in_(others), _TABLE.c.team_id.not_in({EVERY_TEAM, *teams}))
        )
        before, after = pl.concat([before, elsewhere]), pl.concat([after, elsewhere])
    both = reported(after).join(reported(before), on=_CELL, how="full", coalesce=True, suffix="_before").fill_null(0)
    differs = pl.any_horizontal(pl.col(name) != pl.col(f"{name}_before") for name in ("rows", "broken"))
    return both.filter(differs).drop("rows_before", "broken_before").sort(_CELL)


def note_pending(connection: sa.Connection, extract: Extract, as_at_on: object, *, affected: bool) -> None:
    """Keep which rows, of all or of those affected, have a verdict that a later day alone can change."""
    conditions = [
        rule.changed_by_time
        for rule in RULES.values()
        if rule.extract == extract.name and rule.changed_by_time is not None
    ]
    if not conditions:
        return
    first, table, pending = extract.stored_key[0], CASE_TABLES[extract.name], QUALITY_PENDING
    mine, changing = [pending.c.extract == extract.name], [sa.or_(*conditions)]
    if affected:
        mine.append(pending.c.key.in_(sa.select(affected_rows(extract).c[first])))
        changing.append(is_affected(extract))
    connection.execute(sa.delete(pending).where(*mine))
    rows = sa.select(sa.literal(extract.name), table.c[first]).where(*changing).distinct()
    insert = insert_into(connection, pending).from_select(["extract", "key"], rows).on_conflict_do_nothing()
    connection.execute(insert, {"as_at_on": as_at_on})


def note_children(connection: sa.Connection) -> None:
    """Keep every child's reference with its plain writing, from all rows that stand."""
    connection.execute(sa.delete(CHILD_REFERENCES))
    for name in UNDER_TWO_REFERENCES:
        add_children(connection, CASE_TABLES[name].c.child_key)


def add_children(connection: sa.Connection, child: sa.ColumnElement[str], *only: sa.ColumnElement[bool]) -> None:
    """Keep the references in a column, of the rows that it is about, with their plain writing."""
    each = sa.select(child.label("child_key")).where(child.is_not(None), *only).distinct().subquery("each_child")
    rows = sa.select(each.c.child_key, plain(each.c.child_key)).where(sa.true())
    insert = insert_into(connection, CHILD_REFERENCES).from_select(["child_key", "plain"], rows)
    connection.execute(insert.on_conflict_do_nothing())


def _kept(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> pl.DataFrame:
    return select_frame(connection, sa.select(*(_TABLE.c[name] for name in TALLY)).where(wanted), {}, TALLY)


def _rules_that_begin_or_cease(before: pl.DataFrame, after: pl.DataFrame) -> list[str]:
    """Return the rules of which some row gives what they ask for now and none did before, or the other way round."""
    given = [
        set(some.filter(pl.col("team_id") == EVERY_TEAM, pl.col("given") > 0).get_column("rule"))
        for some in (before, after)
    ]
    return sorted(given[0] ^ given[1])

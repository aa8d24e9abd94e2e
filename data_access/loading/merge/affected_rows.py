"""Which rows the rules of quality must look at once more: those of a load, and those that can be judged by them.

Like affected keys this follows what the extracts describe, and knows of a rule only by which column it compares rows.
"""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from data_access.database.bulk import insert_into
from data_access.database.opening import gather_statistics
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.quality import CHILD_REFERENCES, QUALITY_PENDING
from data_access.extracts import Extract, extract_named
from data_access.loading.merge.fates import CHANGED, MOVED, NEW, WITHDRAWN, Merge
from data_access.measures.definition import Key
from data_access.quality.affected import AFFECTED_GROUPS, CHILDREN, affected_rows, group_of, in_affected_group
from data_access.quality.kept_counts import add_children
from data_access.quality.registry import RULES
from data_access.quality.upkeep import QualityUpkeep
from data_access.rollup.reach import AFFECTED_KEYS


def affect_rows(connection: sa.Connection, kept: QualityUpkeep, merges: Sequence[Merge]) -> None:
    """Note the affected rows of the extracts counted by difference, and the groups in which rows are compared.

    The fates must be decided, the affected keys noted, and nothing carried out yet.
    """
    if kept.begins_again:
        return
    _affect_children(connection, kept)
    by_name = {merge.extract.name: merge for merge in merges}
    fates = {merge.extract.name: merge.rows for merge in merges}
    for extract in kept.by_difference:
        for by in _compared_by(extract) - {CHILDREN}:
            _affect_groups(connection, extract, by, by_name.get(extract.name))
    gather_statistics(connection, AFFECTED_GROUPS)
    for extract in kept.by_difference:
        _affect(connection, extract, kept, by_name, fates)
    gather_statistics(connection, *(affected_rows(extract) for extract in kept.by_difference))


def _compared_by(extract: Extract) -> set[str]:
    return {rule.compared_by for rule in RULES.values() if rule.extract == extract.name and rule.compared_by}


def _affect_children(connection: sa.Connection, kept: QualityUpkeep) -> None:
    """Affect the children of the load, those of rows that time changes, and whoever is written almost alike."""
    mine = AFFECTED_KEYS.c.kind == str(Key.CHILD)
    _add_groups(connection, CHILDREN, sa.select(AFFECTED_KEYS.c.key).where(mine))
    for extract in kept.taken_later:
        table = CASE_TABLES[extract.name]
        if "child_key" in table.c:
            pending = sa.select(table.c.child_key).where(_is_pending(extract), table.c.child_key.is_not(None))
            _add_groups(connection, CHILDREN, pending)
    add_children(connection, AFFECTED_GROUPS.c.key, AFFECTED_GROUPS.c.compared_by == CHILDREN)
    child, alike = (CHILD_REFERENCES.alias(name) for name in ("child", "alike"))
    written_alike = (
        sa.select(alike.c.child_key)
        .join_from(child, alike, sa.and_(alike.c.plain == child.c.plain, alike.c.child_key != child.c.child_key))
        .where(in_affected_group(child.c.child_key, CHILDREN), child.c.plain != "")
    )
    _add_groups(connection, CHILDREN, written_alike)


def _affect_groups(connection: sa.Connection, extract: Extract, by: str, merge: Merge | None) -> None:
    """Affect the values of a column that the moved rows of a load have, and had."""
    if merge is None:
        return
    group = group_of(extract, by)
    had = sa.select(merge.table.c[by]).where(merge.rows_of_fate(CHANGED, WITHDRAWN), merge.table.c[by].is_not(None))
    _add_groups(connection, group, had)
    if by in merge.staged.c:
        column = merge.staged.c[by]
        _add_groups(connection, group, sa.select(column).where(merge.of_fate(NEW, CHANGED), column.is_not(None)))


def _affect(
    connection: sa.Connection,
    extract: Extract,
    kept: QualityUpkeep,
    merges: dict[str, Merge],
    counts: dict[str, Counter[str]],
) -> None:
    """Affect the moved rows of an extract, those of affected groups, those that name moved rows, and the pending."""
    table = CASE_TABLES[extract.name]
    if merge := merges.get(extract.name):
        moved = sa.select(*(merge.staged.c[name] for name in extract.stored_key)).where(merge.of_fate(*MOVED))
        _add_rows(connection, extract, moved)
    wanted = [in_affected_group(table.c[by], group_of(extract, by)) for by in _compared_by(extract)]
    if "child_key" in table.c and CHILDREN not in _compared_by(extract):
        wanted.append(in_affected_group(table.c.child_key, CHILDREN))
    for column in extract.columns:
        if (named := merges.get(str(column.refers_to))) is not None:
            # of a list rules ask only whether it has such a row; of a child's row, what it says
            fates = MOVED if extract_named(named.extract.name).has("child_id") else (NEW, WITHDRAWN)
            keys = sa.select(named.staged.c[named.key[0]]).where(named.of_fate(*fates))
            # no index leads to the rows that name a team: look for them only where there can be any
            if any(counts[named.extract.name][fate] for fate in fates):
                wanted.append(table.c[column.stored_as].in_(keys))
    if extract in kept.taken_later:
        wanted.append(_is_pending(extract))
    for condition in wanted:
        _add_rows(connection, extract, sa.select(*(table.c[name] for name in extract.stored_key)).where(condition))


def _is_pending(extract: Extract) -> sa.ColumnElement[bool]:
    pending = sa.select(QUALITY_PENDING.c.key).where(QUALITY_PENDING.c.extract == extract.name)
    return CASE_TABLES[extract.name].c[extract.stored_key[0]].in_(pending)


def _add_rows(connection: sa.Connection, extract: Extract, keys: sa.Select[tuple[object, ...]]) -> None:
    insert = insert_into(connection, affected_rows(extract)).from_select(list(extract.stored_key), keys)
    connection.execute(insert.on_conflict_do_nothing())


def _add_groups(connection: sa.Connection, group: str, keys: sa.Select[tuple[str]]) -> None:
    rows = keys.add_columns(sa.literal(group)).distinct()
    insert = insert_into(connection, AFFECTED_GROUPS).from_select(["key", "compared_by"], rows)
    connection.execute(insert.on_conflict_do_nothing())

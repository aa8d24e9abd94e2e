"""Merged children: which reference stands for a child, through any chain of merges."""

from collections.abc import Mapping

import sqlalchemy as sa

from data_access.schema import CASE_TABLES


def standing_merges(connection: sa.Connection) -> dict[str, str]:
    """Return what each merged reference was merged into, as the database has it."""
    table = CASE_TABLES["child_merges"]
    return {
        row.child_id: row.merged_into for row in connection.execute(sa.select(table.c.child_id, table.c.merged_into))
    }


def survivors(merges: Mapping[str, str]) -> dict[str, str]:
    """Return the reference that stands for each merged one, at the end of its chain."""
    found = {}
    for child in merges:
        into = child
        while into in merges:
            into = merges[into]
        found[child] = into
    return found


def with_merges(standing: Mapping[str, str], coming: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Return the merges with those to come, and the references whose coming merge would close a circle.

    Such a merge is not made: what stood for that reference stays.
    """
    merges = {child: into for child, into in standing.items() if child not in coming}
    in_a_circle: set[str] = set()
    for child in sorted(coming):
        end = coming[child]
        while end in merges and end != child:
            end = merges[end]
        if end == child:
            in_a_circle.add(child)
        else:
            merges[child] = coming[child]
    return merges | {child: standing[child] for child in in_a_circle if child in standing}, in_a_circle

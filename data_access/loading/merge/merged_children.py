"""Merged children: which reference stands for a child, through any chain of merges."""

from collections.abc import Mapping

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES


def standing_merges(connection: sa.Connection) -> dict[str, str]:
    """Return what each merged reference was merged into, as the database has it."""
    table = CASE_TABLES["child_merges"]
    return {
        row.child_id: row.merged_into for row in connection.execute(sa.select(table.c.child_id, table.c.merged_into))
    }


def survivors(merges: Mapping[str, str]) -> dict[str, str]:
    """Return the reference that stands for each merged reference, at the end of its chain."""
    last_of_chain = {}
    for child in merges:
        into = child
        while into in merges:
            into = merges[into]
        last_of_chain[child] = into
    return last_of_chain


def with_merges(standing: Mapping[str, str], added: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Return the merges with those to come, and the references whose new merge would close a circle.

    Such a merge is not made: what stood for that reference stays, and may make a circle with another that comes; so
    the merges are made again until none does. `standing` has no circle itself.
    """
    in_a_circle: set[str] = set()
    while True:
        possible = added.keys() - in_a_circle
        merges = {child: into for child, into in standing.items() if child not in possible}
        for child in sorted(possible):
            if _end_of(merges, added[child], child) == child:
                in_a_circle.add(child)
            else:
                merges[child] = added[child]
        if in_a_circle.isdisjoint(possible):
            return merges, in_a_circle


def _end_of(merges: Mapping[str, str], into: str, child: str) -> str:
    """Return the end of the chain that begins at `into`, or the child where the chain comes upon it."""
    while into in merges and into != child:
        into = merges[into]
    return into

"""Rows of which people have decided meanwhile: an extract may bring them, but what people set goes first."""

import sqlalchemy as sa

from data_access.decisions import KINDS
from data_access.decisions.revisions import latest
from data_access.loading.merge.fates import CHANGED, NEW, Merge

_NAMED = 5


def notices_of_decided(connection: sa.Connection, merge: Merge, shown: str) -> list[str]:
    """Return a notice where rows that are new or changed stand behind what people set; `shown` names the file."""
    kinds = [kind for kind in KINDS.values() if kind.extract == merge.extract.name]
    if not kinds:
        return []
    decided = latest(connection, kinds[0])
    key = merge.staged.c[merge.key[0]]
    came = connection.execute(sa.select(key).where(merge.of_fate(NEW, CHANGED)).order_by(key)).scalars()
    behind = [name for name in came if name in decided]
    if not behind:
        return []
    names = ", ".join(behind[:_NAMED]) + (f" and {len(behind) - _NAMED:,} more" if len(behind) > _NAMED else "")
    return [f"{shown}: people have decided about {names}. Their decision stands; the file's row is kept behind it."]

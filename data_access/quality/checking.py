"""Checking the counts of the rules that are kept from load to load: are they those of the rows that stand?"""

import sqlalchemy as sa

from data_access.quality import kept_counts
from data_access.quality.counting import difference, whole_tally
from data_access.quality.upkeep import counted_as_at


def differences(connection: sa.Connection) -> list[str]:
    """Count every rule again, as at the day of the last count; return a sentence for each whose counts differ.

    None before the first load, nor between an upgrade and the next one, which counts every rule whole.
    """
    taken = counted_as_at(connection)
    if not taken:
        return []
    counted = whole_tally(connection, taken)
    wrong = difference(counted, kept_counts.everything(connection))
    return [
        f"{rule}: {cells.height:,} {'count kept differs' if cells.height == 1 else 'counts kept differ'} from the "
        f"rows, the first for {cells.get_column('team_id')[0]}; the next load counts every rule again after "
        "`safe-dashboard rebuild`"
        for (rule,), cells in wrong.group_by("rule", maintain_order=True)
    ]

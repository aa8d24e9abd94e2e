"""Which groups of children are too small to be told apart."""

from collections.abc import Sequence

from dashboard.analysis.suppression import SMALLEST_SHOWN, suppress


def small_groups(groups: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the places of the groups of fewer than six, for readers who may list the cases.

    Each group is a numerator and a denominator, 0 for a count. So few say nothing of the group; nothing is hidden
    with them, since such readers could count them.
    """
    return frozenset(
        place
        for place, (numerator, denominator) in enumerate(groups)
        if 0 < (denominator or numerator) < SMALLEST_SHOWN
    )


def hidden_groups(groups: Sequence[tuple[int, int]], *, in_parts: bool) -> frozenset[int]:
    """Return the places of the groups whose numbers may not leave those who may list cases: rule of `suppression`.

    `in_parts` says that the numerator is a part of the denominator: a group is then hidden where either part is
    small. The totals are shown elsewhere, so that where only hiding a total could protect a small group, every group
    is hidden.
    """
    if not groups:
        return frozenset()
    tables = (
        [[[numerator, denominator - numerator] for numerator, denominator in groups]]
        if in_parts
        else [[[group[part]] for group in groups] for part in (0, 1)]
    )
    hidden: set[int] = set()
    for table in tables:
        shown = suppress(table)
        if None in (*shown.column_totals, shown.total):
            return frozenset(range(len(groups)))
        rows = zip(shown.cells, shown.row_totals, strict=True)
        hidden |= {place for place, (cells, total) in enumerate(rows) if None in (*cells, total)}
    return frozenset(hidden)

"""How assessments end, and which of their dates can't be true."""

import datetime as dt

from tests.oracle.world import Row, World


def of_kind(world: World, kind: str) -> list[Row]:
    """Return the assessments of a kind."""
    return [row for row in world.rows("assessments") if row["kind"] == kind]


def truly_terminated(world: World, assessment: Row) -> bool:
    """Return whether it was terminated, on a day that can be true."""
    return can_be(world, assessment["terminated_on"], assessment["started_on"])


def can_be(world: World, day: dt.date | None, not_before: dt.date) -> bool:
    """Return whether there is a day and it lies neither before another nor after the assessments were taken."""
    return day is not None and not_before <= day <= world.taken_on("assessments")


def is_ahead(world: World, assessment: Row, *names: str) -> bool:
    """Return whether any of these days lies after the assessments were taken."""
    days = [assessment[name] for name in names]
    return any(day is not None and day > world.taken_on("assessments") for day in days)


def ends_too_early(assessment: Row) -> bool:
    """Return whether it ended before it was begun, by either of its ends."""
    ends = [assessment["completed_on"], assessment["terminated_on"]]
    return any(day is not None and day < assessment["started_on"] for day in ends)


def ended_on(world: World, assessment: Row) -> dt.date | None:
    """Return the first of its ends that can be true."""
    ends = [assessment["completed_on"], assessment["terminated_on"]]
    return min((day for day in ends if can_be(world, day, assessment["started_on"])), default=None)


def settled_on(world: World, assessment: Row, late: dt.date | None) -> dt.date | None:
    """Return the day of its completion or from which it is `late`, the earlier; none where it never falls due.

    One that was terminated was not completed, and falls due only where it was late by then. Where it isn't known
    from when it would be late it falls due when it was completed, or else begun.
    """
    terminated: dt.date | None = assessment["terminated_on"]
    if truly_terminated(world, assessment) and terminated is not None:
        return late if late is not None and late <= terminated else None
    completed: dt.date | None = assessment["completed_on"]
    if late is None:
        return completed or assessment["started_on"]
    return late if completed is None else min(completed, late)

"""The order of one child's referrals: by receipt, then by reference."""

import datetime as dt

from tests.oracle.world import Row, World


def order(referral: Row) -> tuple[dt.datetime, str]:
    """Return what a referral is put in order by."""
    return (referral["received_at"].utc, referral["referral_id"])


def of_same_child(world: World, child_id: str) -> list[Row]:
    """Return the child's referrals, under whichever reference they were recorded."""
    return [row for row in world.rows("referrals") if world.child(row["child_id"]) == world.child(child_id)]


def earlier_of_same_child(world: World, referral: Row) -> list[Row]:
    """Return the same child's referrals that came before this one."""
    return [row for row in of_same_child(world, referral["child_id"]) if order(row) < order(referral)]


def later_of_same_child(world: World, referral: Row) -> list[Row]:
    """Return the same child's referrals that came after this one."""
    return [row for row in of_same_child(world, referral["child_id"]) if order(row) > order(referral)]

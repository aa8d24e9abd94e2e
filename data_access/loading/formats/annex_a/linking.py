"""What belongs together in a workbook, told by child and order of days, since Annex A has no references."""

from datetime import timedelta
from typing import Final

import polars as pl

from data_access.loading.checks.references import names_no_child
from data_access.loading.delivery.sheet import ROW
from data_access.loading.formats.annex_a.rows import SAME, Listed, key

DAYS_FROM_CONTACT: Final = 7
"""A contact is to be decided within a day; after a week a referral is taken to have come by itself (ours)."""

_DAY: Final = "(day)"
_EARLIER: Final = "(earlier)"


def became(contacts: Listed, referrals: Listed) -> pl.DataFrame:
    """Return ROW of contacts and the `referral_id` that each became.

    A referral came from the child's latest contact on its day or in the DAYS_FROM_CONTACT days before; a contact
    that two came from became the first of them.
    """
    received = _dated(contacts.rows, "received").select("child", _DAY, pl.col(ROW).alias(_EARLIER))
    keyed = referrals.rows.with_columns(key("referral", "received").alias("referral_id"))
    links = (
        _dated(keyed, "received")
        .join_asof(
            received,
            on=_DAY,
            by="child",
            strategy="backward",
            tolerance=timedelta(days=DAYS_FROM_CONTACT),
            check_sortedness=False,
        )
        .drop_nulls(_EARLIER)
        .unique(_EARLIER, keep="first", maintain_order=True)
    )
    return links.select(pl.col(_EARLIER).alias(ROW), "referral_id")


def closed_by(referrals: pl.DataFrame, episodes: Listed) -> pl.DataFrame:
    """Return ROW of referrals and `closed_on`, the end of the episode of need that they belong to.

    To an episode belong the referrals received from its first to its last day, and, where none came on its first
    day, the child's latest before it. Referrals that ended in no further action opened nothing and belong to none.
    `referrals` has the column `(nfa)`.
    """
    opened = _dated(referrals.filter(~pl.col("(nfa)").fill_null(value=False)), "received").select(ROW, "child", _DAY)
    spells = (
        _dated(episodes.rows, "begun")
        .with_columns(pl.col("ended").str.to_date("%Y-%m-%d", strict=False).alias("(end)"))
        .filter(pl.col("(end)") >= pl.col(_DAY))
        .select("child", _DAY, "(end)")
        .unique(["child", _DAY], keep="first", maintain_order=True)
    )
    during = opened.join_asof(spells, on=_DAY, by="child", strategy="backward", check_sortedness=False)
    days = opened.select("child", _DAY, pl.col(_DAY).alias(_EARLIER))
    before = (
        spells.join_asof(days, on=_DAY, by="child", strategy="backward", check_sortedness=False)
        .drop_nulls(_EARLIER)
        .group_by("child", _EARLIER)
        .agg(pl.col("(end)").min().alias("(end of the next)"))
    )
    within = pl.when(pl.col("(end)") >= pl.col(_DAY)).then(pl.col("(end)"))
    return (
        during.join(before, left_on=["child", _DAY], right_on=["child", _EARLIER], how="left")
        .select(ROW, pl.coalesce(within, "(end of the next)").dt.to_string("%Y-%m-%d").alias("closed_on"))
        .drop_nulls()
    )


def _dated(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the rows that have a child and a day that can be read, none twice, in order of days and rows.

    A child who can't be told from others has none.
    """
    return (
        rows.filter(pl.col(SAME) == pl.col(ROW), ~names_no_child(pl.col("child")))
        .with_columns(pl.col(name).str.to_date("%Y-%m-%d", strict=False).alias(_DAY))
        .drop_nulls(["child", _DAY])
        .sort(_DAY, ROW)
    )

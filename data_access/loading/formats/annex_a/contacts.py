"""List 1: contacts."""

import polars as pl

from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a.linking import became
from data_access.loading.formats.annex_a.rows import Listed, key
from data_access.loading.formats.annex_a.shaping import Shaping, Workbook


def contacts(workbook: Workbook, listed: Listed, referrals: Listed | None) -> Sheet:
    """Return the contacts; those that became a referral of list 3 name it."""
    shaping = Shaping(workbook, listed)
    cells = listed.rows.select(
        ROW,
        key("contact", "received").alias("contact_id"),
        shaping.cell("child").alias("child_id"),
        pl.col("received").alias("received_at"),
        *([shaping.code("source", "source").alias("source")] if listed.has("source") else []),
    )
    if referrals is not None:
        cells = cells.join(became(listed, referrals), on=ROW, how="left", maintain_order="left")
    fields = {"contact_id": "", "child_id": "child", "received_at": "received", "source": "source"}
    return shaping.sheet("contacts", cells, fields)

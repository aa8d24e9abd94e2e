"""List 5: section 47 enquiries, and the initial conferences that they led to."""

from typing import Final

import polars as pl

from data_access.loading.checks.references import names_no_child
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a.rows import SAME, Listed, key
from data_access.loading.formats.annex_a.shaping import Shaping, Workbook

_ROWS_NAMED: Final = 20


def section_47_enquiries(workbook: Workbook, listed: Listed) -> Sheet:
    """Return the enquiries. That one ended in a conference is told by the conference's date; other ends are not told.

    A row with a conference and no strategy discussion is about the conference alone.
    """
    shaping = Shaping(workbook, listed)
    held = listed.field("conference").is_not_null()
    cells = listed.rows.filter(pl.col("discussed").is_not_null() | ~held).select(
        ROW,
        key("section-47", "discussed").alias("enquiry_id"),
        shaping.cell("child").alias("child_id"),
        pl.col("discussed").alias("strategy_discussion_on"),
        *([shaping.cell("ended").alias("ended_on")] if listed.has("ended") else []),
        pl.when(held).then(pl.lit("conference")).otherwise(shaping.silent("conference")).alias("outcome"),
        shaping.team().alias("team_id"),
    )
    fields = {
        "enquiry_id": "",
        "child_id": "child",
        "strategy_discussion_on": "discussed",
        "ended_on": "ended",
        "outcome": "conference",
        "team_id": "team",
    }
    return shaping.sheet("section_47_enquiries", cells, fields)


def conferences(workbook: Workbook, listed: Listed) -> Sheet | None:
    """Return the initial conferences, one a child and day, with a remark where several rows name the same one.

    None where the sheet has no column for them. `due_on` is not told.
    """
    if not listed.has("conference"):
        return None
    shaping = Shaping(workbook, listed)
    by_plan = shaping.yes_no("plan")
    rows = listed.rows.filter(pl.col("conference").is_not_null(), pl.col(SAME) == pl.col(ROW)).with_columns(
        pl.when(by_plan).then(pl.lit("plan")).when(~by_plan).then(pl.lit("no_plan")).alias("(outcome)"),
    )
    together = (
        rows.filter(pl.col("child").is_not_null(), ~names_no_child(pl.col("child")))
        .group_by("child", "conference")
        .agg(
            pl.col(ROW).min(),
            pl.col("(outcome)").drop_nulls().first().alias("(known outcome)"),
            pl.len().alias("(times)"),
            pl.col(ROW).head(_ROWS_NAMED).cast(pl.String).str.join(", ").alias("(rows)"),
        )
        .drop("child", "conference")
    )
    rows = rows.join(together, on=ROW, how="left", maintain_order="left").filter(
        pl.col("child").is_null() | names_no_child(pl.col("child")) | pl.col("(times)").is_not_null()
    )
    more = pl.when(pl.col("(times)") > _ROWS_NAMED).then(pl.lit(" …")).otherwise(pl.lit(""))
    named = pl.format("is named in rows {}{}; the conference counts once", "(rows)", more)
    shaping.remark(pl.col("(times)") > 1, "conference_in_several_rows", "conference", named, rows)
    cells = rows.select(
        ROW,
        key("conference", "conference").alias("conference_id"),
        shaping.cell("child").alias("child_id"),
        pl.lit("initial").alias("kind"),
        pl.col("conference").alias("held_on"),
        pl.coalesce("(known outcome)", "(outcome)", shaping.silent("plan")).alias("outcome"),
    )
    fields = {"conference_id": "", "child_id": "child", "held_on": "conference", "outcome": "plan"}
    return shaping.sheet("conferences", cells, fields)

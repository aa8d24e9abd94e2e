"""List 3: referrals."""

import polars as pl

from data_access.loading.checks.age_bands import unread_birth
from data_access.loading.checks.column_remarks import UNREAD_DATE
from data_access.loading.checks.nothing import is_a_formula
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a.linking import closed_by
from data_access.loading.formats.annex_a.rows import TYPED, Listed, key
from data_access.loading.formats.annex_a.shaping import Shaping, Workbook
from data_access.loading.formats.annex_a.text import band_of

_LISTS = ("sex", "ethnicity", "disability", "source")


def referrals(workbook: Workbook, listed: Listed, episodes: Listed | None) -> Sheet:
    """Return the referrals; those that opened or came in an episode of list 6 that has ended close with it.

    The age band is the child's at receipt, by the day of birth; where that is blank, by the age when listed.
    """
    shaping = Shaping(workbook, listed)
    rows = listed.rows.with_columns(
        listed.field("birth").alias("(birth)"),
        listed.field("age").alias("(age)"),
        (shaping.yes_no("nfa") if listed.has("nfa") else pl.lit(None, pl.Boolean)).alias("(nfa)"),
    )
    cells = rows.select(
        ROW,
        key("referral", "received").alias("referral_id"),
        shaping.cell("child").alias("child_id"),
        pl.col("received").alias("received_at"),
        *(
            [
                pl.when(pl.col("(nfa)"))
                .then(pl.lit("no_further_action"))
                .otherwise(shaping.silent("nfa"))
                .alias("decision")
            ]
            if listed.has("nfa")
            else []
        ),
        shaping.team().alias("team_id"),
        *(shaping.code(name, name).alias(name) for name in _LISTS if listed.has(name)),
        *([_age_band(shaping).alias("age_band")] if listed.has("birth") or listed.has("age") else []),
        *([shaping.cell("closed").alias("closed_on")] if listed.has("closed") else []),
    )
    if episodes is not None and episodes.has("ended") and not listed.has("closed"):
        cells = cells.join(closed_by(rows, episodes), on=ROW, how="left", maintain_order="left")
    fields = {
        "referral_id": "",
        "child_id": "child",
        "received_at": "received",
        "decision": "nfa",
        "team_id": "team",
        "age_band": "age" if listed.has("age") else "birth",
        "closed_on": "closed",
        **{name: name for name in _LISTS},
    }
    if listed.has("birth"):
        unread = unread_birth(TYPED + "birth")
        shaping.remark(unread, "unread_date", "birth", UNREAD_DATE, quoted=False)
    return shaping.sheet("referrals", cells, fields, also=["birth"] if listed.has("age") else ())


def _age_band(shaping: Shaping) -> pl.Expr:
    """Return the age band; where it isn't known, the formula that should have given the age or the day of birth."""
    band = band_of("(birth)", "(age)", "received")
    formulas = (
        pl.when(is_a_formula(TYPED + name)).then(TYPED + name)
        for name in ("age", "birth")
        if shaping.listed.has(name)
    )
    return pl.coalesce(pl.when(band != "unknown").then(band), *formulas, pl.lit("unknown"))

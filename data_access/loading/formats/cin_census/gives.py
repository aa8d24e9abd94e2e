"""What a census can tell of, in native terms; a measure that needs more is not computable from it."""

from typing import Final

from data_access.loading.formats.cin_census.columns import CELLS
from data_access.loading.formats.cin_census.layout import EXTRACTS

_STANDS_FOR_NOTHING: Final = "team_id"
"""Filled only because every row needs one: the census knows no team."""

GIVES: Final = frozenset(
    f"{extract}.{column}" for extract in EXTRACTS for column in CELLS[extract] if column != _STANDS_FOR_NOTHING
)
"""The columns that a census fills, as `extract.column`.

There is no team, no worker, no time of day and no time of a decision; `referrals.decision` says only where nothing
further was done; `assessments.kind` tells initial from core only in layouts that had both.
"""

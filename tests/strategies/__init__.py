"""Hypothesis strategies for small, nasty worlds and the histories of extracts that lead to them."""

from tests.strategies.extract_file import ExtractFile, read_extracts
from tests.strategies.histories import Tick, an_extract, extracts, histories, ticks
from tests.strategies.replay import replay

__all__ = ["ExtractFile", "Tick", "an_extract", "extracts", "histories", "read_extracts", "replay", "ticks"]

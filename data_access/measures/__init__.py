"""The measures: one file each under its strand, all reached through the registry."""

from data_access.measures.contract import Measure
from data_access.measures.definition import Definition
from data_access.measures.registry import MEASURES, measure_named

__all__ = ["MEASURES", "Definition", "Measure", "measure_named"]

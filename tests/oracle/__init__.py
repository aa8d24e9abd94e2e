"""The judge: what every measure should say, in plain Python that shares nothing with the product's SQL.

`World` holds what was loaded; `cohort(world, measure_id)` gives a measure's rows; `periods` adds them up.
"""

from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures import MEASURES, cohort
from tests.oracle.world import Moment, World

__all__ = ["MEASURES", "CohortRow", "Moment", "State", "World", "cohort"]

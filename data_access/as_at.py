"""As at when, and for which dates, a measure is known: what every cohort takes as its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access.london_time import local_date
from data_access.measures.definition import Definition
from data_access.schema import COVERAGE


@dataclass(frozen=True)
class AsAt:
    """The as-at time of a measure (UTC, the earliest of its extracts) and the dates that all of them cover."""

    moment: datetime
    begins: date
    ends: date

    @property
    def on(self) -> date:
        """Return the London date of the as-at time."""
        return local_date(self.moment)

    def parameters(self) -> dict[str, Any]:
        """Return the values of the cohort's parameters."""
        return {"as_at": self.moment, "as_at_on": self.on, "covers_from": self.begins, "covers_to": self.ends}


@dataclass(frozen=True)
class Covered:
    """What is known of one extract: as at (UTC), and the latest unbroken stretch of dates."""

    as_at: datetime
    begins: date
    ends: date


def read_coverage(connection: sa.Connection) -> dict[str, Covered]:
    """Return what is known of each extract that was ever loaded."""
    return {row.extract: Covered(row.as_at, row.begins, row.ends) for row in connection.execute(sa.select(COVERAGE))}


def as_at_of(definition: Definition, coverage: Mapping[str, Covered]) -> AsAt | None:
    """Return as at when the measure is known, or None where an extract that it requires was never loaded."""
    if any(name not in coverage for name in definition.requires):
        return None
    required = [coverage[name] for name in definition.requires]
    read = [coverage[name] for name in definition.extracts if name in coverage]
    return AsAt(
        min(covered.as_at for covered in read),
        max(covered.begins for covered in required),
        min(covered.ends for covered in required),
    )

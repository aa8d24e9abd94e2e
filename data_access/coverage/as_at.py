"""As at when, and for which dates, a measure is known: what every cohort takes as its parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from data_access.database.schema.figures import COVERAGE
from data_access.dates.london_time import local_date
from data_access.dates.stretches import Stretch, joined
from data_access.extracts import EXTRACTS, extract_named
from data_access.extracts.formats import gives
from data_access.measures.definition import Definition


@dataclass(frozen=True)
class AsAt:
    """The as-at time of a measure (UTC, the earliest of its extracts) and the dates that all of them cover.

    `taken_on` is the London date on which each extract was last taken; any other was taken at the moment.
    """

    moment: datetime
    begins: date
    ends: date
    taken_on: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def on(self) -> date:
        """Return the London date of the as-at time."""
        return local_date(self.moment)

    def earlier(self, days: int) -> "AsAt":
        """Return the same dates as at some days earlier."""
        ago = timedelta(days=days)
        return replace(
            self, moment=self.moment - ago, taken_on={name: on - ago for name, on in self.taken_on.items()}
        )

    def parameters(self) -> dict[str, Any]:
        """Return the values of the cohort's parameters."""
        taken = {f"{extract.name}_taken_on": self.taken_on.get(extract.name, self.on) for extract in EXTRACTS}
        return taken | {
            "as_at": self.moment,
            "as_at_on": self.on,
            "covers_from": self.begins,
            "covers_to": self.ends,
        }


@dataclass(frozen=True)
class Covered:
    """What is known of one extract in one format: as at (UTC), and the latest unbroken stretch of dates."""

    as_at: datetime
    begins: date
    ends: date


Coverage = Mapping[tuple[str, str], Covered]
"""What is known, by extract and format."""


@dataclass(frozen=True)
class Lacking:
    """Why a measure can't be told though its extracts were loaded: the format, and the meanings of what it lacks."""

    format: str
    meanings: tuple[str, ...]


def read_coverage(connection: sa.Connection) -> dict[tuple[str, str], Covered]:
    """Return what is known of each extract that was ever loaded, by the format that it came in."""
    return {
        (row.extract, row.format): Covered(row.as_at, row.begins, row.ends)
        for row in connection.execute(sa.select(COVERAGE))
    }


def as_at_of(definition: Definition, coverage: Coverage, *, in_any_format: bool = False) -> AsAt | None:
    """Return as at when the measure is known; None where an extract that it requires was never loaded in a format
    that tells what the measure needs, or, `in_any_format`, was never loaded at all.
    """
    by_name = {name: _known(definition, name, coverage, in_any_format=in_any_format) for name in definition.extracts}
    known = {name: covered for name, covered in by_name.items() if covered}
    if any(name not in known for name in definition.requires):
        return None
    required = [known[name] for name in definition.requires]
    return AsAt(
        min(covered.as_at for covered in known.values()),
        max(covered.begins for covered in required),
        min(covered.ends for covered in required),
        _taken_on(definition, coverage),
    )


def lacking(definition: Definition, coverage: Coverage) -> Lacking | None:
    """Return what a format lacks, where that alone is why the measure can't be told."""
    for name in definition.requires:
        if _known(definition, name, coverage) is None:
            formats = [form for extract, form in coverage if extract == name]
            if not formats:
                return None
            form = max(formats, key=lambda form: coverage[name, form].ends)
            missing = [
                field for field in definition.fields if field.startswith(f"{name}.") and not gives(form, field)
            ]
            return Lacking(form, tuple(_meaning(field) for field in missing))
    return None


def last_stretch(covered: Iterable[Stretch]) -> Stretch:
    """Return first and last day of the latest unbroken stretch; stretches on neighbouring days are one."""
    return joined(covered)[-1]


def _taken_on(definition: Definition, coverage: Coverage) -> dict[str, date]:
    """Return when each extract was last taken, in whatever format: its rows stand whether or not it tells enough."""
    taken: dict[str, date] = {}
    for (extract, _), covered in coverage.items():
        if extract in definition.extracts:
            taken[extract] = max(local_date(covered.as_at), taken.get(extract, date.min))
    return taken


def _known(definition: Definition, name: str, coverage: Coverage, *, in_any_format: bool = False) -> Covered | None:
    """Return what is known of an extract from the formats that tell what the measure needs of it."""
    needed = _fields_of(definition, name)
    telling = [
        covered
        for (extract, form), covered in coverage.items()
        if extract == name and (in_any_format or all(gives(form, field) for field in needed))
    ]
    if not telling:
        return None
    begins, ends = last_stretch([(covered.begins, covered.ends) for covered in telling])
    return Covered(max(covered.as_at for covered in telling), begins, ends)


def _fields_of(definition: Definition, name: str) -> list[str]:
    return [field for field in definition.fields if field.startswith(f"{name}.")]


def _meaning(field: str) -> str:
    extract, _, column = field.partition(".")
    return extract_named(extract).column(column).meaning

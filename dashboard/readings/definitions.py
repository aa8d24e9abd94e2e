"""The definitions of measures with what stands around them: standards, targets, published figures, earlier words."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.readings.reading import Reading
from data_access.decisions.kinds.target import TARGET
from data_access.decisions.standing import Standing
from data_access.decisions.what_stands import standing
from data_access.measures import MEASURES, Measure
from data_access.measures.sections import Section, section_of
from data_access.queries.comparators import comparators
from data_access.queries.definitions import Standard, Wording, standards, wordings


@dataclass(frozen=True)
class Entry:
    """A measure as the data dictionary tells it; `published` are rows of queries.comparators."""

    measure: Measure
    section: Section
    standards: Sequence[Standard]
    targets: Sequence[Standing]
    published: pl.DataFrame
    wordings: Sequence[Wording]


def entries(reading: Reading) -> list[Entry]:
    """Return every measure in reading order; targets for the whole, a service, or a team that the actor may see."""
    scope, connection = reading.scope, reading.connection
    dated, worded = standards(scope, connection), wordings(scope, connection)
    targets = sorted(standing(scope, connection, TARGET), key=lambda target: target.content["from_date"])
    return [
        Entry(
            measure,
            section_of(name),
            dated.get(name, ()),
            [target for target in targets if target.content["measure"] == name],
            comparators(scope, connection, name),
            worded.get(name, ()),
        )
        for name, measure in MEASURES.items()
    ]

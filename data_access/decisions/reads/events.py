"""Events that readers should see on the charts."""

from datetime import date
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.decisions.kinds.event import EVENT
from data_access.decisions.what_stands import standing
from data_access.measures import measure_named
from data_access.scope import Scope

_COLUMNS: Final = {"happened_on": pl.Date, "label": pl.String, "detail": pl.String}


def events(scope: Scope, connection: sa.Connection, measure: str, *, up_to: date | None = None) -> pl.DataFrame:
    """Return the events that concern a measure, its own and those of all, up to a day, in order of time.

    Columns: happened_on, label, detail.
    """
    concerned = (None, measure_named(measure).id)
    concerning = [
        event
        for event in standing(scope, connection, EVENT)
        if event.content["measure"] in concerned and (up_to is None or event.content["happened_on"] <= up_to)
    ]
    concerning.sort(key=lambda event: (event.content["happened_on"], event.decision_id))
    return pl.DataFrame([[event.content[name] for name in _COLUMNS] for event in concerning], _COLUMNS, orient="row")

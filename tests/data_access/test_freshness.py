"""The record of loads as readers meet it: the latest load of each extract, on every engine."""

# ruff: noqa: DTZ001 - times without a zone, as frames and the database keep them

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access.database.opening import reading, writing
from data_access.database.schema.loads import LOADED_EXTRACTS, LOADS
from data_access.queries import latest_loads
from data_access.scope import Scope


def loaded(load: int, extract: str, *, read: int, refused: int) -> dict[str, Any]:
    left_alone = ("rows_new", "rows_changed", "rows_unchanged", "rows_older", "rows_withdrawn", "warnings")
    return {
        "load_id": load, "extract": extract, "file": f"{extract}.csv", "file_hash": f"{extract}{load}",
        "raw_hash": f"{extract}{load}", "format": "native", "extracted_at": datetime(2010, 3, 29, 6, 0),
        "covers_from": date(2010, 3, 22), "covers_to": date(2010, 3, 28), "complete": False, "source_system": None,
        "rows_read": read, "rows_refused": refused, **dict.fromkeys(left_alone, 0),
    }  # fmt: skip


def test_the_latest_load_of_each_extract_stands_alone(database: sa.Engine) -> None:
    at = {load: datetime(2010, 3, 29, 6 + load, 0) for load in (1, 2, 3)}
    with writing(database) as connection:
        rows = [
            {"load_id": load, "loaded_at": when, "loaded_by": "team", "data_version": load}
            for load, when in at.items()
        ]
        connection.execute(sa.insert(LOADS), rows)
        parts = [
            loaded(1, "cafs", read=900, refused=40),
            loaded(1, "referrals", read=800, refused=3),
            loaded(3, "cafs", read=20, refused=0),
            loaded(2, "referrals", read=30, refused=1),
        ]
        connection.execute(sa.insert(LOADED_EXTRACTS), parts)
    with reading(database) as connection:
        found = latest_loads(Scope.everything(), connection)
    assert found.rows() == [("cafs", at[3], 20, 0), ("referrals", at[2], 30, 1)]


def test_nothing_loaded_gives_no_row(database: sa.Engine) -> None:
    with reading(database) as connection:
        assert latest_loads(Scope.everything(), connection).is_empty()

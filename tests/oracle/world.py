"""The loading model: what stands, what was withdrawn, which dates are covered, and as at when."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import data_access.extracts
from data_access.extracts import NO_TEAM, extract_named
from tests.oracle.clocks import DAY, days_between, london_date, utc_from_london
from tests.oracle.values import Moment, value

__all__ = ["Coverage", "Moment", "Row", "World", "team_of"]

Row = dict[str, Any]
Key = tuple[Any, ...]

_SHIPPED = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
_IA_STANDARD = "initial_assessments_within_7_working_days"
_SHIPPED_STANDARDS = (
    {"standard_id": "shipped 1", "measure": _IA_STANDARD, "from": "2000-04-01", "to": "2010-03-31"}
    | {"working_days": "7", "source": "Assessment framework 2000"},
    {"standard_id": "shipped 2", "measure": _IA_STANDARD, "from": "2010-04-01", "to": None}
    | {"working_days": "10", "source": "Working Together 2010"},
    {"standard_id": "shipped 3", "measure": "core_assessments_within_35_working_days", "from": "2000-04-01"}
    | {"to": "2013-04-14", "working_days": "35", "source": "Assessment framework 2000"},
    {"standard_id": "shipped 4", "measure": "assessments_within_45_working_days", "from": "2013-04-15", "to": None}
    | {"working_days": "45", "source": "Working Together 2013"},
)


@dataclass(frozen=True)
class Coverage:
    """The dates that a table or measure covers, first and last day included."""

    begins: dt.date
    ends: dt.date


class World:
    """Everything that has been loaded, table by table, with the shipped codes and standards."""

    def __init__(self) -> None:
        self._standing: dict[str, dict[Key, Row]] = {}
        self._set_at: dict[tuple[str, Key], dt.datetime] = {}
        self._covered: dict[str, set[dt.date]] = {}
        self._complete: dict[str, list[tuple[dt.datetime, dt.date, dt.date]]] = {}
        self._as_at: dict[str, dt.datetime] = {}
        self._loads: dict[str, list[tuple[dt.datetime, set[dt.date]]]] = {}
        self._never_sent: dict[str, set[dt.date]] = {}
        with (Path(data_access.extracts.__file__).parent / "codes.csv").open(encoding="utf-8") as file:
            self._merge("codes", list(csv.DictReader(file)), _SHIPPED)
        self._merge("standards", _SHIPPED_STANDARDS, _SHIPPED)

    def load(
        self,
        extract_name: str,
        rows: Sequence[Mapping[str, str | None]],
        *,
        columns: Sequence[str],
        extracted_at: dt.datetime,
        covers_from: dt.date,
        covers_to: dt.date,
        complete: bool,
    ) -> None:
        """Load one extract of clean rows; `extracted_at` is a naive London local time."""
        taken = utc_from_london(extracted_at)
        before = dict(self._standing.get(extract_name, {}))
        self._merge(extract_name, [{name: row[name] for name in columns} for row in rows], taken)
        after = dict(self._standing[extract_name])
        if complete:
            self._withdraw_unlisted(extract_name, rows, taken, covers_from, covers_to)
            self._complete.setdefault(extract_name, []).append((taken, covers_from, covers_to))
        days = set(days_between(covers_from, covers_to))
        self._covered.setdefault(extract_name, set()).update(days)
        self._note_columns(extract_name, columns, rows, before, after, taken, days, complete=complete)
        self._loads.setdefault(extract_name, []).append((taken, days))
        self._as_at[extract_name] = max(taken, self._as_at.get(extract_name, taken))

    def tick(self, as_at: dt.datetime) -> None:
        """Move the as-at time of every loaded table to at least `as_at`, a naive London local time."""
        now = utc_from_london(as_at)
        for name in self._as_at:
            self._as_at[name] = max(now, self._as_at[name])

    def never_sent(self, fields: Iterable[str]) -> set[dt.date]:
        """Return the days for which any of these columns (`extract.column`) was never sent."""
        return set().union(*(self._never_sent.get(field, set()) for field in fields))

    def rows(self, extract_name: str) -> list[Row]:
        """Return the standing rows of a table, every column of its extract present under its heading."""
        return list(self._standing.get(extract_name, {}).values())

    def row(self, extract_name: str, key: str) -> Row:
        """Return the standing row of a table whose key is one column, by it."""
        return self._standing[extract_name][key,]

    def is_loaded(self, *extract_names: str) -> bool:
        """Return whether each of these tables was ever loaded."""
        return all(name in self._as_at for name in extract_names)

    def as_at(self, *, required: Iterable[str], optional: Iterable[str] = ()) -> Moment:
        """Return the earliest as-at time of the required tables and of the optional ones that were ever loaded."""
        names = [*required, *(name for name in optional if self.is_loaded(name))]
        earliest = min(self._as_at[name] for name in names)
        return Moment(earliest, london_date(earliest), timed=True)

    def taken_on(self, extract_name: str) -> dt.date:
        """Return the London date on which a loaded table was last taken: its rows can't know of a later day."""
        return london_date(self._as_at[extract_name])

    def coverage(self, *required: str) -> Coverage:
        """Return the dates that all of these tables cover, each by its last unbroken stretch.

        `begins` may lie after `ends`: then nothing is covered by all of them.
        """
        stretches = [self._last_stretch(name) for name in required]
        return Coverage(max(one.begins for one in stretches), min(one.ends for one in stretches))

    def child(self, child_id: str) -> str:
        """Return the reference that survives for this child; raise ValueError where merges run in a circle."""
        merged_into = {row["child_id"]: row["merged_into"] for row in self.rows("child_merges")}
        seen = {child_id}
        while child_id in merged_into:
            child_id = merged_into[child_id]
            if child_id in seen:
                raise ValueError(f"the merges of {child_id} run in a circle")
            seen.add(child_id)
        return child_id

    def flagged(self, codes: str, code: str | None, flag: str) -> bool:
        """Return whether the code of this list carries the flag; no code and unknown codes carry none."""
        return any(row["list"] == codes and row["code"] == code and row[flag] is True for row in self.rows("codes"))

    def _note_columns(
        self,
        extract_name: str,
        columns: Sequence[str],
        rows: Sequence[Mapping[str, str | None]],
        before: Mapping[Key, Row],
        after: Mapping[Key, Row],
        taken: dt.datetime,
        days: set[dt.date],
        *,
        complete: bool,
    ) -> None:
        """Note for the days of an extract which columns it came without.

        One that lists every row of its days, and is not older than another of some of them, settles it.
        """
        extract = extract_named(extract_name)
        listed = self._listed(extract_name, rows)
        taken_now = {key for key in listed if key in after and self._set_at[extract_name, key] == taken}
        new = {key for key in taken_now if key not in before}
        changed = {key for key in taken_now - new if before[key] != after[key]}
        lists_all = complete or not any(
            not extract.dated_by or _dated(extract_name, row) in days
            for key, row in after.items()
            if key not in listed
        )
        is_older = any(then > taken and days & those for then, those in self._loads.get(extract_name, []))
        settles = lists_all and not is_older
        for column in extract.columns:
            name = column.name
            field = self._never_sent.setdefault(f"{extract_name}.{name}", set())
            if name in columns or (name in extract.key and column.blank_means is not None):
                if settles:
                    field -= days
            elif new or (settles and taken_now) or any(before[key][name] is None for key in changed):
                field |= days

    def _listed(self, extract_name: str, rows: Sequence[Mapping[str, str | None]]) -> set[Key]:
        extract = extract_named(extract_name)
        return {
            _key(extract_name, {name: value(extract.column(name), row[name]) for name in extract.key if name in row})
            for row in rows
        }

    def _merge(self, extract_name: str, rows: Sequence[Mapping[str, str | None]], taken: dt.datetime) -> None:
        extract = extract_named(extract_name)
        table = self._standing.setdefault(extract_name, {})
        for row in rows:
            values = {name: value(extract.column(name), cell) for name, cell in row.items()}
            key = _key(extract_name, values)
            last_set = self._set_at.get((extract_name, key))
            if last_set is not None and last_set > taken:
                continue
            # A row that had been withdrawn comes back as a new one: what it lacks is blank.
            standing = table.get(key, {column.name: None for column in extract.columns})
            if key not in table and self._knows_no_more(extract_name, standing | values, taken):
                continue
            table[key] = standing | values
            self._set_at[extract_name, key] = taken

    def _knows_no_more(self, extract_name: str, values: Row, taken: dt.datetime) -> bool:
        """Return whether a complete extract taken later covers the row's date, and so should have listed it."""
        dated = _dated(extract_name, values)
        return any(
            later > taken and (dated is None or begins <= dated <= ends)
            for later, begins, ends in self._complete.get(extract_name, [])
        )

    def _withdraw_unlisted(
        self,
        extract_name: str,
        rows: Sequence[Mapping[str, str | None]],
        taken: dt.datetime,
        covers_from: dt.date,
        covers_to: dt.date,
    ) -> None:
        table = self._standing[extract_name]
        listed = self._listed(extract_name, rows)
        for key in list(table):
            dated = _dated(extract_name, table[key])
            inside = dated is None or covers_from <= dated <= covers_to
            if inside and key not in listed and self._set_at[extract_name, key] <= taken:
                del table[key]
                self._set_at[extract_name, key] = taken

    def _last_stretch(self, extract_name: str) -> Coverage:
        days = self._covered[extract_name]
        ends = max(days)
        begins = ends
        while begins - DAY in days:
            begins -= DAY
        return Coverage(begins, ends)


def _key(extract_name: str, values: Row) -> Key:
    """Return a row's key, a blank part standing for what the extract says that blank means."""
    extract = extract_named(extract_name)
    return tuple(
        extract.column(name).blank_means if values.get(name) is None else values[name] for name in extract.key
    )


def _dated(extract_name: str, values: Row) -> dt.date | None:
    """Return the date that places a row in time, None where the extract or the row has none."""
    for name in extract_named(extract_name).dated_by:
        found = values[name]
        if found is not None:
            return found.on if isinstance(found, Moment) else found
    return None


def team_of(row: Row) -> str:
    """Return the row's team, or the stand-in for none."""
    return row["team_id"] or NO_TEAM

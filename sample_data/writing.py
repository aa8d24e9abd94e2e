"""Writes extracts as a council would take them at some moment, and their manifest."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TextIO

from data_access.extracts import EXTRACTS, Extract, extract_named
from sample_data import story
from sample_data.records import Record, Tables, Value, Values

MANIFEST = "manifest.csv"
_MANIFEST_COLUMNS = ("extract", "extracted_at", "covers_from", "covers_to", "complete", "source_system")

_BEGINS = {
    "plans": story.PLANS_KNOWN_FROM,
    "visits": story.REGISTERS_BEGIN,
    "core_groups": story.REGISTERS_BEGIN,
    "oversight": story.REGISTERS_BEGIN,
    "supervisions": story.SUPERVISION_BEGINS,
    "notifications": story.REGISTERS_BEGIN,
    "system_incidents": story.REGISTERS_BEGIN,
    "system_use": story.SYSTEM_USE_BEGINS,
    "audits": story.FILES_READ_FROM,
}
_SYSTEMS = {
    "cafs": "CAF register",
    "schools": "CAF register",
    "staff": "Personnel system",
    "posts": "Personnel system",
    "absences": "Personnel system",
    "audits": "Audit register",
    "feedback": "Complaints register",
    "surveys": "Staff survey",
    "targets": "Action plan",
    "standards": "Action plan",
    "events": "Action plan",
    "rebases": "Action plan",
    "actions": "Action plan",
    "action_updates": "Action plan",
    "comparators": "Published figures",
    "neighbour_sets": "Published figures",
    "findings": "Inspection letters",
    "system_incidents": "IT service desk",
    "notifications": "Notifications register",
}


@dataclass(frozen=True)
class Moment:
    """When extracts are taken, and which dates they cover.

    The last day covered is the last that was over by then. With `changed_since`, only what changed after that moment
    is listed, of rows from before the dates covered.
    """

    as_at: datetime
    covers_from: date
    changed_since: datetime | None = None

    @property
    def covers_to(self) -> date:
        """Return the last day that was over at the moment of extraction."""
        return self.as_at.date() - timedelta(days=1)

    def begins(self, extract: Extract) -> date:
        """Return the first day that an extract covers."""
        own = _BEGINS.get(extract.name, story.BEGINS)
        return own if self.covers_from <= story.BEGINS else max(self.covers_from, own)


def listed(extract: Extract, records: Iterable[Record], moment: Moment) -> Iterator[Values]:
    """Yield the rows that this extract lists, as they were known at its moment."""
    begins = moment.begins(extract)
    ends = moment.covers_to
    spells = extract.has("from") and extract.has("to") and bool(extract.dated_by)
    for record in records:
        values = record.as_known(moment.as_at)
        if values is None:
            continue
        if not extract.dated_by:
            if moment.changed_since is None:
                yield values
            continue
        day = _day(extract, values) or record.known_from.date()
        if day > ends:
            continue
        running = spells and _lasts_until(values.get("to"), begins)
        in_window = day >= begins or running
        if moment.changed_since is None:
            if in_window:
                yield values
        elif not in_window and values != record.as_known(moment.changed_since):
            yield values


def withdrawn_between(extract: Extract, records: Iterable[Record], since: datetime, until: datetime) -> date | None:
    """Return the earliest day of the rows that ceased to be listed between two moments; None where none did."""
    days = [
        _day(extract, record.values) or record.known_from.date()
        for record in records
        if record.gone_from is not None and since < record.gone_from <= until
    ]
    return min(days, default=None)


def _day(extract: Extract, values: Values) -> date | None:
    for heading in extract.dated_by:
        value = values.get(heading)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
    return None


def _lasts_until(last: Value, day: date) -> bool:
    return last is None or (isinstance(last, date) and last >= day)


def _cell(value: Value) -> Value:
    """Return what the CSV writer is to write: it knows how to write all but times to the minute."""
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value


@dataclass
class Folder:
    """A folder of extracts being written: one file a table, open until the folder is left, and the manifest."""

    path: Path
    rows: dict[str, int] = field(default_factory=dict)
    _manifest: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _files: dict[str, TextIO] = field(default_factory=dict)

    def __enter__(self) -> "Folder":
        self.path.mkdir(parents=True, exist_ok=True)
        for name in file_names():
            (self.path / name).unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
        if error is None:
            with (self.path / MANIFEST).open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(_MANIFEST_COLUMNS)
                writer.writerows(
                    self._manifest[extract.name] for extract in EXTRACTS if extract.name in self._manifest
                )

    def add(self, tables: Tables, moment: Moment) -> None:
        """Write the rows of these tables that are listed at this moment, after those written before.

        A table that the council did not keep yet is left out.
        """
        for name, records in tables.items():
            extract = extract_named(name)
            if moment.begins(extract) > moment.covers_to:
                continue
            headings = [column.name for column in extract.columns]
            lines = [
                [_cell(values.get(heading)) for heading in headings] for values in listed(extract, records, moment)
            ]
            if not lines and moment.changed_since is not None:
                continue
            csv.writer(self._open(extract, headings, moment), lineterminator="\n").writerows(lines)
            self.rows[name] = self.rows.get(name, 0) + len(lines)

    def _open(self, extract: Extract, headings: list[str], moment: Moment) -> TextIO:
        name = extract.name
        if name not in self._files:
            self._files[name] = (self.path / f"{name}.csv").open("w", encoding="utf-8", newline="")
            csv.writer(self._files[name], lineterminator="\n").writerow(headings)
            self._manifest[name] = (
                name,
                moment.as_at.isoformat(" ", "minutes"),
                moment.begins(extract).isoformat(),
                moment.covers_to.isoformat(),
                "yes" if moment.changed_since is None else "no",
                _SYSTEMS.get(name, "Case system"),
            )
        return self._files[name]


def file_names() -> frozenset[str]:
    """Return the names of all files that a folder of extracts may hold."""
    return frozenset({MANIFEST, *(f"{extract.name}.csv" for extract in EXTRACTS)})

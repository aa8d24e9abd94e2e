"""An extract as a council hands it over: a CSV file and its line in the manifest."""

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.csv"
MANIFEST_COLUMNS = ("extract", "extracted_at", "covers_from", "covers_to", "complete", "source_system")


@dataclass(frozen=True)
class ExtractFile:
    """One extract. `extracted_at` is a naive London local time; cells are text as in the file, None where blank."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str | None], ...]
    extracted_at: dt.datetime
    covers_from: dt.date
    covers_to: dt.date
    complete: bool

    def write(self, folder: Path) -> Path:
        """Write `<table>.csv` into the folder, add its line to `manifest.csv` there, and return the CSV's path.

        A folder holds one extract of a table: a second one would overwrite the first.
        """
        path = folder / f"{self.table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(self.columns)
            writer.writerows([row[name] for name in self.columns] for row in self.rows)
        manifest = folder / MANIFEST
        is_new = not manifest.exists()
        with manifest.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if is_new:
                writer.writerow(MANIFEST_COLUMNS)
            writer.writerow(
                [
                    self.table,
                    self.extracted_at.isoformat(sep=" "),
                    self.covers_from,
                    self.covers_to,
                    "yes" if self.complete else "no",
                    "Test system",
                ]
            )
        return path


def read_extracts(folder: Path) -> list[ExtractFile]:
    """Return the extracts that the folder's manifest lists, in its order, cell by cell as they stand there."""
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    found = []
    for line in lines:
        with (folder / f"{line['extract']}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = tuple({name: cell or None for name, cell in row.items()} for row in reader)
            columns = tuple(reader.fieldnames or ())
        found.append(
            ExtractFile(
                table=line["extract"],
                columns=columns,
                rows=rows,
                extracted_at=dt.datetime.fromisoformat(line["extracted_at"]),
                covers_from=dt.date.fromisoformat(line["covers_from"]),
                covers_to=dt.date.fromisoformat(line["covers_to"]),
                complete={"yes": True, "no": False}[line["complete"]],
            )
        )
    return found

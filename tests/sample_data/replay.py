"""A loader in a few lines, to hold replayed weeks against a history taken whole."""

import csv
from datetime import date
from pathlib import Path

from data_access.extracts import extract_named
from sample_data.flaws import REFUSED

Row = dict[str, str]
Standing = dict[str, dict[tuple[str, ...], Row]]


def load(folder: Path, standing: Standing) -> None:
    """Merge a folder of extracts into the rows that stand: upsert, then withdraw what a complete one left out.

    The rows to be refused are left aside.
    """
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = list(csv.DictReader(file))
    for entry in manifest:
        extract = extract_named(entry["extract"])
        with (folder / f"{extract.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = {tuple(row[key] for key in extract.key): row for row in csv.DictReader(file)}
        for refused in REFUSED:
            if refused.extract == extract.name:
                rows = {key: row for key, row in rows.items() if key[0] != refused.key}
        rows_standing = standing.setdefault(extract.name, {})
        if entry["complete"] == "yes":
            for key, row in list(rows_standing.items()):
                if key not in rows and in_window(row, extract.dated_by, entry):
                    del rows_standing[key]
        rows_standing.update(rows)


def in_window(row: Row, dated_by: tuple[str, ...], entry: Row) -> bool:
    if not dated_by:
        return True
    text = next((row[heading] for heading in dated_by if row[heading]), "")
    when = date.fromisoformat(text[:10])
    return date.fromisoformat(entry["covers_from"]) <= when <= date.fromisoformat(entry["covers_to"])

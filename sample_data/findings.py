"""What Ofsted and the independent auditor found in 2009, in our own words, and which measures show it now."""

import csv
from datetime import date
from pathlib import Path

from sample_data import story
from sample_data.records import Record, Values, morning

_FILE = Path(__file__).with_suffix(".csv")


def findings() -> list[Record]:
    """Return the findings, listed whatever the moment, as the published figures are."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [Record(_values(row), morning(story.BEGINS)) for row in csv.DictReader(file)]


def _values(row: dict[str, str]) -> Values:
    return {name: date.fromisoformat(cell) if name == "reported_on" else cell or None for name, cell in row.items()}

"""A part of the sample council, small enough to be written in every format: some children, some staff, all years."""

import csv
from pathlib import Path
from typing import Final

from tests.council import ROOT

EXTRACTS: Final = (
    "teams", "staff", "absences", "system_use", "surveys", "contacts", "notifications", "referrals", "assessments",
    "allocations", "cafs", "audits", "section_47_enquiries", "conferences", "plans", "schools", "visits", "oversight",
    "supervisions", "system_incidents", "feedback",
)  # fmt: skip
_SHARE: Final = {"child_id": 12, "staff_id": 5}
"""Of so many children, and members of staff, one is taken."""

Rows = list[dict[str, str]]


def extract(name: str) -> Rows:
    """Return the rows of an extract that are about the children and staff taken; others are taken whole."""
    with (ROOT / "sample_data" / "council" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whose = next((column for column in _SHARE if rows and column in rows[0] and name != "audits"), None)
    if whose is None:
        return rows
    return [row for row in rows if _number(row[whose]) % _SHARE[whose] == 0]


def _number(reference: str) -> int:
    digits = "".join(letter for letter in reference if letter.isdigit())
    return int(digits or 0)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    """Write a file with its line ends as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding=encoding, newline="")

"""The formats of a pack, and what its files are called. Nothing here writes one: writers are imported when asked."""

from datetime import date
from typing import Final

FORMATS: Final = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""What each format is called and its media type, by the ending of its file."""


def file_name(meeting: str, week: date, team: str | None, ending: str) -> str:
    """Return what a pack's file is called: "smt-2010-03-22.pdf", by the Monday of its week."""
    parts = [meeting, *([] if team is None else [_plain(team)]), f"{week:%Y-%m-%d}"]
    return f"{'-'.join(parts)}.{ending}"


def _plain(team: str) -> str:
    """Return a team's reference as a part of a file's name, whatever it holds."""
    return "".join(letter if letter.isalnum() else "-" for letter in team)

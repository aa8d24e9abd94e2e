"""What is kept of a week that was signed off, how it is written, and its hash."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Cases = Mapping[str, Mapping[str, Sequence[str]]]
"""Case ids by team and by what they counted as: numerator, denominator alone, not_yet_due, not_computable."""


@dataclass(frozen=True)
class Closing:
    """How the meeting was closed: who attended, what was not reached, and which expected effects were tested.

    `tested` holds a row a decision of the meeting whose review date had come: what was expected, and what was seen.
    """

    attendance: str
    not_reached: str = ""
    tested: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class ReportedMeasure:
    """A measure as it was reported: figure, sentence, limits, target as plain JSON values, and its cases."""

    measure: str
    reported: Mapping[str, Any]
    cases: Cases


@dataclass(frozen=True)
class SignedMeasure:
    """A measure of a week that was signed off, without its cases."""

    week: date
    revision: int
    measure: str
    reported: Mapping[str, Any]


@dataclass(frozen=True)
class SignedWeek:
    """A revision of a week that was signed off (its Monday): by whom in which roles, when (UTC), and why again.

    `hash` is SHA-256 over all of it, its measures and their cases included.
    """

    week: date
    revision: int
    closing: Closing
    reason: str
    signed_at: datetime
    signed_by: str
    roles: tuple[str, ...]
    hash: str


def as_text(value: object) -> str:
    """Return a value as compact JSON, the same for the same value; floats keep every digit."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def compressed(text: str) -> bytes:
    """Return a text as it is kept where it is large."""
    return zlib.compress(text.encode("utf-8"), 9)


def expanded(content: bytes) -> str:
    """Return a large text as it was."""
    return zlib.decompress(content).decode("utf-8")


def hash_of(columns: Mapping[str, Any], measures: Iterable[tuple[str, str, str]]) -> str:
    """Return the hash of a signed week: of its columns but the hash, and of (id, reported, cases) of each measure."""
    told = [
        *(str(columns[name]) for name in ("week", "revision", "closing", "reason")),
        columns["signed_at"].isoformat(timespec="microseconds"),
        *(columns[name] for name in ("signed_by", "roles")),
        [list(each) for each in sorted(measures)],
    ]
    return hashlib.sha256(as_text(told).encode("utf-8")).hexdigest()

"""A decision as it stands, and where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data_access.decisions.fields import Content


class Origin(StrEnum):
    """Where a decision comes from; what people set goes before the others."""

    SHIPPED = "ships with the program"
    LOADED = "loaded"
    SET = "set by people"


@dataclass(frozen=True)
class Standing:
    """A decision as it stands now: its latest revision, or the row of an extract (revision 0).

    `author` decided it, for the `reason` given (None: the extract has none); `at` is when, or when the extract was
    taken (UTC).
    """

    kind: str
    decision_id: str
    origin: Origin
    revision: int
    content: Content
    reason: str | None
    author: str
    at: datetime

"""The lists of Annex A: their titles, and the fields without which a sheet is no such list."""

from collections.abc import Mapping
from typing import Final

USED: Final = range(1, 8)
"""The lists that are loaded."""

TITLES: Final[Mapping[int, str]] = {
    1: "contacts",
    2: "early help",
    3: "referrals",
    4: "assessments",
    5: "section 47 enquiries and conferences",
    6: "children in need",
    7: "child protection",
    8: "children in care",
    9: "care leavers",
    10: "adoption",
    11: "adopters",
}

NEEDS: Final[Mapping[int, tuple[tuple[str, ...], ...]]] = {
    1: (("child",), ("received",)),
    2: (("child",), ("started",)),
    3: (("child",), ("received",)),
    4: (("child",), ("started", "initial_started", "core_started")),
    5: (("child",), ("discussed",)),
    6: (("child",), ("begun",)),
    7: (("child",), ("begun",)),
    8: (("child",), ("mark",)),
    9: (("child",), ("mark",)),
    10: (("child",), ("mark",)),
    11: (("child",), ("mark",)),
}
"""For each list the fields that it must have, each one of a few."""

DATES: Final = frozenset(
    {
        "received", "started", "completed", "closed", "discussed", "ended", "conference", "begun",
        "initial_started", "initial_completed", "core_started", "core_completed",
    }
)  # fmt: skip
"""The fields that are days."""

TELLING: Final = DATES | {
    "child",
    "sex",
    "ethnicity",
    "disability",
    "team",
    "source",
    "nfa",
    "agency",
    "kind",
    "plan",
}
"""The fields of which one at least is filled in every row that is about something."""

"""What a load does only when somebody has confirmed it, and the word that confirms it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data_access.problems import ExtractProblem


class Doubtful(StrEnum):
    """What may be right and seldom is: to leave many rows of a file out, to withdraw much of what stands."""

    REFUSED_ROWS = "refused rows"
    WITHDRAWALS = "withdrawals"


OPTIONS: Final = {Doubtful.REFUSED_ROWS: "--take-good-rows", Doubtful.WITHDRAWALS: "--confirm-withdrawals"}
"""The options of `safe-dashboard load` that confirm each."""


@dataclass(frozen=True)
class Confirmation:
    """What one extract needs to have confirmed: `rows` of `of` rows are refused, or would be withdrawn.

    `why` says in whole sentences what would happen and why it asks. `mark` is the same as long as exactly the same
    rows would be left out or withdrawn.
    """

    kind: Doubtful
    extract: str
    rows: int
    of: int
    why: str
    mark: str


@dataclass(frozen=True)
class Confirmed:
    """What somebody has confirmed: all that is of these `kinds`, or just what has these `marks`."""

    kinds: frozenset[Doubtful] = frozenset()
    marks: frozenset[str] = frozenset()

    def holds(self, asked: Confirmation) -> bool:
        """Return whether this is confirmed."""
        return asked.kind in self.kinds or asked.mark in self.marks


def options_for(asked: Iterable[Confirmation]) -> str:
    """Return the options of `safe-dashboard load` that confirm all of these."""
    kinds = {confirmation.kind for confirmation in asked}
    return " ".join(option for kind, option in OPTIONS.items() if kind in kinds)


class ConfirmationProblem(ExtractProblem):
    """Files that are loaded only when somebody confirms it; `asked` is what has to be confirmed."""

    def __init__(self, asked: Sequence[Confirmation]) -> None:
        """Take what has to be confirmed, one at least."""
        self.asked = tuple(asked)
        said = "\n".join(confirmation.why for confirmation in asked)
        super().__init__(f"{said}\nNothing was loaded: it waits until somebody confirms it.")


NOTHING_CONFIRMED: Final = Confirmed()

"""Which lines of the plan the address asks for: those that are so, and those of a strand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.components.layout.address import chosen_of
from dashboard.readings.action_plan import Due, PlanLine
from data_access.decisions.kinds.action import STRANDS
from data_access.measures.definition import Strand

PAGE: Final = "action_plan"


@dataclass(frozen=True)
class Shown:
    """A choice of lines: what it is called behind their number, and whether a line belongs to it."""

    words: str
    holds: Callable[[PlanLine], bool]


SHOWN: Final[Mapping[str, Shown]] = {
    "overdue": Shown("overdue", lambda line: line.due is Due.OVERDUE),
    "soon": Shown("due within four weeks", lambda line: line.due is Due.SOON),
    "no_lead": Shown("with a lead still to be named", lambda line: line.lacks_lead),
    "open": Shown("still to be done", lambda line: line.action.is_open),
    "done": Shown("done", lambda line: line.due is Due.DONE),
    "stopped": Shown("stopped", lambda line: line.due is Due.STOPPED),
}
"""The choices, in the order in which they are counted on the page."""


@dataclass(frozen=True)
class Narrowed:
    """What the address asks for: a name of SHOWN and a strand; None does not narrow."""

    show: str | None
    strand: Strand | None

    @property
    def strand_code(self) -> str | None:
        """Return the strand as addresses name it."""
        return next((code for code, strand in STRANDS.items() if strand is self.strand), None)

    def holds(self, line: PlanLine) -> bool:
        """Return whether a line is asked for."""
        of_strand = self.strand in (None, line.action.strand)
        return of_strand and (self.show is None or SHOWN[self.show].holds(line))


def narrowed() -> Narrowed:
    """Return what the address asks for; raise QueryProblem for what there is not."""
    show = chosen_of("show", tuple(SHOWN), "", "choice of lines") or None
    strand = chosen_of("strand", tuple(STRANDS), "", "strand")
    return Narrowed(show, STRANDS.get(strand))

"""A decision as somebody hands it in, and what can stand in its way; every problem carries it, so nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data_access.problems import Problem


@dataclass(frozen=True)
class Decision:
    """What somebody wants to decide.

    `content` holds the kind's fields by their stored names, as text or as values; a field that is not named is blank.
    `decision_id` names what is to be changed (None: something new), and `expected` its revision that the author saw:
    0 for a row that was loaded or ships. Where it is `withdrawn`, the content stays as it was.
    """

    kind: str
    content: Mapping[str, object]
    reason: str
    decision_id: str | None = None
    expected: int = 0
    withdrawn: bool = False


@dataclass(frozen=True)
class Fault:
    """Why a field can't be as it was given: its name, the value, and what was expected."""

    field: str
    value: object
    expected: str

    def __str__(self) -> str:
        given = "is blank" if self.value in (None, "") else f"is {str(self.value)!r}"
        return f"{self.field} {given}; expected {self.expected}"


class DecisionProblem(Problem):
    """A decision that was not taken; `decision` is what was handed in."""

    def __init__(self, said: str, decision: Decision) -> None:
        super().__init__(said)
        self.decision = decision


class InvalidDecisionProblem(DecisionProblem):
    """What was handed in can't be so; `faults` says of every field why."""

    def __init__(self, decision: Decision, faults: Sequence[Fault]) -> None:
        told, kind = ". ".join(str(fault) for fault in faults), decision.kind.replace("_", " ")
        super().__init__(f"The {kind} can't be kept: {told}. Nothing was changed.", decision)
        self.faults = tuple(faults)


class InvalidDecisionsProblem(Problem):
    """Some of several decisions can't be so, and none was taken; `refused` has their problems by place, from 0."""

    def __init__(self, refused: Mapping[int, InvalidDecisionProblem]) -> None:
        told = " ".join(f"{place + 1}: {problem}" for place, problem in refused.items())
        super().__init__(f"{len(refused)} of the decisions can't be kept. {told}")
        self.refused = dict(refused)


class StaleDecisionProblem(DecisionProblem):
    """Somebody else decided meanwhile."""


class NotWrittenProblem(DecisionProblem):
    """The database could not be written, for want of a turn say."""

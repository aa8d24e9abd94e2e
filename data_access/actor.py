"""Who reads and who acts: every operation asks for an Actor, and checks itself what the actor may do.

Sign-in gives an actor roles; `ALLOWED` says which role may do what, and `Scope` for which teams.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data_access.problems import Problem
from data_access.scope import Scope


class NotAllowedProblem(Problem):
    """The actor may not do what was asked for."""


class Role(StrEnum):
    """What people are to the service; an actor may have several."""

    DIRECTOR = "director"
    """The Director and the divisional director."""
    SENIOR_MANAGER = "senior manager"
    """A member of the senior management team."""
    TEAM_MANAGER = "team manager"
    PERFORMANCE_TEAM = "performance team"
    BOARD_MEMBER = "board member"


class Action(StrEnum):
    """What can be done, in words that finish the sentence "You may not …"."""

    READ_FIGURES = "read figures"
    LIST_CASES = "list cases"
    LOAD_FILES = "load files"
    PUBLISH = "publish figures"
    SET_TARGET = "set a target"
    MARK_EVENT = "mark an event"
    REBASE = "start limits again"
    LEAVE_OUT_WEEK = "leave a week out of the limits"
    CHANGE_PLAN = "change the action plan"
    REPORT_ON_PLAN = "report on the action plan"
    COMMENT = "comment on a measure"
    DECIDE_AT_MEETING = "note a decision of the meeting"
    SIGN_OFF = "sign a week off"
    VERIFY_AUDIT = "verify the audit trail"


_EVERY_ROLE: Final = frozenset(Role)
_MANAGERS: Final = frozenset({Role.DIRECTOR, Role.SENIOR_MANAGER})
_STAFF: Final = _EVERY_ROLE - {Role.BOARD_MEMBER}

ALLOWED: Final[Mapping[Action, frozenset[Role]]] = {
    Action.READ_FIGURES: _EVERY_ROLE,
    Action.LIST_CASES: _STAFF,
    Action.LOAD_FILES: frozenset({Role.PERFORMANCE_TEAM}),
    Action.PUBLISH: _MANAGERS | {Role.PERFORMANCE_TEAM},
    Action.SET_TARGET: _MANAGERS | {Role.PERFORMANCE_TEAM},
    Action.MARK_EVENT: _STAFF,
    Action.REBASE: _MANAGERS | {Role.PERFORMANCE_TEAM},
    Action.LEAVE_OUT_WEEK: _MANAGERS | {Role.PERFORMANCE_TEAM},
    Action.CHANGE_PLAN: _MANAGERS | {Role.PERFORMANCE_TEAM},
    Action.REPORT_ON_PLAN: _STAFF,
    Action.COMMENT: _STAFF,
    Action.DECIDE_AT_MEETING: _MANAGERS | {Role.PERFORMANCE_TEAM},
    Action.SIGN_OFF: _MANAGERS,
    Action.VERIFY_AUDIT: _MANAGERS | {Role.PERFORMANCE_TEAM},
}
"""Which roles may do what; the operation itself asks, never the button alone."""


@dataclass(frozen=True)
class Actor:
    """Who reads or acts: a name for the record, the roles, and for which teams figures and cases may be seen."""

    name: str
    roles: frozenset[Role]
    scope: Scope

    @classmethod
    def of_this_machine(cls, name: str) -> "Actor":
        """Return who works at the machine of the database itself: every role, the whole service."""
        return cls(name, _EVERY_ROLE, Scope.everything())

    def may(self, action: Action) -> bool:
        """Return whether one of the actor's roles may do it."""
        return bool(self.roles & ALLOWED[action])

    def check(self, action: Action) -> None:
        """Raise NotAllowedProblem where none of the actor's roles may do it."""
        if not self.may(action):
            whose = ", ".join(sorted(ALLOWED[action]))
            msg = f"You may not {action}: that is for the {whose}."
            raise NotAllowedProblem(msg)

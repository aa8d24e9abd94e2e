"""Who may do what: by a table, said in words."""

import pytest

from data_access.actor import ALLOWED, Action, Actor, NotAllowedProblem, Role
from data_access.scope import Scope


def actor(*roles: Role) -> Actor:
    return Actor("somebody", frozenset(roles), Scope.everything())


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        (Role.DIRECTOR, {Action.LOAD_FILES}),
        (Role.SENIOR_MANAGER, {Action.LOAD_FILES}),
        (
            Role.TEAM_MANAGER,
            set(Action)
            - {Action.READ_FIGURES, Action.LIST_CASES, Action.MARK_EVENT, Action.REPORT_ON_PLAN, Action.COMMENT},
        ),
        (Role.PERFORMANCE_TEAM, {Action.SIGN_OFF}),
        (Role.BOARD_MEMBER, set(Action) - {Action.READ_FIGURES}),
    ],
)
def test_each_role_may_do_what_its_work_needs(role: Role, may_not: set[Action]) -> None:
    assert {action for action in Action if not actor(role).may(action)} == may_not


def test_an_actor_without_a_role_may_do_nothing() -> None:
    assert not any(actor().may(action) for action in Action)


def test_whoever_works_at_the_machine_of_the_database_may_do_everything() -> None:
    assert all(Actor.of_this_machine("root").may(action) for action in Action)
    assert ALLOWED.keys() == set(Action)


def test_a_refusal_says_whose_it_is() -> None:
    with pytest.raises(NotAllowedProblem, match=r"^You may not load files: that is for the performance team\.$"):
        actor(Role.DIRECTOR).check(Action.LOAD_FILES)

"""Readers for the tests, and what they read of the database that is set."""

from dashboard.cache.page_run import PageRun, run_for
from data_access.actor import Actor, Role
from data_access.scope import Scope

READER = Actor.of_this_machine("a reader")


def reader_of(scope: Scope, *roles: Role) -> Actor:
    """Return a reader of some roles (of every one where none is named) who may see so much."""
    return Actor("a reader", frozenset(roles or Role), scope)


def now(actor: Actor = READER) -> PageRun:
    """Return a run over the data as they are now."""
    return run_for(actor)

"""A reading: what one actor reads of one state of the data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from data_access.actor import Action, Actor
from data_access.database.facts import data_version
from data_access.database.opening import reading
from data_access.problems import Problem
from data_access.scope import Scope


class MovedOnProblem(Problem):
    """The data are no longer those that were to be read."""


@dataclass(frozen=True)
class Reading:
    """What an actor reads of one state of the data: all reads on the connection see that of `version`."""

    actor: Actor
    connection: sa.Connection
    version: int

    @classmethod
    def on(cls, connection: sa.Connection, actor: Actor) -> "Reading":
        """Return the reading of an open transaction; raise NotAllowedProblem for who may read no figures."""
        actor.check(Action.READ_FIGURES)
        return cls(actor, connection, data_version(connection))

    @property
    def scope(self) -> Scope:
        """Return what the actor may see."""
        return self.actor.scope


@contextmanager
def open_reading(engine: sa.Engine, actor: Actor, *, of: int | None = None) -> Iterator[Reading]:
    """Yield a reading of the data as they are now; `of` is the data version that they must have, None any.

    Raise NotAllowedProblem for who may read no figures, MovedOnProblem where the data have another version,
    DatabaseProblem where they can't be read.
    """
    with reading(engine) as connection:
        opened = Reading.on(connection, actor)
        if of not in (None, opened.version):
            msg = f"The data have changed from version {of} to {opened.version} while they were read. Try again."
            raise MovedOnProblem(msg)
        yield opened

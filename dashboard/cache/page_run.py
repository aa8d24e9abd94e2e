"""One run of a page: who reads, and the one version of the data of which everything on the page is.

The version is taken once, when the run begins. What it reads then comes from that version's cache or from a
transaction that sees just that version; where the data have moved on meanwhile, MovedOnProblem ends the run, and
the app begins another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import streamlit as st

from dashboard.access import current_actor
from dashboard.cache.database import Version, current_version
from dashboard.readings.reading import MovedOnProblem, Reading, open_reading
from data_access.actor import Actor

_RUN: Final = "page_run"


@dataclass(frozen=True, eq=False)
class PageRun:
    """What a run of a page reads: as whom, and of which version of the data.

    Two runs are equal, and share what is kept, where version, roles and scope are the same, whoever reads.
    """

    actor: Actor
    version: Version

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.version, self.actor.roles, self.actor.scope

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PageRun) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Yield a reading of just this version; raise MovedOnProblem where the data have another by now."""
        with open_reading(self.version.engine, self.actor, of=self.version.number) as reading:
            if not self.version.stands:
                msg = "The database has been put in another's place while it was read. Try again."
                raise MovedOnProblem(msg)
            yield reading

    def renewed(self) -> "PageRun":
        """Return a run of the same reader over the data as they are now: for what is made only when asked for."""
        return run_for(self.actor)


def run_for(actor: Actor) -> PageRun:
    """Return a run over the data as they are now; raise DatabaseProblem where they can't be read."""
    return PageRun(actor, current_version())


def begin_page_run() -> PageRun:
    """Begin a run of a page for its reader, over the data as they are now."""
    run: PageRun = run_for(current_actor())
    st.session_state[_RUN] = run
    return run


def page_run() -> PageRun:
    """Return the run of the page that is being drawn."""
    run: PageRun = st.session_state[_RUN]
    return run

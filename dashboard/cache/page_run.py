"""One run of a page: who reads, and the one version of the data of which everything on the page is.

The version is taken once, when the run begins. What it reads then comes from that version's cache or from a
transaction that sees just that version; where the data have moved on meanwhile, MovedOnProblem ends the run, and
the app begins another.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import streamlit as st

from dashboard.access import current_actor
from dashboard.cache.database import Version, current_version
from dashboard.readings.reading import MovedOnProblem, Reading, open_reading
from data_access.actor import Actor

_RUN: Final = "page_run"
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class PageRun:
    """What a run of a page reads: as whom, and of which version of the data."""

    actor: Actor
    version: Version

    @cached_property
    def key(self) -> str:
        """Return what everything kept of it is kept under: version, roles and scope, but not who it is."""
        return repr((self.version, sorted(self.actor.roles), self.actor.scope))

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


def kept(
    *, most: int, copied: bool = False
) -> Callable[[Callable[Concatenate[PageRun, P], R]], Callable[Concatenate[PageRun, P], R]]:
    """Keep what a function reads of a run: by the version, the reader's roles and scope, and all else given to it.

    So many results at `most`, for all readers together. `copied` hands out copies, for what is changed once drawn.
    The function must take nothing from the session or the clock.
    """
    keep: Any = st.cache_data if copied else st.cache_resource

    def keeping(read: Callable[Concatenate[PageRun, P], R]) -> Callable[Concatenate[PageRun, P], R]:
        def answer(key: str, _run: PageRun, *args: P.args, **kwargs: P.kwargs) -> R:  # noqa: ARG001 - the key
            return read(_run, *args, **kwargs)

        # Streamlit tells its caches apart by these
        answer.__module__, answer.__qualname__ = read.__module__, read.__qualname__
        answers = keep(max_entries=most, show_spinner=False)(answer)

        def kept_answer(run: PageRun, /, *args: P.args, **kwargs: P.kwargs) -> R:
            kept_result: R = answers(run.key, run, *args, **kwargs)
            return kept_result

        kept_answer.__doc__ = read.__doc__
        return kept_answer

    return keeping

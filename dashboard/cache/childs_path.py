"""Children's paths, kept for pages: the readings of the same name."""

from datetime import date
from typing import Final

from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import cases
from dashboard.readings import childs_path as paths
from dashboard.readings.childs_path import ChildsPath, DrawnChild

_KEPT: Final = 24


@kept_results(_KEPT)
def childs_path(run: PageRun, reference: str) -> ChildsPath:
    """Return the path of a child; raise QueryProblem where no row of such a child may be seen."""
    with run.reading() as reading:
        return paths.childs_path(reading, reference)


@kept_results(_KEPT)
def drawn_child(run: PageRun, week: date, seed: str) -> DrawnChild:
    """Return the child that a seed draws for the meeting about a week."""
    with run.reading() as reading:
        return paths.drawn_child(reading, week, seed)


@kept_results(_KEPT)
def children_of(run: PageRun, measure: str, case_ids: tuple[str, ...]) -> dict[str, str]:
    """Return the reference of the child behind each of some cases of a measure, where a child is."""
    with run.reading() as reading:
        return cases.children_of(reading, measure, case_ids)

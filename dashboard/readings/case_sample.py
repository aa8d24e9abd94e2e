"""A random sample of the cases behind a figure, for those who may list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.analysis.sampling import draw
from dashboard.readings.cases import listed
from dashboard.readings.reading import Reading
from dashboard.words.cases import Case, kind_of
from data_access.measures import measure_named
from data_access.measures.definition import Definition


@dataclass(frozen=True)
class CaseSample:
    """The cases drawn, in the order of the draw, out of how many, and the seed that draws them again."""

    cases: tuple[Case, ...]
    out_of: int
    seed: str


def sample_of(cases: Sequence[Case], definition: Definition, size: int, seed: str) -> CaseSample:
    """Return a sample of a list of cases, stratified by team and by what became of them."""
    by_reference = {str(case["case_id"]): case for case in cases}
    strata = {
        reference: (str(case["team"] or ""), kind_of(case, definition)) for reference, case in by_reference.items()
    }
    drawn = tuple(by_reference[reference] for reference in draw(strata, size, seed))
    return CaseSample(drawn, len(by_reference), seed)


def case_sample(
    reading: Reading, measure: str, *, first: date, last: date, team: str | None, size: int, seed: str
) -> CaseSample:
    """Return a sample of the cases of a measure over some days, of those that the reader may see.

    Raise NotAllowedProblem for who may list no cases, QueryProblem for a measure whose rows are not listed.
    """
    cases = listed(reading, measure, first=first, last=last, team=team).to_dicts()
    return sample_of(cases, measure_named(measure).definition, size, seed)

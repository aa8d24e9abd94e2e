"""The story shows each measure at least once as improving, worse, steady and too few to judge, where it can be."""

from collections.abc import Iterator, Mapping, Set
from datetime import date

import polars as pl
import pytest

from dashboard.readings.judgements import Context, figures_of, judge_measures, judging_context
from dashboard.readings.measure_views import EVERY_MEASURE, measure_views
from dashboard.readings.reading import Reading, open_reading
from data_access.database.opening import connect
from data_access.dates.periods import ended_by
from data_access.measures import MEASURES, Definition
from data_access.queries import teams_with_figures
from data_access.vocabulary import Chart, Polarity, Variation
from tests.council import copy_of
from tests.reader import READER
from tests.sample_data.reckoning import read

A_WEEK = date(2009, 10, 18)
"""A Sunday in the middle of a month."""


@pytest.fixture(scope="module")
def reading(loaded_council, tmp_path_factory) -> Iterator[Reading]:
    engine = connect(copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db"))
    with open_reading(engine, READER) as opened:
        yield opened
    engine.dispose()


def verdicts_of(definition: Definition, with_standards: set[str]) -> set[Variation]:
    """What a measure can show.

    A plain line (stocks, shares at the close and yearly points) is never judged, and a measure without a better
    direction changes without being better or worse. Where a standard decides what counts, nothing does before the
    first one.
    """
    if definition.standard is not None and definition.standard not in with_standards:
        return set()
    if definition.chart is Chart.LINE:
        return {Variation.NOT_JUDGED}
    is_neutral = definition.polarity is Polarity.NEITHER
    changes = {Variation.NEITHER} if is_neutral else {Variation.IMPROVEMENT, Variation.CONCERN}
    return {*changes, Variation.COMMON_CAUSE, Variation.TOO_FEW}


def shown(name: str, figures: pl.DataFrame, context: Context, wanted: Set[Variation]) -> set[Variation]:
    """The verdicts at the end of each period of a series, the latest first, until all that are wanted were seen."""
    seen: set[Variation] = set()
    for periods in range(figures.height, 0, -1):
        judgement = judge_measures({name: figures.head(periods)}, context)[name].judgement
        if judgement.latest is not None:
            seen.add(judgement.variation)
        if seen >= wanted:
            break
    return seen


def shown_somewhere(reading: Reading, wanted: Mapping[str, Set[Variation]]) -> dict[str, set[Variation]]:
    """The verdicts on the whole and then, while any are still wanted, on one team after another."""
    seen: dict[str, set[Variation]] = {name: set() for name in wanted}
    asked = list(wanted)
    for team in (None, *teams_with_figures(reading.scope, reading.connection)):
        figures = figures_of(reading, asked, team=team)
        context = judging_context(reading, asked, team=team)
        for name in asked:
            seen[name] |= shown(name, figures[name], context, wanted[name] - seen[name])
        asked = [name for name in asked if not seen[name] >= wanted[name]]
    return seen


@pytest.mark.soak
def test_each_measure_shows_every_verdict_that_it_can(reading, shipped):
    with_standards = {row["measure"] for row in read(shipped, "standards")}
    wanted = {name: verdicts_of(measure.definition, with_standards) for name, measure in MEASURES.items()}
    assert [name for name, verdicts in wanted.items() if not verdicts] == ["assessments_within_45_working_days"]
    assert shown_somewhere(reading, wanted) == wanted


def test_an_earlier_week_is_read_as_the_series_up_to_it(reading):
    figures, context = figures_of(reading, EVERY_MEASURE), judging_context(reading, EVERY_MEASURE)
    then = {view.definition.id: view.judgement for view in measure_views(reading, EVERY_MEASURE, up_to=A_WEEK)}
    for name, measure in MEASURES.items():
        last = ended_by(A_WEEK, measure.definition.period)
        up_to = figures[name].filter(pl.col("end") <= last)
        assert judge_measures({name: up_to}, context)[name].judgement.points == then[name].points

"""Loads, corrections, withdrawals, backdated rows, merges, ticks in any order: rollup = cohort = judge = record."""

import contextlib
import math
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.database.opening import connect
from data_access.quality import upkeep as quality
from data_access.rollup import upkeep
from tests.data_access.whole_state import apply, assert_judged_alike, assert_rebuilt_alike
from tests.drawing import examples
from tests.oracle import World
from tests.strategies.extract_file import ExtractFile
from tests.strategies.histories import Tick, extracts, histories
from tests.strategies.replay import replay

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]


@pytest.fixture(params=[math.inf, upkeep.WHOLE_FROM], ids=["by difference", "by the program's choice"])
def way_of_upkeep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small worlds be kept by difference too, which the program would count again as a whole."""
    monkeypatch.setattr(upkeep, "WHOLE_FROM", request.param)
    monkeypatch.setattr(quality, "WHOLE_FROM", request.param)


@pytest.mark.fuzz
@pytest.mark.usefixtures("way_of_upkeep")
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=1, soak=8))
@given(steps=st.one_of(histories(), extracts()))
def test_any_history_is_counted_as_the_judge_counts_it(
    new_database: NewDatabase, steps: list[ExtractFile | Tick]
) -> None:
    world = World()
    with new_database() as url:
        engine = connect(url)
        for step in steps:
            apply(engine, step)
            replay(world, [step])
            assert_judged_alike(engine, world)
        assert_rebuilt_alike(engine)
        engine.dispose()

"""The hash that guards the rollup: it changes with all that a figure hangs on, and with nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import visitors

from data_access.measures import MEASURES, Measure
from data_access.measures.adding_up import COUNT
from data_access.measures.definition import Key
from data_access.problems import DatabaseProblem
from data_access.queries import check_current
from data_access.rollup.counting import definitions_hash
from data_access.vocabulary import Period

DECISIONS = MEASURES["decisions_within_24_hours"]


def with_constant(measure: Measure, before: Any, after: Any) -> Measure:
    """Return the measure with each constant of its select that equals `before` made `after`."""

    def changed(element: Any, **_: Any) -> Any:
        is_it = isinstance(element, sa.BindParameter) and not element.required and element.value == before
        return sa.literal(after) if is_it else None

    return replace(measure, cases=visitors.replacement_traverse(measure.cases, {}, changed))


def constants(measure: Measure) -> list[Any]:
    bound = [one for one in visitors.iterate(measure.cases) if isinstance(one, sa.BindParameter) and not one.required]
    return sorted({one.value for one in bound}, key=repr)


def _defined(**changes: Any) -> Measure:
    return replace(DECISIONS, definition=replace(DECISIONS.definition, **changes))


CHANGES: dict[str, Callable[[], Measure]] = {
    "24 hours made 72": lambda: with_constant(DECISIONS, 24 * 60 * 60, 72 * 60 * 60),
    "a condition more": lambda: replace(DECISIONS, cases=DECISIONS.cases.where(sa.true())),
    "counted by key": lambda: _defined(key=Key.STAFF),
    "adding up otherwise": lambda: _defined(adding_up=COUNT),
    "another period": lambda: _defined(period=Period.MONTH),
    "another scale": lambda: _defined(scale=2),
    "an extract that it waits for": lambda: _defined(optional=()),
    "a field that a format must give": lambda: _defined(fields=("referrals.received_at",)),
    "growing with the calendar": lambda: replace(DECISIONS, grows=True),
    "settling later": lambda: replace(DECISIONS, settles_in=14),
}
WORDS: dict[str, Callable[[], Measure]] = {
    "the title": lambda: _defined(title="Decisions in a day"),
    "how it is told": lambda: _defined(how="As before.", misleads="Nothing."),
    "how rows are found": lambda: replace(DECISIONS, near=lambda start, end: sa.true()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_figures_of_another_rule_are_refused(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch, change: Callable[[], Measure]
) -> None:
    with database.connect() as connection:
        check_current(connection)
        monkeypatch.setitem(MEASURES, DECISIONS.id, change())
        with pytest.raises(DatabaseProblem, match="another version of the measures"):
            check_current(connection)


@pytest.mark.parametrize("change", WORDS.values(), ids=WORDS.keys())
def test_other_words_leave_the_figures_as_they_are(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch, change: Callable[[], Measure]
) -> None:
    monkeypatch.setitem(MEASURES, DECISIONS.id, change())
    with database.connect() as connection:
        check_current(connection)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_every_constant_of_every_measure_counts(measure: Measure) -> None:
    given = definitions_hash([measure])
    for constant in constants(measure):
        another = constant + 1 if isinstance(constant, int) else f"{constant} or other"
        assert definitions_hash([with_constant(measure, constant, another)]) != given, constant

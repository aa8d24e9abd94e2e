"""Decisions from a CSV file: all rows or none, and what can't be told by file, row, field and value."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.database.opening import connect
from data_access.decisions.from_file import COLUMNS, RowsProblem, decide_from_file
from tests.data_access.decisions.people import ANNA, EVERYTHING, put_teams, stands, stored

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]
HEADINGS = "decision,measure,from,comparison,kind,value,source,happened_on,starts,label,approver,reason"
TARGET = "target,decisions_within_24_hours,2010-04-01,at_least,fixed,95%,ours,,,,,Agreed"
EVENT = "event,,,,,,,2010-01-06,,Snow,,Offices were closed"
REBASE = "rebase,decisions_within_24_hours,2009-12-14,,,,,,,New rota,Ben,The work changed"
LEFT_OUT = "left_out_period,decisions_within_24_hours,,,,,,,2010-01-04,,,Snow"


@pytest.fixture(scope="module")
def engine(new_sqlite: NewDatabase) -> Iterator[sa.Engine]:
    """Give a database with two teams."""
    with new_sqlite() as url:
        engine = connect(url)
        put_teams(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Give what writes a file of some lines."""

    def written(*lines: str) -> Path:
        file = tmp_path / "decided.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return written


REFUSED = [
    ((TARGET.replace("95%", "120%"),), "row 2: value is '120%'; expected at most 100%"),
    ((TARGET, EVENT.replace("2010-01-06", "2049-01-01")), "row 3: happened_on is '2049-01-01'; expected a day that"),
    ((REBASE, REBASE.replace("2009-12-14", "2010-01-11")), "row 3: from is '2010-01-11'; expected a day 13 points"),
    ((EVENT.replace("Offices were closed", ""),), "row 2: reason is blank; expected a value"),
    ((EVENT.replace("event", "party"),), "row 2: decision is 'party'; expected one of target, event, rebase, left_"),
    (
        (EVENT.replace("Snow,,", "Snow,Ben,"),),
        "row 2: approver is 'Ben'; expected a blank, since a decision event has",
    ),
    (
        (TARGET.replace("decisions_", "decision_"),),
        "row 2: measure is 'decision_within_24_hours'; expected the id of",
    ),
]


@pytest.mark.parametrize(("lines", "told"), REFUSED)
def test_a_row_that_can_t_be_is_told_and_no_row_is_taken(
    engine: sa.Engine, write: Callable[..., Path], lines: tuple[str, ...], told: str
) -> None:
    before = stored(engine)
    with pytest.raises(RowsProblem) as problem:
        decide_from_file(ANNA, engine, write(HEADINGS, *lines))
    assert told in str(problem.value)
    assert str(problem.value).startswith(f"decided.csv: 1 of its {len(lines)} rows can't be decided, so none was.")
    assert stored(engine) == before


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("decision,measure", "event,x"), "decided.csv has no column reason; it may have decision, measure"),
        ((f"{HEADINGS},colour", f"{EVENT},blue"), "decided.csv has the column colour, which no decision has"),
        ((HEADINGS,), "decided.csv has headings but no row"),
    ],
)
def test_a_file_of_another_shape_is_told(
    engine: sa.Engine, write: Callable[..., Path], lines: tuple[str, ...], told: str
) -> None:
    with pytest.raises(RowsProblem, match=told):
        decide_from_file(ANNA, engine, write(*lines))


def test_who_may_not_take_one_of_them_takes_none(engine: sa.Engine, write: Callable[..., Path]) -> None:
    manager = Actor("Mo", frozenset({Role.TEAM_MANAGER}), EVERYTHING)
    before = stored(engine)
    with pytest.raises(NotAllowedProblem, match="You may not set a target"):
        decide_from_file(manager, engine, write(HEADINGS, EVENT, TARGET))
    assert stored(engine) == before


def test_every_kind_is_taken_from_one_file(new_sqlite: NewDatabase, write: Callable[..., Path]) -> None:
    with new_sqlite() as url:
        engine = connect(url)
        revisions = decide_from_file(ANNA, engine, write(HEADINGS, TARGET, EVENT, REBASE, LEFT_OUT))
        assert [revision.decision_id for revision in revisions] == [
            "target-1", "event-1", "rebase-1", "left_out_period-1",
        ]  # fmt: skip
        standing = stands(engine, "target")["target-1"]
        assert (standing.content["value"], standing.reason, standing.author) == (0.95, "Agreed", "Anna")
        assert stands(engine, "event")["event-1"].content["label"] == "Snow"
        engine.dispose()


def test_the_columns_are_the_fields_of_every_kind() -> None:
    assert COLUMNS[0] == "decision"
    assert COLUMNS[-1] == "reason"
    assert {"measure", "from", "value", "happened_on", "approver", "starts"} <= set(COLUMNS)

"""The operation itself checks what an actor may do, whatever a page offers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.exports.public_export import publish
from dashboard.exports.rows import Wanted, by_case
from dashboard.readings.case_sample import case_sample
from dashboard.readings.cases import listed, may_list_rows, paths_of, waiting, why_not_listed
from dashboard.readings.judgements import figures_of, judge_measures, judging_context
from dashboard.readings.loads import load_detail, refused_rows
from dashboard.readings.quality import in_doubt, to_correct
from dashboard.readings.reading import Reading, open_reading
from dashboard.uploading.uploads import Asked, begin
from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.published import publishing
from data_access.scope import Scope
from tests.loading.handing_over import Council
from tests.reader import reader_of

POSTGRESQL_IN_SOAK = True

CAFS = "cafs_started"
BOARD = reader_of(Scope.everything(), Role.BOARD_MEMBER)
NOBODY = Actor("nobody", frozenset(), Scope.everything())


@pytest.fixture
def engine(database: sa.Engine, tmp_path: Path) -> sa.Engine:
    """Give a database with one CAF and one refused row."""
    rows = "caf_id,child_id,started_on,agency\nC1,K1,2010-03-22,school\nC2,K2,not a day,school"
    Council(database, tmp_path).hand_over(cafs=rows)
    return database


def test_who_has_no_role_reads_nothing(engine: sa.Engine) -> None:
    with pytest.raises(NotAllowedProblem, match="You may not read figures"), open_reading(engine, NOBODY):
        pass


ROWS: dict[str, Callable[[Reading], object]] = {
    "cases": lambda reading: listed(reading, CAFS, first=date(2010, 3, 1), last=date(2010, 3, 28), team=None),
    "a sample": lambda reading: case_sample(
        reading, CAFS, first=date(2010, 3, 1), last=date(2010, 3, 28), team=None, size=2, seed="x"
    ),
    "waiting cases": lambda reading: waiting(reading, CAFS, team=None),
    "paths": lambda reading: paths_of(reading, "decisions_within_24_hours", []),
    "exported cases": lambda reading: by_case(reading, Wanted((CAFS,))),
    "refused rows": lambda reading: refused_rows(reading, 1),
    "rows to correct": lambda reading: to_correct(reading, ["cafs_school_missing"], team=None),
    "rows in doubt": lambda reading: in_doubt(reading, CAFS, team=None),
}


@pytest.mark.parametrize("read", ROWS.values(), ids=ROWS.keys())
def test_a_board_member_lists_no_row(engine: sa.Engine, read: Callable[[Reading], object]) -> None:
    with open_reading(engine, BOARD) as reading, pytest.raises(NotAllowedProblem, match="You may not list cases"):
        read(reading)


def test_a_board_member_reads_the_same_figures(engine: sa.Engine) -> None:
    told = []
    for actor in (BOARD, reader_of(Scope.everything(), Role.DIRECTOR)):
        with open_reading(engine, actor) as reading:
            judged = judge_measures(figures_of(reading, [CAFS]), judging_context(reading, [CAFS]))[CAFS]
            told.append((judged.sentence, judged.figures.rows()))
            is_of_the_board = actor is BOARD
            assert may_list_rows(actor) is not is_of_the_board
            assert (load_detail(reading, 1).refused is None) is is_of_the_board
            assert (why_not_listed(actor, CAFS) == "You may not list cases.") is is_of_the_board
            assert judged.judgement.lists_cases is not is_of_the_board
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("actor", "why"),
    [
        (reader_of(Scope.everything(), Role.TEAM_MANAGER), "that is for the director, performance team"),
        (reader_of(Scope.of_team("AT1"), Role.PERFORMANCE_TEAM), "those who may see the figures of every team"),
        (reader_of(Scope.figures_only(), Role.DIRECTOR), "those who may see the figures of every team"),
    ],
)
def test_who_may_not_publish_publishes_nothing(engine: sa.Engine, actor: Actor, why: str) -> None:
    with publishing(engine) as connection, pytest.raises(NotAllowedProblem, match=why):
        publish(Reading.on(connection, actor), Wanted((CAFS,)), of_teams=False, team=None)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PERFORMANCE_TEAM}))
@pytest.mark.parametrize("dry_run", [True, False])
def test_who_may_not_load_begins_no_upload(role: Role, *, dry_run: bool) -> None:
    asked = Asked("sqlite:///nothing.db", reader_of(Scope.everything(), role), None, dry_run)
    with pytest.raises(NotAllowedProblem, match="You may not load files"):
        begin("key", asked, [])

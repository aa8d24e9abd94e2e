"""The register of what has been published: written before anything is printed, told, and never in the way."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from dashboard.analysis.suppression import HIDDEN
from dashboard.cli import main
from data_access.database.opening import connect
from data_access.database.schema.published import PUBLICATIONS, PUBLISHED_BLOCKS, PUBLISHED_FIGURES
from data_access.dates.london_time import local_date
from tests.council import copy_of

MEASURE = "decisions_within_24_hours"
WEEKS = ("export", MEASURE, "--from", "2009-11-02", "--to", "2009-12-27", "--public")


@pytest.fixture
def database(council: str, tmp_path: Path) -> str:
    return copy_of(council, tmp_path / "copy.db")


def run(database: str, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--database", database])


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def written(database: str) -> list[list[tuple[object, ...]]]:
    engine = connect(database)
    with engine.connect() as connection:
        found = [
            sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in (PUBLICATIONS, PUBLISHED_FIGURES, PUBLISHED_BLOCKS)
        ]
    engine.dispose()
    return found


def test_the_register_holds_what_was_printed(database: str) -> None:
    printed = rows(run(database, *WEEKS))
    listed = rows(run(database, "export", "--published"))
    names = ("measure", "period", "start", "team", "numerator", "denominator", "not_computable")
    assert [[row[name] for name in names] for row in listed] == [[row[name] for name in names] for row in printed]
    assert {row["published_by"] for row in listed} != {""}
    assert {row["end"] for row in listed if row["start"] == "2009-11-02"} == {"2009-11-08"}
    assert json.loads(run(database, "export", "--published", "--format", "json").stdout)[0]["measure"] == MEASURE
    assert rows(run(database, "export", "--published", "cafs_started")) == []


def test_the_same_export_again_prints_the_same_and_adds_nothing(database: str) -> None:
    first = run(database, *WEEKS)
    before = written(database)
    again = run(database, *WEEKS)
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
    assert written(database) == before
    assert len(before[0]) == 1


def test_what_earlier_exports_hide_is_told_with_their_day(database: str) -> None:
    months = ("export", MEASURE, "--grain", "month", "--from", "2009-11-01", "--to", "2009-11-30", "--public")
    assert {row["numerator"] for row in rows(run(database, *months))} != {HIDDEN}
    result = run(database, *WEEKS)
    hidden = [row for row in rows(result) if row["numerator"] == HIDDEN]
    [(_, published_at, *_)] = written(database)[0][:1]
    on = local_date(published_at)
    assert hidden
    assert " hidden because, with what was published on " in result.stderr
    assert f"{on.day} {on:%B}" in result.stderr


def test_an_export_for_use_inside_is_not_registered(database: str) -> None:
    run(database, *WEEKS[:-1])
    assert written(database) == [[], [], []]


@pytest.mark.parametrize("words", [("--team", "T99"), ("--by", "team", "--team", "AT1"), ("--by", "case")])
def test_a_refused_export_publishes_nothing(database: str, words: tuple[str, ...]) -> None:
    refused = run(database, *WEEKS, *words)
    assert refused.exit_code != 0
    assert refused.stdout == ""
    assert written(database) == [[], [], []]


def test_where_the_register_cannot_be_written_nothing_is_printed(database: str) -> None:
    holder = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("CREATE TRIGGER full BEFORE INSERT ON published_blocks BEGIN SELECT RAISE(ABORT, 'readonly'); END")
    holder.close()
    refused = run(database, *WEEKS)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "A public export must write down what it publishes, so nothing was published." in refused.stderr
    assert written(database) == [[], [], []]


def test_a_team_published_alone_is_part_of_the_table_of_all(database: str) -> None:
    names = ("start", "numerator", "denominator", "not_computable")
    alone = [[row[name] for name in names] for row in rows(run(database, *WEEKS, "--team", "AT1"))]
    together = {
        row["start"]: [row[name] for name in names]
        for row in rows(run(database, *WEEKS, "--by", "team"))
        if row["team"] == "AT1"
    }
    assert together
    assert [row for row in alone if row[0] in together] == list(together.values())


def test_a_rebuild_leaves_the_register_as_it_is(database: str) -> None:
    run(database, *WEEKS)
    before = written(database)
    assert run(database, "rebuild").exit_code == 0
    assert written(database) == before

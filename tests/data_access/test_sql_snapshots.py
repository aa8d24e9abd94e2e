"""The SQL that each measure sends, kept for both engines so that a change of it is read before it is kept.

Renew what lies in `sql/` with `python -m tests.data_access.test_sql_snapshots`, and read the difference.
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg

from data_access.coverage.as_at import AsAt
from data_access.measures import MEASURES, Measure
from tests.conftest import ENGINES

FOLDER: Final = Path(__file__).parent / "sql"
DIALECTS: Final = {"sqlite": sqlite.dialect, "postgresql": psycopg.dialect}

_TOKEN: Final = re.compile(r"\s+|'(?:[^']|'')*'|[()]|,|(?:\"[^\"]*\"|[\w.:|%])+|[^\s\w()',\"]+")
_CLAUSES: Final = ("SELECT", "FROM", "WHERE", "LEFT", "JOIN", "ORDER", "LIMIT")
_WITHIN: Final = ("AND", "OR", "WHEN", "ELSE")
_WIDTH: Final = 90


def compiled(measure: Measure, engine: str) -> str:
    """Return the measure's SQL: constants as they are, the as-at time and the dates covered as named parameters."""
    dialect = DIALECTS[engine]()

    class Readable(dialect.statement_compiler):  # type: ignore[name-defined, misc]
        """Writes every value in its place, and a colon and the name for what is given with the question."""

        def visit_bindparam(self, parameter: sa.BindParameter[Any], **options: Any) -> str:
            if parameter.required:
                return f":{parameter.key}"
            return str(super().visit_bindparam(parameter, **options | {"literal_binds": True}))

    dialect.statement_compiler = Readable
    return str(measure.cohort.compile(dialect=dialect))


def laid_out(sql: str) -> str:
    """Return the SQL with a line for each column and clause, indented by what it stands in."""
    tokens = [token for token in _TOKEN.findall(sql) if not token.isspace()]
    return "\n".join(line.rstrip() for line in _lines(_grouped(iter(tokens)), "")) + "\n"


Group = list[Any]


def _grouped(tokens: Iterator[str]) -> Group:
    """Return the tokens with what stands in brackets as a list of its own."""
    found: Group = []
    for token in tokens:
        if token == ")":
            return found
        found.append(_grouped(tokens) if token == "(" else token)
    return found


def _flat(group: Group) -> str:
    text = ""
    for token in group:
        word = f"({_flat(token)})" if isinstance(token, list) else token
        joined = not text or word == "," or (isinstance(token, list) and re.search(r"[a-z_]$|CAST$|EXTRACT$", text))
        text += word if joined else f" {word}"
    return text


def _lines(group: Group, indent: str) -> list[str]:
    """Return the lines of what stands in one pair of brackets: its clauses, and indented what belongs to each."""
    lines: list[str] = []
    line: Group = []
    between, clauses = False, _CLAUSES if group[0] == "SELECT" else ()
    for token in [*group, None]:
        begins = token in (*clauses, *_WITHIN) and not (token == "JOIN" and line and line[-1] == "OUTER")
        if token == "AND" and between:
            begins = between = False
        between = between or token == "BETWEEN"
        if line and (begins or token is None or line[-1] == ","):
            lines += _wrapped(line, f"{indent}  " if clauses and line[0] not in clauses else indent)
            line = []
        line.append(token)
    return lines


def _wrapped(line: Group, indent: str) -> list[str]:
    """Return one line where it fits, else what stands in its brackets on lines of their own."""
    if len(indent) + len(_flat(line)) <= _WIDTH:
        return [indent + _flat(line)]
    lines: list[str] = []
    head: Group = []
    for token in line:
        if isinstance(token, list) and len(_flat(token)) > _WIDTH // 2:
            lines.append(f"{indent}{_flat([*head, []])[:-1]}")
            lines += _lines(token, f"{indent}  ")
            head = [")"]
        else:
            head.append(token)
    return [*lines, indent + _flat(head)]


def path_of(measure: Measure, engine: str) -> Path:
    return FOLDER / engine / f"{measure.id}.sql"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_the_sql_is_the_one_that_was_reviewed(measure: Measure, engine: str) -> None:
    kept = path_of(measure, engine).read_text(encoding="utf-8") if path_of(measure, engine).exists() else ""
    assert laid_out(compiled(measure, engine)) == kept, (
        f"The SQL of {measure.id} on {engine} is not the one in {path_of(measure, engine)}. If the change is meant, "
        "renew it with `python -m tests.data_access.test_sql_snapshots`, read the difference, and commit it."
    )


def test_there_is_no_sql_of_a_measure_that_is_no_more() -> None:
    expected = {path_of(measure, engine) for measure in MEASURES.values() for engine in ENGINES}
    assert set(FOLDER.rglob("*.sql")) == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_laying_out_changes_nothing_but_spaces(measure: Measure, engine: str) -> None:
    sql = compiled(measure, engine)
    assert re.sub(r"\s", "", laid_out(sql)) == re.sub(r"\s", "", sql)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_only_the_as_at_parameters_are_left_open(measure: Measure) -> None:
    day = dt.date(2010, 3, 28)
    given = set(AsAt(dt.datetime.fromisoformat("2010-03-29 07:00"), day, day).parameters())
    assert set(re.findall(r"(?<!:):(\w+)", compiled(measure, "sqlite"))) <= given


def renew() -> None:
    """Write every measure's SQL again."""
    for measure in MEASURES.values():
        for engine in ENGINES:
            path_of(measure, engine).parent.mkdir(parents=True, exist_ok=True)
            path_of(measure, engine).write_text(laid_out(compiled(measure, engine)), encoding="utf-8")


if __name__ == "__main__":
    renew()

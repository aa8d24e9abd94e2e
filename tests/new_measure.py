"""Writes the skeleton of a measure, and says what its author fills in: `make measure ID=… STRAND=…`.

Until the words of its definition are there the registry refuses it, and names what is missing; until its rule is
there its toy case fails, and until its judge is there so does what holds both against each other.
"""

import argparse
import csv
import keyword
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import data_access.extracts
from data_access.extracts import EXTRACTS, Column, Extract, Kind, extract_named

ROOT: Final = Path(data_access.extracts.__file__).parents[2]
STRANDS: Final = tuple(sorted(folder.parent.name for folder in ROOT.glob("data_access/measures/*/__init__.py")))
"""The folders of measures. The registry isn't asked: it refuses all while another skeleton is half filled in."""
COUNTED_IN: Final = tuple(extract.name for extract in EXTRACTS if extract.dated_by and len(extract.key) == 1)
"""The extracts whose rows can be the cases of a measure: those with a date, and a key of one column."""

_DEFINITION: Final = '''\
"""TITLE (plan items …)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

{no_team}from data_access.measures.adding_up import PROPORTION
from data_access.measures.contract import DATED_AHEAD, NOT_MET, Measure
from data_access.measures.definition import About, Definition, {key_import}Strand
from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="{id}",
    title="",
    question="",
    why="",
    how="",
    misleads="",
    strand=Strand.{strand},
    adding_up=PROPORTION,
    polarity=Polarity.HIGHER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.XMR,
    about=About.{about},
    plan_items=(),
    owner="",
    requires=("{extract}",),
    fields=("{extract}.{date}",),
    key={key},
    details=(),
    headline=False,
)

_{row} = table("{extract}", "{row}")

_result = sa.case(
    (dated_ahead("{extract}", _{row}.c.{dated}), word(DATED_AHEAD)),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = sa.select(
    _{row}.c.{case}.label("case_id"),
    _{row}.c.{key_column}.label("key"),
    _{row}.c.{dated}.label("event_date"),
    {team},
    _result.label("result"),
){where}


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return _{row}.c.{dated}.between(start, end)


TOY = Toy(
    tables={{
        "{extract}": """
            {headings}
            {cells}
        """,
    }},
    expected="""
        case | result | because
        {first} | met    | …
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
'''

_ORACLE: Final = '''\
"""TITLE."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import World

MEASURE = "{id}"


def {id}(world: World) -> list[CohortRow]:
    """Return a row per {row}."""
    if not world.is_loaded("{extract}"):
        return []
    msg = f"{{MEASURE}}: say in plain Python what each {row} counts as, without looking at the select."
    raise NotImplementedError(msg)
'''

_NEXT: Final = """\
Fill in:
- {definition}: every word of DEFINITION, how it adds up, whom it is about (rows
  about staff are shown to fewer), its fields, details and dimensions; what counts as met in _result; your cases in
  TOY, with the answers.
- sample_data/toy/worked/{id}.md and .csv: its answers for the hand-made dozen, worked out on paper.
- data_access/measures/sections.py: where it stands on the page of its strand.
- {oracle}: the same rule again, in plain Python.

Then `make pages` renews what is made from measures. Read each difference before you keep it:
- tests/data_access/sql/sqlite/{id}.sql and tests/data_access/sql/postgresql/{id}.sql
- data_access/measures/worked_examples.md, data_access/extracts/format.md, data_access/quality/README.md
"""


def skeleton(measure: str, strand: str, extract: str) -> dict[Path, str]:
    """Return the texts of a new measure's files by their paths from the root: its definition with toy, its oracle.

    Raise ValueError, saying what there is, for a name that can't be an id or is one already, a strand or an extract
    that there isn't.
    """
    if not measure.isidentifier() or not measure.islower() or keyword.iskeyword(measure):
        msg = f"ID {measure!r} can't be a measure's id: small letters, digits and underscores, such as cafs_started."
        raise ValueError(msg)
    if any(ROOT.glob(f"data_access/measures/*/{measure}.py")):
        msg = f"There is a measure {measure!r} already."
        raise ValueError(msg)
    if strand not in STRANDS:
        msg = f"There is no STRAND {strand!r}. There are: {', '.join(STRANDS)}."
        raise ValueError(msg)
    if extract not in COUNTED_IN:
        msg = f"The rows of EXTRACT {extract!r} can't be cases. Those of these can: {', '.join(COUNTED_IN)}."
        raise ValueError(msg)
    told = _told(measure, strand, extract_named(extract))
    return {
        Path("data_access", "measures", strand, f"{measure}.py"): _DEFINITION.format_map(told),
        Path("tests", "oracle", "measures", f"{measure}.py"): _ORACLE.format_map(told),
    }


def _told(measure: str, strand: str, extract: Extract) -> dict[str, str]:
    """Return what stands in the blanks of the templates."""
    row = _one_of(extract.name)
    dated = extract.column(extract.dated_by[0])
    of_child = extract.has("child_id") and extract.column("child_id").required
    team = 'word(NO_TEAM).label("team_id")'
    if extract.has("team_id"):
        column = f"_{row}.c.team_id"
        is_required = extract.column("team_id").required
        team = column if is_required else f'sa.func.coalesce({column}, word(NO_TEAM)).label("team_id")'
    needed = dict.fromkeys((*extract.key, *extract.required, dated.name))
    cells = {name: _cell(extract.column(name)) for name in needed}
    widths = [max(len(name), len(cell)) for name, cell in cells.items()]
    return {
        "id": measure,
        "strand": strand.upper(),
        "extract": extract.name,
        "row": row,
        "about": "CHILDREN" if of_child else "STAFF",
        "date": dated.name,
        "dated": dated.local_date,
        "case": extract.stored_key[0],
        "key": "Key.CHILD" if of_child else f'"{extract.name}"',
        "key_import": "Key, " if of_child else "",
        "key_column": "child_key" if of_child else extract.stored_key[0],
        "team": team,
        "no_team": "from data_access.extracts import NO_TEAM\n" if "NO_TEAM" in team else "",
        "where": "" if dated.required else f".where(_{row}.c.{dated.local_date}.is_not(None))",
        "headings": " | ".join(name.ljust(width) for name, width in zip(cells, widths, strict=True)).rstrip(),
        "cells": " | ".join(cell.ljust(width) for cell, width in zip(cells.values(), widths, strict=True)).rstrip(),
        "first": cells[extract.key[0]].ljust(4),
    }


def _one_of(extract: str) -> str:
    """Return what a row of an extract is called: an enquiry of section_47_enquiries."""
    return f"{extract.removesuffix('ies')}y" if extract.endswith("ies") else extract.removesuffix("s")


def _cell(column: Column) -> str:
    """Return a cell that a column takes."""
    match column.kind:
        case Kind.ID:
            return f"{column.name[0].upper()}1"
        case Kind.DATE | Kind.WEEK:
            return "2010-03-01"
        case Kind.TIME:
            return "2010-03-01 09:00"
        case Kind.CODE:
            with Path(data_access.extracts.__file__).with_name("codes.csv").open(encoding="utf-8") as file:
                return next(row["code"] for row in csv.DictReader(file) if row["list"] == column.codes)
        case Kind.YES_NO:
            return "yes"
        case Kind.TEXT:
            return "words"
    return "1"


def write(files: dict[Path, str], root: Path) -> None:
    """Write the files of a measure under a root, none of which may exist yet."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("x", encoding="utf-8") as file:
            file.write(text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a skeleton into this tree, and print what to do next."""
    parser = argparse.ArgumentParser(prog="make measure", description="Write the skeleton of a measure.")
    parser.add_argument("id", help="the measure's id: the name of its file")
    parser.add_argument("strand", help=", ".join(STRANDS))
    parser.add_argument("extract", help=f"whose rows are its cases: {', '.join(COUNTED_IN)}")
    asked = parser.parse_args(arguments)
    try:
        files = skeleton(asked.id, asked.strand, asked.extract)
        write(files, ROOT)
    except (ValueError, FileExistsError) as problem:
        sys.exit(str(problem))
    definition, oracle = files
    sys.stdout.write(_NEXT.format(id=asked.id, definition=definition.as_posix(), oracle=oracle.as_posix()))


if __name__ == "__main__":
    main()

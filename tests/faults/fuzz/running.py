"""Reads spoilt files one after the other, in a process whose memory is bounded.

Use: python -m tests.faults.fuzz.running READER FIRST COUNT DATABASE [apart]. Each case writes the line `case NUMBER`
before it begins, then `loaded`, `staged` or `refused`, or `fault` with what went wrong. A case that hangs ends the
process with a trace. Workbooks are opened in this very process, for speed, unless `apart` is said: then as the
program does it, in a process of their own.
"""

import faulthandler
import os
import resource
import shutil
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.opening import connect, reading
from data_access.database.schema.loads import LOADS, REJECTED_ROWS
from data_access.loading import load_extracts
from data_access.loading.checks.cleaning import Codes
from data_access.loading.delivery.files import sheets_of
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.planned_extracts import planned_extracts
from data_access.loading.delivery.unreadable_files import is_panic
from data_access.loading.formats import opened_apart, workbook
from data_access.loading.merge.staging import stage
from data_access.loading.record import load_log
from data_access.problems import ExtractProblem
from tests.council import LOADER
from tests.faults.fuzz.readers import case
from tests.loading.handing_over import assert_rollup_is_the_cohort

MEMORY: Final = 3 << 30
PATIENCE: Final = 120
"""Seconds for one case: a thousand times what it takes, so that only a hang comes near."""

LOADED_EVERY: Final = 100
LONGEST_MESSAGE: Final = 3_000


def main() -> None:
    reader, first, count, database, *apart = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if not apart:
        workbook._opened = _opened_here
    engine = connect(database)
    with reading(engine) as connection:
        codes = load_log.known_codes(connection)
    engine.dispose()
    for number in range(int(first), int(first) + int(count)):
        _say(f"case {number}")
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        with tempfile.TemporaryDirectory(prefix="safe-fuzz-") as folder:
            try:
                _say(_outcome(reader, number, codes, database, Path(folder)))
            except BaseException as error:  # noqa: BLE001 - each is a fault to tell of
                _say(f"fault {reader} {number}: {type(error).__name__} {''.join(traceback.format_exception(error))}")
    faulthandler.cancel_dump_traceback_later()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _outcome(reader: str, number: int, codes: Codes, database: str, folder: Path) -> str:
    name, content, terms = case(reader, number)
    file = folder / name
    file.write_bytes(content)
    if number % LOADED_EVERY == 0:
        return _load(file, terms, database, folder)
    try:
        _stage(file, terms, codes, folder)
    except ExtractProblem as problem:
        return _refused(problem, file)
    return "staged"


def _stage(file: Path, terms: Terms | None, codes: Codes, folder: Path) -> None:
    """Read and check a file as a load does, up to where the database is written."""
    planned, _ = planned_extracts(sheets_of([file], codes, folder), terms)
    for one in planned:
        staged = stage(one.sheet, one.extract, one.terms, codes, set(), folder)
        assert staged.rows().select(pl.len()).collect().item() + staged.refused.height == staged.rows_read


def _refused(problem: ExtractProblem, file: Path) -> str:
    said = str(problem)
    assert file.name in said, said
    assert len(said) < LONGEST_MESSAGE, said
    assert said[-1] in ".)", said
    return "refused"


def _load(file: Path, terms: Terms | None, database: str, folder: Path) -> str:
    """Load a file whole into a database of its own: nothing of it, or all of it and figures that agree."""
    shutil.copy(database.removeprefix("sqlite:///"), folder / "safe.db")
    engine = connect(f"sqlite:///{folder / 'safe.db'}")
    try:
        load_extracts(engine, LOADER, [file], terms=terms)
    except ExtractProblem as problem:
        with engine.connect() as connection:
            for table in (LOADS, REJECTED_ROWS):
                assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
        return _refused(problem, file)
    else:
        assert_rollup_is_the_cohort(engine)
        return "loaded"
    finally:
        engine.dispose()


def _opened_here(file: Path, folder: Path) -> dict[str, object]:
    try:
        return opened_apart.answer(file, folder)
    except BaseException as error:
        if is_panic(error):
            return {"fault": ""}
        raise


if __name__ == "__main__":
    os.environ["RUST_BACKTRACE"] = "0"
    main()

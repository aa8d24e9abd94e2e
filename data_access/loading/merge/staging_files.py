"""All sheets of a load made ready: lists first, since the others are checked against them, then two at a time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from data_access.loading.checks.cleaning import Codes
from data_access.loading.delivery.planned_extracts import PlannedExtract
from data_access.loading.merge.staging import Staged, stage
from data_access.loading.record import load_log

_AT_ONCE: Final = 2
"""So many sheets are read and checked side by side: each alone leaves half of two processors idle, and more of them
would hold more rows in memory."""


def stage_files(
    wanted: Sequence[PlannedExtract], codes: Codes, teams: set[str], folder: Path, step: Callable[[str], None]
) -> list[tuple[PlannedExtract, Staged]]:
    """Read and check extracts, and write their good rows to files in the folder; return each with what came of it.

    `codes` and `teams` are those known so far. Raise ExtractProblem as `stage` does, of the first that is no use.
    """
    staged: list[tuple[PlannedExtract, Staged]] = []
    lists = [planned for planned in wanted if planned.extract.reference]
    # codes, which tell what the cells of other lists mean, before these
    for planned in sorted(lists, key=lambda planned: planned.extract.name != "codes"):
        step(f"Reading {planned.sheet.shown}")
        ready = stage(planned.sheet, planned.extract, planned.terms, codes, teams, folder)
        codes = load_log.with_codes(codes, planned.extract.name, ready.rows())
        if planned.extract.name == "teams":
            teams = {*teams, *ready.rows().select("team_id").collect().to_series()}
        staged.append((planned, ready))
    others = [planned for planned in wanted if not planned.extract.reference]
    # the largest first, so that none is left for the end that keeps a single processor busy
    by_size = sorted(others, key=lambda planned: planned.sheet.file.stat().st_size, reverse=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = {
            planned.extract.name: pool.submit(
                stage, planned.sheet, planned.extract, planned.terms, codes, teams, folder
            )
            for planned in by_size
        }
        try:
            for planned in by_size:
                step(f"Reading {planned.sheet.shown}")
                begun[planned.extract.name].result()
        finally:
            for reading in begun.values():
                reading.cancel()
    return [*staged, *((planned, begun[planned.extract.name].result()) for planned in others)]

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
    lists = [one for one in wanted if one.extract.reference]
    # codes, which tell what the cells of other lists mean, before these
    for one in sorted(lists, key=lambda one: one.extract.name != "codes"):
        step(f"Reading {one.sheet.shown}")
        ready = stage(one.sheet, one.extract, one.terms, codes, teams, folder)
        codes = load_log.with_codes(codes, one.extract.name, ready.rows())
        if one.extract.name == "teams":
            teams = {*teams, *ready.rows().select("team_id").collect().to_series()}
        staged.append((one, ready))
    others = [one for one in wanted if not one.extract.reference]
    # the largest first, so that none is left for the end that keeps one processor busy alone
    by_size = sorted(others, key=lambda one: one.sheet.file.stat().st_size, reverse=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = {
            one.extract.name: pool.submit(stage, one.sheet, one.extract, one.terms, codes, teams, folder)
            for one in by_size
        }
        try:
            for one in by_size:
                step(f"Reading {one.sheet.shown}")
                begun[one.extract.name].result()
        finally:
            for reading in begun.values():
                reading.cancel()
    return [*staged, *((one, begun[one.extract.name].result()) for one in others)]

"""What a load tells of itself: on the way, and at its end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data_access.loading.merge.confirming import Confirmation

Progress = Callable[[str, int, int], None]
"""Told what is being done, and which step of how many it is."""


@dataclass(frozen=True)
class LoadedExtract:
    """What became of one extract: rows read, and how many were new, changed, unchanged, older, withdrawn, refused.

    `because` counts the refused rows, and `warned` the warnings, by what is wrong with them, most frequent first.
    """

    extract: str
    file: str
    format: str
    read: int
    new: int
    changed: int
    unchanged: int
    older: int
    withdrawn: int
    refused: int
    warnings: int
    because: tuple[tuple[str, int], ...] = ()
    warned: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class MeasureMove:
    """How a load moves one measure.

    `before` and `after` are the latest settled figures of the whole service with their first days (None: there is
    none). `restated` counts the periods already settled before whose figures change.
    """

    measure: str
    start_before: date | None
    before: float | None
    start_after: date | None
    after: float | None
    restated: int


@dataclass(frozen=True)
class LoadReport:
    """What a load did, or would do. `loaded` is empty, and the data version as it was, where nothing was new.

    `refused` are the first refused rows as sentences: file, row, field, value, and what was expected. `to_confirm` is
    what a load would do only when somebody confirms it: only a dry run has any, since a load is refused for it.
    """

    load_id: int | None
    data_version: int
    loaded: tuple[LoadedExtract, ...]
    known_already: tuple[str, ...]
    notices: tuple[str, ...]
    refused: tuple[str, ...] = ()
    moves: tuple[MeasureMove, ...] = ()
    to_confirm: tuple[Confirmation, ...] = ()


def warnings_told(report: LoadReport) -> list[str]:
    """Return a line for each thing that a load warns of, with how many rows it was, the most frequent first."""
    told = [(number, loaded.extract, reason) for loaded in report.loaded for reason, number in loaded.warned]
    return [
        f"{extract}, {reason} ({number:,})"
        for number, extract, reason in sorted(told, key=lambda line: (-line[0], line[1], line[2]))
    ]


class Steps:
    """The steps of a load, told one after the other."""

    def __init__(self, progress: Progress, steps: int) -> None:
        self.progress = progress
        self.step = 0
        self.steps = steps

    def next(self, what: str) -> None:
        """Tell of the next step, as it begins."""
        self.step += 1
        self.progress(what, self.step, self.steps)

    def end(self) -> None:
        """Tell that all is done, be it with fewer steps than foreseen."""
        self.progress("Done", self.steps, self.steps)

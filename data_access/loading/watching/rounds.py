"""The watcher's rounds: look, load what is whole, set it aside, tell."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from data_access.actor import Actor
from data_access.database.opening import connect
from data_access.database.turns import Turn
from data_access.loading.load import load_extracts, tick
from data_access.loading.report import LoadReport, warnings_told
from data_access.loading.watching import aside
from data_access.loading.watching.deliveries import LOADED, REFUSED, Delivery, Inbox, Waiting
from data_access.loading.watching.telling import Telling, reason, refused_rows, what_was_loaded
from data_access.problems import DatabaseProblem, DiskSpaceProblem, ExtractProblem
from data_access.up_to_date import up_to_date

_LONG: Final = 3600
"""Seconds after which something that isn't whole is told."""

_TICK_EVERY: Final = 300
_MOST_REFUSALS: Final = 1_000
TURN_SECONDS: Final = 5.0
"""How long a round waits for its turn to write; what it could not load it tries again in the next."""


@dataclass(frozen=True)
class Round:
    """How many deliveries a round loaded and refused, what isn't whole yet, and whether something was in the way."""

    loaded: int
    refused: int
    waiting: tuple[Waiting, ...]
    trouble: bool


class Watch:
    """Watches a folder for one database.

    `actor` is who loads what arrives. `settle` is for how many seconds a file must be unchanged; `live` moves the
    as-at time on to now. `told` gets what was done, `warned` what needs somebody: each a line.
    """

    def __init__(
        self,
        folder: Path,
        database: str,
        actor: Actor,
        *,
        settle: float,
        live: bool,
        told: Callable[[str], None],
        warned: Callable[[str], None],
    ) -> None:
        """Raise DatabaseProblem where the address is none; a database that is away is only told, in the rounds."""
        connect(database).dispose()
        self.folder = folder
        self.database = database
        self.actor = actor
        self.live = live
        self.telling = Telling(told, warned)
        self._inbox = Inbox(folder, settle)
        self._first_seen: dict[str, float] = {}
        self._at_fault: set[Delivery] = set()
        self._ticked: float | None = None
        self._turn = Turn(TURN_SECONDS)

    def round(self, is_over: Callable[[], bool] = lambda: False) -> Round:
        """Load what is whole. `is_over` is asked before each load whether to leave."""
        loaded = refused = 0
        trouble = False
        waiting: list[Waiting] = []
        with self.telling.troubles():
            try:
                pending = self._finish_moves()
                deliveries, waiting = self._inbox.look(pending)
                self._tell_waiting(waiting)
                for delivery in deliveries:
                    if not is_over() and delivery not in self._at_fault:
                        into = self._take_in(delivery)
                        loaded += into == LOADED
                        refused += into == REFUSED
                if self.live and not (waiting or is_over() or self._at_fault or self.telling.has_trouble):
                    self._tick(after_a_load=loaded > 0)
            except DatabaseProblem as problem:
                self.telling.trouble(f"{problem} What has arrived stays where it is and is tried again.")
            except OSError as error:
                self.telling.trouble(f"{self.folder} can't be looked at ({error.strerror}); it is tried again.")
            trouble = self.telling.has_trouble
        return Round(loaded, refused, tuple(waiting), trouble)

    def _take_in(self, delivery: Delivery) -> str | None:
        """Load a delivery and set it aside; return where it went, or None where it is to be tried again."""
        try:
            engine = up_to_date(self.database, self._turn)
            try:
                report = load_extracts(engine, self.actor, delivery.paths, turn=self._turn)
                note = self._note(list(report.refused[:_MOST_REFUSALS]), report) if report.load_id else ""
            finally:
                engine.dispose()
        except ExtractProblem as problem:
            if not self._inbox.is_still(delivery):
                return None
            move = aside.plan(self.folder, delivery, REFUSED, reason(delivery, problem, self.folder))
            lies_there = f" It lies in {move.target}." if self._carry_out(move) else ""
            self.telling.warned(f"{delivery.name} refused: {' '.join(str(problem).splitlines())}{lies_there}")
            return REFUSED
        except DatabaseProblem:
            raise
        except DiskSpaceProblem as problem:
            self.telling.trouble(f"{problem} {delivery.name} stays where it is and is tried again.")
            return None
        except OSError as error:
            self.telling.trouble(f"{delivery.name} can't be loaded yet ({error.strerror}); it is tried again.")
            return None
        except Exception as error:  # noqa: BLE001 - a fault of ours in one delivery must not hold up the others
            self._at_fault.add(delivery)
            self.telling.warned(
                f"{delivery.name} could not be loaded: the program met {type(error).__name__}, a fault of its own. "
                "The delivery stays where it is, and is tried again when it has changed or at the next start."
            )
            return None
        else:
            self.telling.told(what_was_loaded(delivery, report))
            for line in (*report.notices, *(f"warning: {told}" for told in warnings_told(report))):
                self.telling.told(f"{delivery.name}: {line}")
            if not self._inbox.is_still(delivery):
                self.telling.warned(f"{delivery.name} changed while it was loaded, and will be loaded again.")
                return LOADED
            self._carry_out(aside.plan(self.folder, delivery, LOADED, note))
            return LOADED

    @staticmethod
    def _note(refused: list[str], report: LoadReport) -> str:
        number = sum(loaded.refused for loaded in report.loaded)
        return refused_rows(refused, number, warnings_told(report)) if refused else ""

    def _finish_moves(self) -> set[Path]:
        """Carry out what was to be moved; return the paths that can't be moved yet."""
        return {
            self.folder / path
            for move in list(aside.planned(self.folder))
            if not self._carry_out(move)
            for path in move.paths
        }

    def _carry_out(self, move: aside.Move) -> bool:
        try:
            aside.carry_out(self.folder, move)
        except OSError as error:
            said = f"{', '.join(move.paths)} can't be moved to {move.target} ({error.strerror}); it is tried again."
            self.telling.trouble(said)
            return False
        return True

    def _tell_waiting(self, waiting: list[Waiting]) -> None:
        now = time.monotonic()
        self._first_seen = {delivery.name: self._first_seen.get(delivery.name, now) for delivery in waiting}
        for delivery in waiting:
            if now - self._first_seen[delivery.name] >= _LONG:
                self.telling.trouble(f"{delivery.name} has been waiting for an hour: {delivery.why}.", counts=False)

    def _tick(self, *, after_a_load: bool) -> None:
        """Move the as-at time on to now, now and then, unless what came last was refused."""
        now = time.monotonic()
        due = after_a_load or self._ticked is None or now - self._ticked >= _TICK_EVERY
        if not due or aside.latest(self.folder, REFUSED) > aside.latest(self.folder, LOADED):
            return
        engine = up_to_date(self.database, self._turn)
        try:
            tick(engine, datetime.now(UTC).replace(tzinfo=None), turn=self._turn)
        finally:
            engine.dispose()
        self._ticked = now

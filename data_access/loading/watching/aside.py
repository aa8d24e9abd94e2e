"""Setting a delivery aside: moved as a whole, with a note beside it, also where a kill comes in between.

What is to be moved is written down first; whoever comes next finishes it.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from data_access.loading.watching.deliveries import LOADED, REFUSED, Delivery, Mark, files_of, mark_of

OWN: Final = ".safe-watch"
"""The folder, within the watched one, of what the watcher keeps for itself."""

NOTES: Final = {LOADED: ".refused-rows.txt", REFUSED: ".reason.txt"}
"""How the note beside a delivery ends."""

_STAMP_ENDS: Final = "Z"


@dataclass(frozen=True)
class Move:
    """A delivery that is to be moved: into which folder, under which name, and the note to lay beside it."""

    into: str
    name: str
    paths: tuple[str, ...]
    mark: Mark
    note: str

    @property
    def target(self) -> str:
        """Return where it goes, as messages show it."""
        return f"{self.into}/{self.name}"


def plan(folder: Path, delivery: Delivery, into: str, note: str = "") -> Move:
    """Write down that a delivery is to be moved; return what was written."""
    stamp = _stamp()
    wanted, number = f"{stamp}-{delivery.name}", 1
    while _is_taken(folder, into, wanted):
        number += 1
        wanted = f"{stamp}-{number}-{delivery.name}"
    paths = tuple(path.name for path in delivery.paths)
    move = Move(into, wanted, paths, delivery.mark, note)
    own = folder / OWN
    own.mkdir(exist_ok=True)
    draft = own / f"{into}-{wanted}.draft"
    draft.write_text(json.dumps(asdict(move)), encoding="utf-8")
    draft.rename(draft.with_suffix(".json"))
    return move


def planned(folder: Path) -> Iterator[Move]:
    """Yield the moves that were written down and are not yet done."""
    for file in sorted((folder / OWN).glob("*.json")):
        read = json.loads(file.read_text(encoding="utf-8"))
        mark = tuple((name, size, changed) for name, size, changed in read["mark"])
        yield Move(read["into"], read["name"], tuple(read["paths"]), mark, read["note"])


def carry_out(folder: Path, move: Move) -> None:
    """Lay the note down and move what is as it was; raise OSError where something is in the way, to try again."""
    parent = folder / move.into
    parent.mkdir(exist_ok=True)
    if move.note:
        (parent / f"{move.name}{NOTES[move.into]}").write_text(move.note, encoding="utf-8")
    target = parent / move.name
    if len(move.paths) > 1:
        target.mkdir(exist_ok=True)
    for name in move.paths:
        _move(folder, folder / name, target / name if len(move.paths) > 1 else target, move.mark)
    (folder / OWN / f"{move.into}-{move.name}.json").unlink()


def latest(folder: Path, into: str) -> str:
    """Return the time stamp of what was last set aside there, to the millisecond; nothing where there is none."""
    try:
        return max((entry.name.partition(_STAMP_ENDS)[0] for entry in (folder / into).iterdir()), default="")
    except FileNotFoundError:
        return ""


def _stamp() -> str:
    """Return the present moment (UTC) as names bear it, fine enough that whatever comes later sorts later."""
    now = datetime.now(UTC)
    return f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03}{_STAMP_ENDS}"


def _move(folder: Path, source: Path, target: Path, mark: Mark) -> None:
    """Move a file or folder; what has come in its place meanwhile goes back, to be looked at afresh."""
    if target.exists() or not source.exists():
        return
    prefix = f"{source.name}/"
    expected = sorted(entry[1:] for entry in mark if entry[0] == source.name or entry[0].startswith(prefix))
    source.rename(target)
    moved = sorted(entry[1:] for entry in mark_of(files_of(target), folder))
    if moved != expected:
        target.rename(source)


def _is_taken(folder: Path, into: str, name: str) -> bool:
    return (folder / into / name).exists() or (folder / OWN / f"{into}-{name}.json").exists()

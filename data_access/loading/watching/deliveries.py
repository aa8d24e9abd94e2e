"""What lies in a watched folder: which files make one delivery, and which deliveries are whole."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from data_access.loading.delivery.manifest import terms_of
from data_access.loading.delivery.recognising import recognised
from data_access.loading.delivery.sheet import names_manifest
from data_access.loading.formats.native_csv import csv_sheet
from data_access.loading.formats.workbook import native_sheets, tables_of
from data_access.problems import ExtractProblem

LOADED: Final = "loaded"
REFUSED: Final = "refused"

_CSV: Final = {".csv", ".txt"}
_WORKBOOK: Final = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
_UNDER_WAY: Final = {".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download"}
_LITTER: Final = {"thumbs.db", "desktop.ini"}

Mark = tuple[tuple[str, int, int], ...]
"""Of each file its path within the folder, its size and when it was changed (in nanoseconds)."""


@dataclass(frozen=True)
class Delivery:
    """A whole delivery: its name, what the loader is given (one folder, one file, or loose files), and its files."""

    name: str
    paths: tuple[Path, ...]
    files: tuple[Path, ...]
    mark: Mark

    @property
    def arrived(self) -> datetime:
        """Return when its last file was changed (UTC)."""
        return datetime.fromtimestamp(max(changed for _, _, changed in self.mark) / 1e9, UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Waiting:
    """Something that isn't whole yet, and why. `settling` where it was changed a moment ago."""

    name: str
    why: str
    settling: bool = False


def mark_of(files: Iterable[Path], folder: Path) -> Mark:
    """Return the mark of files in the folder."""
    stats = [(file.relative_to(folder).as_posix(), file.stat()) for file in sorted(files)]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def files_of(path: Path) -> list[Path]:
    """Return a file, or the files of a folder that count."""
    if not path.is_dir():
        return [path]
    return [file for file in sorted(path.iterdir()) if file.is_file() and not _is_ignored(file)]


class Inbox:
    """The watched folder as it is looked at, again and again; remembers since when each file has been unchanged."""

    def __init__(self, folder: Path, settle: float) -> None:
        self.folder = folder
        self.settle = settle
        self._since: dict[tuple[str, int, int], float] = {}
        self._extracts: dict[tuple[str, int, int], frozenset[str] | None] = {}

    def look(self, but: Iterable[Path] = ()) -> tuple[list[Delivery], list[Waiting]]:
        """Return the deliveries that are whole, in the order in which to load them, and what is not whole yet.

        `but` are paths to leave alone. Raise OSError where the folder can't be read.
        """
        own = (LOADED, REFUSED)
        entries = [
            entry
            for entry in sorted(self.folder.iterdir())
            if not _is_ignored(entry) and entry not in but and entry.name.casefold() not in own
        ]
        arrived: list[Delivery | Waiting] = []
        files: dict[Path, list[Path]] = {}
        for entry in entries:
            try:
                files[entry] = files_of(entry)
            except OSError as error:
                arrived.append(Waiting(entry.name, f"it can't be opened ({error.strerror})"))
        self._see([file for held in files.values() for file in held])
        loose = [entry for entry in files if _is_csv(entry) and not entry.is_dir()]
        arrived += self._loose(loose)
        arrived += [self._alone(entry, held) for entry, held in files.items() if entry not in loose]
        whole = [arrival for arrival in arrived if isinstance(arrival, Delivery)]
        return _in_order(whole), [arrival for arrival in arrived if isinstance(arrival, Waiting)]

    def is_still(self, delivery: Delivery) -> bool:
        """Return whether a delivery is as it was found, and can still be opened."""
        try:
            files = [file for path in delivery.paths for file in files_of(path)]
            return mark_of(files, self.folder) == delivery.mark and self._unready(files) is None
        except OSError:
            return False

    def _see(self, files: Sequence[Path]) -> None:
        now = time.monotonic()
        marks = [mark for file in files for mark in self._mark(file)]
        self._since = {mark: self._since.get(mark, now) for mark in marks}
        self._extracts = {mark: known for mark, known in self._extracts.items() if mark in self._since}

    def _mark(self, file: Path) -> Mark:
        try:
            return mark_of([file], self.folder)
        except FileNotFoundError:
            return ()

    def _alone(self, entry: Path, files: list[Path]) -> Delivery | Waiting:
        if not files:
            return Waiting(entry.name, "it holds no file yet")
        if waiting := self._unready(files):
            return Waiting(entry.name, *waiting)
        if entry.is_dir() and (lacking := self._lacking(files)):
            return Waiting(entry.name, lacking)
        return Delivery(entry.name, (entry,), tuple(files), mark_of(files, self.folder))

    def _unready(self, files: Sequence[Path]) -> tuple[str, bool] | None:
        """Return why files can't be read yet, and whether they were changed a moment ago; None where they can."""
        for file in files:
            if file.suffix.lower() in _UNDER_WAY:
                return f"{file.name} is the name of a copy that is still under way", False
        now = time.monotonic()
        for file in files:
            mark = self._mark(file)
            if not mark or now - self._since.get(mark[0], now) < self.settle:
                return f"{file.name} was changed a moment ago", True
            try:
                file.open("rb").close()
            except OSError as error:
                said = f"{file.name} can't be opened ({error.strerror}); what writes it may still hold it"
                return said, False
        return None

    def _lacking(self, files: Sequence[Path]) -> str | None:
        """Return what the CSV files of a folder lack. What can't be read lacks nothing: it will be refused."""
        manifests = [file for file in files if _is_manifest(file)]
        others = [file for file in files if file not in manifests]
        if not all(_is_csv(file) for file in others):
            return None
        if not manifests:
            return "it has no manifest.csv yet"
        named = [self._extracts_in(file) for file in manifests]
        held = [self._extracts_in(file) for file in others]
        if None in named or None in held:
            return None
        return _missing("its manifest", _joined(named) - _joined(held))

    def _loose(self, files: Sequence[Path]) -> list[Delivery | Waiting]:
        """Return what lies loose: a manifest with all that it names; by itself what can't be read, to be refused."""
        loose: list[Delivery | Waiting] = []
        ready: dict[Path, frozenset[str]] = {}
        for file in files:
            if waiting := self._unready([file]):
                loose.append(Waiting(file.name, *waiting))
            elif extracts := self._extracts_in(file):
                ready[file] = extracts
            else:
                loose.append(Delivery(file.name, (file,), (file,), mark_of([file], self.folder)))
        manifests = [file for file in ready if _is_manifest(file)]
        named = _joined([ready[file] for file in manifests])
        held = [file for file in ready if file not in manifests and ready[file] <= named]
        if missing := _missing("it", named - _joined([ready[file] for file in held])):
            loose += [Waiting(file.name, missing) for file in manifests]
        elif manifests:
            together = tuple(sorted([*manifests, *held]))
            loose.append(Delivery("extracts", together, together, mark_of(together, self.folder)))
        for file in ready.keys() - {*manifests, *held}:
            extract = ", ".join(ready[file])
            loose.append(Waiting(file.name, f"no manifest.csv beside it names {extract} yet"))
        return loose

    def _extracts_in(self, file: Path) -> frozenset[str] | None:
        """Return the extract that a CSV file holds, or those that a manifest names; None where it can't be read."""
        [mark] = mark_of([file], self.folder)
        if mark not in self._extracts:
            try:
                sheet = csv_sheet(file)
                names = terms_of([sheet]) if sheet.is_manifest else {recognised(sheet).name: None}
                self._extracts[mark] = frozenset(names)
            except ExtractProblem:
                self._extracts[mark] = None
        return self._extracts[mark]


def _in_order(deliveries: Sequence[Delivery]) -> list[Delivery]:
    if len(deliveries) < 2:
        return list(deliveries)
    return sorted(
        deliveries, key=lambda delivery: (_taken_at(delivery) or delivery.arrived, delivery.arrived, delivery.name)
    )


def _taken_at(delivery: Delivery) -> datetime | None:
    """Return when the delivery was taken (UTC), as its manifest says; None where it has none that can be read."""
    try:
        sheets = [csv_sheet(file) for file in delivery.files if _is_manifest(file)]
        for file in delivery.files:
            if file.suffix.lower() in _WORKBOOK:
                tables = [table for table in tables_of(file) if names_manifest(table[0])]
                sheets += native_sheets(file, "", tables)
        return min((terms.extracted_at for terms in terms_of(sheets).values()), default=None)
    except (ExtractProblem, OSError):
        return None


def _missing(who: str, extracts: Iterable[str]) -> str | None:
    names = ", ".join(sorted(extracts))
    return f"{who} names {names}, of which no file is there yet" if names else None


def _joined(extracts: Iterable[frozenset[str] | None]) -> frozenset[str]:
    return frozenset(name for some in extracts if some for name in some)


def _is_csv(file: Path) -> bool:
    return file.suffix.lower() in _CSV


def _is_manifest(file: Path) -> bool:
    return _is_csv(file) and names_manifest(file.stem)


def _is_ignored(path: Path) -> bool:
    return path.name.startswith((".", "~")) or path.name.casefold() in _LITTER

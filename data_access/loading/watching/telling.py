"""What the watcher tells: each load and refusal as it happens, a trouble once until it is over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data_access.dates.london_time import to_local
from data_access.loading.merge.confirming import ConfirmationProblem, options_for
from data_access.loading.report import LoadReport
from data_access.loading.watching.deliveries import Delivery
from data_access.problems import ExtractProblem


class Telling:
    """Tells lines, each with the London time before it."""

    def __init__(self, told: Callable[[str], None], warned: Callable[[str], None]) -> None:
        self._told = told
        self._warned = warned
        self._standing: set[str] = set()
        self._met: set[str] = set()
        self.has_trouble = False

    def told(self, line: str) -> None:
        """Tell what was done."""
        self._told(f"{_now():%Y-%m-%d %H:%M:%S} {line}")

    def warned(self, line: str) -> None:
        """Tell what needs somebody."""
        self._warned(f"{_now():%Y-%m-%d %H:%M:%S} {line}")

    def trouble(self, line: str, *, counts: bool = True) -> None:
        """Tell a trouble, unless it was told and is not over yet. `counts` where something is in the way of loads."""
        self.has_trouble |= counts
        if line not in self._standing | self._met:
            self.warned(line)
        self._met.add(line)

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Take note of the troubles of one round; those not met in it are over."""
        self.has_trouble, self._met = False, set()
        yield
        self._standing = self._met


def what_was_loaded(delivery: Delivery, report: LoadReport) -> str:
    """Return a load in one line."""
    if report.load_id is None:
        return f"{delivery.name}: nothing new, its files were loaded before"
    counts = {
        name: sum(getattr(loaded, name) for loaded in report.loaded)
        for name in ("new", "changed", "withdrawn", "refused", "warnings")
    }
    rows = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    extracts = ", ".join(sorted(loaded.extract for loaded in report.loaded))
    return f"{delivery.name}: load {report.load_id} of {extracts}: rows {rows}"


def reason(delivery: Delivery, problem: ExtractProblem, folder: Path) -> str:
    """Return what is laid beside a delivery that was refused."""
    why = str(problem)
    files = "\n".join(f"  {file.relative_to(folder)}" for file in delivery.files)
    return (
        f"{delivery.name} was refused. Nothing of it was loaded, and no figure has changed.\n\n"
        f"When (London time): {_now():%d/%m/%Y %H:%M:%S}\n\n"
        f"Why: {why}\n\n"
        f"Its files:\n{files}\n\n"
        f"{_by_hand(problem)}"
        "What to do: put right what is said above, in the system that the files come from or by having them made "
        f"again. Then put all of them into {folder} again; CSV files need their manifest.csv beside them, in a "
        "folder of their own or loose. What lies here may be deleted.\n"
    )


def _by_hand(problem: ExtractProblem) -> str:
    """Return how to load by hand what only waits for somebody's word."""
    if not isinstance(problem, ConfirmationProblem):
        return ""
    return (
        "If it is right as it is: load what lies beside this note by hand, with "
        f"`safe-dashboard load PATH {options_for(problem.asked)}` (PATH is the file or folder of the same name), or "
        "on the page Loads and quality, where a box confirms it.\n\n"
    )


def refused_rows(refused: list[str], number: int, warnings: list[str]) -> str:
    """Return what is laid beside a delivery that was loaded but for some rows, with what it warns of."""
    more = f"\n... and {number - len(refused):,} more\n" if number > len(refused) else ""
    return (
        f"The delivery was loaded but for {number:,} rows. Where such a row was to correct an older one, the older "
        "one stands. Put the rows right in the system that they come from; the next delivery then brings them.\n\n"
        + "\n".join(refused)
        + f"\n{more}"
        + "".join(f"\nwarning: {warning}" for warning in warnings)
        + ("\n" if warnings else "")
    )


def _now() -> datetime:
    return to_local(datetime.now(UTC).replace(tzinfo=None))

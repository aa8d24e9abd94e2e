"""`safe-dashboard watch`: what arrives in a folder is loaded by itself."""

import signal
import threading
from pathlib import Path
from types import FrameType

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option
from data_access.loading.watching import Watch, only_watcher


@click.command(short_help="Load what arrives in a folder.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5,
    show_default=True,
    metavar="SECONDS",
    help="How often to look.",
)
@click.option(
    "--settle",
    type=click.FloatRange(min=0),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="How long a file must have been unchanged.",
)
@click.option("--once", is_flag=True, help="Load what is there and leave, for cron or the Windows Task Scheduler.")
@click.option(
    "--live",
    is_flag=True,
    help="This folder is the only feed and is kept up to date: silence means that nothing happened, so what is not "
    "done by now is overdue now. Without it the figures are as at the time when the extracts were taken.",
)
@database_option
def watch(folder: Path, every: float, settle: float, once: bool, live: bool, database: str) -> None:
    """Watch FOLDER and load what arrives there, whole, once and in order, until interrupted.

    A delivery is a sub-folder, a workbook or census file by itself, or CSV files that lie loose together with their
    manifest.csv. It is loaded when no file of it has changed for some seconds, no copy is under way (.part, .tmp) and
    every extract that its manifest names is there. What was loaded moves to FOLDER/loaded; what was refused moves to
    FOLDER/refused, with the reason beside it. A database that is locked or away is tried again.

    To hand a delivery over, copy its files under another name or into another folder, then rename; or put
    manifest.csv in last. Loaded files lie in FOLDER/loaded as they came until you delete them.

    Exit status with --once: 1 where something was refused or could not be loaded.

    \b
    Examples:
      safe-dashboard watch //server/extracts
      safe-dashboard watch /srv/feed --live --database postgresql://safe@localhost/safe
      safe-dashboard watch extracts --once
    """
    over = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    with only_watcher(folder):
        watching = Watch(
            folder, database, command_line_actor(), settle=settle, live=live, told=click.echo, warned=_warn
        )
        done = watching.round(over.is_set)
        if not once:
            click.echo(f"Watching {folder} every {every:g} seconds (Ctrl+C ends it)", err=True)
            while not over.wait(every):
                watching.round(over.is_set)
            return
        loaded, refused, trouble = done.loaded, done.refused, done.trouble
        if any(delivery.settling for delivery in done.waiting) and not over.wait(settle):
            done = watching.round(over.is_set)
            loaded, refused, trouble = loaded + done.loaded, refused + done.refused, done.trouble
        for delivery in done.waiting:
            _warn(f"{delivery.name} is left for the next time: {delivery.why}.")
    if refused or trouble:
        raise SystemExit(1)


def _warn(line: str) -> None:
    click.echo(line, err=True)

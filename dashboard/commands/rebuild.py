"""`safe-dashboard rebuild`: the case tables made again from the record of what was loaded."""

import sys

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from dashboard.commands.turn import told_turn
from data_access.loading.record.rebuilding import rebuild as rebuild_from_the_record
from data_access.up_to_date import up_to_date


@click.command(short_help="Make the case tables again from the record of loads.")
@database_option
def rebuild(database: str) -> None:
    """Make the case tables and every figure again, from the record that each load left in the database.

    What people typed stays as it is, and so does the history of loads. All of it happens, or nothing: where the
    record lacks a load, nothing is changed.

    \b
    Example:
      safe-dashboard rebuild && safe-dashboard check
    """
    with (
        using(up_to_date(database, told_turn())) as engine,
        click.progressbar(length=1, label="Rebuilding", file=sys.stderr, show_eta=False, item_show_func=str) as bar,
    ):

        def progress(what: str, step: int, steps: int) -> None:
            bar.length = steps
            bar.current_item = what
            bar.update(step - bar.pos)

        loads = rebuild_from_the_record(engine, command_line_actor(), progress=progress, turn=told_turn())
    click.echo(f"made again from {loads:,} loads")

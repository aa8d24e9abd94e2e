"""How commands wait for their turn to write: with a line on standard error."""

import click

from data_access.database.turns import Turn


def told_turn() -> Turn:
    """Return a turn that tells on standard error when it has to wait."""
    return Turn(told=lambda line: click.echo(f"{line} (Ctrl+C gives up)", err=True))

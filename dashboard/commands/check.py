"""`safe-dashboard check`: does everything in the database agree?"""

import click

from dashboard.commands.database_option import database_option, using
from data_access.checking import findings
from data_access.database import open_database


@click.command(short_help="Check that the figures agree with the cases.")
@database_option
def check(database: str) -> None:
    """Check the database: its version, and every figure kept against the cases it stands for.

    Tells what was loaded and what was refused. Exit status 1 where anything disagrees.

    \b
    Example:
      safe-dashboard check && safe-dashboard export --all
    """
    with using(open_database(database)) as engine:
        found = findings(engine)
    for line in found.told:
        click.echo(line)
    for line in found.wrong:
        click.echo(f"wrong: {line}", err=True)
    if found.wrong:
        raise SystemExit(1)

"""`safe-dashboard upgrade`: a database brought to this program's version."""

import click

from dashboard.commands.database_option import database_option, using
from dashboard.commands.turn import told_turn
from data_access.database.opening import newest_version
from data_access.up_to_date import up_to_date


@click.command(short_help="Bring a database up to this version.")
@database_option
def upgrade(database: str) -> None:
    """Bring the database's schema, code lists, calendar and figures up to this version; its data are kept.

    Loading does the same by itself. A database that is not there yet is made.

    \b
    Example:
      safe-dashboard upgrade --database sqlite:///safe.db
    """
    with using(up_to_date(database, told_turn())):
        click.echo(f"up to date: schema {newest_version()}")

"""`safe-dashboard evidence`: the evidence for every finding of inspectors and auditors, as one pack of files."""

from datetime import datetime
from pathlib import Path

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from dashboard.commands.output_folder import output_option, write_file
from dashboard.readings.reading import open_reading
from data_access.database.opening import open_database
from data_access.dates.periods import week_of


@click.command(short_help="Make the evidence for every finding of inspectors: PDF, Word, Excel, CSV.")
@click.option("--week", type=click.DateTime(["%Y-%m-%d"]), help="As of the week of this day; the latest by default.")
@click.option("--team", help="One team; the whole service by default.")
@output_option
@database_option
def evidence(week: datetime | None, team: str | None, folder: Path, database: str) -> None:
    """Make the evidence for every finding, as the page Inspection evidence tells it, as one pack of files.

    Each finding has its measures with chart and comparison, the actions of the plan, what audits say, and what is
    still not good; findings that disagree stand side by side. The list of contents names every file with its SHA-256,
    the week and the version of the data. It is for use inside the service and for its inspectors: figures are whole,
    and no case is named.

    \b
    Examples:
      safe-dashboard evidence --output evidence
      safe-dashboard evidence --week 2010-03-22 --team AT1 --output evidence
    """
    # what draws takes a second to import
    from dashboard.packs.evidence.content import evidence_pack  # noqa: PLC0415
    from dashboard.packs.evidence.files import evidence_files  # noqa: PLC0415

    with using(open_database(database)) as engine, open_reading(engine, command_line_actor()) as reading:
        made = evidence_pack(reading, week=None if week is None else week_of(week.date()), team=team)
    for name, content in evidence_files(made, team):
        write_file(folder / name, content)
        click.echo(folder / name)
    click.echo("internal: not for publication", err=True)

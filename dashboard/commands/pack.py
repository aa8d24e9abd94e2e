"""`safe-dashboard pack`: the pack of a meeting, as files."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from dashboard.commands.output_folder import output_option, write_file
from dashboard.commands.turn import told_turn
from dashboard.packs.formats import FORMATS, file_name
from dashboard.packs.meetings import Detail, Meeting, meeting_named, meetings
from dashboard.settings import current_settings
from data_access.database.opening import open_database

_EVERY = "all"


@click.command(short_help="Make the pack of a meeting: PDF, Word, PowerPoint, Excel.")
@click.argument("meeting", required=False)
@click.option(
    "--date",
    "held_on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the meeting: the pack tells of the last whole week before it. The latest week by default.",
)
@click.option("--team", help="The team, for a meeting whose pack is of one.")
@click.option(
    "--format", "form", type=click.Choice([*FORMATS, _EVERY]), default="pdf", show_default=True, help="One, or all."
)
@output_option
@click.option("--list", "is_list", is_flag=True, help="List the meetings instead.")
@database_option
def pack(
    meeting: str | None,
    held_on: datetime | None,
    team: str | None,
    form: str,
    folder: Path,
    is_list: bool,
    database: str,
) -> None:
    """Make the pack of MEETING: what needs attention, and every measure that the meeting reads, strand by strand.

    It says what the pages say, and is for use inside the service. The file of each format is named by the meeting and
    the Monday of the week, and takes the place of an older one. SAFE_MEETINGS names a file with a council's own
    meetings, in the form of those that ship (dashboard/packs/meetings.toml).

    A public pack, of a meeting beyond the service, tells months and the year to date with small numbers hidden, as
    export --public does. Making it publishes: all that it shows is written to the register before a file is.

    \b
    Examples:
      safe-dashboard pack --list
      safe-dashboard pack smt --date 2010-03-29
      safe-dashboard pack smt --date 2010-03-29 --format all --output packs
      safe-dashboard pack manager-supervision --team AT1 --format docx
      safe-dashboard pack lscb --date 2010-04-12 --format all
    """
    own = current_settings().meetings
    if is_list:
        _list(meetings(own))
        return
    if meeting is None:
        msg = f"Name a meeting, or say --list. There are: {', '.join(meetings(own))}."
        raise click.UsageError(msg)
    chosen = meeting_named(meeting, own)
    # what draws takes a second to import
    from dashboard.packs.making import made_pack  # noqa: PLC0415
    from dashboard.packs.writers import WRITERS  # noqa: PLC0415

    on = None if held_on is None else held_on.date()
    with using(open_database(database)) as engine:
        made = made_pack(engine, command_line_actor(), chosen, on=on, team=team, turn=told_turn())
    if held_on is not None and made.week + timedelta(days=13) < held_on.date():
        click.echo(f"The data cover no later week: {made.subtitle}.", err=True)
    for ending in FORMATS if form == _EVERY else (form,):
        file = folder / file_name(chosen.id, made.week, team, ending)
        write_file(file, WRITERS[ending](made))
        click.echo(file)
    is_public = chosen.detail is Detail.PUBLIC
    click.echo("public: the register holds what it shows" if is_public else "internal: not for publication", err=True)


def _list(known: Mapping[str, Meeting]) -> None:
    for each in known.values():
        click.echo(f"{each.id}: {each.name}, {each.rhythm}: {each.reads}; for the {', '.join(sorted(each.readers))}")

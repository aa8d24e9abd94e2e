"""`safe-dashboard decisions comment` and `note`: what the weekly meeting says about measures, and what it decides."""

import click

from dashboard.commands.database_option import database_option
from dashboard.commands.deciding import given_day, take
from data_access.decisions import Decision
from data_access.decisions.kinds.meeting_decision import EXPECTED

_week_option = click.option("--week", required=True, metavar="MONDAY", help="The week that the meeting looks at.")


@click.command(short_help="Say something about a measure in a week.")
@click.argument("measure")
@click.argument("text")
@_week_option
@database_option
def comment(measure: str, text: str, week: str, database: str) -> None:
    """Keep TEXT as what is said about MEASURE in a week. `revise commentary` changes it.

    \b
    Example:
      safe-dashboard decisions comment cafs_started "Schools were closed for two days" --week 2010-01-04
    """
    content = {"measure": measure, "week": given_day(week), "text": text}
    take(database, Decision("commentary", content, "Written by command"))


@click.command(short_help="Note a decision of the weekly meeting.")
@click.argument("what")
@_week_option
@click.option("--owner", required=True, help="The role that does it.")
@click.option("--due-on", required=True, metavar="DAY", help="The day by which it is to be done.")
@click.option("--measure", help="The measure that it should move.")
@click.option("--expected", type=click.Choice(EXPECTED), help="What it should do to the measure.")
@click.option("--review-on", metavar="DAY", help="The day on which that is tested.")
@database_option
def note(
    what: str,
    week: str,
    owner: str,
    due_on: str,
    measure: str | None,
    expected: str | None,
    review_on: str | None,
    database: str,
) -> None:
    """Note WHAT the meeting about a week decided. `revise meeting_decision ID done=yes` says that it is done.

    On its review day the expected effect is tested, the mean since against the mean before, and kept when that week
    is signed off: right, wrong, or not to be told.

    \b
    Example:
      safe-dashboard decisions note "Write to every school" --week 2010-03-15 --owner "CAF lead" \\
          --due-on 2010-03-26 --measure cafs_started --expected up --review-on 2010-05-03
    """
    content = {
        "week": given_day(week),
        "what": what,
        "owner": owner,
        "due_on": due_on,
        "measure": measure,
        "expected": expected,
        "review_on": review_on,
    }
    take(database, Decision("meeting_decision", content, "Decided at the meeting"))

"""`safe-dashboard sign-off`: a week kept as it was reported, read again, and held against what stands now."""

from collections.abc import Sequence
from datetime import date, timedelta

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from dashboard.commands.deciding import given_day
from dashboard.commands.turn import told_turn
from dashboard.readings.agenda import MeetingDecision, meeting
from dashboard.readings.measure_views import EVERY_MEASURE, measure_views
from dashboard.readings.reading import open_reading
from dashboard.readings.sign_off import Closed, sign_week_off
from dashboard.readings.signed_weeks import (
    cases_as_signed,
    differences,
    measures_as_signed,
    reported_text,
    signed_week,
    signed_weeks_between,
)
from dashboard.words.agenda import expected_words, on_day, signed_words, state_words, tested_words, week_words
from dashboard.words.decisions import author_words
from data_access.database.opening import open_database
from data_access.measures import measure_named
from data_access.signed_weeks import SignedWeek

_week_argument = click.argument("week", metavar="MONDAY")


@click.group("sign-off", short_help="Sign a week off, read it again, tell what stands otherwise now.")
def sign_off() -> None:
    """Weeks that a meeting signed off: kept to the digit, whatever is loaded, rebuilt or redefined since.

    \b
    Examples:
      safe-dashboard sign-off agenda 2010-03-22
      safe-dashboard sign-off week 2010-03-22 --attended "Director, heads of service"
      safe-dashboard sign-off list
      safe-dashboard sign-off show 2010-03-22
      safe-dashboard sign-off show 2010-03-22 --cases decisions_within_24_hours
      safe-dashboard sign-off differences
    """


@sign_off.command(short_help="Sign a week off as it stands.")
@_week_argument
@click.option("--attended", required=True, metavar="TEXT", help="Who attended the meeting, by role.")
@click.option("--not-reached", default="", metavar="TEXT", help="Items that the meeting did not reach.")
@click.option("--revision", type=int, default=0, help="The revision that you saw, to sign the week off again.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is signed off again.")
@database_option
def week(week: str, attended: str, not_reached: str, revision: int, reason: str, database: str) -> None:
    """Keep the week of MONDAY as it stands: figures, sentences, limits, targets and case ids of every measure.

    To sign it off again takes the revision that stands and a reason; the earlier one stays.

    \b
    Examples:
      safe-dashboard sign-off week 2010-03-22 --attended "Director, heads of service" --not-reached "CAFs"
      safe-dashboard sign-off week 2010-03-22 --attended "Director" --revision 1 --reason "A team's file came late"
    """
    closed = Closed(given_day(week), attended, not_reached, reason, revision)
    with using(open_database(database)) as engine:
        signed = sign_week_off(command_line_actor(), engine, closed, turn=told_turn())
    click.echo(f"week {signed.week} signed off, revision {signed.revision}, hash {signed.hash}")


@sign_off.command("list", short_help="List the weeks signed off.")
@click.option("--history", "whole", is_flag=True, help="Every revision.")
@database_option
def list_(whole: bool, database: str) -> None:
    """List the weeks that were signed off, the earliest first: who did so, when, and what the meeting did not reach.

    \b
    Example:
      safe-dashboard sign-off list --history
    """
    actor = command_line_actor()
    with using(open_database(database)) as engine, open_reading(engine, actor) as reading:
        for signed in signed_weeks_between(reading, None, None, history=whole):
            _tell_week(signed)


@sign_off.command(short_help="Print what a week reported.")
@_week_argument
@click.option("--revision", type=int, help="This revision; the latest by default.")
@click.option("--cases", "measure", metavar="MEASURE", help="The ids of the cases behind this measure instead.")
@database_option
def show(week: str, revision: int | None, measure: str | None, database: str) -> None:
    """Print every measure of the week of MONDAY as it was reported; or the case ids behind one, by team and outcome.

    \b
    Examples:
      safe-dashboard sign-off show 2010-03-22
      safe-dashboard sign-off show 2010-03-22 --revision 1 --cases cafs_started
    """
    actor = command_line_actor()
    with using(open_database(database)) as engine, open_reading(engine, actor) as reading:
        signed = signed_week(reading, given_day(week), revision=revision)
        if measure is not None:
            for team, kinds in sorted(cases_as_signed(reading, signed, measure).items()):
                for kind, cases in sorted(kinds.items()):
                    click.echo(f"{team}, {kind.replace('_', ' ')}: {' '.join(cases)}")
            return
        _tell_week(signed)
        for row in measures_as_signed(reading, [signed]):
            start = row.reported["start"]
            of = f", {row.reported['period']} from {start}" if start else ""
            click.echo(f"{row.measure}: {reported_text(row.reported)}{of}")
            click.echo(f"    {row.reported['sentence']}")


@sign_off.command("differences", short_help="Tell what was reported otherwise than it stands now.")
@click.option("--from", "first", metavar="MONDAY", help="Only from this week on.")
@click.option("--to", "last", metavar="MONDAY", help="Only up to this week.")
@click.option("--measure", help="Only this measure.")
@database_option
def differences_(first: str | None, last: str | None, measure: str | None, database: str) -> None:
    """Tell every figure of signed weeks that stands otherwise now, with the load that changed it.

    \b
    Example:
      safe-dashboard sign-off differences --from 2009-12-14
    """
    if measure is not None:
        measure_named(measure)
    span = [None if each is None else given_day(each) for each in (first, last)]
    actor = command_line_actor()
    with using(open_database(database)) as engine, open_reading(engine, actor) as reading:
        for each in differences(reading, signed_weeks_between(reading, *span), measure=measure):
            told = f"reported {each.reported}, now {each.now}: {each.why}"
            click.echo(f"{each.week} {each.measure}, from {each.start}: {told}")


@sign_off.command(short_help="Print the agenda of a week: decisions, and what was said about measures.")
@_week_argument
@database_option
def agenda(week: str, database: str) -> None:
    """Print what the meeting about the week of MONDAY has before it: earlier decisions, its own, and commentary.

    The figures themselves are printed by `export` and, once the week is signed off, by `sign-off show`.

    \b
    Example:
      safe-dashboard sign-off agenda 2010-03-22
    """
    monday = given_day(week)
    with using(open_database(database)) as engine, open_reading(engine, command_line_actor()) as reading:
        views = measure_views(reading, EVERY_MEASURE, up_to=monday + timedelta(days=6))
        held = meeting(reading, monday, {view.definition.id: view for view in views})
    _tell_part("Decided before", [line for each in held.before for line in _decision_lines(each, monday)])
    decided = [line for each in held.decisions for line in _decision_lines(each, monday)]
    _tell_part(f"Decided at the meeting about {week_words(monday)}", decided)
    said = held.commentary.items()
    _tell_part(
        "Said about measures",
        [f"{name}: {each.latest.content['text']} ({author_words(each.latest)})" for name, each in said],
    )


def _tell_part(heading: str, lines: Sequence[str]) -> None:
    click.echo(heading if lines else f"{heading}: none")
    for line in lines:
        click.echo(f"  {line}")


def _tell_week(signed: SignedWeek) -> None:
    click.echo(f"{signed.week}: {signed_words(signed)}")
    click.echo(f"    attended: {signed.closing.attendance}")
    if signed.closing.not_reached:
        click.echo(f"    not reached: {signed.closing.not_reached}")


def _decision_lines(decision: MeetingDecision, week: date) -> list[str]:
    content = decision.content
    noted = f"noted for {on_day(content['week'])}"
    told = expected_words(decision) if decision.tested is None else tested_words(decision.tested)
    return [
        f"{decision.decided.decision_id}: {content['what']} ({content['owner']}; {noted})",
        *(f"  {line}" for line in (state_words(decision, week), told) if line),
    ]

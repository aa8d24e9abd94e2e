"""`safe-dashboard export`: figures and cases for other programs."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime

import click

from dashboard.access import command_line_actor
from dashboard.analysis.wording import day
from dashboard.commands.database_option import database_option, using
from dashboard.commands.turn import told_turn
from dashboard.exports.public_export import publish
from dashboard.exports.register import REGISTER_COLUMNS, published_rows
from dashboard.exports.rows import COLUMNS, Row, Wanted, by_case, by_period, by_team
from dashboard.exports.safe_cells import write_csv
from dashboard.readings.cases import why_not_listed
from dashboard.readings.reading import Reading, open_reading
from data_access.actor import Actor
from data_access.database.opening import open_database
from data_access.dates.periods import Grain
from data_access.measures import MEASURES, measure_named
from data_access.published import publishing
from data_access.queries import check_current
from data_access.vocabulary import Period

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Print figures or cases as CSV or JSON.")
@click.argument("measures", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every measure.")
@click.option(
    "--by",
    type=click.Choice(["period", "team", "case"]),
    default="period",
    show_default=True,
    help="A row a period, a period and team, or a case.",
)
@click.option(
    "--grain",
    type=click.Choice([str(grain) for grain in Grain]),
    help="Length of the periods; each measure's own by default.",
)
@click.option("--week", type=_DAY, help="Only the periods in which the week of this day lies.")
@click.option("--from", "first", type=_DAY, help="First day.")
@click.option("--to", "last", type=_DAY, help="Last day.")
@click.option("--team", help="One team; the whole service by default.")
@click.option(
    "--public",
    is_flag=True,
    help="Hide small numbers, so that the output may leave the service, and what would give them away together with "
    "everything published before. Writes the register of what was published.",
)
@click.option(
    "--published", is_flag=True, help="List the register instead: every figure published so far, of MEASURES or all."
)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@database_option
def export(
    measures: tuple[str, ...],
    every: bool,
    by: str,
    grain: str | None,
    week: datetime | None,
    first: datetime | None,
    last: datetime | None,
    team: str | None,
    public: bool,
    published: bool,
    form: str,
    database: str,
) -> None:
    """Print MEASURES (or --all of them), one row a period, team or case.

    Values are fractions (0.94), for counts numbers. Without --public the output is for use inside the service only,
    and says so in its last column. Names and order of the columns are stable.

    With --public, numbers from 1 to 5 leave as "c", and so does whatever would let somebody work one out from all
    public exports together. What leaves first stands: publish the finest periods that you need, by team if you need
    teams, and longer periods follow from them; periods that cut what was published (months after weeks), overlap it
    (twelve months) or are not settled are hidden. Each public export is written to the register before it is printed.

    \b
    Examples:
      safe-dashboard export --all --week 2010-03-22
      safe-dashboard export decisions_within_24_hours --from 2009-12-14 --format json
      safe-dashboard export re_referrals_within_12_months --by team --grain month
      safe-dashboard export decisions_within_24_hours --by case --week 2010-03-22 --team AT1
      safe-dashboard export --all --grain ytd --public
      safe-dashboard export --published
    """
    if published:
        _print(_register(database, measures), REGISTER_COLUMNS, form)
        return
    names = _names(measures, every=every)
    start, end = _days(week, first, last)
    if by == "case" and public:
        raise click.UsageError("--public goes with figures: cases are never public.")
    if by == "team" and team is not None:
        raise click.UsageError("--by team lists every team; --team picks one: give one of the two.")
    names = _long_enough(names, grain, every=every)
    wanted = Wanted(names, Grain(grain) if grain else None, start, end)
    if public:
        _print(_published(database, wanted, of_teams=by == "team", team=team), COLUMNS, form)
        return
    actor = command_line_actor()
    with using(open_database(database)) as engine, open_reading(engine, actor) as reading:
        check_current(reading.connection)
        if by == "team":
            rows = by_team(reading, wanted)
        elif by == "case":
            rows = by_case(reading, _listable(actor, wanted, every=every), team=team)
        else:
            rows = by_period(reading, wanted, team=team)
    _print(rows, list(dict.fromkeys(name for row in rows for name in row)) if by == "case" else COLUMNS, form)
    click.echo("internal: not for publication (--public hides small numbers)", err=True)


def _print(rows: Sequence[Row], columns: Sequence[str], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(rows, default=str, indent=1))
    else:
        write_csv(sys.stdout, columns, rows)


def _published(database: str, wanted: Wanted, *, of_teams: bool, team: str | None) -> list[Row]:
    """Return the rows that may leave, once the register holds them; say what earlier exports made it hide."""
    with using(open_database(database)) as engine, publishing(engine, told_turn()) as connection:
        check_current(connection)
        made = publish(Reading.on(connection, command_line_actor()), wanted, of_teams=of_teams, team=team)
    if made.hidden_for_earlier:
        figures = "1 figure is" if made.hidden_for_earlier == 1 else f"{made.hidden_for_earlier:,} figures are"
        days = [day(each) for each in made.published_on]
        several = f" and {len(days) - 3} other days" if len(days) > 4 else ""
        on = ", ".join(days[-3:] if several else days) + several
        click.echo(
            f"{figures} hidden because, with what was published on {on}, small numbers could be worked out "
            "(--published lists what was published).",
            err=True,
        )
    return made.rows


def _register(database: str, measures: Sequence[str]) -> list[Row]:
    names = _names(measures, every=not measures)
    with using(open_database(database)) as engine, open_reading(engine, command_line_actor()) as reading:
        return published_rows(reading, names)


def _names(measures: Sequence[str], *, every: bool) -> tuple[str, ...]:
    if every == bool(measures):
        raise click.UsageError("Name one or more measures, or say --all. There are: " + ", ".join(MEASURES))
    return tuple(MEASURES) if every else tuple(dict.fromkeys(measure_named(name).id for name in measures))


def _long_enough(names: tuple[str, ...], grain: str | None, *, every: bool) -> tuple[str, ...]:
    """Leave out, of all measures, those counted by month where weeks are asked for; refuse one that was named."""
    if grain != Grain.WEEK:
        return names
    monthly = [name for name in names if measure_named(name).definition.period is not Period.WEEK]
    if monthly and not every:
        raise click.UsageError(f"{', '.join(monthly)} is counted by month; a week of it would be noise.")
    return tuple(name for name in names if name not in monthly)


def _days(week: datetime | None, first: datetime | None, last: datetime | None) -> tuple[date | None, date | None]:
    if week is not None and (first is not None or last is not None):
        raise click.UsageError("--week goes without --from and --to.")
    if week is not None:
        return week.date(), week.date()
    if first is not None and last is not None and last < first:
        raise click.UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}.")
    return first and first.date(), last and last.date()


def _listable(actor: Actor, wanted: Wanted, *, every: bool) -> Wanted:
    """Leave out, of all measures, those whose rows are not listed, and say so; one that was named is refused."""
    if not every:
        return wanted
    unlisted = {name: why for name in wanted.measures if (why := why_not_listed(actor, name)) is not None}
    for why in unlisted.values():
        click.echo(f"Left out: {why}", err=True)
    listed = (name for name in wanted.measures if name not in unlisted)
    return Wanted(tuple(listed), wanted.grain, wanted.first, wanted.last)

"""`safe-dashboard decisions`: what people set with a reason (targets, events, actions, …), and the list of it."""

from pathlib import Path

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from dashboard.commands.deciding import given_day, reason_option, take, take_file
from dashboard.commands.meeting_decisions import comment, note
from data_access.database.opening import open_database, reading
from data_access.dates.london_time import to_local
from data_access.dates.periods import period_of
from data_access.decisions import KINDS, Decision, Origin, Revision, Standing, history, kind_named, standing
from data_access.decisions.fields import Content
from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds.target import KINDS as TARGET_KINDS
from data_access.decisions.kinds.target import SOURCES
from data_access.decisions.what_stands import as_it_was
from data_access.measures import measure_named
from data_access.problems import QueryProblem
from data_access.scope import Scope

_kind_argument = click.argument("kind", type=click.Choice(list(KINDS)))
_measure_argument = click.argument("measure")
_team_option = click.option("--team", help="Only for this team; for the whole service by default.")


@click.group(short_help="Set targets, events, rebases; leave a week out; list what was decided.")
def decisions() -> None:
    """What people decide: targets, events, rebases, weeks left out, actions and reports, and what meetings say.

    Every decision is kept with its reason, who took it and when. Nothing is overwritten: a change is a further
    revision, and what is withdrawn stays in the history. What people set goes before a row of the same id that was
    loaded from targets.csv, events.csv, rebases.csv, actions.csv or action_updates.csv, and no load, rebuild or
    upgrade changes it.

    While a load runs, a decision waits for its end. Exit status 1 where it is refused, with nothing changed.

    \b
    Examples:
      safe-dashboard decisions set-target decisions_within_24_hours --at-least 95% --from 2010-04-01 \\
          --source plan --reason "Agreed for the new year"
      safe-dashboard decisions set-target re_referrals_within_12_months --below year-before --from 2010-04-01 \\
          --source ours --reason "To keep an eye on"
      safe-dashboard decisions mark-event "Snow" --on 2010-01-06 --reason "Offices were closed for two days"
      safe-dashboard decisions rebase staff_using_ics --from 2009-12-14 --label "Training for all" \\
          --approver "Divisional Director" --reason "The work changed, and it has held"
      safe-dashboard decisions leave-out cafs_started 2010-01-04 --reason "Snow: schools were closed"
      safe-dashboard decisions from-file targets-2010.csv
      safe-dashboard decisions revise target T-01 due_on=2010-09-30 --reason "Put off by the board"
      safe-dashboard decisions revise action 9b status=done evidence="SMT minutes" --reason "Seen at the SMT"
      safe-dashboard decisions withdraw event event-1 --reason "Marked twice"
      safe-dashboard decisions comment cafs_started "Schools were closed for two days" --week 2010-01-04
      safe-dashboard decisions list --history
    """


decisions.add_command(comment)
decisions.add_command(note)


@decisions.command(short_help="Set a target for a measure.")
@_measure_argument
@click.option("--at-least", metavar="FIGURE", help="To be reached or passed: 95%, 0.95, or a number for counts.")
@click.option("--above", metavar="FIGURE", help="To be passed.")
@click.option("--at-most", metavar="FIGURE", help="Not to be passed.")
@click.option("--below", metavar="FIGURE", help="To stay below.")
@click.option("--from", "first", required=True, metavar="DAY", help="First day on which it holds, as 2010-04-01.")
@click.option("--due-on", metavar="DAY", help="Day by which it is to be met.")
@click.option("--trajectory", is_flag=True, help="A step of several: each holds until the next begins.")
@click.option("--baseline-from", metavar="DAY", help="First day of the baseline.")
@click.option("--baseline-to", metavar="DAY", help="Last day of the baseline.")
@_team_option
@click.option("--service", help="Only for the teams of this service.")
@click.option(
    "--source", type=click.Choice(SOURCES), required=True, help="The plan, national, or ours: a line without a tag."
)
@click.option("--plan-item", help="The item of the plan.")
@reason_option
@database_option
def set_target(
    measure: str,
    at_least: str | None,
    above: str | None,
    at_most: str | None,
    below: str | None,
    first: str,
    due_on: str | None,
    trajectory: bool,
    baseline_from: str | None,
    baseline_to: str | None,
    team: str | None,
    service: str | None,
    source: str,
    plan_item: str | None,
    reason: str,
    database: str,
) -> None:
    """Set a target for MEASURE: one of --at-least, --above, --at-most and --below.

    FIGURE is a percentage, a share, or a number; or `year-before` for the same months of the year before, or
    `baseline` for the figure from --baseline-from to --baseline-to.

    \b
    Examples:
      safe-dashboard decisions set-target decisions_within_24_hours --at-least 95% --from 2010-04-01 \\
          --due-on 2010-06-30 --source plan --plan-item "9a, 9b" --reason "Agreed by the board on 22 March"
      safe-dashboard decisions set-target cafs_started --above baseline --baseline-from 2009-12-01 \\
          --baseline-to 2009-12-31 --from 2010-01-01 --source plan --reason "More than in December"
    """
    figures = {"at_least": at_least, "above": above, "at_most": at_most, "below": below}
    named = {comparison: figure for comparison, figure in figures.items() if figure is not None}
    if len(named) != 1:
        raise click.UsageError("Give one of --at-least, --above, --at-most and --below.")
    [(comparison, figure)] = named.items()
    worked_out = figure.replace("-", "_") in set(TARGET_KINDS) - {"fixed", "trajectory"}
    kind = figure.replace("-", "_") if worked_out else "trajectory" if trajectory else "fixed"
    content = {
        "measure": measure,
        "team_id": team,
        "service": service,
        "from_date": first,
        "due_on": due_on,
        "comparison": comparison,
        "kind": kind,
        "value": None if worked_out else figure,
        "baseline_from": baseline_from,
        "baseline_to": baseline_to,
        "source": source,
        "plan_item": plan_item,
    }
    take(database, Decision("target", content, reason))


@decisions.command(short_help="Mark an event on the charts.")
@click.argument("label")
@click.option("--on", "day", required=True, metavar="DAY", help="Day of the event, as 2010-01-06.")
@click.option("--measure", help="The measure that it concerns; all by default.")
@click.option("--detail", help="A sentence for the list below the chart.")
@reason_option
@database_option
def mark_event(label: str, day: str, measure: str | None, detail: str | None, reason: str, database: str) -> None:
    """Mark an event that readers should see on the charts: LABEL is a few words.

    \b
    Example:
      safe-dashboard decisions mark-event "New duty system" --on 2009-12-14 --measure decisions_within_24_hours \\
          --detail "A manager on duty looks at every referral" --reason "Explains the step in December"
    """
    content = {"label": label, "happened_on": day, "measure": measure, "detail": detail}
    take(database, Decision("event", content, reason))


@decisions.command(short_help="Start a measure's limits again, because the work changed.")
@_measure_argument
@click.option("--from", "first", required=True, metavar="DAY", help="Day on which the work changed, as 2009-12-14.")
@click.option("--label", required=True, help="A few words for the chart.")
@click.option("--approver", required=True, help="Who agreed: another person than you.")
@_team_option
@reason_option
@database_option
def rebase(measure: str, first: str, label: str, approver: str, team: str | None, reason: str, database: str) -> None:
    """Start the limits of MEASURE again from a day on: the work changed, the cause is known, and it has held.

    Two people take this decision. It stands at least 13 points from any other rebase of the measure.

    \b
    Example:
      safe-dashboard decisions rebase staff_using_ics --from 2009-12-14 --label "Training for all" \\
          --approver "Divisional Director" --reason "The work changed, and it has held for 13 weeks"
    """
    content = {"measure": measure, "team_id": team, "from_date": first, "label": label, "approver": approver}
    take(database, Decision("rebase", content, reason))


@decisions.command(short_help="Leave a week (or month) out of a measure's limits.")
@_measure_argument
@click.argument("day")
@_team_option
@reason_option
@database_option
def leave_out(measure: str, day: str, team: str | None, reason: str, database: str) -> None:
    """Leave the week of MEASURE in which DAY lies out of its limits; the month, where the measure is monthly.

    It is drawn all the same, hollow, with the reason; it takes no part in limits and rules.

    \b
    Example:
      safe-dashboard decisions leave-out cafs_started 2010-01-06 --reason "Snow: schools were closed"
    """
    start, _ = period_of(given_day(day), measure_named(measure).definition.period)
    take(database, Decision("left_out_period", {"measure": measure, "team_id": team, "starts": start}, reason))


@decisions.command("from-file", short_help="Take many decisions from a CSV file: all or none.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@database_option
def from_file(file: Path, database: str) -> None:
    """Take every decision of FILE, a CSV file with a row each; all of them, or none where one can't be.

    The column `decision` says what a row is (target, event, rebase, left_out_period, action, action_update,
    commentary, meeting_decision), `reason` why it is decided so; the other columns are the fields of that kind, as
    targets.csv and actions.csv have them, without id and author. A
    row that can't be is told by file, row, field, value and what was expected. What stands already is changed by
    `revise` and `withdraw`.

    \b
    Example:
      safe-dashboard decisions from-file targets-2010.csv

    \b
    with, say
      decision,measure,from,comparison,kind,value,source,happened_on,label,reason
      target,decisions_within_24_hours,2010-04-01,at_least,fixed,95%,ours,,,Agreed for the new year
      event,,,,,,,2010-01-06,Snow,Offices were closed for two days
    """
    take_file(database, file)


@decisions.command(short_help="Change what was decided.")
@_kind_argument
@click.argument("decision_id", metavar="ID")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--revision", type=int, help="The revision that you saw; refused where there is a later one.")
@reason_option
@database_option
def revise(
    kind: str, decision_id: str, changes: tuple[str, ...], revision: int | None, reason: str, database: str
) -> None:
    """Change fields of the decision ID, set by people or loaded; an empty VALUE makes a field blank.

    One that was withdrawn holds again with its change. `decisions list` shows ids and fields.

    \b
    Examples:
      safe-dashboard decisions revise target T-01 value=90% due_on=2010-09-30 --reason "Put off by the board"
      safe-dashboard decisions revise event event-1 detail= --reason "Not certain"
    """
    before, seen = _before(database, kind, decision_id)
    stored = {field.column.name: field.name for field in kind_named(kind).fields}
    named = {}
    for change in changes:
        name, mark, value = change.partition("=")
        if not mark:
            raise click.BadParameter(f"{change!r} is no FIELD=VALUE.", param_hint="FIELD=VALUE")
        named[stored.get(name, name)] = value
    expected = seen if revision is None else revision
    take(database, Decision(kind, {**before, **named}, reason, decision_id, expected))


@decisions.command(short_help="Withdraw what was decided.")
@_kind_argument
@click.argument("decision_id", metavar="ID")
@click.option("--revision", type=int, help="The revision that you saw; refused where there is a later one.")
@reason_option
@database_option
def withdraw(kind: str, decision_id: str, revision: int | None, reason: str, database: str) -> None:
    """Withdraw the decision ID, set by people or loaded: it holds no more, and stays in the history.

    \b
    Example:
      safe-dashboard decisions withdraw rebase rebase-1 --reason "The step did not last"
    """
    before, seen = _before(database, kind, decision_id)
    expected = seen if revision is None else revision
    take(database, Decision(kind, before, reason, decision_id, expected, withdrawn=True))


@decisions.command("list", short_help="List what stands, or every revision.")
@click.option("--kind", "kinds", type=click.Choice(list(KINDS)), multiple=True, help="Only this kind.")
@click.option("--measure", help="Only what concerns this measure alone.")
@click.option("--history", "whole", is_flag=True, help="Every revision that people wrote, withdrawn ones too.")
@click.option("--csv", "as_csv", is_flag=True, help="What stands of one kind as CSV, in the form in which it loads.")
@database_option
def list_(kinds: tuple[str, ...], measure: str | None, whole: bool, as_csv: bool, database: str) -> None:
    """List the decisions that stand, with where they come from: shipped, loaded, or set by people.

    \b
    Examples:
      safe-dashboard decisions list --kind target
      safe-dashboard decisions list --measure cafs_started --history
      safe-dashboard decisions list --kind action --csv > actions.csv
    """
    if as_csv:
        if len(kinds) != 1 or whole or measure is not None:
            raise click.UsageError("--csv goes with one --kind, and with nothing else.")
        _write_csv(kind_named(kinds[0]), database)
        return
    if measure is not None:
        measure_named(measure)
    wanted, scope = [KINDS[name] for name in kinds or KINDS], Scope.everything()
    lines: list[tuple[str, Content, str | None]]
    with using(open_database(database)) as engine, reading(engine) as connection:
        if whole:
            lines = [_of_revision(revision) for revision in history(scope, connection, wanted)]
        else:
            lines = [_of_standing(stands) for kind in wanted for stands in standing(scope, connection, kind)]
    for name, content, reason in lines:
        if measure in (None, content.get("measure")):
            click.echo(name)
            click.echo(f"    {_told(content)}")
            if reason:
                click.echo(f"    because: {reason}")


def _write_csv(kind: DecisionKind, database: str) -> None:
    from dashboard.exports.decided_rows import decided_csv  # noqa: PLC0415 - lists alone need none of it

    with using(open_database(database)) as engine, reading(engine) as connection:
        stands = standing(command_line_actor().scope, connection, kind)
    click.echo(decided_csv(kind, stands), nl=False)


def _of_revision(revision: Revision) -> tuple[str, Content, str | None]:
    """Return a line that names a revision, its content and its reason."""
    name = f"{revision.kind} {revision.decision_id}, revision {revision.revision}"
    done = "withdrawn" if revision.withdrawn else "decided"
    at = f"{to_local(revision.decided_at):%Y-%m-%d %H:%M}"
    return f"{name}: {done} by {revision.decided_by}, {at}", revision.content, revision.reason


def _of_standing(stands: Standing) -> tuple[str, Content, str | None]:
    """Return a line that names what stands, its content and its reason."""
    revision = f", revision {stands.revision}" if stands.origin is Origin.SET else ""
    by = f"{stands.author}, {to_local(stands.at):%Y-%m-%d %H:%M}"
    return f"{stands.kind} {stands.decision_id}{revision}: {stands.origin} ({by})", stands.content, stands.reason


def _before(database: str, kind: str, decision_id: str) -> tuple[Content, int]:
    """Return what is to be changed, and its revision; raise QueryProblem where there is no such decision."""
    actor = command_line_actor()
    with using(open_database(database)) as engine, reading(engine) as connection:
        before = as_it_was(actor.scope, connection, kind_named(kind), decision_id)
    if before is None:
        msg = f"There is no {kind} {decision_id!r}. `safe-dashboard decisions list --kind {kind}` lists them."
        raise QueryProblem(msg)
    return before


def _told(content: Content) -> str:
    return ", ".join(f"{name} {value}" for name, value in content.items() if value is not None)

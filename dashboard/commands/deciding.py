"""Taking a decision from the command line: what was typed is told again wherever it could not be written."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import using
from dashboard.commands.turn import told_turn
from data_access.database.opening import open_database
from data_access.decisions import Decision, decide
from data_access.decisions.decision import NotWrittenProblem, StaleDecisionProblem

Command = Callable[..., Any]


def reason_option(command: Command) -> Command:
    """Add `--reason`, without which nothing is decided."""
    return click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept with the decision.")(command)


def given_day(text: str) -> date:
    """Return the day that was typed; raise UsageError where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{text!r} is no day; expected one written like 2010-03-22.") from None


def take(database: str, decision: Decision) -> None:
    """Take a decision and tell its id and revision; where it can't be written now, tell what was typed."""
    actor = command_line_actor()
    with using(open_database(database)) as engine:
        try:
            revision = decide(actor, engine, decision, turn=told_turn())
        except (NotWrittenProblem, StaleDecisionProblem):
            _tell_what_was_typed(decision)
            raise
        except KeyboardInterrupt:
            _tell_what_was_typed(decision)
            raise click.ClickException("Given up; nothing was changed.") from None
    done = "withdrawn" if revision.withdrawn else "set"
    click.echo(f"{revision.kind} {revision.decision_id} {done}, revision {revision.revision}")


def take_file(database: str, file: Path) -> None:
    """Take every decision of a CSV file, and tell their ids; all or none."""
    from data_access.decisions.from_file import decide_from_file  # noqa: PLC0415 - it imports what reads files

    actor = command_line_actor()
    with using(open_database(database)) as engine:
        for revision in decide_from_file(actor, engine, file, turn=told_turn()):
            click.echo(f"{revision.kind} {revision.decision_id} set, revision {revision.revision}")


def _tell_what_was_typed(decision: Decision) -> None:
    name = decision.decision_id or "new"
    click.echo(f"not written: {decision.kind} ({name}{', to be withdrawn' if decision.withdrawn else ''})", err=True)
    for field, value in decision.content.items():
        if value not in (None, ""):
            click.echo(f"    {field}: {value}", err=True)
    click.echo(f"    reason: {decision.reason}", err=True)

"""`safe-dashboard audit`: is the record of who did what as it was written, and what does it say?"""

import json
import re
from datetime import datetime
from typing import Any

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from data_access import audit as trail
from data_access.database.opening import open_database, reading
from data_access.dates.london_time import to_local, to_utc
from data_access.decisions.verifying import differences
from data_access.signed_weeks.verifying import differences as differences_of_weeks

_HASH = re.compile(r"[0-9a-f]{64}")


@click.group(short_help="Verify or list the audit trail.")
def audit() -> None:
    """The audit trail: who loaded and decided what, and when; each event chained to the one before by its hash.

    \b
    Examples:
      safe-dashboard audit verify
      safe-dashboard audit show --since 2010-03-22
    """


def _hash(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    if given is not None and not _HASH.fullmatch(given):
        raise click.BadParameter(
            f"{given!r} is no hash: expected 64 digits and letters a to f, as verify prints them."
        )
    return given


@audit.command(short_help="Check that no event was changed, left out or cut off.")
@click.option("--expect", metavar="HASH", callback=_hash, help="A hash noted before, which must still be there.")
@database_option
def verify(expect: str | None, database: str) -> None:
    """Walk the audit trail from its first event to its last, and hold every decision and signed week to it.

    Prints how many events there are and the hash of the last. Note it somewhere else: with --expect it tells later
    whether the trail up to there is still the same, even if somebody wrote all of it again. Exit status 1 where
    anything is broken, with the first broken event named.

    \b
    Examples:
      safe-dashboard audit verify
      safe-dashboard audit verify --expect 9b7c…
    """
    with using(open_database(database)) as engine, reading(engine) as connection:
        verified = trail.verify(command_line_actor(), connection, expect=expect)
        wrong = [*verified.wrong, *differences(connection), *differences_of_weeks(connection)]
    click.echo(f"{verified.events:,} events, the last with hash {verified.head}")
    for line in wrong:
        click.echo(f"wrong: {line}", err=True)
    if wrong:
        raise SystemExit(1)
    click.echo("every event is as it was written, and so is every decision and every signed week")


@audit.command(short_help="List the events.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]), help="Only from this London time on.")
@database_option
def show(since: datetime | None, database: str) -> None:
    """List the events of the audit trail, the oldest first, in London time.

    \b
    Example:
      safe-dashboard audit show --since 2010-03-22
    """
    actor = command_line_actor()
    with using(open_database(database)) as engine, reading(engine) as connection:
        for event in trail.listed(actor, connection, since=to_utc(since) if since else None):
            at = f"{to_local(datetime.fromisoformat(event.at)):%Y-%m-%d %H:%M:%S}"
            click.echo(f"{event.seq}  {at}  {event.who} {event.action}: {event.subject}")
            for line in _lines(json.loads(event.detail)):
                click.echo(f"     {line}")


def _lines(detail: dict[str, Any]) -> list[str]:
    """Return the detail of an event in lines: what stands alone in one, and one for each group of values."""
    alone = {name: value for name, value in detail.items() if not isinstance(value, (dict, list))}
    groups = [value for value in detail.values() if isinstance(value, dict)]
    for name, value in detail.items():
        if isinstance(value, list):
            within = [item for item in value if isinstance(item, dict)]
            groups += within or [{name: ", ".join(map(str, value))}]
    return [_told(group) for group in (alone, *groups) if group]


def _told(values: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value is not None)

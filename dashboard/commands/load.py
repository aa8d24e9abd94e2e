"""`safe-dashboard load`: extracts into the database."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
import sqlalchemy as sa

from dashboard.access import command_line_actor
from dashboard.analysis.wording import figure, period_name
from dashboard.commands.database_option import database_option, using
from dashboard.commands.turn import told_turn
from dashboard.readings.judgements import subject_of
from data_access.actor import Actor
from data_access.dates.london_time import to_utc
from data_access.loading import (
    Confirmation,
    ConfirmationProblem,
    Confirmed,
    Doubtful,
    LoadedExtract,
    LoadReport,
    MeasureMove,
    load_extracts,
    warnings_told,
)
from data_access.loading.delivery.manifest import Terms
from data_access.loading.merge.confirming import options_for
from data_access.measures import Definition, measure_named
from data_access.up_to_date import up_to_date

_SHOWN_REFUSALS = 10


@click.command(short_help="Load extracts into the database.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--extracted-at",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]),
    help="London time at which the extracts were taken.",
)
@click.option("--covers-from", type=click.DateTime(["%Y-%m-%d"]), help="First day that they cover.")
@click.option("--covers-to", type=click.DateTime(["%Y-%m-%d"]), help="Last day that they cover.")
@click.option(
    "--complete/--changes",
    default=False,
    help="Complete for those days (rows no longer listed are withdrawn), or changes only.",
)
@click.option(
    "--take-good-rows",
    is_flag=True,
    help="Load the good rows of an extract although more of its rows are refused than may be.",
)
@click.option(
    "--confirm-withdrawals",
    is_flag=True,
    help="Withdraw what complete extracts no longer list, although it is much of what stands.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Tell what would change and what has to be confirmed; change nothing. Exit status as without it.",
)
@database_option
def load(
    files: tuple[Path, ...],
    extracted_at: datetime | None,
    covers_from: datetime | None,
    covers_to: datetime | None,
    complete: bool,
    take_good_rows: bool,
    confirm_withdrawals: bool,
    dry_run: bool,
    database: str,
) -> None:
    """Load FILES (CSV files, workbooks, or folders of them) into the database, all of them or none.

    A manifest.csv beside the files (or a sheet `manifest`) says when each extract was taken, which days it covers
    and whether it is complete; or the options say it for all of them. Rows that can't be used are refused, kept and
    told; the rest is loaded. The same file twice changes nothing.

    A file is judged as a whole too. Refused, with status 1 and nothing changed: an extract of which no row can be
    used, or no row lies in its dates. Held back until the option named says that it is right: one of which more than
    a fifth of the rows (five or more) can't be used, and a complete one that lists nothing, would withdraw more than
    a fifth of what stands in its dates, or all rows of a team with open cases. SAFE_REFUSED_PERCENT and
    SAFE_WITHDRAWN_PERCENT set other shares.

    \b
    Examples:
      safe-dashboard load sample-council
      safe-dashboard load referrals.csv --extracted-at "2010-03-29 07:00" --covers-from 2010-03-22 \\
          --covers-to 2010-03-28 --complete
      safe-dashboard load week.xlsx --database postgresql://safe@localhost/safe
    """
    actor, terms = command_line_actor(), _terms(extracted_at, covers_from, covers_to, complete=complete)
    given = {Doubtful.REFUSED_ROWS: take_good_rows, Doubtful.WITHDRAWALS: confirm_withdrawals}
    confirmed = Confirmed(frozenset(kind for kind, is_given in given.items() if is_given))
    with using(up_to_date(database, told_turn())) as engine:
        try:
            report = _load_and_show(engine, actor, files, terms, confirmed, dry_run=dry_run)
        except ConfirmationProblem as problem:
            raise click.ClickException(f"{problem}\n{_way_out(problem.asked)}") from None
    _tell(report, dry_run=dry_run)
    if report.to_confirm:
        for confirmation in report.to_confirm:
            click.echo(f"to confirm: {confirmation.why}", err=True)
        raise click.ClickException(
            f"A load would change nothing until that is confirmed.\n{_way_out(report.to_confirm)}"
        )


def _way_out(asked: Sequence[Confirmation]) -> str:
    """Return what to do where files wait for somebody's word, with the options that give it."""
    return f"Mend the file or make it again; where it is right as it is, load it with {options_for(asked)}."


def _load_and_show(
    engine: sa.Engine,
    actor: Actor,
    files: Sequence[Path],
    terms: Terms | None,
    confirmed: Confirmed,
    *,
    dry_run: bool,
) -> LoadReport:
    with click.progressbar(length=1, label="Loading", file=sys.stderr, show_eta=False, item_show_func=str) as bar:

        def progress(what: str, step: int, steps: int) -> None:
            bar.length = steps
            bar.current_item = what
            bar.update(step - bar.pos)

        report = load_extracts(
            engine,
            actor,
            files,
            terms=terms,
            confirmed=confirmed,
            dry_run=dry_run,
            progress=progress,
            turn=told_turn(),
        )
        bar.current_item = "done"
        bar.update((bar.length or 0) - bar.pos)
    return report


def _tell_refusals(report: LoadReport) -> None:
    told = report.refused[:_SHOWN_REFUSALS]
    for refusal in told:
        click.echo(f"refused: {refusal}", err=True)
    left = sum(loaded.refused for loaded in report.loaded) - len(told)
    if left > 0:
        click.echo(f"refused: {left:,} more rows, because:", err=True)
        for loaded in report.loaded:
            for reason, number in loaded.because:
                click.echo(f"  {loaded.extract}, {reason} ({number:,})", err=True)


def _tell_warnings(report: LoadReport) -> None:
    for warning in warnings_told(report):
        click.echo(f"warning: {warning}", err=True)


def _terms(
    extracted_at: datetime | None, covers_from: datetime | None, covers_to: datetime | None, *, complete: bool
) -> Terms | None:
    given = {"--extracted-at": extracted_at, "--covers-from": covers_from, "--covers-to": covers_to}
    if not any(given.values()):
        if complete:
            raise click.UsageError("--complete needs --extracted-at, --covers-from and --covers-to as well.")
        return None
    if extracted_at is None or covers_from is None or covers_to is None:
        missing = " and ".join(name for name, value in given.items() if value is None)
        raise click.UsageError(f"{missing} must be given too.")
    days: list[date] = [covers_from.date(), covers_to.date()]
    return Terms(to_utc(extracted_at), days[0], days[1], complete=complete)


def _tell(report: LoadReport, *, dry_run: bool) -> None:
    for notice in report.notices:
        click.echo(f"note: {notice}", err=True)
    for file in report.known_already:
        click.echo(f"note: {file} was loaded before; nothing of it has changed", err=True)
    if not report.loaded:
        click.echo(f"nothing new; data version {report.data_version}")
        return
    rows: list[tuple[str, ...]] = [
        ("extract", "read", "new", "changed", "unchanged", "older", "withdrawn", "refused", "warnings")
    ]
    rows += [_cells(loaded) for loaded in sorted(report.loaded, key=lambda loaded: loaded.extract)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        click.echo("  ".join(cells))
    for line in _moves(report.moves):
        click.echo(line)
    _tell_refusals(report)
    _tell_warnings(report)
    if dry_run:
        click.echo("dry run: this is what would change; nothing was")
    else:
        click.echo(f"load {report.load_id}, data version {report.data_version}")


def _moves(moves: Sequence[MeasureMove]) -> list[str]:
    """Return the measures that move, a line each: the latest settled figure before and after, and restatements."""
    lines = []
    for move in moves:
        definition = measure_named(move.measure).definition
        before = _figure(definition, move.start_before, move.before)
        after = _figure(definition, move.start_after, move.after)
        latest = f"{before} → {after}" if before != after else f"stays at {after}"
        several = "" if move.restated == 1 else "s"
        restated = f"; {move.restated:,} settled {definition.period}{several} restated" if move.restated else ""
        lines.append(f"{definition.title}: {latest}{restated}")
    return lines


def _figure(definition: Definition, start: date | None, value: float | None) -> str:
    if start is None or value is None:
        return "no figure"
    subject = subject_of(definition)
    return f"{figure(value, subject)} ({period_name(start, subject.period)})"


def _cells(loaded: LoadedExtract) -> tuple[str, ...]:
    numbers = (
        loaded.read,
        loaded.new,
        loaded.changed,
        loaded.unchanged,
        loaded.older,
        loaded.withdrawn,
        loaded.refused,
        loaded.warnings,
    )
    return (loaded.extract, *(f"{number:,}" for number in numbers))

"""`safe-dashboard check`: does everything in the database agree, and how well do the data keep the rules?"""

from pathlib import Path

import click
import polars as pl

from dashboard.commands.database_option import database_option, using
from dashboard.exports.safe_cells import csv_bytes
from data_access.database.opening import open_database, reading
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.problems import QueryProblem
from data_access.quality import RULES
from data_access.quality.checking import differences
from data_access.quality.counting import counts
from data_access.queries.quality import rows_to_correct
from data_access.rollup.checking import findings
from data_access.scope import Scope


@click.command(short_help="Check that the figures agree with the cases, and the data with the rules.")
@click.option("--team", help="Rules and rows of one team; all by default.")
@click.option(
    "--rows",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows to correct to this CSV file.",
)
@click.option("--strict", is_flag=True, help="Exit with status 1 where any row breaks a rule, too.")
@database_option
def check(team: str | None, file: Path | None, strict: bool, database: str) -> None:
    """Check the database: its version, every figure kept against the cases it stands for, every rule of quality.

    Tells what was loaded and refused, and for each broken rule how many rows break it, in all and by team. Exit
    status 1 where figures disagree; broken rules alone don't count unless --strict is given.

    \b
    Examples:
      safe-dashboard check && safe-dashboard export --all
      safe-dashboard check --team AT1 --rows to-correct.csv
    """
    with using(open_database(database)) as engine:
        checked = findings(engine)
        with reading(engine) as connection:
            counted = counts(connection)
            wrong = (*checked.wrong, *differences(connection))
            _check_team(counted, team)
            rows = None if file is None else rows_to_correct(Scope.everything(), connection, team=team)
    for line in (*checked.told, *_told(counted, team)):
        click.echo(line)
    if file is not None and rows is not None:
        _write(file, rows)
        click.echo(f"{rows.height:,} rows to correct written to {file}")
        click.echo("internal: not for publication", err=True)
    for line in wrong:
        click.echo(f"wrong: {line}", err=True)
    broken = counted.filter(pl.col("team_id") == (team or EVERY_TEAM)).get_column("broken").sum()
    if wrong or (strict and broken):
        raise SystemExit(1)


def _write(file: Path, rows: pl.DataFrame) -> None:
    try:
        file.write_bytes(csv_bytes(rows.columns, rows.iter_rows(named=True)))
    except OSError as error:
        msg = f"{file} can't be written: {error.strerror}."
        raise click.ClickException(msg) from None


def _check_team(counted: pl.DataFrame, team: str | None) -> None:
    teams = sorted(set(counted.get_column("team_id")) - {EVERY_TEAM})
    if team is not None and team not in teams:
        msg = f"There is no team {team!r} with rows to check. There are: {', '.join(teams)}."
        raise QueryProblem(msg)


def _told(counted: pl.DataFrame, team: str | None) -> list[str]:
    """Return a line for each rule that is broken, by all rows or those of one team, and one that sums them up."""
    by_rule: dict[str, list[tuple[str, int, int]]] = {}
    for rule, whose, looked_at, broken in counted.iter_rows():
        by_rule.setdefault(rule, []).append((whose, looked_at, broken))
    lines, kept = [], 0
    for name, rule in RULES.items():
        numbers = {whose: (looked_at, broken) for whose, looked_at, broken in by_rule.get(name, [])}
        looked_at, broken = numbers.get(team or EVERY_TEAM, (0, 0))
        kept += bool(looked_at and not broken)
        if broken:
            teams = ", ".join(
                f"{whose} {n:,}" for whose, (_, n) in sorted(numbers.items()) if n and whose != EVERY_TEAM
            )
            by_team = "" if team else f" ({teams})"
            lines.append(f"{name}: {broken:,} of {looked_at:,} rows{by_team}. {rule.title}.")
    return [*lines, f"{len(lines):,} rules of quality broken, {kept:,} kept"]

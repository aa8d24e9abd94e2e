"""`safe-dashboard sample-cases`: the cases that senior managers read in a month, drawn at random (plan item 12)."""

import sys
from datetime import datetime, timedelta
from typing import Final

import click

from dashboard.access import command_line_actor
from dashboard.analysis.sampling import dealt
from dashboard.commands.database_option import database_option, using
from dashboard.exports.rows import INTERNAL
from dashboard.exports.safe_cells import write_csv
from dashboard.readings.case_sample import CaseSample, case_sample
from dashboard.readings.reading import open_reading
from dashboard.words.cases import result_of
from data_access.database.opening import open_database
from data_access.measures import measure_named
from data_access.problems import QueryProblem
from data_access.queries import check_current

COLUMNS: Final = (
    "reader",
    "grading",
    "measure",
    "case_id",
    "event_date",
    "team",
    "result",
    "seed",
    "classification",
)


@click.command("sample-cases", short_help="Draw cases at random for senior managers to read.")
@click.argument("measure")
@click.option("--month", type=click.DateTime(["%Y-%m"]), required=True, help="The month whose cases are drawn from.")
@click.option(
    "--reader",
    "readers",
    multiple=True,
    required=True,
    help="A role that reads cases, once for each member of the senior management team.",
)
@click.option("--each", type=click.IntRange(1), default=2, show_default=True, help="Cases for each reader.")
@click.option(
    "--second-grading",
    "second",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="How many of the cases another reader grades as well, without knowing the first grade.",
)
@click.option("--team", help="One team; the whole service by default.")
@click.option(
    "--seed",
    help="What the chance is taken from: the same seed draws the same cases. The first of the month by default.",
)
@database_option
def sample_cases(
    measure: str,
    month: datetime,
    readers: tuple[str, ...],
    each: int,
    second: int,
    team: str | None,
    seed: str | None,
    database: str,
) -> None:
    """Draw cases of MEASURE at random, and print who is to read which, a row a reader and case.

    Every case of the month has the same chance, and every team and kind of result gives its share. The seed stands in
    every row: whoever gives it with the same month and measure draws the same cases, as the page Cases does. Who
    grades a case second must not know the first grade: what became of such a case is left blank. Both grades come
    back as audits in `audits.csv`, and the page Audits tells how far they agree.

    \b
    Examples:
      safe-dashboard sample-cases initial_assessments_within_7_working_days --month 2010-02 \\
          --reader "Divisional Director" --reader "Group Manager Assessment" --second-grading 2
      safe-dashboard sample-cases decisions_within_24_hours --month 2010-03 --reader DCS --each 5 --seed "dice: 4 2 6"
    """
    repeated = sorted({reader for reader in readers if readers.count(reader) > 1})
    if repeated:
        raise click.UsageError(f"--reader {repeated[0]} is given twice: name each reader once.")
    if second and len(readers) < 2:
        raise click.UsageError("--second-grading needs two readers or more: nobody grades the own case again.")
    first = month.date()
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    name, seed = measure_named(measure).id, seed or f"{first}"
    with using(open_database(database)) as engine, open_reading(engine, command_line_actor()) as reading:
        check_current(reading.connection)
        sample = case_sample(reading, name, first=first, last=last, team=team, size=each * len(readers), seed=seed)
    if not sample.cases:
        msg = f"There is no case of {name} in {first:%Y-%m} to draw from."
        raise QueryProblem(msg)
    write_csv(sys.stdout, COLUMNS, _rows(name, sample, readers, second))
    short = "" if len(sample.cases) == each * len(readers) else f", fewer than the {each * len(readers)} asked for"
    click.echo(
        f"{len(sample.cases):,} of {sample.out_of:,} cases drawn{short}; seed “{seed}” draws them again", err=True
    )
    click.echo("internal: not for publication", err=True)


def _rows(measure: str, sample: CaseSample, readers: tuple[str, ...], second: int) -> list[dict[str, object]]:
    """Return the rows of every reader together, in the order in which the readers were named.

    What became of a case that is graded twice stands in none of its rows: the second grader may see the whole list.
    """
    definition = measure_named(measure).definition
    by_reference = {str(case["case_id"]): case for case in sample.cases}
    deal = list(dealt(list(by_reference), readers, second=second))
    blind = {reference for reference, reader in deal if reader.is_second}
    rows = [
        {
            "reader": reader.name,
            "grading": "second" if reader.is_second else "first",
            "measure": measure,
            "case_id": reference,
            "event_date": by_reference[reference]["event_date"],
            "team": by_reference[reference]["team"],
            "result": None if reference in blind else result_of(by_reference[reference], definition),
            "seed": sample.seed,
            "classification": INTERNAL,
        }
        for reference, reader in deal
    ]
    return sorted(rows, key=lambda row: readers.index(str(row["reader"])))

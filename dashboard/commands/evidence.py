"""`safe-dashboard evidence`: every finding of inspectors and auditors with how it stands, as one file."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import click

from dashboard.access import command_line_actor
from dashboard.commands.database_option import database_option, using
from dashboard.exports.rows import INTERNAL
from dashboard.exports.safe_cells import write_csv
from dashboard.readings.inspection_evidence import Evidence, inspection_evidence, is_not_good
from dashboard.readings.reading import open_reading
from data_access.database.opening import open_database
from data_access.dates.periods import week_of
from data_access.queries import check_current

COLUMNS: Final = (
    "finding_id", "source", "reported_on", "part", "kind", "finding", "measure", "sentence", "variation", "assurance",
    "target_state", "is_not_good", "out_of_scope", "still_not_good", "disagrees_with", "actions",
    "classification",
)  # fmt: skip
"""A row a finding and measure; one for a finding without. `disagrees_with` are references, `actions`
the lines of the plan that should show in one of its measures, both between spaces."""


@click.command(short_help="Print each finding of inspectors and how it stands, as CSV or JSON.")
@click.option("--week", type=click.DateTime(["%Y-%m-%d"]), help="As of the week of this day; the latest by default.")
@click.option("--team", help="One team; the whole service by default.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@database_option
def evidence(week: datetime | None, team: str | None, form: str, database: str) -> None:
    """Print the evidence for every finding: its measures' sentences and verdicts, and what is still not good.

    A row a finding and measure, as the page Inspection evidence tells it. It is for use inside the service only.

    \b
    Examples:
      safe-dashboard evidence > evidence.csv
      safe-dashboard evidence --week 2010-03-22 --team AT1 --format json
    """
    up_to = None if week is None else week_of(week.date()) + timedelta(days=6)
    with using(open_database(database)) as engine, open_reading(engine, command_line_actor()) as reading:
        check_current(reading.connection)
        rows = list(_rows(inspection_evidence(reading, team=team, up_to=up_to)))
    if form == "json":
        click.echo(json.dumps(rows, default=str, indent=1))
    else:
        write_csv(sys.stdout, COLUMNS, rows)
    click.echo("internal: not for publication", err=True)


def _rows(every: Sequence[Evidence]) -> Iterator[dict[str, object]]:
    for each in every:
        finding = each.finding
        told: dict[str, object] = {
            "finding_id": finding.reference,
            "source": finding.source,
            "reported_on": finding.reported_on,
            "part": finding.part,
            "kind": finding.kind,
            "finding": finding.words,
            "out_of_scope": finding.out_of_scope,
            "still_not_good": finding.still_not_good,
            "disagrees_with": " ".join(other.reference for other in each.against) or None,
            "actions": " ".join(action.action_id for action in each.actions) or None,
            "classification": INTERNAL,
        }
        if not each.views:
            yield {name: told.get(name) for name in COLUMNS}
        for view in each.views:
            judgement = view.judgement
            verdict = {
                "measure": view.definition.id,
                "sentence": view.sentence,
                "variation": str(judgement.variation),
                "assurance": str(judgement.assurance),
                "target_state": str(judgement.target_state),
                "is_not_good": is_not_good(view),
            }
            yield {name: (told | verdict).get(name) for name in COLUMNS}

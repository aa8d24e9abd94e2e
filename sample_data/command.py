"""The command `safe-dashboard sample`."""

from datetime import datetime
from pathlib import Path

import click

from sample_data import story
from sample_data.generate import SMALLEST, write_extracts
from sample_data.writing import file_names

_MOMENTS = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])


@click.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("sample-council"))
@click.option(
    "--referrals",
    type=click.IntRange(min=SMALLEST),
    default=story.REFERRALS,
    show_default=True,
    help="Referrals up to 28 March 2010. From about 13,000 on, the council gets more areas with teams and staff of "
    "their own, and only the tables of the headline measures are written.",
)
@click.option(
    "--as-at",
    type=_MOMENTS,
    default=f"{story.AS_AT:%Y-%m-%dT%H:%M}",
    show_default=True,
    help="London time at which the extracts are taken: nothing that was not known by then is in them.",
)
@click.option(
    "--from",
    "covers_from",
    type=click.DateTime(["%Y-%m-%d"]),
    default=f"{story.BEGINS:%Y-%m-%d}",
    show_default=True,
    help="First day that the extracts cover.",
)
@click.option("--seed", type=int, default=story.SEED, show_default=True, help="Another seed, another council.")
def sample(folder: Path, referrals: int, as_at: datetime, covers_from: datetime, seed: int) -> None:
    """Write the extracts of an invented council to FOLDER.

    The story runs from April 2007 to June 2010. Ask for a later moment to run it on, or for an earlier one to see
    what was known then.

    \b
    Examples:
      safe-dashboard sample
      safe-dashboard sample later --as-at 2010-06-28T07:00
      safe-dashboard sample week --as-at 2010-04-05T07:00 --from 2010-03-29
      safe-dashboard sample large --referrals 1000000
    """
    if folder.exists() and (others := {path.name for path in folder.iterdir()} - file_names()):
        raise click.ClickException(
            f"{folder} holds other files ({min(others)}), so nothing was written. Name an empty or a new folder."
        )

    def progress(done: int, areas: int) -> None:
        click.echo(f"\rarea {done:,} of {areas:,}", err=True, nl=done == areas)

    try:
        rows = write_extracts(
            folder,
            as_at=as_at,
            covers_from=covers_from.date(),
            referrals=referrals,
            seed=seed,
            progress=progress,
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{sum(rows.values()):,} rows in {len(rows)} extracts as at {as_at:%Y-%m-%d %H:%M}: {folder}")

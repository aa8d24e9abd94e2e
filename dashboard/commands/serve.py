"""`safe-dashboard serve`: the dashboard in the browser."""

import os
import sys
from pathlib import Path

import click

from dashboard.commands.database_option import database_option

PORT = 8501


@click.command(short_help="Show the dashboard in the browser.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="SAFE_PORT",
    default=PORT,
    show_default=True,
    show_envvar=True,
    help="Port on this machine.",
)
@database_option
def serve(port: int, database: str) -> None:
    """Serve the dashboard to this machine's own browser, until interrupted.

    An open page follows the database: what is loaded shows within seconds.

    \b
    Example:
      safe-dashboard serve --database sqlite:///safe.db --port 8600
    """
    os.environ["SAFE_DATABASE_URL"] = database
    from dashboard import asgi  # noqa: PLC0415 - takes seconds, which the other commands need not wait for

    click.echo(f"The dashboard is at http://localhost:{port} (Ctrl+C ends it)", err=True)
    # Streamlit looks for `.streamlit/config.toml` beside the program that it thinks it runs.
    sys.argv[:] = [str(Path(asgi.__file__))]
    asgi.app.run(config={"server.port": port})

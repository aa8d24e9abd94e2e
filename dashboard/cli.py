"""The command `safe-dashboard`: one command a task, each in a file of its own under `commands`."""

import click

from dashboard.commands.audit import audit
from dashboard.commands.check import check
from dashboard.commands.decisions import decisions
from dashboard.commands.export import export
from dashboard.commands.judge import judge
from dashboard.commands.load import load
from dashboard.commands.rebuild import rebuild
from dashboard.commands.serve import serve
from dashboard.commands.upgrade import upgrade
from dashboard.commands.watch import watch
from data_access.problems import Problem
from sample_data.command import sample


class _Commands(click.Group):
    """A group whose commands tell people what is wrong instead of how the program is built."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a Problem ends it with its message and exit status 1."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            raise click.ClickException(str(problem)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="safe-dashboard", prog_name="safe-dashboard")
def main() -> None:
    """Is the children's service safe? Load extracts, read measures, judge them.

    Exit status: 0 done, 1 refused or a check failed, 2 wrong use. Results go to standard output, progress and
    messages to standard error.
    """


for _command in (serve, sample, load, watch, export, judge, decisions, check, audit, rebuild, upgrade):
    main.add_command(_command)

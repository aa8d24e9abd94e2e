"""The command `safe-dashboard`: one command a task, each in a file of its own under `commands`.

A command's module is imported when the command is asked for: the help of all of them needs none.
"""

from importlib import import_module
from typing import Final

import click

from data_access.problems import Problem

COMMANDS: Final = {
    "audit": ("dashboard.commands.audit", "Verify or list the audit trail."),
    "check": (
        "dashboard.commands.check",
        "Check that the figures agree with the cases, and the data with the rules.",
    ),
    "decisions": (
        "dashboard.commands.decisions",
        "Set targets, events, rebases; leave a week out; list what was decided.",
    ),
    "evidence": (
        "dashboard.commands.evidence",
        "Make the evidence for every finding of inspectors: PDF, Word, Excel, CSV.",
    ),
    "export": ("dashboard.commands.export", "Print figures or cases as CSV or JSON."),
    "judge": ("dashboard.commands.judge", "Judge the series in FILE: signal or noise, and can the target be met?"),
    "load": ("dashboard.commands.load", "Load extracts into the database."),
    "pack": ("dashboard.commands.pack", "Make the pack of a meeting: PDF, Word, PowerPoint, Excel."),
    "rebuild": ("dashboard.commands.rebuild", "Make the case tables again from the record of loads."),
    "sample": ("sample_data.command", "Write the extracts of an invented council to FOLDER."),
    "sample-cases": (
        "dashboard.commands.sample_cases",
        "Draw cases at random for senior managers to read.",
    ),
    "sign-off": (
        "dashboard.commands.sign_off",
        "Sign a week off, read it again, tell what stands otherwise now.",
    ),
    "serve": ("dashboard.commands.serve", "Show the dashboard in the browser."),
    "upgrade": ("dashboard.commands.upgrade", "Bring a database up to this version."),
    "watch": ("dashboard.commands.watch", "Load what arrives in a folder."),
}
"""Module and short help of every command; the function in the module bears the command's name, with _ for -."""


class _Commands(click.Group):
    """A group that imports a command when it is asked for, and whose commands tell people what is wrong.

    Its own `commands` are stand-ins, with a name and a short help alone.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's form
        """Return a command by its name; None where there is none."""
        if cmd_name not in self.commands:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's form
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.short_help or "") for name, command in sorted(self.commands.items())])

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


for _name, (_, _short_help) in COMMANDS.items():
    main.add_command(click.Command(_name, short_help=_short_help))

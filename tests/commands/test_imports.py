"""What the command line imports: nothing for its help, for each command only what that command needs."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from dashboard.cli import COMMANDS, main

HEAVY = {"alembic", "altair", "polars", "scipy", "sqlalchemy", "streamlit"}


def imported_by(code: str) -> set[str]:
    """Return which heavy packages a new process has imported once it has run some code."""
    told = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return HEAVY & set(json.loads(ran.stdout.splitlines()[-1]))


def test_help_imports_no_command() -> None:
    assert imported_by("from dashboard.cli import main\nmain(['--help'], standalone_mode=False)") == set()


def test_a_series_is_judged_without_a_database_or_a_screen() -> None:
    assert imported_by("import dashboard.commands.judge") <= {"polars"}


def test_reading_a_database_imports_no_migrations() -> None:
    reads = [f"import {COMMANDS[name][0]}" for name in ("check", "export")]
    assert imported_by("\n".join(reads)) <= {"polars", "sqlalchemy"}


def test_the_server_starts_before_charts_are_needed() -> None:
    assert imported_by("import dashboard.asgi").isdisjoint({"alembic", "altair", "scipy"})


def test_no_command_but_serve_imports_what_draws() -> None:
    others = [f"import {module}" for name, (module, _) in COMMANDS.items() if name != "serve"]
    assert imported_by("\n".join(others)).isdisjoint({"altair", "streamlit"})


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_says_of_a_command_what_the_command_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=1000) == COMMANDS[name][1]


def test_every_command_stands_in_the_help_and_answers() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output.partition("Commands:\n")[2]
    assert [line.split()[0] for line in listed.splitlines() if line[2:3].strip()] == sorted(COMMANDS)
    for name in COMMANDS:
        assert CliRunner().invoke(main, [name, "--help"]).output.startswith(f"Usage: main {name} ")


def test_a_misspelt_command_is_told_what_was_meant() -> None:
    result = CliRunner().invoke(main, ["exprot"])
    assert result.exit_code == 2
    assert "No such command 'exprot'. Did you mean 'export'?" in result.output

"""The folder into which a command writes the files that it makes."""

from pathlib import Path

import click

output_option = click.option(
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder for the files; it is made where there is none.",
)


def write_file(file: Path, content: bytes) -> None:
    """Write a file, in the place of an older one, and its folder where there is none; say in words what can't be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        msg = f"{file} can't be written: {error.strerror}."
        raise click.ClickException(msg) from None

"""A CSV of the native shape, read as plain text cells so that every check is ours."""

from pathlib import Path
from typing import Final

import polars as pl

from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.delivery.unreadable_files import saying_what_is_unreadable, wrong_encoding
from data_access.loading.formats.csv_layout import layout_of
from data_access.loading.formats.csv_structure import LONGEST_LINE, checked_structure
from data_access.loading.formats.headings import checked_headings
from data_access.problems import ExtractProblem

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def csv_sheet(file: Path) -> Sheet:
    """Return the table of a CSV file; raise ExtractProblem where it is cut off, or no sound text.

    A row's number is the one that a spreadsheet shows: titles, blank rows and a line `sep=` above are counted.
    """
    layout = layout_of(file.name, _head(file))
    digest = checked_structure(file, layout)
    names = checked_headings(file.name, layout.headings)
    with saying_what_is_unreadable(file.name):
        cells = pl.scan_csv(
            file,
            separator=layout.separator,
            infer_schema=False,
            has_header=True,
            skip_lines=layout.line - 1,
            new_columns=names,
            row_index_name=ROW,
            row_index_offset=layout.row + 1,
            # only blank cells stand beyond the headings: the structure was checked
            truncate_ragged_lines=True,
        )
        cells.collect_schema()
    typed = tuple(" ".join(heading.split()) for heading in layout.headings)
    return Sheet(file, file.stem, tuple(names), cells, digest, typed=typed)


def _head(file: Path) -> str:
    """Return the beginning of a file, whole lines of it; what is no text in it is told when all is looked through."""
    with file.open("rb") as content:
        head = content.read(LONGEST_LINE)
    if head.startswith(_UTF_16):
        raise wrong_encoding(file.name, "line 1, byte 1 of the file", "UTF-16")
    if len(head) == LONGEST_LINE:
        head, end, _ = head.rpartition(b"\n")
        if not end:
            msg = (
                f"{file.name} has a first row of more than a million characters: it is no table. Nothing was loaded."
            )
            raise ExtractProblem(msg)
    return head.decode("utf-8", "replace")

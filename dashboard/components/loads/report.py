"""What a load did, or would do, as HTML: rows by extract, refused rows by reason, measures that move."""

from collections.abc import Sequence
from html import escape
from typing import Final

from dashboard.components.layout.html_table import html_table
from dashboard.words.loads import counted, move_rows, title_of
from dashboard.words.phrases import NOTHING
from data_access.loading import LoadedExtract, LoadReport

SENTENCES: Final = 10
"""So many refused rows are told one by one."""
_NUMBERS: Final = ("read", "new", "changed", "unchanged", "withdrawn", "older", "refused", "warnings")
_NOTEWORTHY: Final = ("new", "changed", "withdrawn", "older", "refused", "warnings")


def report_html(report: LoadReport, *, dry_run: bool) -> str:
    """Return the report, which says first of all whether anything has changed.

    What came with a load that was made stands in the record below; here only what it moved.
    """
    parts = [f"<h3>{_title(report, dry_run=dry_run)}</h3>", _list([*report.notices, *_known(report)])]
    if report.to_confirm:
        things = counted(len(report.to_confirm), "thing has", "things have")
        parts.append(
            f'<p class="waits">{things} to be confirmed before it is loaded: see the end of this preview.</p>'
        )
    if report.loaded and dry_run:
        parts += [_extracts(report.loaded), _refused(report), _warned(report.loaded)]
    if report.loaded:
        parts += [_moves(report, dry_run=dry_run)]
    return f'<div class="report" role="status">{"".join(parts)}</div>'


def _title(report: LoadReport, *, dry_run: bool) -> str:
    if not report.loaded:
        return "Nothing is new: these files change nothing"
    if dry_run:
        return "Preview: this is what would change. Nothing has changed yet"
    rows = counted(sum(loaded.read - loaded.refused for loaded in report.loaded), "row")
    return f"Loaded as load {report.load_id}: {rows}, see below what came"


def _known(report: LoadReport) -> list[str]:
    return [f"{file} was loaded before; nothing of it has changed." for file in report.known_already]


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""


def _extracts(extracts: Sequence[LoadedExtract]) -> str:
    moved = [loaded for loaded in extracts if any(getattr(loaded, name) for name in _NOTEWORTHY)]
    same = [loaded for loaded in extracts if loaded not in moved]
    rows_same = sum(loaded.read for loaded in same)
    told = f"<p>{counted(len(same), 'extract')} with {counted(rows_same, 'row')} as before.</p>" if same else ""
    if not moved:
        return told
    ordered = sorted(moved, key=lambda loaded: title_of(loaded.extract))
    rows = [
        [
            title_of(loaded.extract),
            loaded.file,
            loaded.format,
            *(f"{number:,}" if (number := getattr(loaded, name)) else NOTHING for name in _NUMBERS),
        ]
        for loaded in ordered
    ]
    headings = [
        "Extract",
        "File",
        "Format",
        *(f"Rows {name}" if name == "read" else name.capitalize() for name in _NUMBERS),
    ]
    return html_table("Rows by extract", headings, rows, numeric=headings[3:]) + told


def _refused(report: LoadReport) -> str:
    refused = sum(loaded.refused for loaded in report.loaded)
    if not refused:
        return "<h4>No row refused</h4>"
    reasons = [
        [title_of(loaded.extract), reason, f"{number:,}"]
        for loaded in report.loaded
        for reason, number in loaded.because
    ]
    table = html_table("Refused rows by reason", ["Extract", "What is wrong", "Rows"], reasons, numeric=("Rows",))
    told = report.refused[:SENTENCES]
    first = "" if refused <= len(told) else f"<p>The first {len(told)} of them:</p>"
    return f"<h4>{counted(refused, 'row')} refused; all others are good</h4>{table}{first}{_list(told)}"


def _warned(extracts: Sequence[LoadedExtract]) -> str:
    rows = [
        [title_of(loaded.extract), reason, f"{number:,}"] for loaded in extracts for reason, number in loaded.warned
    ]
    if not rows:
        return ""
    table = html_table("Warnings by reason", ["Extract", "Kept, but odd", "Rows"], rows, numeric=("Rows",))
    number = counted(sum(loaded.warnings for loaded in extracts), "warning")
    return f'<h4>{number}</h4><div class="few">{table}</div>'


def _moves(report: LoadReport, *, dry_run: bool) -> str:
    would = "would move" if dry_run else "moved"
    if not report.moves:
        return f"<h4>No headline figure {would}</h4>"
    headings = ["Measure", "Latest figure before", "After", "Settled periods restated"]
    table = html_table("Measures that move", headings, move_rows(report.moves))
    return f'<h4>{counted(len(report.moves), "measure")} {would}</h4><div class="few">{table}</div>'

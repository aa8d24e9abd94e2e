"""Makes `format.md`, the page on which councils read what to hand over, from the extracts as they are described.

Renew it with `python -m data_access.extracts.format_page`.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.extracts import EXTRACTS, NO_TEAM, Column, Extract, Kind, extract_named
from data_access.extracts.placeholders import NULLS, WORDS_FOR_NOTHING
from data_access.loading.delivery.manifest import COLUMNS
from data_access.measures import MEASURES
from data_access.quality.dates import ENDS

PAGE: Final = Path(__file__).with_name("format.md")

_CODES: Final = Path(__file__).with_name("codes.csv")

_NOTHING: Final = ", ".join(f"`{word}`" for word in (*NULLS[:3], *WORDS_FOR_NOTHING[len(NULLS) :]))
_ENDS: Final = ", ".join(f"`{name}`" for name in ENDS)

_INTRODUCTION: Final = f"""\
# What to hand over

The dashboard reads *extracts*: plain tables taken from your case system, staff records and audits. Each extract is
one CSV file, or one sheet of a workbook. Hand over what you have: a measure whose extracts are missing says so, and
all others work. This page is made from the program's own description of the extracts, so it is what the loader does.

1. Take the extracts: one file or sheet each, its columns in any order below a row of headings.
2. Add the [manifest](#the-manifest), which says when each was taken and which dates it covers.
3. Run `safe-dashboard load FOLDER`. It says what was read, refused and left out, row by row.

## The manifest

A file `manifest.csv` with the extracts, or a sheet `manifest` in their workbook, with one row an extract. In its
place the same can be said once for all files on the command line. No figure is ever shown for dates that no extract
covers, so "none" is never confused with "not loaded".

{{manifest}}

### Complete, or changes only

- **Complete** (`yes`): the extract lists *every* row dated from `covers_from` to `covers_to`. Rows of those dates
  that it no longer lists are withdrawn; they are kept apart, with the load that withdrew them. Which date counts
  stands under each extract. An extract that has none is the whole table: what it no longer lists is withdrawn.
- **Changes only** (`no`, or blank): rows that are new or have changed. Nothing is withdrawn.

Either way a row is known by its key: the same key in a later extract replaces the older row; twice in one file, the
second is refused, or the whole file where it lacks a column of the key. An extract that was taken earlier
than the one that stands changes nothing of it. A column that the file lacks leaves what stands as it is; an empty
cell clears it. Loading the same file twice changes nothing.

A column never sent is not an empty one. Where a measure hangs on it, that measure is *not computable* for the dates
of the extract, and says which column it lacks: never 0%, never 100%. So send the columns that are named under each
extract even where your system has nothing to put in them.

## Files

- CSV in UTF-8 (in Excel: "CSV UTF-8"), separated by commas, semicolons or tabs, or by what a first line such as
  `sep=|` names; or a workbook (.xlsx, .xls, .xlsm, .xlsb, .ods).
- Name the file or sheet after the extract. It is recognised by its columns; the name decides where two could be
  meant. Capitals, spaces, hyphens and line breaks in headings don't matter, nor a colon or asterisk after them:
  `Child ID *` is read as `child_id`.
- A title, notes or blank rows may stand above the headings, up to 20 rows. Rows are numbered as a spreadsheet shows
  them, in a CSV too; where a cell of a CSV goes on over several lines, the line is told with the row.
- In a workbook, sheets that are like no extract are left out and named, and so are headings that nobody filled,
  unless the manifest names the extract: then there was nothing to tell. Rows of totals are left out and named.
- Cells in which a formula failed are told, never read as blank without a word; in .xlsx, .xlsm and .ods so are
  formulas that were saved without a result.
- A file that is cut off, empty, in another encoding or lacks a column that is needed is refused as a whole, with the
  row that is at fault where there is one, and nothing of the load is kept. A row with an unreadable or impossible
  value is refused by itself, with file, row, field and reason; if it was to correct an older row, the older one
  stands.
- A row that is merely odd, such as a decision before its receipt, is kept and counted, with a warning.

## Identifiers

References are those of your case system, and pseudonymous: the same child must always have the same `child_id`. They
are kept as they are written: `007` is not `7`. Where two references turn out to be one child, say so in
[child_merges](#merged-children-child_merges).

Don't send names, addresses, postcodes, dates of birth, NHS numbers, UPNs, phone numbers or email addresses. A column
whose heading looks like one of these is dropped before anything is kept, and the load says so. One exception is
read and then dropped: `date_of_birth` or `dob` among the referrals, from which `age_band` is worked out where that
is not given.

## How cells are read

- **date**: `2010-03-26` or `26/03/2010`, from {FIRST_DAY.year} to {LAST_DAY.year}. Also read are `26-03-2010`,
  `26/03/10`, `2010/03/26`, `26 March 2010`, `26-Mar-10` and a spreadsheet's number of a day (`40263`); years of two
  digits and day numbers are told of. A file with a column whose dates have the month first is refused.
- **date and time**: a date, then `16:40`, `16:40:00` or `4:40 pm`, in local time; or with `Z` or an offset such as
  `+01:00`, which is turned into local time. A date alone is read too; then only days can be counted, not hours.
  Midnight (`00:00`) counts as no time, whatever the format, since systems and spreadsheets write it where none was
  given. Of the hour that comes twice in autumn the first is meant; a time in the hour that spring leaves out is
  refused.
- **week (its Monday)**: the date of the Monday.
- **yes or no**: `yes` or `no`; also `y`, `n`, `true`, `false`, `1`, `0`.
- **code**: a code of the list named in its row, or its label; capitals don't matter.
- **whole number**, **number**: digits, with a point for decimals and no commas.
- **full-time equivalent**: a number with at most two decimals, such as `0.6`.
- **reference**: as it stands, without the spaces around it and characters that nobody sees; `12345.0` is `12345`.
- **text**: as it stands, without the spaces around it.

An empty cell means that nothing is recorded. Cases without a team are counted under "{NO_TEAM}".

## Cells that say nothing, and cells that nobody can read

- **Words for nothing** ({_NOTHING}) are read as an empty cell wherever they stand,
  unless they are a code of the column's list; a row that needs the cell is refused. Where a date is expected so are
  `ongoing`, `not known` and the like, and the dates that systems write for none: any of 1899 and 1900, `1753-01-01`,
  `1970-01-01`, `9999-12-31`. Free texts keep their words, but for `NULL` and the like. The load tells how many
  cells of each column say nothing.
- **Failed formulas** (`#N/A`, `#REF!`, …), also as text, and formulas saved without their result can't be read: the
  row gets a warning, the cell counts as unknown, and measures that need it leave the case out and say so. A row that
  needs the cell is refused, and so is one where the cell says when something ended
  ({_ENDS}): left blank, it would stand open.
- **References that a spreadsheet mangled** (`1.23457E+11`) and **placeholders** (`UNKNOWN`, `UNBORN`, `TBC`, `0` …)
  name nothing. As a row's own reference they are refused. As a child's reference they get a warning, and the row is
  kept: it looks back on no other row, and none on it. As the team of a row they count as "{NO_TEAM}", elsewhere as an
  empty cell, each with a warning. Format such columns as text.

## The extracts

{{contents}}
"""

_LISTS: Final = """\
## Lists of codes

Both the code and its label are read. Add codes of your own with the extract [codes](#code-lists-codes): a row with a
list and a new code adds it, a row with a code that is here replaces it.
"""


def page() -> str:
    """Return the whole page in Markdown."""
    contents = "\n".join(
        f"- [{extract.title}](#{_anchor(_heading(extract))}): `{extract.name}`" for extract in EXTRACTS
    )
    introduction = _INTRODUCTION.replace("{manifest}", _table(COLUMNS)).replace("{contents}", contents)
    parts = [introduction, *(_described(extract) for extract in EXTRACTS), _LISTS, *_lists()]
    return "\n".join(part.strip() + "\n" for part in parts)


def _heading(extract: Extract) -> str:
    return f"{extract.title} ({extract.name})"


def _anchor(heading: str) -> str:
    """Return the anchor that Markdown readers give a heading."""
    return "".join(
        "-" if letter == " " else letter for letter in heading.lower() if letter.isalnum() or letter in " _-"
    )


def _described(extract: Extract) -> str:
    key = " and ".join(f"`{name}`" for name in extract.key)
    dated = " or, where that is empty, ".join(f"`{name}`" for name in extract.dated_by)
    complete = (
        f"A complete extract lists every row whose {dated} lies in the dates covered."
        if dated
        else "A complete extract lists the whole table."
    )
    lines = [f"### {_heading(extract)}", "", extract.about, f"Key: {key}. {complete}"]
    definitions = [measure.definition for measure in MEASURES.values()]
    for said, titles in (
        ("Needed for", [definition.title for definition in definitions if extract.name in definition.requires]),
        (
            "Used, where it is there, for",
            [definition.title for definition in definitions if extract.name in definition.optional],
        ),
    ):
        if titles:
            lines += ["", f"{said}: {' · '.join(titles)}."]
    if deciding := _deciding(extract):
        lines += ["", f"Send these columns even where all their cells are empty: {', '.join(deciding)}."]
    return "\n".join([*lines, "", _table(extract.columns)])


def _deciding(extract: Extract) -> list[str]:
    """Return the columns that may be left out and that a measure can't be worked out without."""
    fields = {field for measure in MEASURES.values() for field in measure.definition.deciding}
    return [
        f"`{column.name}`"
        for column in extract.columns
        if f"{extract.name}.{column.name}" in fields and not column.required
    ]


def _table(columns: Iterable[Column]) -> str:
    rows = [
        (
            f"`{column.name}`",
            "yes" if column.required else "",
            f"{column.kind}{_bounds(column)}",
            _meaning(column),
            _source(column),
        )
        for column in columns
    ]
    return _laid_out(("column", "needed", "kind", "what it means", "list, or where it points to"), rows)


def _laid_out(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _bounds(column: Column) -> str:
    if column.minimum is None:
        return ""
    if column.maximum is None:
        return f", {column.minimum:g} or more"
    return f", {column.minimum:g} to {column.maximum:g}"


def _meaning(column: Column) -> str:
    return column.meaning if column.blank_means is None else f"{column.meaning} (kept as {column.blank_means})"


def _source(column: Column) -> str:
    if column.codes == "extract":
        return "[the extracts](#the-extracts)"
    if column.codes is not None:
        return f"[{column.codes}](#{_anchor(f'List {column.codes}')})"
    if column.refers_to is not None:
        return f"[{column.refers_to}](#{_anchor(_heading(extract_named(column.refers_to)))})"
    return ""


def _lists() -> list[str]:
    """Return a section for each list: codes, labels, and what the flags say about each."""
    flags = [column.name for column in extract_named("codes").columns if column.kind is Kind.YES_NO]
    lists: dict[str, list[dict[str, str]]] = {}
    with _CODES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["list"], []).append(row)
    return [f"### List {name}\n\n{_list(rows, flags)}" for name, rows in lists.items()]


def _list(rows: Sequence[dict[str, str]], flags: Iterable[str]) -> str:
    """Return one list as a table, with the flags that any of its codes carries."""
    carried = [flag for flag in flags if any(row[flag] for row in rows)]
    headings = ["code", "label", *(flag.replace("_", " ") for flag in carried)]
    return _laid_out(headings, [[f"`{row['code']}`", row["label"], *(row[flag] for flag in carried)] for row in rows])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

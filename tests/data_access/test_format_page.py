"""The format page says what the loader does: made again it is the one that is kept, and its promises hold."""

import csv
import re
from pathlib import Path

import polars as pl
import pytest

from data_access.extracts import EXTRACTS, extract_named
from data_access.extracts.format_page import PAGE, page
from data_access.loading.checks import cells
from data_access.loading.checks.cleaning import cleaned
from data_access.loading.delivery.files import sheets_of
from data_access.loading.delivery.manifest import COLUMNS
from data_access.loading.delivery.recognising import recognised


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        f"{PAGE.name} is not what the extracts say now. Renew it with "
        "`python -m data_access.extracts.format_page`, read the difference, and commit it."
    )


def test_every_column_of_every_extract_stands_there() -> None:
    sections = dict(re.findall(r"^### .*?\((\w+)\)\n(.*?)(?=^##)", page(), flags=re.MULTILINE | re.DOTALL))
    assert list(sections) == [extract.name for extract in EXTRACTS]
    for extract in EXTRACTS:
        rows = re.findall(r"^\| `(\w+)` \| (yes|) \|", sections[extract.name], flags=re.MULTILINE)
        assert rows == [(column.name, "yes" if column.required else "") for column in extract.columns]


def test_the_manifest_stands_there() -> None:
    manifest = page().split("## The manifest")[1].split("###")[0]
    assert re.findall(r"^\| `(\w+)` ", manifest, flags=re.MULTILINE) == [column.name for column in COLUMNS]


def test_every_code_stands_in_its_list() -> None:
    lists = dict(re.findall(r"^### List (\w+)\n(.*?)(?=^###|\Z)", page(), flags=re.MULTILINE | re.DOTALL))
    with PAGE.with_name("codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(lists) == {row["list"] for row in rows}
    for row in rows:
        assert f"| `{row['code']}` | {row['label']} |" in lists[row["list"]]
    used = {column.codes for extract in EXTRACTS for column in extract.columns if column.codes}
    assert used <= set(lists)


def test_every_link_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.*)$", page(), flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = set(re.findall(r"\]\(#([^)]*)\)", page()))
    assert links
    assert links <= anchors


def test_no_cell_breaks_its_table() -> None:
    for table in re.findall(r"(?:^\|.*\|\n)+", page(), flags=re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


@pytest.mark.parametrize(
    "cell",
    ["2010-03-26", "26/03/2010", "26-03-2010", "26/03/10", "2010/03/26", "26 March 2010", "26-Mar-10", "40263"],
)
def test_dates_are_read_as_promised(cell: str) -> None:
    assert str(pl.select(cell=pl.lit(cell)).select(cells.date_of("cell")).item()) == "2010-03-26"


@pytest.mark.parametrize(
    "cell", ["2010-03-26 16:40", "26/03/2010 16:40:00", "26/03/2010 4:40 pm", "2010-03-26T16:40:00Z"]
)
def test_times_are_read_as_promised(cell: str) -> None:
    assert str(pl.select(cell=pl.lit(cell)).select(cells.moment_of("cell")).item()) == "2010-03-26 16:40:00"


def test_yes_and_no_are_read_as_promised() -> None:
    [line] = [line for line in page().splitlines() if line.startswith("- **yes or no**")]
    said = pl.DataFrame({"cell": re.findall(r"`(\w+)`", line)})
    assert said.select(cells.yes_no_of("cell")).to_series().to_list() == [True, False] * 4


def test_identifiers_are_dropped_as_promised_and_headings_read_kindly(tmp_path: Path) -> None:
    file = tmp_path / "referrals.csv"
    dropped = "Full name,Home address,Postcode,Date of birth,NHS number,UPN,Phone,Email"
    file.write_text(
        f"Referral ID,Child ID,Received at,Team ID,{dropped}\n"
        "007,c1,26/03/2010 16:40,north,A B,1 High Street,N15,2008-03-27,123,A1,020,a@b\n",
        encoding="utf-8",
    )
    [sheet] = sheets_of([file], {}, tmp_path)
    assert recognised(sheet) is extract_named("referrals")
    clean = cleaned(sheet, extract_named("referrals"), {"age_band": {"1_to_4": "1_to_4"}})
    assert len([notice for notice in clean.notices if "may identify people" in notice]) == dropped.count(",") + 1
    assert set(clean.stored) == {
        "referral_id",
        "child_id",
        "received_at",
        "received_on",
        "received_timed",
        "team_id",
        "age_band",
        "unreadable",
    }
    [row] = clean.rows.collect().to_dicts()
    assert (row["referral_id"], row["age_band"], row["(reason)"]) == ("007", "1_to_4", None)

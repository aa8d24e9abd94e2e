"""A pack, from the page to the reader's disk: made when it is asked for, of the week that is chosen."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
from playwright.sync_api import Page

from tests.browser.browsing import Site

Open = Callable[..., Page]


def downloaded(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=False).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_pack_is_handed_out_for_the_meeting_and_week_chosen(site: Site, visit: Open, tmp_path: Path) -> None:
    page = visit(site, "packs?meeting=complaints&week=2010-03-15")
    pdf = downloaded(page, "PDF", tmp_path)
    assert pdf.name == "complaints-2010-03-15.pdf"
    assert "Complaints and compliments at the SMT" in pypdf.PdfReader(pdf).pages[0].extract_text()
    workbook = openpyxl.load_workbook(downloaded(page, "Excel", tmp_path))
    assert workbook["Pack"]["A2"].value.startswith("Week to Sun 21 Mar 2010, an older week")
    assert {row[0].value for row in workbook["Figures"].iter_rows(min_row=2)} == {"complaints", "compliments"}

"""What in a watched folder is a delivery, when it is whole, and in which order deliveries come."""

import os
from pathlib import Path

import pytest
import xlsxwriter

from data_access.loading.watching.deliveries import Inbox
from tests.loading.conftest import without_the_rights_of_root
from tests.loading.watching.conftest import manifest, referrals, staff

REFERRALS, STAFF = referrals("R1"), staff("S1")
BOTH = manifest("referrals", "staff")


def looked_at(folder: Path, *, settle: float = 0) -> tuple[list[str], dict[str, str]]:
    """Return the names of what is whole, in order, and what waits, with the reason."""
    whole, waiting = Inbox(folder, settle).look()
    return [one.name for one in whole], {one.name: one.why for one in waiting}


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


WHOLE = {
    "a folder with its manifest": (
        {"week/referrals.csv": REFERRALS, "week/staff.csv": STAFF, "week/manifest.csv": BOTH},
        ["week"],
    ),
    "loose files with their manifest": (
        {"referrals.csv": REFERRALS, "Manifest.CSV": manifest("referrals")}, ["extracts"],
    ),
    "a workbook by itself": ({"week.xlsx": "any"}, ["week.xlsx"]),
    "a census by itself": ({"census.xml": "any"}, ["census.xml"]),
    "what no reader knows is to be refused": ({"notes.docx": "any"}, ["notes.docx"]),
    "a workbook in a folder": ({"week/week.xlsx": "any"}, ["week"]),
    "names do not count": (
        {"w/Export 1.txt": REFERRALS, "w/Export 2.csv": STAFF, "w/manifest.csv": BOTH}, ["w"],
    ),
    "loose files that can't be read, by themselves": (
        {"referrals.csv": REFERRALS[:-6], "manifest.csv": manifest("referrals")}, ["referrals.csv"],
    ),
    "a manifest that can't be read": ({"manifest.csv": "extract\nreferrals\n"}, ["manifest.csv"]),
    "a folder with a file that can't be read": (
        {"w/referrals.csv": REFERRALS[:-6], "w/manifest.csv": BOTH}, ["w"],
    ),
    "an empty file": ({"referrals.csv": ""}, ["referrals.csv"]),
    "nothing but litter": (
        {".a.csv": "any", "~$week.xlsx": "any", "Thumbs.db": "any", "loaded/a.csv": "any", "Refused/b.csv": "any",
         ".safe-watch/x.csv": "any"}, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WHOLE)
def test_a_delivery_is(what: str, tmp_path: Path) -> None:
    files, names = WHOLE[what]
    put(tmp_path, files)
    assert looked_at(tmp_path)[0] == names


WAITING = {
    "loose files without a manifest": ({"referrals.csv": REFERRALS}, "referrals.csv", "no manifest.csv beside it"),
    "loose files that the manifest does not name": (
        {"referrals.csv": REFERRALS, "staff.csv": STAFF, "manifest.csv": manifest("referrals")},
        "staff.csv", "no manifest.csv beside it names staff yet",
    ),
    "a manifest before its files": (
        {"referrals.csv": REFERRALS, "manifest.csv": BOTH},
        "manifest.csv", "it names staff, of which no file is there yet",
    ),
    "a folder without a manifest": ({"w/referrals.csv": REFERRALS}, "w", "it has no manifest.csv yet"),
    "a folder that lacks a file": (
        {"w/referrals.csv": REFERRALS, "w/manifest.csv": manifest("referrals", "staff", "posts")},
        "w", "its manifest names posts, staff, of which no file is there yet",
    ),
    "a folder with a manifest alone": ({"w/manifest.csv": manifest("referrals")}, "w", "names referrals"),
    "a copy under way": ({"week.xlsx.part": "any"}, "week.xlsx.part", "the name of a copy that is still under way"),
    "a copy under way in a folder": (
        {"w/week.xlsx": "any", "w/more.crdownload": "any"}, "w", "more.crdownload is the name of a copy",
    ),
    "an empty folder": ({"w/.DS_Store": "any"}, "w", "it holds no file yet"),
}  # fmt: skip


@pytest.mark.parametrize("what", WAITING)
def test_not_whole_are(what: str, tmp_path: Path) -> None:
    files, name, why = WAITING[what]
    put(tmp_path, files)
    whole, waiting = looked_at(tmp_path)
    assert why in waiting[name]
    assert name not in whole


def test_a_file_must_have_been_unchanged_for_a_while_however_old_it_says_it_is(tmp_path: Path) -> None:
    put(tmp_path, {"week.xlsx": "any"})
    os.utime(tmp_path / "week.xlsx", (0, 0))
    inbox = Inbox(tmp_path, settle=1000)
    for _ in range(2):
        whole, [waiting] = inbox.look()
        assert (whole, waiting.settling) == ([], True)
    inbox.settle = 0
    assert [one.name for one in inbox.look()[0]] == ["week.xlsx"]


def test_what_may_not_be_opened_waits_and_stops_nothing_else(open_folder: Path) -> None:
    put(open_folder, {"a.xlsx": "any", "b.xlsx": "any", "c/d.csv": "any"})
    (open_folder / "a.xlsx").chmod(0)
    (open_folder / "c").chmod(0)
    with without_the_rights_of_root():
        whole, waiting = looked_at(open_folder)
    (open_folder / "c").chmod(0o755)
    assert whole == ["b.xlsx"]
    assert "a.xlsx can't be opened (Permission denied)" in waiting["a.xlsx"]
    assert "Permission denied" in waiting["c"]


def test_deliveries_come_in_the_order_in_which_they_were_taken(tmp_path: Path) -> None:
    for name, taken in (("a", "2010-03-29 07:00"), ("b", "2010-03-15 07:00"), ("c", "2010-03-22 07:00")):
        put(
            tmp_path, {f"{name}/referrals.csv": REFERRALS, f"{name}/manifest.csv": manifest("referrals", taken=taken)}
        )
    with xlsxwriter.Workbook(tmp_path / "d.xlsx") as book:
        for extract, text in {
            "referrals": REFERRALS,
            "manifest": manifest("referrals", taken="2010-03-17 07:00"),
        }.items():
            sheet = book.add_worksheet(extract)
            for number, row in enumerate(text.splitlines()):
                sheet.write_row(number, 0, row.split(","))
    put(tmp_path, {"e.xlsx": "taken nobody knows when"})
    assert looked_at(tmp_path)[0] == ["b", "d.xlsx", "c", "a", "e.xlsx"]


def test_deliveries_that_do_not_say_when_they_were_taken_come_as_they_arrived(tmp_path: Path) -> None:
    for day, name in enumerate(("c.xml", "a.xml", "b.xml")):
        put(tmp_path, {name: "any"})
        os.utime(tmp_path / name, (day * 86400, day * 86400))
    assert looked_at(tmp_path)[0] == ["c.xml", "a.xml", "b.xml"]

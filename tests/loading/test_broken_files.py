"""Files that can't be loaded as a whole: each is refused with a plain message, and nothing changes."""

import contextlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

from data_access.database.opening import connect
from data_access.loading import load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.problems import ExtractProblem
from tests.council import LOADER
from tests.loading.conftest import without_the_rights_of_root
from tests.loading.handing_over import Council, everything, fates, only, terms, write

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]

HEADINGS = "referral_id,child_id,received_at,decided_at,team_id,reason\n"
ROWS = "R1,C1,2010-03-01 10:00,,AT1,met\nR2,C2,2010-03-02 10:00,2010-03-02 11:00,AT1,café\n"
GOOD = HEADINGS + ROWS
OFFICE_OF_OLD = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Broken:
    """A file by name and content, and words that its refusal must have."""

    file: str
    content: bytes
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.file} {' '.join(self.words)}"


def text(file: str, content: str, *words: str, encoding: str = "utf-8") -> Broken:
    return Broken(file, content.encode(encoding), words)


BROKEN = [
    Broken("referrals.csv", b"", ("is empty", "headings")),
    text("referrals.csv", "\ufeff", "no headings"),
    text("referrals.csv", GOOD, "not in the encoding UTF-8", encoding="latin-1"),
    text("referrals.csv", HEADINGS + "R0,C0,2010-03-01,,AT1,déjà\n" + ROWS.replace("é", "e") * 2000, "UTF-8",
         encoding="latin-1"),
    text("referrals.csv", GOOD, "not in the encoding UTF-8", encoding="utf-16"),
    text("referrals.csv", GOOD, "zero bytes", encoding="utf-16-le"),
    text("referrals.csv", GOOD + "\0" * 4096, "zero bytes", "damaged"),
    text("referrals.csv", GOOD[:-21], "seems cut off", "its last row has 4 cells, the headings are 6"),
    text("referrals.csv", GOOD + 'R3,C3,2010-03-01,,AT1,"a reason that goes', "cut off", "a quotation mark lacks"),
    text("referrals.csv", HEADINGS + 'R3,C3,2010-03-01,,AT1,"never closed\n' + ROWS * 50, "a quotation mark lacks"),
    text("referrals.csv", HEADINGS + 'R3,C3,"2010-\n03-01","two\nlines","AT', "cut off"),
    text("referrals.csv", HEADINGS + 'R3,C3,2010-03-01,,"A""T1\nline 2"', "its last row has 5 cells"),
    text("referrals.csv", GOOD + "R3,C3,2010-03-01,,AT1,met,again\n", "more cells than there are headings"),
    text("referrals.csv", GOOD.replace("\n", "\r"), "its lines end in a way that is no longer used"),
    text("referrals.csv", GOOD.replace("reason", "Team ID"), "the heading team_id stands more than once"),
    text("referrals.csv", GOOD.replace("child_id", "child"), "nearest to referrals",
         "lacks child_id (is child meant"),
    text("referrals.csv", GOOD.replace("team_id", "unit"), "nearest to referrals", "lacks team_id."),
    text("ice_creams.csv", "flavour,price\nvanilla,2\n", "none of the extracts"),
    text("x.csv", "child_id,from,team_id,kind\nC1,2010-03-01,AT1,cp\n", "none of the extracts", "lacks plan_id"),
    text("x.csv", "contact_id,child_id,received_at,team_id,referral_id\nK1,C1,2010-03-01,AT1,R1\n",
         "could be contacts or referrals", "Name the file"),
    text("referrals.json", "{}", "it is JSON"),
    Broken("referrals.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ("a picture", "whatever its name says")),
    Broken("referrals.xlsx", b"%PDF-1.7\n", ("a PDF", "Give CSV files")),
    Broken("referrals.xlsx", OFFICE_OF_OLD + bytes(4096), ("protected by a password", "without a password")),
    Broken("referrals.xls", OFFICE_OF_OLD + bytes(range(256)) * 16, ("can't be read",)),
    Broken("referrals.ods", b"PK\x03\x04" + bytes(range(256)), ("can't be read",)),
    Broken("referrals.csv", b"PK\x03\x04" + bytes(range(256)), ("can't be read",)),
    Broken("referrals.csv", bytes(range(128, 256)), ("UTF-8",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def standing(new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """Give a council with something loaded, which no broken file may change."""
    with new_sqlite() as url:
        engine = connect(url)
        council = Council(engine, tmp_path_factory.mktemp("standing"))
        council.hand_over(terms("2010-03-28 07:00"), referrals=GOOD.replace("met", "older").replace("R2", "R7"))
        yield council
        engine.dispose()


def refusal(council: Council, path: Path, held: Terms | None) -> str:
    """Try to load the path; return what was said, after looking that nothing changed."""
    before = everything(council.engine)
    with pytest.raises(ExtractProblem) as refused:
        load_extracts(council.engine, LOADER, [path], terms=held)
    assert everything(council.engine) == before
    return str(refused.value)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_file_is_refused_whole(broken: Broken, standing: Council, tmp_path: Path) -> None:
    file = tmp_path / broken.file
    file.write_bytes(broken.content)
    said = refusal(standing, file, terms())
    assert broken.file in said
    assert all(word in said for word in broken.words), said


@pytest.mark.parametrize("good", ["contacts", "staff"])
def test_one_broken_file_stops_the_whole_load(good: str, council: Council) -> None:
    before = everything(council.engine)
    tables = {
        "contacts": "contact_id,child_id,received_at\nK1,C1,2010-03-01",
        "staff": "staff_id,from,role,fte\nS1,2010-03-01,other,1",
    }
    folder = write(council.folder / "both", {good: tables[good]})
    (folder / "referrals.csv").write_text(HEADINGS + "R0,C0,2010-03-01,,AT1,x,one too many\n", encoding="utf-8")
    with pytest.raises(ExtractProblem, match="more cells"):
        load_extracts(council.engine, LOADER, [folder], terms=terms())
    assert everything(council.engine) == before


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (None, ("no manifest says", "extract referrals", "manifest.csv", "--extracted-at")),
        ("contacts,2010-03-29 07:00,2010-01-01,2010-03-28,yes", ("no manifest says", "extract referrals")),
        ("referrals,last night,2010-01-01,2010-03-28,yes", ("row 2", "extracted_at", "'last night'", "2010-03-29")),
        ("referrals,2010-03-28 01:30,2010-01-01,2010-03-28,yes", ("row 2", "extracted_at", "'2010-03-28 01:30'")),
        ("referrals,2010-03-29,1 January,2010-03-28,yes", ("row 2", "covers_from", "'1 January'", "2010-03-28")),
        ("referrals,2010-03-29,2010-01-01,,yes", ("row 2", "covers_to", "is empty")),
        (",2010-03-29,2010-01-01,2010-03-28,yes", ("row 2", "extract", "is empty", "referrals")),
        ("referrals,2010-03-29,2010-01-01,2010-03-28,mostly", ("row 2", "complete", "'mostly'", "yes or no")),
        ("referals,2010-03-29,2010-01-01,2010-03-28,yes", ("row 2", "'referals' is no extract", "referrals")),
        ("referrals,2010-03-29,2010-03-28,2010-03-27,yes", ("row 2", "referrals", "end before it begins")),
        ("referrals,2048-03-29,2010-01-01,2010-03-28,yes", ("referrals.csv", "29 March 2048", "yet to come")),
        ("referrals,2110-03-29,2010-01-01,2010-03-28,yes", ("row 2", "2110-03-29", "1990 to 2049")),
        ("referrals,2010-03-29,1899-12-31,2010-03-28,yes", ("row 2", "1899-12-31", "1990 to 2049")),
        (
            "referrals,2010-03-29,2010-01-01,2010-03-28,yes\nreferrals,2010-03-29,2010-01-01,2010-03-28,yes",
            ("row 3", "referrals stands twice"),
        ),
        ("referrals,2010-03-29,2010-01-01,2010-03-28,yes,x,y", ("more cells",)),
        ("referrals,2010-03-29,2010-01-01,2010-03-28,\xff", ("UTF-8",)),
    ],
)  # fmt: skip
def test_a_manifest_must_say_what_is_needed(
    manifest: str | None, words: tuple[str, ...], standing: Council, tmp_path: Path
) -> None:
    (tmp_path / "referrals.csv").write_text(GOOD, encoding="utf-8")
    if manifest is not None:
        headings = "extract,extracted_at,covers_from,covers_to,complete\n"
        (tmp_path / "manifest.csv").write_bytes((headings + manifest + "\n").encode("latin-1"))
    said = refusal(standing, tmp_path, None)
    assert all(word in said for word in words), said


def test_a_manifest_without_its_columns_is_refused(standing: Council, tmp_path: Path) -> None:
    (tmp_path / "referrals.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "Manifest.CSV").write_text("extract,covers_from\nreferrals,2010-01-01\n", encoding="utf-8")
    said = refusal(standing, tmp_path, None)
    assert "Manifest.CSV: the manifest lacks the columns covers_to, extracted_at" in said


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, ("holds no CSV file, no workbook and no census file",)),
        (
            {"notes.docx": "x", ".hidden.csv": GOOD, "~$x.xlsx": "x"},
            ("holds no CSV file, no workbook and no census file",),
        ),
        ({"manifest.csv": "extract,extracted_at,covers_from,covers_to\n"}, ("only a manifest was found",)),
        ({"referrals.csv": GOOD, "referrals (2).csv": GOOD}, ("are both referrals", "one at a time")),
    ],
)
def test_a_folder_must_hold_one_file_of_each_extract(
    files: dict[str, str], words: tuple[str, ...], standing: Council, tmp_path: Path
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    said = refusal(standing, tmp_path, terms())
    assert all(word in said for word in words), said


def test_a_missing_file_is_named(standing: Council, tmp_path: Path) -> None:
    assert "There is no file or folder" in refusal(standing, tmp_path / "nowhere.csv", terms())


def test_a_file_that_may_not_be_read_is_named(standing: Council, open_folder: Path) -> None:
    file = open_folder / "referrals.csv"
    file.write_text(GOOD, encoding="utf-8")
    file.chmod(0)
    with without_the_rights_of_root():
        said = refusal(standing, file, terms())
    assert "referrals.csv can't be opened (Permission denied)" in said


def test_workbooks_cut_off_or_without_a_table_are_refused(standing: Council, tmp_path: Path) -> None:
    whole, empty, foreign = (tmp_path / f"{name}.xlsx" for name in ("whole", "empty", "foreign"))
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet("referrals")
        for number, row in enumerate(GOOD.splitlines()):
            sheet.write_row(number, 0, row.split(","))
    with xlsxwriter.Workbook(empty) as book:
        book.add_worksheet("referrals")
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    content = whole.read_bytes()
    for size in (100, len(content) // 2, len(content) - 30):
        cut = tmp_path / f"cut at {size}.xlsx"
        cut.write_bytes(content[:size])
        assert "can't be read" in refusal(standing, cut, terms())
    assert "every sheet is empty" in refusal(standing, empty, terms())
    assert "can't be read" in refusal(standing, foreign, terms())


def test_a_refusal_never_quotes_cells(standing: Council, tmp_path: Path) -> None:
    file = tmp_path / "referrals.csv"
    file.write_text(f"name,{HEADINGS}Ann Other,R1,C1,2010-03-01,,AT1,x,Ann once more\n", encoding="utf-8")
    assert "Ann" not in refusal(standing, file, terms())


def test_headings_alone_are_a_table_without_rows(council: Council) -> None:
    report = council.hand_over(terms(complete=True), referrals=HEADINGS)
    assert fates(only(report)) == {}
    assert only(report).read == 0
    assert [row["extract"] for row in council.table("coverage")] == ["referrals"]
    (council.folder / "without newline.csv").write_text(HEADINGS.strip(), encoding="utf-8")
    report = load_extracts(council.engine, LOADER, [council.folder / "without newline.csv"], terms=terms())
    assert only(report).read == 0


def test_rows_whose_blank_cells_at_the_end_excel_left_out_are_read(council: Council) -> None:
    report = council.hand_over(referrals=HEADINGS + "R1,C1,2010-03-01 10:00,,AT1\nR2,C2,2010-03-01 10:00,,AT1")
    assert fates(only(report)) == {"new": 2}

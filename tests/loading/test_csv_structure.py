"""Structural faults in a CSV: each names the row (and the line, where it is another), and never quotes a cell."""

import hashlib
from pathlib import Path
from typing import Final

import pytest

from data_access.loading.formats import csv_structure
from data_access.loading.formats.native_csv import csv_sheet
from data_access.problems import ExtractProblem

HEADINGS: Final = "referral_id,child_id,received_at,reason\n"
GOOD: Final = "R1,C1,2010-03-01,Ann Other\n"
TWO_LINES: Final = 'R2,C2,2010-03-01,"Ann\nOther"\n'


def made(*parts: str | bytes) -> bytes:
    return b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)


FAULTS: Final = [
    # what is wrong; the file; what is said of it
    ("a comma too many", made(HEADINGS, GOOD, "R2,C2,2010-03-01,Ann, Other\n", GOOD),
     ["row 3 has 5 cells", "more cells than there are headings (4)", "a comma too many"]),
    ("a semicolon too many", made(HEADINGS, GOOD, "R2,C2,,2010-03-01,Ann\n").replace(b",", b";"),
     ["row 3 has 5 cells", "a semicolon too many"]),
    ("too many below a title", made("Week 12\n\n", HEADINGS, GOOD, "R2,C2,2010-03-01,Ann,x,\n"),
     ["row 5 has 6 cells"]),
    ("too many below sep=", made("sep=,\n", HEADINGS, "R2,C2,2010-03-01,Ann,x\n"), ["row 3 has 5 cells"]),
    ("too many below two lines", made(HEADINGS, TWO_LINES, "R2,C2,2010-03-01,Ann,x\n"),
     ["row 3 (line 4) has 5 cells"]),
    ("too many in quotes", made(HEADINGS, GOOD, 'R2,C2,"2010-03-01","Ann, once",Other\n'), ["row 3 has 5 cells"]),
    ("too many in the last of a million", made(HEADINGS, GOOD * 1000, "R,,,,Ann\n"), ["row 1002 has 5 cells"]),
    ("an old line end that makes no cell too many", made(HEADINGS, GOOD, "R2\rR3,C3\n"),
     ["row 3: a line end of an"]),
    ("an old line end in the middle", made(HEADINGS, GOOD, "R2,C2,2010-03-01,Ann\rR3,C3,2010-03-02,Ben\n"),
     ["row 3: a line end of an old kind"]),
    ("a mark inside a cell", made(HEADINGS, GOOD, 'R2,C2,2010-03-01,5" Ann\n', GOOD),
     ["row 3: a quotation mark lacks its partner in the cell reason"]),
    ("two of them, rows apart", made(HEADINGS, GOOD, 'R2,C"2,2010-03-01,Ann\n', GOOD, 'R4,C4,2010-03-01,6" Ann\n'),
     ["row 3: a quotation mark lacks its partner in the cell child_id"]),
    ("a mark that never ends", made(HEADINGS, GOOD, 'R2,C2,2010-03-01,"Ann\n', GOOD * 3),
     ["row 3 ", "a quotation mark lacks its partner", "the cell reason, which then never ends"]),
    ("a mark that ends in another row", made(HEADINGS, TWO_LINES, 'R3,"C3,2010-03-01,Ann\n', GOOD, TWO_LINES),
     ["row 3 (line 4)", "the cell child_id", "goes on after the mark"]),
    ("text after the mark that ends", made(HEADINGS, GOOD, 'R2,C2,2010-03-01,"Ann" Other\n'),
     ["row 3", "the cell reason", "goes on after the mark"]),
    ("cut off within a row", made(HEADINGS, GOOD, "R2,C2,2010"),
     ["seems cut off", "its last row has 3 cells, the headings are 4", "(row 3)"]),
    ("cut off within a cell of two lines", made(HEADINGS, TWO_LINES, 'R3,C3,2010-03-01,"Ann\n'),
     ["row 3 (line 4) seems cut off"]),
    ("a zero byte", made(HEADINGS, GOOD, "R2,C\0,2010-03-01,Ann\n"),
     ["zero bytes (the first in line 3, byte 72 of the file)"]),
    ("UTF-16 without its mark", made(HEADINGS, GOOD).decode().encode("utf-16-le"), ["zero bytes", "UTF-16"]),
    ("UTF-16", made(HEADINGS, GOOD).decode().encode("utf-16"),
     ["not in the encoding UTF-8", "it seems to be UTF-16"]),
    ("Windows-1252", made(HEADINGS, GOOD, "R2,C2,2010-03-01,Zo\u00eb\u2019s\n".encode("cp1252")),
     ["first seen in line 3, byte 87 of the file", "it seems to be Windows-1252"]),
    ("no text", made(HEADINGS, GOOD, b"R2,C2,2010-03-01,\x81\x8d\xff\n"), ["line 3, byte 85 of the file"]),
    ("old line ends throughout", made(HEADINGS, GOOD, GOOD).replace(b"\n", b"\r"), ["no longer used"]),
    ("an endless row", made(HEADINGS, GOOD, "x" * 1_000_001), ["a row, 3, of more than a million characters"]),
    ("a heading twice", made("referral_id,child_id,received_at,Child ID\n", GOOD),
     ["child_id stands more than once"]),
]  # fmt: skip


@pytest.fixture(autouse=True, params=[1, 100, 1 << 16], ids="looked through {} bytes at once".format)
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look through files line by line, some lines at once, and all at once."""
    monkeypatch.setattr(csv_structure, "_BLOCK", request.param)


@pytest.mark.parametrize(("what", "content", "words"), FAULTS, ids=[what for what, *_ in FAULTS])
def test_a_structural_fault_names_its_row(what: str, content: bytes, words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "referrals.csv"
    file.write_bytes(content)
    with pytest.raises(ExtractProblem) as refused:
        csv_sheet(file)
    said = str(refused.value)
    assert said.startswith("referrals.csv")
    assert all(word in said for word in words), said
    assert not any(cell in said for cell in ("Ann", "Other", "Zo", "R2", "C2", "2010")), said
    assert len(said) < 400


SOUND: Final = [
    'R1,C1,2010-03-01,"5"" Ann"\n',
    'R1,C1,2010-03-01,5" x 3" Ann\n',
    'R1,C1,2010-03-01,"a, b\n\n"\n',
    '"R1","C1","2010-03-01",""\n',
    "R1,C1,2010-03-01,x,,\n",
    "R1\n",
    "\n",
]


@pytest.mark.parametrize("rows", SOUND)
def test_what_is_sound_is_no_fault(rows: str, tmp_path: Path) -> None:
    file = tmp_path / "referrals.csv"
    file.write_text(HEADINGS + rows * 3, encoding="utf-8")
    assert csv_sheet(file).cells.collect().height == 3


def test_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "referrals.csv"
    file.write_text(HEADINGS + (GOOD + TWO_LINES) * 10, encoding="utf-8")
    assert csv_sheet(file).digest == hashlib.sha256(file.read_bytes()).hexdigest()

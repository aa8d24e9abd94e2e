"""Files made to make a reader fetch, expand, swell or hang."""

import subprocess
import sys
from pathlib import Path

import pytest

from data_access.problems import ExtractProblem
from tests.loading.cin_census.making import HEADER, REFERRAL, census, child, column, element, sheets_of

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
OUTSIDE = '<!ENTITY out SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE Message [<!ENTITY l0 "lol">{LAUGHS}]>',
        f"<!DOCTYPE Message [{OUTSIDE}]>",
        '<!DOCTYPE Message SYSTEM "http://localhost:9/census.dtd">',
        '<!DOCTYPE Message [<!ENTITY % out SYSTEM "http://localhost:9/x"> %out;]>',
        "<!DOCTYPE Message>",
        "<!-- first --><!DOCTYPE html>",
    ],
)
def test_a_document_type_is_refused_unread(declared: str, tmp_path: Path) -> None:
    text = census(child("C1", REFERRAL.replace("1A", "&l9;")))
    with pytest.raises(ExtractProblem, match=r"line 2 holds a document type declaration \(DOCTYPE\)"):
        sheets_of(tmp_path, f'<?xml version="1.0"?>\n{declared}{text}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Message>" + "<Children>" * 10_000, "more than 40 deep"),
        (f'<Message a="{"x" * 3_000_000}"/>', "longer than a million characters"),
        (f"<Message><!--{'x' * 3_000_000}--></Message>", "longer than a million characters"),
        (f"<{'M' * 3_000_000}/>", "longer than a million characters"),
        (census(child("x" * 2_000, REFERRAL)), "a value is longer than 1,000 characters"),
        (census(element("Child", "<CINdetails/>" * 60_000)), "more than 20,000 elements"),
        (census(child("C1", REFERRAL + "<Section47/>" * 60_000)), "more than 20,000 elements"),
        (census(child("C1", "".join(f"<E{n}/>" for n in range(3_000)))), "2,000 different names"),
        (census(child("C1", "".join(f'<E a{n}=""/>' for n in range(3_000)))), "2,000 different names"),
        ("<Message><Header>" + "<Source/>" * 60_000, "more than 20,000 elements"),
    ],
)
def test_what_swells_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match=said):
        sheets_of(tmp_path, text)


def test_a_million_unknown_siblings_comments_and_blanks_are_passed_over(tmp_path: Path) -> None:
    clutter = "<Odd/><!--x-->" * 300_000 + " " * 3_000_000 + "<Odd>" + "long text" * 300_000 + "</Odd>"
    sheets = sheets_of(tmp_path, census(clutter, child("C1", REFERRAL)))
    assert column(sheets["referrals"], "child_id") == ["C1"]
    assert any("Odd (300,001)" in notice for notice in sheets["referrals"].notices)


_PEAK = """
import resource, sys
from pathlib import Path
from data_access.loading.formats.cin_census import read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read(Path(sys.argv[1]), "digest", {}, Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.soak
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for times in (1, 4):
        file = tmp_path / f"{times}.xml"
        assessment = element("Assessments", element("AssessmentActualStartDate", "2023-10-07"))
        spaced = (REFERRAL + assessment).replace("<", " " * 60 + "<")
        with file.open("w") as out:
            out.write(f"<Message>{HEADER}<Children>")
            for number in range(6_000 * times):
                out.write(child(f"C{number}", spaced, spaced.replace("10-06", "11-06")))
            out.write("</Children></Message>")
        folder = tmp_path / f"rows{times}"
        folder.mkdir()
        told = subprocess.run(
            [sys.executable, "-c", _PEAK, str(file), str(folder)], capture_output=True, check=True, text=True
        )
        peaks.append(int(told.stdout))
    kilobytes_more = (file.stat().st_size - (tmp_path / "1.xml").stat().st_size) // 1024
    assert kilobytes_more > 15_000
    assert peaks[1] - peaks[0] < 100_000

"""`safe-dashboard judge` on files as spreadsheets and people make them: read as meant, asked about, or refused."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.commands.judge import judge
from data_access.extracts.placeholders import FAILED_FORMULAS

Judge = Callable[..., Result]

WEEKS = [date(2010, 1, 4) + timedelta(weeks=week) for week in range(4)]


@pytest.fixture
def run(tmp_path: Path) -> Judge:
    """Give what judges a file of some text or bytes."""

    def judged(text: str | bytes, *options: str) -> Result:
        path = tmp_path / "series.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return CliRunner().invoke(judge, [str(path), *options])

    return judged


def points(result: Result) -> list[tuple[str, float | None]]:
    assert result.exit_code == 0, result.stderr
    return [(point["date"], point["value"]) for point in json.loads(result.stdout)["points"]]


def values(result: Result) -> list[float | None]:
    return [value for _, value in points(result)]


def refused(result: Result) -> str:
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def file_of(cells: Sequence[str], separator: str = ",", heading: str = "value") -> str:
    quoted = [f'"{cell}"' if separator in cell else cell for cell in cells]
    rows = [f"{week}{separator}{cell}" for week, cell in zip(WEEKS, quoted, strict=False)]
    return "\n".join([f"date{separator}{heading}", *rows])


@pytest.mark.parametrize(("separator", "other"), [pair for pair in product(",;\t|", repeat=2) if pair[0] != pair[1]])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_columns_are_parted_by_the_mark_that_gives_those_wanted(
    run: Judge, separator: str, other: str, place: int
) -> None:
    """Whatever other marks the words of a heading hold, however many."""
    headings = ["date", "value"]
    headings.insert(place, f"all teams{other}{other} weekly{other}{other}{other}")
    cells = ["2010-01-04", "12"]
    cells.insert(place, "")
    text = f"{separator.join(headings)}\n{separator.join(cells)}\n"
    assert points(run(text)) == [("2010-01-04", 12)]


def test_counts_are_found_as_well(run: Judge) -> None:
    text = "Date|Numerator|Denominator|note, with; marks\n2010-01-04|9|10|a, b; c\n"
    assert values(run(text)) == [0.9]
    assert values(run(text, "--chart", "p")) == [0.9]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("sep", ["sep={}", '"sep={}"', "SEP={}"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_that_tells_the_separator_is_no_row(run: Judge, separator: str, sep: str, end: str) -> None:
    lines = [sep.format(separator), f"date{separator}value", f"2010-01-04{separator}12", f"soon{separator}12"]
    assert "row 3, date: 'soon'" in refused(run(end.join(lines)))
    assert points(run(end.join(lines[:3]))) == [("2010-01-04", 12)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_whatever_the_spreadsheet_calls_unicode(run: Judge, encoding: str, separator: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    text = f"{mark}date{separator}value\n2010-01-04{separator}78%\n"
    assert values(run(text.encode(encoding))) == [0.78]


@pytest.mark.parametrize(
    "headings",
    [
        "DATE,VALUE",
        " Date , Value ",
        '"Date","Value"',
        '"date\n","value "',
        "date\u00a0,\u00a0value",
        "\ufeffdate,value",
    ],
)
def test_headings_in_any_dress(run: Judge, headings: str) -> None:
    assert points(run(f"{headings}\n2010-01-04,12\n")) == [("2010-01-04", 12)]


def test_titles_above_the_headings_are_passed_over_and_rows_keep_their_numbers(run: Judge) -> None:
    text = "Decisions within 24 hours\nmade on 4 January, by hand\n\ndate,value\n2010-01-04,12\n2010-01-11,x y\n"
    assert "row 6, value: 'x y'" in refused(run(text))
    assert values(run(text.replace("x y", "14"))) == [12, 14]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day;value\n2010-01-04;1\n", "row 1: no column 'date'"),
        ("Title\ndate;figure\n2010-01-04;1\n", "row 2: no column 'value'"),
        ("sep=;\ndate;figure\n2010-01-04;1\n", "found: date, figure"),
        ("date|value|value\n2010-01-04|1|2\n", "'value' twice"),
        ("\n\n", "found: nothing"),
    ],
)
def test_missing_columns_are_told_with_the_headings_as_they_are_parted(run: Judge, text: str, told: str) -> None:
    assert told in refused(run(text))


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (["80,5", "1,5", "0,805"], [80.5, 1.5, 0.805]),
        (["80,5 %", "78%", "100,0%"], [0.805, 0.78, 1.0]),
        (["1.021,5", "12.345,25", "7"], [1021.5, 12345.25, 7]),
        (["1 021,5", "12\u00a0345,25", "1\u202f021"], [1021.5, 12345.25, 1021]),
        (["1,021.5", "1,021", "80.5"], [1021.5, 1021, 80.5]),
        (["80.5", "0.805", "1.234"], [80.5, 0.805, 1.234]),
        (["-80,5", "+1,5", ",5"], [-80.5, 1.5, 0.5]),
        (["12", "1021", "7"], [12, 1021, 7]),
    ],
)
def test_numbers_between_other_marks_than_commas(
    run: Judge, separator: str, cells: list[str], meant: list[float]
) -> None:
    assert values(run(file_of(cells, separator))) == meant


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (["1,021", "12,345.5", "80.5"], [1021, 12345.5, 80.5]),
        (["1,021%", "78 %", "80.5%"], [10.21, 0.78, 0.805]),
        (["1 021", "12\u00a0345.5", "1\u2009234"], [1021, 12345.5, 1234]),
    ],
)
def test_numbers_between_commas(run: Judge, cells: list[str], meant: list[float]) -> None:
    assert values(run(file_of(cells))) == meant


@pytest.mark.parametrize(
    ("separator", "cells", "told"),
    [
        (",", ["12", "80,5"], "row 3, value: '80,5'; expected a number such as 86"),
        (",", ["12", "80,5%"], "a decimal comma is read only between semicolons"),
        (";", ["1,234"], "a thousand and more, or one and a part"),
        (";", ["1.234"], "a thousand and more, or one and a part"),
        ("\t", ["1,234"], "a thousand and more, or one and a part"),
        (";", ["80,5", "1.234"], "row 3, value: '1.234'"),
        (";", ["80,5", "1,234"], "row 3, value: '1,234'"),
        (",", ["1 2 3"], "row 2, value: '1 2 3'"),
        (",", ["12-"], "row 2, value: '12-'"),
        (",", ["<5"], "row 2, value: '<5'"),
    ],
)
def test_a_number_that_could_be_two_is_refused_with_the_reason(
    run: Judge, separator: str, cells: list[str], told: str
) -> None:
    assert told in refused(run(file_of(cells, separator)))


@pytest.mark.parametrize("text", ["date,value\n2010-01-04,1,234\n", "date;value\n2010-01-04;80;5\n"])
def test_a_number_torn_in_two_is_never_read_in_half(run: Judge, text: str) -> None:
    told = refused(run(text))
    assert "row 2: 3 cells below 2 headings" in told
    assert "quotation marks" in told


def test_empty_cells_beyond_the_headings_are_nothing(run: Judge) -> None:
    assert values(run("date,value\n2010-01-04,12,,\n,,,,\n2010-01-11\n")) == [12, None]


@pytest.mark.parametrize("word", ["NULL", "n/a", "N/A", "None", "NaN", "-", "–", "..", *FAILED_FORMULAS, "#N/A"])
def test_words_for_nothing_are_missing_and_told_once_with_their_number(run: Judge, word: str) -> None:
    result = run(file_of(["12", word, word, "14"]))
    assert values(result) == [12, None, None, 14]
    assert result.stderr == f"2 cells with '{word}': taken as missing.\n"
    counts = run(f"date,numerator,denominator\n2010-01-04,{word},{word}\n2010-01-11,9,10\n")
    assert values(counts) == [None, 0.9]


def test_a_blank_is_missing_without_a_word(run: Judge) -> None:
    result = run(file_of(["12", "", " ", "14"]))
    assert (values(result), result.stderr) == ([12, None, None, 14], "")


def test_counts_in_per_cent_are_refused(run: Judge) -> None:
    told = refused(run("date,numerator,denominator\n2010-01-04,90%,10\n"))
    assert "row 2, numerator: '90%'; expected a number of cases" in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18/01/2010", "2010-01-18"),
        ("18-01-2010", "2010-01-18"),
        ("18.1.2010", "2010-01-18"),
        ("18 Jan 2010", "2010-01-18"),
        ("18-January-2010", "2010-01-18"),
        ("2010-01-18", "2010-01-18"),
        ("2010-01-18 00:00:00", "2010-01-18"),
        ("2010-01-18T00:00:00.000Z", "2010-01-18"),
        ("18/01/2010 00:00", "2010-01-18"),
    ],
)
def test_dates_as_they_are_written(run: Judge, written: str, meant: str) -> None:
    assert points(run(f"date,value\n{written},12\n")) == [(meant, 12)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("18/01/10", "all four digits of the year"),
        ("18-Jan-10", "all four digits of the year"),
        ("18 Jan 10", "all four digits of the year"),
        ("40196", "a spreadsheet's day number"),
        ("40196.5", "a spreadsheet's day number"),
        ("01/18/2010", "seems to be month first"),
        ("01-18-2010", "seems to be month first"),
        ("2010-01-18 16:40", "a date such as"),
        ("18 Ju 2010", "a date such as"),
        ("31/02/2010", "a date such as"),
        ("Jan 2010", "a date such as"),
        ("NULL", "a date such as"),
        ("#N/A", "a date such as"),
        ("Total", "a date such as"),
    ],
)
def test_what_is_no_date_is_refused_and_told_what_it_seems_to_be(run: Judge, written: str, told: str) -> None:
    said = refused(run(f"date,value\n{written},12\n"))
    assert f"row 2, date: '{written}'" in said
    assert told in said


def months_first(count: int, *, day: int = 1, year: int = 2022) -> list[str]:
    return [f"{number % 12 + 1:02}/{day:02}/{year + number // 12}" for number in range(count)]


@pytest.mark.parametrize(
    ("dates", "asked"),
    [
        (months_first(12), True),
        (months_first(3), True),
        (months_first(24), True),
        (months_first(12, day=7), True),
        (["01/01/2022", "04/01/2022", "07/01/2022", "10/01/2022"], True),
        ([text.replace("/", "-") for text in months_first(12)], True),
        ([f"{day:02}/01/2022" for day in range(1, 14)], False),
        ([f"{day:02}/01/2022" for day in range(5, 10)] + ["01/02/2022"], False),
        ([f"01/{month:02}/2022" for month in range(1, 13)], False),
        ([f"04/01/{year}" for year in range(2005, 2012)], False),
        ([f"2022-01-{day:02}" for day in range(1, 13)], False),
        ([f"{day} Jan 2022" for day in range(1, 13)], False),
        (["01/01/2022", "02/01/2022"], False),
    ],
)
def test_dates_that_run_by_days_in_one_month_only_are_asked_about(run: Judge, dates: list[str], asked: bool) -> None:
    result = run("\n".join(["date,value", *(f"{text},{number}" for number, text in enumerate(dates))]))
    assert len(points(result)) == len(dates)
    assert ("are they month first?" in result.stderr) is asked


def test_an_order_that_only_month_first_would_keep_says_how_dates_were_read(run: Judge) -> None:
    assert "read as day, month, year" in refused(run("date,value\n01/12/2022,1\n02/07/2022,1\n"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--baseline", "40"], ["--baseline 40", "from 2010-01-04", "has 20 points"]),
        (["--baseline", "20"], []),
        (["--baseline", "12"], []),
        ([], []),
        (["--baseline", "15", "--rebase", "2010-03-15"], ["2010-01-04, which has 10", "2010-03-15, which has 10"]),
    ],
)
def test_a_baseline_longer_than_a_stretch_is_told(run: Judge, options: list[str], told: list[str]) -> None:
    weeks = [date(2010, 1, 4) + timedelta(weeks=week) for week in range(20)]
    text = "\n".join(["date,value", *(f"{week},{number % 3}" for number, week in enumerate(weeks))])
    result = run(text, *options)
    assert len(points(result)) == 20
    assert result.stderr.count("--baseline") == (2 if "--rebase" in options else len(told) > 0)
    for part in told:
        assert part in result.stderr

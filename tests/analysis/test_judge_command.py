"""`safe-dashboard judge FILE`: the published form, what Excel saves, and one plain message for each fault."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.commands.judge import judge

R_CASES = json.loads((Path(__file__).parent / "spc_reference_cases.json").read_text(encoding="utf-8"))["cases"]


@pytest.fixture
def write(tmp_path):
    def written(text, name="series.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


def run(*arguments):
    return CliRunner().invoke(judge, [str(argument) for argument in arguments])


def judged(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def weekly(values, heading="date,value"):
    first = date(2009, 5, 4)
    return "\n".join([heading, *(f"{first + timedelta(weeks=week)},{value}" for week, value in enumerate(values))])


@pytest.mark.parametrize("case", R_CASES, ids=lambda case: case["id"])
def test_reference_cases(case, write):
    given, expected = case["input"], case["expected"]
    rows = zip(given["dates"], given["values"], strict=True)
    text = "\n".join(["date,value", *(f"{day},{'' if value is None else value}" for day, value in rows)])
    options = ["--polarity", "higher" if given["improvement_direction"] == "increase" else "lower"]
    if given["target"] is not None:
        options += ["--target", given["target"]]
    if given["fix_after_n_points"]:
        options += ["--baseline", given["fix_after_n_points"]]
    for day in given["rebase_dates"] or []:
        options += ["--rebase", day]
    if not given["screen_outliers"]:
        options.append("--no-screening")
    result = judged(write(text), *options)
    limits = {group["rebase_group"]: group for group in expected["limits"]}
    assert [segment["mean"] for segment in result["segments"]] == pytest.approx(
        [group["mean"] for group in expected["limits"]], abs=1e-9
    )
    for point, group, kind in zip(result["points"], expected["rebase_group"], expected["point_type"], strict=True):
        assert point["lower"] == pytest.approx(limits[group]["lpl"], abs=1e-9)
        assert point["upper"] == pytest.approx(limits[group]["upl"], abs=1e-9)
        assert (point["rules"] == []) is (kind == "common_cause")
    assert [point["date"] for point in result["points"]] == given["dates"]


def test_the_form_is_as_published(write):
    result = judged(write(weekly([10, 14] * 13 + [40])), "--format", "json")
    assert list(result) == ["segments", "points", "variation", "assurance", "sentence"]
    assert result["segments"] == [{"start": "2009-05-04", "points": 27, "mean": pytest.approx(352 / 27)}]
    assert list(result["points"][0]) == ["date", "value", "lower", "upper", "rules", "direction"]
    assert result["points"][-1]["rules"] == ["outside"]
    assert result["points"][-1]["direction"] == "high"
    assert (result["points"][0]["rules"], result["points"][0]["direction"]) == ([], None)
    assert (result["variation"], result["assurance"]) == ("improvement", "none")
    assert result["sentence"] == "Series 40: higher than expected for this service; find out what helped"


def test_limits_from_two_points_but_no_icons_below_thirteen(write):
    result = judged(write(weekly([10, 12])), "--target", "1")
    assert result["points"][0]["lower"] == pytest.approx(11 - 5.32)
    assert (result["variation"], result["assurance"]) == ("too_few", "none")
    thirteen = judged(write(weekly([10, 12] * 6 + [10])), "--target", "1")
    assert (thirteen["variation"], thirteen["assurance"]) == ("common_cause", "pass")


@pytest.mark.parametrize(
    ("polarity", "variation", "assurance"),
    [("higher", "concern", "hit_or_miss"), ("lower", "improvement", "hit_or_miss"), ("neither", "neither", "none")],
)
def test_polarity(polarity, variation, assurance, write):
    result = judged(write(weekly([10, 12] * 13 + [0])), "--polarity", polarity, "--target", "11")
    assert (result["variation"], result["assurance"]) == (variation, assurance)


def test_a_target_without_polarity_is_left_out_and_told(write):
    result = run(write(weekly([10, 12] * 13)), "--polarity", "neither", "--target", "11")
    assert "needs a polarity" in result.stderr
    assert "target" not in json.loads(result.stdout)["sentence"]


def test_excel_in_any_dress_reads_alike(write):
    plain = judged(write("date,value\n2010-01-04,0.78\n2010-01-11,\n2010-01-18,0.805\n", "a.csv"))
    dresses = [
        b"\xef\xbb\xbfDate,Value\r\n04/01/2010,78%\r\n11/01/2010,\r\n18/01/2010,80.5%\r\n,\r\n",
        b"date;value;note\r\n04/01/2010;78%;\r\n11/01/2010;;bank holiday\r\n18/01/2010;80,5%;\r\n",
        b"date,value\n2010-01-04 00:00:00,0.78\n2010-01-11T00:00,\n18/01/2010 00:00,0.805\n",
        b"date\tvalue\n4/1/2010\t78 %\n11/1/2010\n18/1/2010\t80.5 %\n",
        b"Value , DATE\r0.78,2010-01-04\r,2010-01-11\r0.805,2010-01-18\r",
    ]
    for number, dress in enumerate(dresses):
        assert judged(write(dress, f"{number}.csv"))["points"] == plain["points"]


def test_thousands(write):
    result = judged(write('date,value\n2010-01-04,"1,021"\n2010-01-11,"12,345.5"\n'))
    assert [point["value"] for point in result["points"]] == [1021, 12345.5]


@pytest.mark.parametrize(
    ("chart", "half_width"),
    [("p", 3 * (0.5 * 0.5 / 20) ** 0.5), ("u", 3 * (0.5 / 20) ** 0.5)],
)
def test_charts_of_counts(chart, half_width, write):
    rows = [f"{numerator},20" for numerator in [8, 12] * 7]
    result = judged(write(weekly(rows, "date,numerator,denominator")), "--chart", chart)
    assert result["points"][0]["value"] == 0.4
    assert result["points"][0]["upper"] == pytest.approx(0.5 + half_width)


@pytest.mark.parametrize("chart", ["p_prime", "u_prime"])
def test_prime_charts_scale_with_the_spread(chart, write):
    rows = [f"{numerator},20" for numerator in [8, 12] * 7]
    path = write(weekly(rows, "date,numerator,denominator"))
    plain, prime = judged(path, "--chart", chart.removesuffix("_prime")), judged(path, "--chart", chart)
    deviation = (plain["points"][0]["upper"] - 0.5) / 3
    assert prime["points"][0]["upper"] == pytest.approx(0.5 + 3 * deviation * (0.2 / deviation) / 1.128)


def test_counts_on_the_default_chart_are_shares(write):
    rows = ["67,71", ",", "0,0", "60,71"]
    result = run(
        write(weekly(rows, "date,numerator,denominator"), "decisions_within_24_hours.csv"), "--target", "100%"
    )
    values = [point["value"] for point in json.loads(result.stdout)["points"]]
    assert values == [67 / 71, None, None, 60 / 71]
    assert "Decisions within 24 hours 85%" in json.loads(result.stdout)["sentence"]
    assert "Row 4: denominator 0, taken as missing." in result.stderr


def test_options_shape_the_limits(write):
    path = write(weekly([1, 2, 1, 2, 10, *[1, 2] * 6, 1]))
    assert round(judged(path)["points"][0]["upper"], 2) == 4.60
    assert round(judged(path, "--no-screening")["points"][0]["upper"], 2) == 6.95
    assert judged(path, "--baseline", "12")["segments"][0]["mean"] == pytest.approx(26 / 12)
    two = judged(path, "--rebase", "2009-06-08", "--rebase", "06/07/2009")["segments"]
    assert [segment["start"] for segment in two] == ["2009-05-04", "2009-06-08", "2009-07-06"]


def test_what_the_result_cannot_show_is_told_on_standard_error(write):
    text = "date,value\n2010-01-04,1\n2010-01-11,2\n2010-01-25,3\n"
    result = run(write(text), "--rebase", "2012-01-01")
    assert "No row between 2010-01-11 and 2010-01-25" in result.stderr
    assert "The rebase of 2012-01-01 begins no stretch" in result.stderr
    assert len(json.loads(result.stdout)["points"]) == 3
    monthly = run(write("date,value\n2010-01-01,1\n2010-02-01,2\n2010-04-01,3\n"))
    assert "If a month is missing" in monthly.stderr


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (["2010-01-04", "2010-01-11"], "weeks"),
        (["2010-01-01", "2010-02-01"], "months"),
        (["2010-01-01", "2010-04-01"], "quarters"),
        (["2009-03-31", "2010-03-31"], "years"),
        (["2010-01-04", "2010-01-05"], "days"),
        (["2010-01-04", "2010-01-17"], "points"),
        (["2010-01-04"], "points"),
    ],
)
def test_the_sentence_uses_the_rhythm_of_the_dates(days, word, write):
    text = "\n".join(["date,value", *(f"{day},{number}" for number, day in enumerate(days, 5))])
    assert judged(write(text))["sentence"].endswith(f"({len(days)} of 13 {word})")


@pytest.mark.parametrize(
    ("text", "options", "parts"),
    [
        ("date,value\n2010-13-01,5\n", [], ["row 2", "date", "'2010-13-01'", "18/01/2010"]),
        ("date,value\n01/18/2010,5\n", [], ["row 2", "date", "'01/18/2010'"]),
        ("date,value\n,5\n", [], ["row 2", "date", "''"]),
        ("date,value\n2010-01-04,5\n2010-01-11,late\n", [], ["row 3", "value", "'late'", "a number"]),
        ("date,value\n2010-01-04,1e2%\n", [], ["row 2", "value", "'1e2%'"]),
        ("date,value\n2010-01-04,inf\n", [], ["row 2", "value", "'inf'"]),
        ("date,value\n2010-01-04,1e999\n", [], ["row 2", "value", "finite"]),
        ("date;value\n2010-01-04;1,234\n", [], ["row 2", "value", "'1,234'"]),
        ("date,value\n2010-01-04,5\n2010-01-04,6\n", [], ["row 3", "date", "'2010-01-04'", "once", "row 2"]),
        ("date,value\n2010-01-11,5\n2010-01-04,6\n", [], ["row 3", "date", "'2010-01-04'", "oldest first"]),
        ("date,value\n2010-01-04,78%\n2010-01-11,0.8\n", [], ["row 3", "value", "'0.8'", "percentage"]),
        ("date,value\n2010-01-04,5\n", ["--chart", "p"], ["row 1", "numerator", "date, value"]),
        ("day,value\n2010-01-04,5\n", [], ["row 1", "no column 'date'", "day, value"]),
        ("date,value,value\n", [], ["row 1", "'value' twice"]),
        ("date,value,numerator,denominator\n", [], ["row 1", "both"]),
        ("date,numerator,denominator\n2010-01-04,6,5\n", [], ["row 2", "numerator", "'6'", "no more than"]),
        ("date,numerator,denominator\n2010-01-04,-1,5\n", [], ["row 2", "numerator", "'-1'", "0 or more"]),
        ("date,numerator,denominator\n2010-01-04,1,-5\n", [], ["row 2", "denominator", "'-5'"]),
        ("date,numerator,denominator\n2010-01-04,1,\n", [], ["row 2", "denominator", "both columns"]),
        ("date,numerator,denominator\n2010-01-04,1,0\n", ["--chart", "u"], ["row 2", "denominator", "more than 0"]),
        ("date,value\n", [], ["no rows"]),
        ("", [], ["row 1", "nothing"]),
        (b"date,value\n2010-01-04,5\xa3\n", [], ["CSV UTF-8"]),
    ],
)
def test_a_fault_is_refused_in_one_plain_message(text, options, parts, write):
    path = write(text)
    result = run(path, *options)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert path in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    for part in parts:
        assert part in result.stderr


def test_rates_may_pass_one(write):
    text = "date,numerator,denominator\n2010-01-04,6,5\n2010-01-11,4,5\n"
    assert judged(write(text), "--chart", "u")["points"][0]["value"] == 1.2


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read(name, tmp_path):
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--polarity", "up"],
        ["--target", "many"],
        ["--rebase", "soon"],
        ["--baseline", "11"],
        ["--chart", "c"],
        ["--format", "xml"],
        ["--unknown"],
    ],
)
def test_wrong_use_is_told_apart(options, write):
    assert run(write(weekly([1, 2])), *options).exit_code == 2


@pytest.mark.parametrize(("values", "target"), [(["78%", "80%"], "85"), ([78, 80], "85%")])
def test_a_target_in_another_unit_is_wrong_use(values, target, write):
    result = run(write(weekly(values)), "--target", target)
    assert result.exit_code == 2
    assert "per cent" in result.stderr


@pytest.mark.parametrize("target", ["85%", "0.85"])
def test_a_target_may_be_written_either_way_for_shares(target, write):
    result = judged(write(weekly(["70%", "72%"] * 13)), "--target", target)
    assert result["assurance"] == "fail"
    assert "85%" in result["sentence"]


def test_help_shows_examples():
    result = run("--help")
    assert result.exit_code == 0
    assert "safe-dashboard judge decisions.csv --target 100%" in result.stdout


def test_as_a_process_of_its_own(write):
    path = write(weekly(["100%"] * 13), "always_in_time.csv")
    done = subprocess.run(
        [sys.executable, "-c", "from dashboard.commands.judge import judge; judge()", path, "--target", "100%"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["assurance"] == "pass"
    assert result["sentence"] == "Always in time 100%: no real change; the target is met reliably"

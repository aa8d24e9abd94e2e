"""What cells mean: dates, times, codes, numbers in every spelling that is read, from CSV and from workbooks."""

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter

from data_access.database.opening import connect
from data_access.loading import load_extracts
from data_access.problems import ExtractProblem
from tests.council import LOADER
from tests.loading.handing_over import Council, everything, fates, moment, only, terms, write

POSTGRESQL_IN_SOAK = True

NBSP = "\u00a0"


TIMES = [
    ("2010-01-05 16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("2010-01-05 16:40:59", "2010-01-05 16:40:59", "2010-01-05", True),
    ("2010-01-05T16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("2010-01-05T16:40:59", "2010-01-05 16:40:59", "2010-01-05", True),
    ("2010-01-05 16:40:59.000", "2010-01-05 16:40:59", "2010-01-05", True),
    ("2010-01-05 23:59:59.997", "2010-01-05 23:59:59", "2010-01-05", True),
    ("05/01/2010 16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("05/01/2010 16:40:59", "2010-01-05 16:40:59", "2010-01-05", True),
    (f"{NBSP}05/01/2010{NBSP}16:40 ", "2010-01-05 16:40", "2010-01-05", True),
    ("2010-01-05", "2010-01-05 00:00", "2010-01-05", False),
    ("05/01/2010", "2010-01-05 00:00", "2010-01-05", False),
    ("2010-01-05 00:00", "2010-01-05 00:00", "2010-01-05", False),
    ("05/01/2010 00:00:00.000", "2010-01-05 00:00", "2010-01-05", False),
    ("05/01/2010 12:00:00 AM", "2010-01-05 00:00", "2010-01-05", False),
    ("05/01/2010 9:05", "2010-01-05 09:05", "2010-01-05", True),
    ("05/01/2010 12:05 am", "2010-01-05 00:05", "2010-01-05", True),
    ("05/01/2010 4:40:59 PM", "2010-01-05 16:40:59", "2010-01-05", True),
    ("05/01/10 16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("5-1-2010 16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("2010/01/05 16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("5 January 2010 16:40", "2010-01-05 16:40", "2010-01-05", True),
    ("05-Jan-10", "2010-01-05 00:00", "2010-01-05", False),
    ("40183.694444", "2010-01-05 16:40", "2010-01-05", True),
    ("40183", "2010-01-05 00:00", "2010-01-05", False),
    ("40183.999999", "2010-01-06 00:00", "2010-01-06", False),
    ("2010-01-05T16:40:00Z", "2010-01-05 16:40", "2010-01-05", True),
    ("2009-07-01T12:00:00Z", "2009-07-01 12:00", "2009-07-01", True),
    ("2009-06-30T23:30:00+00:00", "2009-06-30 23:30", "2009-07-01", True),
    ("2009-07-01T12:00:00.5+05:30", "2009-07-01 06:30", "2009-07-01", True),
    ("2009-10-25T01:30:00Z", "2009-10-25 01:30", "2009-10-25", True),
    ("2009-06-30T23:00:00Z", "2009-06-30 23:00", "2009-07-01", False),
    ("2009-07-01T00:00:00Z", "2009-06-30 23:00", "2009-07-01", False),
    ("2009-07-01 00:30", "2009-06-30 23:30", "2009-07-01", True),
    ("2009-07-01", "2009-06-30 23:00", "2009-07-01", False),
    ("2009-10-25 00:59", "2009-10-24 23:59", "2009-10-25", True),
    ("2009-10-25 01:30", "2009-10-25 00:30", "2009-10-25", True),
    ("2009-10-25 02:00", "2009-10-25 02:00", "2009-10-25", True),
    ("2009-03-29 00:59", "2009-03-29 00:59", "2009-03-29", True),
    ("2009-03-29 02:00", "2009-03-29 01:00", "2009-03-29", True),
    ("1990-01-01 00:01", "1990-01-01 00:01", "1990-01-01", True),
    ("2049-12-31 23:59", "2049-12-31 23:59", "2049-12-31", True),
]


def test_times_are_read_as_london_time(sqlite_council: Council) -> None:
    rows = "\n".join(f"R{number},C1,{cell},AT1" for number, (cell, *_) in enumerate(TIMES))
    sqlite_council.hand_over(referrals=f"referral_id,child_id,received_at,team_id\n{rows}")
    standing = sqlite_council.rows("referrals")
    found = [
        (cell, row["received_at"], row["received_on"], row["received_timed"])
        for (cell, *_), row in ((case, standing[f"R{number}"]) for number, case in enumerate(TIMES))
    ]
    assert found == [(cell, moment(at), dt.date.fromisoformat(on), timed) for cell, at, on, timed in TIMES]


DATES = (
    "2010-01-05", "05/01/2010", "2010-01-05 00:00:00", "2010-01-05T00:00", f"05/01/2010{NBSP}", "5/1/2010",
    "05-01-2010", "05/01/10", "2010/1/5", "5 January 2010", "5th Jan 2010", "05-Jan-10", "40183", "40183.0",
    "2010-01-05T00:00:00Z",
)  # fmt: skip


def test_dates_are_read_iso_and_british(sqlite_council: Council) -> None:
    rows = "\n".join(f"F{number},C1,school,{cell}" for number, cell in enumerate(DATES))
    sqlite_council.hand_over(cafs=f"caf_id,child_id,agency,started_on\n{rows}")
    assert {row["started_on"] for row in sqlite_council.rows("cafs").values()} == {dt.date(2010, 1, 5)}
    assert len(sqlite_council.rows("cafs")) == len(DATES)


YES, NO = ("yes", "Yes", "YES", "y", "true", "TRUE", "1"), ("no", "No", "n", "N", "false", "FALSE", "0")


def test_yes_and_no_are_read_in_every_usual_spelling(sqlite_council: Council) -> None:
    rows = "\n".join(f"R{number},C1,2010-01-05,AT1,{cell}" for number, cell in enumerate((*YES, *NO, "")))
    sqlite_council.hand_over(referrals=f"referral_id,child_id,received_at,team_id,reply_owed\n{rows}")
    found = [row["reply_owed"] for row in sqlite_council.rows("referrals").values()]
    assert found == [True] * len(YES) + [False] * len(NO) + [None]


CODES = (
    "no_further_action",
    "NO_FURTHER_ACTION",
    "No further action",
    "no FURTHER action",
    f"No{NBSP}further action ",
)


def test_codes_are_read_by_code_and_by_label_in_any_case(sqlite_council: Council) -> None:
    rows = "\n".join(f"R{number},C1,2010-01-05,AT1,{cell}" for number, cell in enumerate(CODES))
    sqlite_council.hand_over(referrals=f"referral_id,child_id,received_at,team_id,decision\n{rows}")
    assert [row["decision"] for row in sqlite_council.rows("referrals").values()] == ["no_further_action"] * len(
        CODES
    )


def test_numbers_are_read_as_spreadsheets_write_them(sqlite_council: Council) -> None:
    sqlite_council.hand_over(
        posts="post_id,from,team_id,role,fte\nP1,2010-01-05,AT1,other,0.6\nP2,2010-01-05,AT1,other,1\n"
        "P3,2010-01-05,AT1,other,0.289\nP4,2010-01-05,AT1,other,1.50",
        plans="plan_id,child_id,kind,from,visit_every_working_days,team_id\nL1,C1,CP,2010-01-05,10.0,AT1\n"
        "L2,C1,child protection,2010-01-05,,AT1",
        comparators="comparator_id,measure,area,from,to,value,source\nV1,cafs_started,England,2009-04-01,2010-03-31,0.724,DfE\n"
        "V2,cafs_started,England,2009-04-01,2010-03-31,593470,DfE",
    )
    assert [row["fte_hundredths"] for row in sqlite_council.rows("posts").values()] == [60, 100, 29, 150]
    assert [row["visit_every_working_days"] for row in sqlite_council.rows("plans").values()] == [10, None]
    assert [row["value"] for row in sqlite_council.rows("comparators").values()] == [0.724, 593470.0]


ABOUT_A_MEASURE = {
    "comparators": ("comparator_id,measure,area,from,to,value,source", "England,2009-04-01,2010-03-31,9,DfE"),
    "standards": ("standard_id,measure,from,working_days,source", "2011-04-01,8,Us"),
    "targets": (
        "target_id,measure,from,comparison,kind,value,source,reason,author",
        "2010-01-01,above,fixed,9,plan,the plan,Board",
    ),
    "events": ("event_id,measure,happened_on,label,author", "2010-01-06,Snow,Team"),
    "rebases": ("rebase_id,measure,from,label,reason,author,approver", "2009-12-14,New rota,it held,Team,Director"),
}


@pytest.mark.parametrize("extract", ABOUT_A_MEASURE)
def test_what_is_about_a_measure_that_there_is_not_is_refused(sqlite_council: Council, extract: str) -> None:
    headings, cells = ABOUT_A_MEASURE[extract]
    rows = "\n".join(f"{row},{cells}" for row in ("V1,cafs_started", "V2,cafs_begun"))
    sqlite_council.hand_over(**{extract: f"{headings}\n{rows}"})
    [refused] = sqlite_council.table("rejected_rows")
    assert (refused["row"], refused["field"], refused["value"]) == (3, "measure", "cafs_begun")
    assert refused["reason"].startswith("names no measure; expected the id of one, such as cafs_started")
    stand = set(sqlite_council.rows(extract))
    assert "V1" in stand
    assert "V2" not in stand


def test_a_line_of_the_plan_names_measures_that_there_are(sqlite_council: Council) -> None:
    sqlite_council.hand_over(
        actions="action_id,title,strand,status,measures,author\n"
        "1,One,Systems,In progress,cafs_started  marfs_received,Us\n"
        "2,Two,systems,done,cafs_started cafs_begun,Us\n3,Three,systems,nearly,,Us\n4,Four,systems,stopped,,Us"
    )
    refused = {row["row"]: (row["field"], row["reason"]) for row in sqlite_council.table("rejected_rows")}
    assert {number: field for number, (field, _) in refused.items()} == {3: "measures", 4: "status"}
    assert refused[3][1].startswith("names something that is no measure; expected ids between spaces, such as")
    stand = sqlite_council.rows("actions")
    assert {name: (row["strand"], row["status"]) for name, row in stand.items()} == {
        "1": ("systems", "in_progress"),
        "4": ("systems", "stopped"),
    }


def test_an_event_may_concern_every_measure(sqlite_council: Council) -> None:
    headings, cells = ABOUT_A_MEASURE["events"]
    sqlite_council.hand_over(events=f"{headings}\nV1,,{cells}")
    assert set(sqlite_council.rows("events")) == {"V1"}


def test_references_keep_their_case_and_zeros(sqlite_council: Council) -> None:
    report = sqlite_council.hand_over(
        referrals="referral_id,child_id,received_at,team_id\n007,c1,2010-01-05,AT1\n7,C1,2010-01-05,AT1\n"
        "r7,C 1,2010-01-05,AT1\nR7,C|1,2010-01-05,AT1"
    )
    assert fates(only(report)) == {"new": 4, "warnings": 3}
    assert {row["child_id"] for row in sqlite_council.rows("referrals").values()} == {"c1", "C1", "C 1", "C|1"}


def test_headings_are_read_kindly(sqlite_council: Council) -> None:
    report = sqlite_council.hand_over(
        referrals=f" Referral ID ,child{NBSP}id,RECEIVED_AT,Team Id,,Shoe size,Decided\nR1,C1,2010-01-05,AT1,,4,x"
    )
    assert fates(only(report)) == {"new": 1}
    assert [notice for notice in report.notices if "Shoe" in notice or "shoe_size" in notice] == [
        "referrals.csv: column shoe_size is no column of referrals; it was left out."
    ]
    assert any("column decided is no column" in notice and "decided_" in notice for notice in report.notices)


def test_a_survey_without_teams_is_of_no_team(sqlite_council: Council) -> None:
    sqlite_council.hand_over(surveys="survey,asked_on,question,answered,agreed\n2010,2010-01-05,Aware?,20,12")
    assert list(sqlite_council.rows("surveys")) == ["2010|Aware?|(no team)"]


TEXTS = (
    'say "hi"',
    "comma, semi;colon",
    "line\nbreak",
    "carriage\r\nreturn",
    "ünï çødé 東京 🙂",
    "\\.",
    "\\N",
    "NULL",
    "'; --",
)


def test_texts_come_through_unharmed(council: Council) -> None:
    file = council.folder / "referrals.csv"
    quoted = ['"{}"'.format(text.replace('"', '""')) for text in TEXTS]
    rows = "".join(f"R{number},C1,2010-01-05,AT1,{text}\n" for number, text in enumerate(quoted))
    file.write_bytes(f"referral_id,child_id,received_at,team_id,reason\n{rows}".encode())
    report = load_extracts(council.engine, LOADER, [file], terms=terms())
    assert fates(only(report)) == {"new": len(TEXTS)}
    said = [None if text == "NULL" else text for text in TEXTS]
    assert [row["reason"] for row in council.rows("referrals").values()] == said


COMMA = "referral_id,child_id,received_at,team_id,reason\nR1,C1,2010-01-05 10:00,AT1,one\nR2,C2,05/01/2010,AT1,\n"


@pytest.mark.parametrize(
    "content",
    [
        COMMA.replace(",", ";").encode(),
        COMMA.replace(",", "\t").encode(),
        COMMA.replace("\n", "\r\n").encode(),
        COMMA.encode("utf-8-sig"),
        COMMA.replace(",", ";").encode("utf-8-sig"),
        ("\ufeff" + COMMA.replace("referral_id,", '"referral_id",')).encode(),
        COMMA.rstrip().encode(),
        COMMA.replace("R2", "\n,,,,\n   \n\nR2").encode() + b"\n\n",
    ],
    ids=["semicolon", "tab", "crlf", "bom", "semicolon and bom", "bom and quotes", "no last newline", "blank lines"],
)
def test_every_form_of_csv_reads_alike(content: bytes, sqlite_council: Council) -> None:
    (sqlite_council.folder / "referrals.txt").write_bytes(content)
    report = load_extracts(sqlite_council.engine, LOADER, [sqlite_council.folder / "referrals.txt"], terms=terms())
    assert (only(report).read, only(report).new) == (2, 2)
    one, two = sqlite_council.rows("referrals").values()
    assert (one["referral_id"], one["received_at"], one["reason"]) == ("R1", moment("2010-01-05 10:00"), "one")
    assert (two["referral_id"], two["received_timed"], two["reason"]) == ("R2", False, None)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(sqlite_council: Council) -> None:
    headings = "referral_id,child_id,received_at,team_id,reason"
    content = f'{headings}\n\nR1,C1,2010-01-05,AT1,"two\nlines"\n,,,,\nR2,C2,soon,AT1,x\n'
    (sqlite_council.folder / "referrals.csv").write_text(content, encoding="utf-8")
    load_extracts(sqlite_council.engine, LOADER, [sqlite_council.folder / "referrals.csv"], terms=terms())
    assert [row["row"] for row in sqlite_council.table("rejected_rows")] == [5]


WORKBOOK: dict[str, list[list[Any]]] = {
    "Referrals 2010": [
        ["Referral ID", "Child id", "Received at", "Decided at", "Reply owed", "Team id", "Closed on", "Age band"],
        ["R1", "C1", moment("2010-01-05 16:40"), moment("2010-01-05 16:40:59"), True, "A1", dt.date(2010, 1, 9)],
        [1002, 3, dt.date(2010, 1, 6), "06/01/2010 10:00", "no", "AT1", "2010-01-09", "5 to 9"],
        ["R3", "C1", moment("2009-07-06 00:30"), moment("2009-10-25 01:30"), False, "AT1", None, None],
        ["R4", "C1", moment("2009-03-29 01:30"), None, None, "AT1", None, None],
        ["R5", "C1", "soon", None, None, "AT1", None, None],
    ],
    "staff": [
        ["staff_id", "from", "to", "role", "fte", "uses_case_system"],
        ["S1", dt.date(2009, 1, 1), None, "Social worker", 0.6, True],
        ["S2", "01/01/2009", dt.date(2010, 1, 31), "other", 1, False],
    ],
    "system_use": [
        ["staff_id", "week", "system", "recorded", "looked_up"],
        ["S1", dt.date(2010, 1, 4), "ICS", 4.0, None],
        ["S2", dt.date(2010, 1, 5), "ics", 4, 2],
    ],
    "manifest": [
        ["extract", "extracted_at", "covers_from", "covers_to", "complete", "source_system"],
        ["referrals", moment("2010-03-29 07:00"), dt.date(2009, 1, 1), dt.date(2010, 3, 28), True, "ICS"],
        ["staff", "2010-03-29 07:00", "2009-01-01", "2010-03-28", "no", None],
        ["System_Use", dt.date(2010, 3, 29), dt.date(2009, 1, 1), dt.date(2010, 3, 28), False, None],
    ],
}  # fmt: skip


def _as_workbook(file: Path, above: int) -> Path:
    with xlsxwriter.Workbook(file) as book:
        kinds = {
            dt.datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            dt.date: book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        for name, rows in {"Read me": [], **WORKBOOK}.items():
            sheet = book.add_worksheet(name)
            for down, row in enumerate(rows):
                for across, cell in enumerate(row):
                    place = (down + above, across + above)
                    if isinstance(cell, bool):
                        sheet.write_boolean(*place, cell)
                    elif isinstance(cell, dt.date):
                        sheet.write_datetime(*place, cell, kinds[type(cell)])
                    elif cell is not None:
                        sheet.write(*place, cell)
    return file


def _as_csv(folder: Path) -> Path:
    def shown(cell: Any) -> str:
        return "" if cell is None else {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)

    tables = {
        name.split()[0].lower(): "\n".join(",".join(map(shown, row)) for row in rows)
        for name, rows in WORKBOOK.items()
    }
    return write(folder, tables)


def _what_stands(engine: sa.Engine) -> dict[str, Any]:
    """Return all tables; of what was told of rows, all but what hangs on the kind of file."""
    kept: dict[str, Any] = everything(engine, clock=False)
    del kept["loaded_extracts"]
    kept["rejected_rows"] = [(row[1], row[4], *row[6:9]) for row in kept["rejected_rows"]]
    kept["doubtful_rows"] = [(row[1], *row[3:6], *row[9:]) for row in kept["doubtful_rows"]]
    return kept


@pytest.mark.parametrize("above", [0, 2], ids=["from the top", "two rows down and two columns in"])
def test_a_workbook_with_typed_cells_gives_the_same_tables_as_csv(
    above: int, new_database: Any, tmp_path: Path
) -> None:
    with contextlib.ExitStack() as made:
        from_book, from_csv = (connect(made.enter_context(new_database())) for _ in range(2))
        made.callback(from_book.dispose)
        made.callback(from_csv.dispose)
        report = load_extracts(from_book, LOADER, [_as_workbook(tmp_path / "week.xlsx", above)])
        assert {loaded.extract: fates(loaded) for loaded in report.loaded} == {
            "referrals": {"new": 3, "refused": 2},
            "staff": {"new": 2},
            "system_use": {"new": 1, "refused": 1},
        }
        load_extracts(from_csv, LOADER, [_as_csv(tmp_path / "csv")])
        assert _what_stands(from_book) == _what_stands(from_csv)
        book = Council(from_book, tmp_path)
        assert sorted((row["file"], row["row"]) for row in book.table("rejected_rows")) == [
            ("week.xlsx, sheet Referrals 2010", 5 + above),
            ("week.xlsx, sheet Referrals 2010", 6 + above),
            ("week.xlsx, sheet system_use", 3 + above),
        ]
        assert book.rows("referrals")["1002"]["child_id"] == "3"
        assert book.rows("referrals")["1002"]["received_timed"] is False


def test_every_second_of_a_day_survives_a_workbook(tmp_path: Path, sqlite_council: Council) -> None:
    seconds = range(0, 86_400, 7)
    with xlsxwriter.Workbook(tmp_path / "referrals.xlsx") as book:
        shown, sheet = book.add_format({"num_format": "hh:mm:ss"}), book.add_worksheet("referrals")
        sheet.write_row(0, 0, ["referral_id", "child_id", "received_at", "team_id"])
        for number, second in enumerate(seconds, start=1):
            sheet.write_row(number, 0, [f"R{second}", f"C{second}"])
            sheet.write_datetime(number, 2, moment("2010-01-05") + dt.timedelta(seconds=second), shown)
            sheet.write(number, 3, "AT1")
    load_extracts(sqlite_council.engine, LOADER, [tmp_path / "referrals.xlsx"], terms=terms())
    found = {row["referral_id"]: row["received_at"] for row in sqlite_council.rows("referrals").values()}
    assert found == {f"R{second}": moment("2010-01-05") + dt.timedelta(seconds=second) for second in seconds}


def test_a_workbook_may_not_have_a_heading_twice(sqlite_council: Council, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "referrals.xlsx") as book:
        book.add_worksheet("r").write_row(0, 0, ["referral_id", "child_id", "received_at", "team_id", "child_id"])
    with pytest.raises(ExtractProblem, match="heading child_id stands more than once"):
        load_extracts(sqlite_council.engine, LOADER, [tmp_path / "referrals.xlsx"], terms=terms())

"""Dates and times that are written oddly: the month first, two digits of a year, midnights, no date at all."""

import pytest

from data_access.problems import ExtractProblem
from tests.loading.handing_over import Council, fates, only

REFERRALS = "referral_id,child_id,received_at,decided_at,team_id,worker_id,contact_id"
SLASHED = ["03/01/2010", "03/02/2010", "12/11/2009"]


@pytest.mark.parametrize("column", ["received_at", "closed_on", "date_of_birth"])
def test_a_file_with_the_month_first_is_refused_whole(column: str, council: Council) -> None:
    rows = [
        f"R{n},C{n},{day if column == 'received_at' else '2010-01-05'},AT1,{day}" for n, day in enumerate(SLASHED)
    ]
    rows.append(f"R9,C9,{'03/26/2010' if column == 'received_at' else '2010-01-05'},AT1,03/26/2010")
    other = "closed_on" if column == "received_at" else column
    with pytest.raises(ExtractProblem, match=rf"column {column} have the month first \(row 5 makes sense only so"):
        council.hand_over(referrals=f"referral_id,child_id,received_at,team_id,{other}\n" + "\n".join(rows))
    assert not council.rows("referrals")


def test_where_both_orders_stand_the_impossible_ones_are_refused_by_row(sqlite_council: Council) -> None:
    report = sqlite_council.hand_over(
        referrals="referral_id,child_id,received_at,team_id\nR1,C1,03/26/2010 10:00,AT1\n"
        "R2,C2,26/03/2010,AT1\nR3,C3,01/02/2010,AT1"
    )
    assert fates(only(report)) == {"new": 2, "refused": 1}
    assert "'03/26/2010 10:00' seems to have the month first" in report.refused[0]


@pytest.mark.parametrize(("days", "asked"), [(12, True), (9, False)])
def test_a_column_without_a_telling_day_is_asked_about(days: int, asked: bool, sqlite_council: Council) -> None:
    rows = [f"R{n},C{n},{n if n != 3 else 1:02}/03/2010,AT1" for n in range(1, days + 1)]
    report = sqlite_council.hand_over(referrals="referral_id,child_id,received_at,team_id\n" + "\n".join(rows))
    assert any("written with the month first?" in notice for notice in report.notices) == asked


def test_years_of_two_digits_day_numbers_and_midnights_are_told_with_their_count(sqlite_council: Council) -> None:
    report = sqlite_council.hand_over(
        referrals=f"{REFERRALS}\nR1,C1,22/03/10 09:00,2010-03-23 00:00,AT1,,\n"
        "R2,C2,22/03/10,2010-03-23T00:00:00,AT1,,\n"
        "R3,C3,40259.375,,AT1,,"
    )
    notices = "\n".join(report.notices)
    assert "column received_at: in 2 cells the year has two digits" in notices
    assert "column received_at: 1 cell holds a spreadsheet's number of a day" in notices
    assert "column decided_at: 2 cells give midnight as the time of day and none gives another" in notices


def test_a_midnight_among_other_times_is_no_time_either(sqlite_council: Council) -> None:
    report = sqlite_council.hand_over(
        referrals=f"{REFERRALS}\nR1,C1,2010-03-22 09:00,,AT1,,\nR2,C2,2010-03-22 00:00,,AT1,,"
    )
    assert [row["received_timed"] for row in sqlite_council.rows("referrals").values()] == [True, False]
    assert any(
        "column received_at: 1 cell gives midnight as the time of day, as systems" in notice
        for notice in report.notices
    )


BIRTHS = {
    "2004-05-01": ("5_to_9", False),
    "01/05/04": ("5_to_9", False),
    "EDD 15/06/2010": ("unknown", True),
    "not known": ("unknown", True),
    "NULL": ("unknown", False),
    "01/01/1900": ("unknown", False),
    "": ("unknown", False),
}


def test_a_date_of_birth_that_is_none_is_remarked_on_and_never_quoted(sqlite_council: Council) -> None:
    rows = "\n".join(f"R{n},C{n},2010-01-05,AT1,{born}" for n, born in enumerate((*BIRTHS, "#N/A")))
    sqlite_council.hand_over(referrals=f"referral_id,child_id,received_at,team_id,date_of_birth\n{rows}")
    standing = list(sqlite_council.rows("referrals").values())
    assert [row["age_band"] for row in standing] == [*(band for band, _ in BIRTHS.values()), None]
    assert standing[-1]["unreadable"] == " age_band "
    warnings = sorted(
        (row["row"], row["check"], row["field"], row["value"]) for row in sqlite_council.table("load_warnings")
    )
    assert warnings == [
        *((n, "unread_date", "date_of_birth", None) for n, (_, odd) in enumerate(BIRTHS.values(), start=2) if odd),
        (9, "formula_failed", "date_of_birth", "#N/A"),
    ]

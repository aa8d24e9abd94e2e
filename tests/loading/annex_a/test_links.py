"""What belongs together by child and order of days: contacts and referrals, referrals and episodes, conferences."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.loading.annex_a.handing_on import refusals
from tests.loading.annex_a.layouts import made, referral, remarks_of, rows_of, table

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")


def march(day: int) -> dt.date:
    return dt.date(2024, 3, day)


def contact(child: str, day: dt.date, source: str | None = None) -> dict[str, Any]:
    return {"Child Unique ID": child, "Date of Contact": day, "Contact Source": source}


def became(folder: Path, contacts: list[dict[str, Any]], referrals: list[dict[str, Any]]) -> list[str | None]:
    sheets = made(folder, {"List 1": table(1, *contacts), "List 3": table(3, *referrals)})
    return [row["referral_id"] and row["referral_id"].split(":", 2)[2] for row in rows_of(sheets["contacts"])]


def test_a_contact_became_the_childs_next_referral_within_a_week(tmp_path: Path) -> None:
    contacts = [contact("C1", march(1)), contact("C2", march(1)), contact("C3", march(1)), contact("C4", march(2))]
    referrals = [
        referral("C1", march(1)),
        referral("C2", march(8)),
        referral("C3", march(9)),
        referral("C4", march(1)),
    ]
    assert became(tmp_path, contacts, referrals) == ["C1:2024-03-01:1", "C2:2024-03-08:1", None, None]


def test_the_latest_contact_before_a_referral_became_it(tmp_path: Path) -> None:
    contacts = [contact("C1", march(3)), contact("C1", march(1)), contact("C1", march(3), "Police")]
    assert became(tmp_path, contacts, [referral("C1", march(4))]) == [None, None, "C1:2024-03-04:1"]


def test_a_contact_became_the_first_of_two_referrals(tmp_path: Path) -> None:
    referrals = [referral("C1", march(3)), referral("C1", march(2)), referral("C1", march(2), source="Police")]
    assert became(tmp_path, [contact("C1", march(2))], referrals) == ["C1:2024-03-02:1"]


def test_contacts_name_no_referral_where_there_is_no_list_of_them(tmp_path: Path) -> None:
    sheet = made(tmp_path, {"List 1": table(1, contact("C1", march(1)))})["contacts"]
    assert "referral_id" not in sheet.headings


def episode(child: str, begun: Any, ended: Any = None) -> dict[str, Any]:
    return {"Child Unique ID": child, "CIN Start Date": begun, "CIN Closure Date": ended}


def closed(folder: Path, referrals: list[dict[str, Any]], episodes: list[dict[str, Any]]) -> list[str | None]:
    sheets = made(folder, {"List 3": table(3, *referrals), "List 6": table(6, *episodes)})
    return [row["closed_on"] for row in rows_of(sheets["referrals"])]


def test_referrals_close_with_the_episode_that_they_belong_to(tmp_path: Path) -> None:
    referrals = [
        referral("C1", march(1)),
        referral("C1", march(11)),
        referral("C1", march(15)),
        referral("C1", march(25)),
        referral("C2", march(1)),
        referral("C2", march(4)),
        referral("C3", march(4)),
    ]
    episodes = [episode("C1", march(11), march(20)), episode("C2", march(6), march(20)), episode("C3", march(4))]
    assert closed(tmp_path, referrals, episodes) == [
        None,
        "2024-03-20",
        "2024-03-20",
        None,
        None,
        "2024-03-20",
        None,
    ]


def test_referrals_without_further_action_open_no_episode(tmp_path: Path) -> None:
    referrals = [referral("C1", march(1)), referral("C1", march(4), nfa="Yes"), referral("C1", march(12), nfa="Yes")]
    assert closed(tmp_path, referrals, [episode("C1", march(6), march(20))]) == ["2024-03-20", None, None]


def test_of_several_episodes_each_closes_its_own(tmp_path: Path) -> None:
    referrals = [referral("C1", march(day)) for day in (1, 5, 12, 26)]
    episodes = [episode("C1", march(13), march(20)), episode("C1", march(2), march(8)), episode("C1", march(25))]
    assert closed(tmp_path, referrals, episodes) == ["2024-03-08", "2024-03-08", "2024-03-20", None]


def test_an_episode_with_an_impossible_end_closes_nothing(tmp_path: Path) -> None:
    referrals = [referral("C1", march(4)), referral("C2", march(4))]
    assert (
        closed(tmp_path, referrals, [episode("C1", march(4), march(1)), episode("C2", march(4), "?")]) == [None] * 2
    )


def enquiry(child: str, discussed: Any, held: Any = None, plan: str | None = None) -> dict[str, Any]:
    return {
        "Child Unique ID": child,
        "Strategy discussion initiating Section 47 Enquiry Start Date": discussed,
        "Date of Initial Child Protection Conference": held,
        "Did the Initial Child Protection Conference Result in a Child Protection Plan": plan,
    }


def test_enquiries_and_conferences_of_list_5(tmp_path: Path) -> None:
    rows = [
        enquiry("C1", march(1), march(15), "a) Yes"),
        enquiry("C2", march(1), march(15), "b) No"),
        enquiry("C3", march(1)),
        enquiry("C4", None, march(20)),
        enquiry("C5", march(4), "n/a", "n/a"),
    ]
    sheets = made(tmp_path, {"List 5": table(5, *rows)})
    enquiries, conferences = sheets["section_47_enquiries"], sheets["conferences"]
    assert [(row["child_id"], row["outcome"]) for row in rows_of(enquiries)] == [
        ("C1", "conference"),
        ("C2", "conference"),
        ("C3", None),
        ("C5", "n/a"),
    ]
    assert [(row["child_id"], row["held_on"], row["outcome"]) for row in rows_of(conferences)] == [
        ("C1", "2024-03-15", "plan"),
        ("C2", "2024-03-15", "no_plan"),
        ("C4", "2024-03-20", None),
    ]
    assert {row["kind"] for row in rows_of(conferences)} == {"initial"}
    assert refusals(enquiries, tmp_path) == refusals(conferences, tmp_path) == []


def test_a_conference_that_two_enquiries_name_counts_once_with_a_remark(tmp_path: Path) -> None:
    rows = [enquiry("C1", march(1), march(15)), enquiry("C2", march(1)), enquiry("C1", march(4), march(15), "Yes")]
    sheet = made(tmp_path, {"List 5": table(5, *rows)})["conferences"]
    assert [(row["(row)"], row["child_id"], row["outcome"]) for row in rows_of(sheet)] == [(2, "C1", "plan")]
    field = "Date of Initial Child Protection Conference"
    assert remarks_of(sheet) == [(2, "conference_in_several_rows", field, "2024-03-15 00:00:00")]
    assert sheet.remarks is not None
    assert sheet.remarks.get_column("message").to_list() == ["is named in rows 2, 4; the conference counts once"]


def test_plans_of_both_lists(tmp_path: Path) -> None:
    cin = {**episode("C1", march(1), march(9)), "Allocated Team": "North", "Case status": "e) Closed episode"}
    cp = {"Child Unique ID": "C1", "Child Protection Plan Start Date": march(4)}
    sheet = made(tmp_path, {"List 6": table(6, cin), "List 7": table(7, cp)})["plans"]
    assert [
        (row["(row)"], row["plan_id"], row["kind"], row["from"], row["to"], row["team_id"]) for row in rows_of(sheet)
    ] == [
        (2, "annex-a:cin:C1:2024-03-01:1", "cin", "2024-03-01", "2024-03-09", "North"),
        (10_000_002, "annex-a:cp:C1:2024-03-04:1", "cp", "2024-03-04", None, "(no team)"),
    ]
    assert sheet.name == "List 6 and List 7"
    assert sheet.called["from"] == "CIN Start Date or Child Protection Plan Start Date"
    assert refusals(sheet, tmp_path) == []


def test_one_list_of_plans_alone_keeps_its_row_numbers(tmp_path: Path) -> None:
    cp = {"Child Unique ID": "C1", "Child Protection Plan Start Date": march(4)}
    sheet = made(tmp_path, {"List 7": table(7, cp)})["plans"]
    assert [(row["(row)"], row["kind"]) for row in rows_of(sheet)] == [(2, "cp")]

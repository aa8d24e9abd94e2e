"""The layouts of the years."""

from pathlib import Path

import pytest

from tests.loading.cin_census.making import HEADER, REFERRAL, census, child, column, element, sheets_of

SINGLE = element(
    "Assessments",
    "<AssessmentActualStartDate>2023-10-09</AssessmentActualStartDate>"
    "<AssessmentAuthorisationDate>2023-11-09</AssessmentAuthorisationDate>",
)
PLAN = element("ChildProtectionPlans", "<CPPstartDate>2023-11-01</CPPstartDate><CPPendDate>2024-02-01</CPPendDate>")
CIN_PLAN = element("CINPlanDates", "<CINPlanStartDate>2023-12-01</CINPlanStartDate>")
ENQUIRY = element(
    "Section47",
    "<S47ActualStartDate>2023-10-10</S47ActualStartDate><InitialCPCtarget>2023-10-31</InitialCPCtarget>"
    "<DateOfInitialCPC>2023-10-30</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired>",
)
PRE_PROCEEDINGS = element("PreProceedingsandFGDM", "<PPStartDate>2023-12-09</PPStartDate><PPOutcome>A</PPOutcome>")


@pytest.mark.parametrize("year", range(2013, 2027))
def test_each_year_has_its_layout_read(year: int, tmp_path: Path) -> None:
    header = HEADER.replace("2024", str(year))
    sex = "<Sex>F</Sex>" if year >= 2024 else "<GenderCurrent>2</GenderCurrent>"
    details = REFERRAL + SINGLE + ENQUIRY + PLAN
    details += CIN_PLAN if year >= 2022 else ""
    details += PRE_PROCEEDINGS if year >= 2026 else ""
    sheets = sheets_of(tmp_path, census(child("C1", details, sex=sex), header=header))
    stated = sheets["referrals"].stated
    assert stated is not None
    assert stated.covers_to is not None
    assert stated.covers_to.year == year
    assert column(sheets["referrals"], "sex") == ["female"]
    assert sheets["referrals"].called["sex"] == ("Sex" if year >= 2024 else "GenderCurrent")
    assert column(sheets["assessments"], "completed_on") == ["2023-11-09"]
    assert column(sheets["section_47_enquiries"], "outcome") == ["conference"]
    assert column(sheets["plans"], "kind") == (["cp", "cin"] if year >= 2022 else ["cp"])
    assert not any("not known" in notice for notice in sheets["referrals"].notices)


@pytest.mark.parametrize(
    ("group", "prefix", "ending", "kind"),
    [
        ("InitialAssessment", "InitialAssessmentActual", "EndDate", "initial"),
        ("InitialAssessments", "InitialAssessment", "AuthorisationDate", "initial"),
        ("CoreAssessment", "CoreAssessmentActual", "EndDate", "core"),
        ("CoreAssessments", "CoreActual", "CompletionDate", "core"),
        ("ContinuousAssessment", "ContinuousAssessmentActual", "AuthorisationDate", "single"),
    ],
)
def test_initial_and_core_assessments_of_older_layouts_are_told_apart(
    group: str, prefix: str, ending: str, kind: str, tmp_path: Path
) -> None:
    inside = f"<{prefix}StartDate>2012-05-01</{prefix}StartDate>{element('InitialTargetEndDate', '2012-05-14')}"
    details = REFERRAL + element(group, inside + element(prefix + ending, "2012-05-10"))
    sheets = sheets_of(tmp_path, census(child("C1", details)))
    assert column(sheets["assessments"], "kind") == [kind]
    assert column(sheets["assessments"], "started_on") == ["2012-05-01"]
    assert column(sheets["assessments"], "completed_on") == ["2012-05-10"]
    assert any("InitialTargetEndDate (1)" in notice for notice in sheets["referrals"].notices)


def test_capitals_of_names_make_no_difference(tmp_path: Path) -> None:
    details = REFERRAL + CIN_PLAN.replace("CINPlanDates", "CINplanDates")
    sheets = sheets_of(tmp_path, census(child("C1", details)).replace("CINdetails", "CINDetails"))
    assert column(sheets["plans"], "from") == ["2023-12-01"]


def test_a_group_that_is_not_known_does_not_hide_what_it_holds(tmp_path: Path) -> None:
    sheets = sheets_of(
        tmp_path, census(child("C1", REFERRAL + element("AllAssessments", SINGLE * 2 + "<New>1</New>")))
    )
    assert column(sheets["assessments"], "started_on") == ["2023-10-09"], "the second one repeats the first"
    assert any("AllAssessments (1), New (1)" in notice for notice in sheets["referrals"].notices)


def test_a_census_without_header_says_nothing_of_its_dates(tmp_path: Path) -> None:
    stated = sheets_of(tmp_path, census(child("C1", REFERRAL), header=""))["referrals"].stated
    assert stated is not None
    assert (stated.extracted_at, stated.covers_from, stated.covers_to) == (None, None, None)


@pytest.mark.parametrize(
    ("wrong", "right", "said", "covered"),
    [
        ("2024-03-31", "31/03/2024", "ReferenceDate is no date; 2024-03-31, from its Year", "2023-04-01"),
        ("2024-03-31", "2024-03-28", "2024-03-28 is no 31 March", "2023-04-01"),
        ("2024-03-31", "2024-09-30", "2024-09-30 is no 31 March", "2024-04-01"),
        ("2024-05-23T11:14:05", "yesterday", "DateTime is no date and time", "2023-04-01"),
    ],
)
def test_a_wrong_header_is_told(wrong: str, right: str, said: str, covered: str, tmp_path: Path) -> None:
    sheet = sheets_of(tmp_path, census(child("C1", REFERRAL), header=HEADER.replace(wrong, right)))["referrals"]
    assert any(said in notice for notice in sheet.notices)
    assert sheet.stated is not None
    assert str(sheet.stated.covers_from) == covered

"""What an analyst counts in the file by hand is what the sheets hold; where it differs, the children are named."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawing import examples
from tests.loading.cin_census.making import (
    REFERRAL,
    census,
    child,
    column,
    element,
    identifiers,
    remarks_of,
    sheets_of,
    size,
)
from tests.loading.cin_census.test_samples import OF_2022, OF_2024

ELEMENTS = {
    "referrals": r"<CINdetails>",
    "assessments": r"<Assessments>",
    "section_47_enquiries": r"<Section47>",
    "plans": r"<(?:CINPlanDates|ChildProtectionPlans)>",
}
MODULES = {
    "Assessments": "AssessmentActualStartDate",
    "Section47": "S47ActualStartDate",
    "CINPlanDates": "CINPlanStartDate",
    "ChildProtectionPlans": "CPPstartDate",
}


def by_hand(text: str) -> dict[str, Counter[str]]:
    """Count elements by child with nothing but a search of the text."""
    found: dict[str, Counter[str]] = {extract: Counter() for extract in ELEMENTS}
    for one in re.findall(r"<Child>.*?</Child>", text, re.DOTALL):
        (name,) = re.findall(r"<LAchildID>(.*?)</LAchildID>", one)
        for extract, pattern in ELEMENTS.items():
            found[extract][name] += len(re.findall(pattern, one))
    return {extract: +counted for extract, counted in found.items()}


def test_the_samples_hold_what_can_be_counted_in_them(tmp_path: Path) -> None:
    for file in (OF_2022, OF_2024):
        sheets = sheets_of(tmp_path, file.read_bytes())
        counted = by_hand(file.read_text())
        assert {name: Counter(column(sheets[name], "child_id")) for name in ELEMENTS} == counted
        assert size(sheets["conferences"]) == 2 + len(re.findall("<CPPreviewDate>", file.read_text()))


WORK = st.lists(st.tuples(st.sampled_from(sorted(MODULES)), st.dates().map(str)), max_size=6, unique=True)


@pytest.mark.fuzz
@given(st.lists(st.tuples(st.sampled_from("ABCDE"), WORK), min_size=1, max_size=12))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=examples(test=15, soak=100),
)
def test_every_element_stands_in_a_sheet_or_in_a_remark(tmp_path: Path, referrals: list[tuple[str, list]]) -> None:
    children = [
        child(f"C{name}", REFERRAL + "".join(element(module, element(MODULES[module], day)) for module, day in work))
        for name, work in referrals
    ]
    text = census(*children)
    sheets, counted = sheets_of(tmp_path, text), by_hand(text)
    for extract in ELEMENTS:
        remarked = [line for line, check, _, _ in remarks_of(sheets[extract]) if check == "repeated_row"]
        assert size(sheets[extract]) + len(remarked) == counted[extract].total()
        held = Counter(column(sheets[extract], "child_id"))
        lines = text.splitlines()
        differing = {re.findall(r"<LAchildID>(.*?)<", "\n".join(lines[: int(str(line))]))[-1] for line in remarked}
        assert {name for name in counted[extract] if counted[extract][name] != held[name]} == differing


def test_elements_in_places_where_none_is_expected_are_remarked(tmp_path: Path) -> None:
    assessment = element("Assessments", element("AssessmentActualStartDate", "2023-10-09"))
    stray = element("Child", identifiers("C2") + assessment)
    text = census(child("C1", REFERRAL), stray, element("CINdetails", REFERRAL + assessment))
    text = text.replace("</Children>", f"</Children>{element('Child', identifiers('C3'))}")
    sheets = sheets_of(tmp_path, text)
    assert column(sheets["referrals"], "child_id") == ["C1"]
    assert [remark[1:3] for remark in remarks_of(sheets["assessments"])] == [("misplaced_element", "Assessments")] * 2
    assert sorted(str(remark[2]) for remark in remarks_of(sheets["referrals"])) == ["CINdetails", "Child"]
    assert any("children without CINdetails make no row (1; line" in notice for notice in sheets["referrals"].notices)


def test_what_stands_again_where_once_is_right_is_told(tmp_path: Path) -> None:
    again = REFERRAL + element("CINclosureDate", "2024-01-01") + element("CINclosureDate", "2024-02-02")
    sheet = sheets_of(tmp_path, census(child("C1", again)))["referrals"]
    assert column(sheet, "closed_on") == ["2024-01-01"]
    assert any("the first was taken: CINclosureDate (1)" in notice for notice in sheet.notices)


def test_rows_that_lack_what_they_need_come_through_to_be_refused_by_name(tmp_path: Path) -> None:
    sheets = sheets_of(tmp_path, census(child("", element("ReferralSource", "1A")), child("C2", "")))
    assert column(sheets["referrals"], "child_id") == ["", "C2"]
    assert column(sheets["referrals"], "referral_id") == ["cin::undated:1", "cin:C2:undated:1"]

"""Files that are no census, or a damaged one: each refused with what was found, where, and what was expected."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.problems import ExtractProblem
from tests.loading.cin_census.making import HEADER, REFERRAL, census, child, sheets_of

SOUND = census(child("C1", REFERRAL), child("C2", REFERRAL))
CUT = SOUND[: SOUND.index("<ReferralSource>")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "seems cut off"),
        ("<html><body/></html>", "first element is html; expected Message"),
        ("<SSDA903><CHILD/></SSDA903>", "first element is SSDA903; expected Message"),
        (census(child("C1", REFERRAL), header=HEADER.replace("CIN<", "CLA<")), "Collection is CLA; expected CIN"),
        (census(child("C1", REFERRAL), header=HEADER.replace("CIN<", "SC<")), "line 2: its Collection is SC"),
        (census(), "holds no Child"),
        ("<Message/>", "has no Collection CIN in its header and no Child"),
        (SOUND.replace("</Children>", "</Child>"), "ends another element"),
        (SOUND.replace("1A", "1 & A"), "holds a character that XML does not allow"),
        (SOUND.replace("1A", "&nbsp;"), "uses an entity that XML does not have"),
        (SOUND + SOUND, "goes on after the end"),
        (CUT, f"seems cut off: it ends in line {CUT.count(chr(10)) + 1}, inside CINdetails"),
    ],
)
def test_the_message_says_what_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem) as refused:
        sheets_of(tmp_path, text)
    message = str(refused.value)
    assert message.startswith("census.xml")
    assert said in message
    assert "Nothing of it was loaded" in message


@given(cut=st.integers(0, len(SOUND.rstrip()) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_a_file_cut_off_anywhere_is_refused(cut: int, tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem):
        sheets_of(tmp_path, SOUND[:cut])


@pytest.mark.fuzz
@given(at=st.integers(0, len(SOUND) - 1), put=st.binary(max_size=4), gone=st.integers(0, 12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
def test_a_damaged_file_is_read_or_refused(at: int, put: bytes, gone: int, tmp_path: Path) -> None:
    content = SOUND.encode()
    try:
        told = set(sheets_of(tmp_path, content[:at] + put + content[at + gone :]))
    except ExtractProblem as refused:
        told = {str(refused)[:10]}
    assert told in ({"census.xml"}, {"referrals", "assessments", "section_47_enquiries", "conferences", "plans"})

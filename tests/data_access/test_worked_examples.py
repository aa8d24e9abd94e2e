"""The worked examples say what the toy cases say: made again, the page is the one that is kept."""

import re

import pytest

from data_access.measures import MEASURES, Measure
from data_access.measures.toy import Toy
from data_access.measures.worked_examples_page import PAGE, page, what_happened

TOY = Toy(
    tables={
        "contacts": """
            contact_id | child_id | received_at      | referral_id | team_id
            K1         | C1       | 2010-03-17 09:00 |             | T1
            K2         | C2       | 2010-03-17 09:00 | R2          | T1
        """,
        "referrals": """
            referral_id | child_id | received_at | decided_by_role | contact_id | team_id
            R1          | C1       | 2010-03-18  | team_manager    | K1         | T1
            R2          | C3       | 2010-03-19  |                 |            | T1
        """,
        "staff": """
            staff_id | from       | to | team_id | role          | fte
            W1       | 2009-01-01 |    | T1      | social_worker | 0.5
        """,
        "absences": """
            absence_id | staff_id | from       | to         | kind
            B1         | W1       | 2010-03-01 | 2010-03-02 | sickness
            B2         | W2       | 2010-03-01 | 2010-03-02 | sickness
        """,
        "visits": """
            visit_id | child_id | staff_id
            V1       | C1       | W1
            V2       | C9       | W2
        """,
    },
    expected="case | result",
)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (
            "R1",
            "**Referrals `R1`**: child `C1`, received Thu 18 March 2010, decided by role “Team manager”, contact `K1`"
            "<br>**Contacts `K1`**: child `C1`, received Wed 17 March 2010, 09:00"
            "<br>**Visits `V1`**: child `C1`, staff `W1`",
        ),
        (
            "R2",
            "**Referrals `R2`**: child `C3`, received Fri 19 March 2010"
            "<br>**Contacts `K2`**: child `C2`, received Wed 17 March 2010, 09:00, referral `R2`",
        ),
        (
            "W1~2010-03-01",
            "**Staff `W1`**: from Thu 1 January 2009, role “Social worker”, full-time equivalent 0.5"
            "<br>**Absences `B1`**: staff `W1`, from Mon 1 March 2010, to Tue 2 March 2010, kind “Sickness”"
            "<br>**Visits `V1`**: child `C1`, staff `W1`",
        ),
    ],
)
def test_a_case_is_told_by_its_own_rows_and_those_tied_to_it(case: str, told: str) -> None:
    assert what_happened(TOY, case) == told


def test_the_spell_that_a_case_names_comes_first() -> None:
    spells = """
        staff_id | from       | to         | team_id | role          | fte
        W1       | 2009-01-01 | 2009-12-15 | T1      | social_worker | 1
        W1       | 2009-12-16 |            | T2      | social_worker | 1
    """
    first, second = what_happened(Toy({"staff": spells}, ""), "W1~2009-12-16~2009-12-01").split("<br>")
    assert ("team `T2`" in first, "team `T1`" in second) == (True, True)


def test_many_rows_alike_are_numbered() -> None:
    rows = "\n".join(f"R{number} | C1 | 2010-03-0{number}" for number in range(1, 7))
    toy = Toy({"referrals": f"referral_id | child_id | received_at\n{rows}"}, "case | result")
    assert what_happened(toy, "R3") == (
        "**Referrals `R3`**: child `C1`, received Wed 3 March 2010"
        "<br>**Referrals**: 5 more of the same child, told as cases of their own"
    )


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_every_case_stands_there_with_its_answer_and_its_rows(measure: Measure) -> None:
    [section] = re.findall(rf"^## {re.escape(measure.definition.title)}\n(.*?)(?=^## |\Z)", page(), re.M | re.S)
    rows = re.findall(r"^\| `(.*?)` \| (.+) \| (.+?) \| .*? ?\|$", section, re.M)
    assert {case: result for case, _, result in rows} == measure.toy.answers
    assert len(rows) == len(measure.toy.answers)


def test_every_link_leads_to_a_heading() -> None:
    headings = re.findall(r"^## (.*)$", page(), flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", page())) == anchors - {"the-measures"}


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        f"{PAGE.name} is not what the measures say now. Renew it with "
        "`python -m data_access.measures.worked_examples_page`, read the difference, and commit it."
    )

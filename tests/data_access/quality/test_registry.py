"""The registry holds every rule to the contract, and the page for councils says what the rules are."""

import dataclasses
import re

import pytest

from data_access.extracts import EXTRACTS
from data_access.measures import MEASURES
from data_access.problems import QueryProblem
from data_access.quality import RULES, Rule, rule_named
from data_access.quality.registry import BrokenRuleError, checked
from data_access.quality.rules_page import PAGE, page

GOOD = RULES["referrals_twice"]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        f"{PAGE.name} is not what the rules say now. Renew it with "
        "`python -m data_access.quality.rules_page`, read the difference, and commit it."
    )


def test_every_rule_stands_on_the_page_under_its_extract() -> None:
    sections = dict(re.findall(r"^## .*?\((\w+)\)\n(.*?)(?=^##|\Z)", page(), flags=re.MULTILINE | re.DOTALL))
    for extract in EXTRACTS:
        named = re.findall(r"^\| `(\w+)` \|", sections.get(extract.name, ""), flags=re.MULTILINE)
        assert named == [rule.name for rule in RULES.values() if rule.extract == extract.name]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"extract": "rumours"}, "there is no extract rumours"),
        ({"field": "colour"}, "the extract referrals has no field colour"),
        ({"title": ""}, "nothing is said under title"),
        ({"message": ""}, "nothing is said under message"),
        ({"threatens": ("happiness",)}, "there is no measure happiness"),
        ({"name": "twice"}, "its name does not begin with referrals"),
    ],
)
def test_a_rule_that_breaks_the_contract_is_named(change: dict[str, object], said: str) -> None:
    broken = dataclasses.replace(GOOD, **change)
    with pytest.raises(BrokenRuleError, match=re.escape(f"{broken.name}: {said}")):
        checked([broken])


def test_a_name_is_taken_once() -> None:
    with pytest.raises(BrokenRuleError, match="referrals_twice: the name is taken"):
        checked([GOOD, GOOD])


def test_an_unknown_rule_is_answered_with_those_there_are() -> None:
    assert rule_named("referrals_twice") is GOOD
    with pytest.raises(QueryProblem, match=r"There is no rule 'referrals_thrice'\. There are: .*referrals_twice"):
        rule_named("referrals_thrice")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_titles_and_messages_are_sentences_of_plain_words(rule: Rule) -> None:
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert "_" not in rule.title
    assert rule.message.endswith(".")


THREATS = {
    "referrals_decided_at_without_time": {
        "decisions_within_24_hours",
        "below_threshold_supported_to_caf",
        "initial_assessments_overdue",
        "referrals_leading_to_initial_assessment",
        "referrals_leading_to_any_assessment_or_section_47",
        "decisions_within_one_working_day",
        "decisions_recorded_clearly",
        "referrers_told_the_outcome",
        "closed_and_came_back",
        "children_without_social_worker",
        "management_oversight_on_open_cases",
    },
    "contacts_received_at_without_time": {
        "decisions_within_24_hours",
        "decisions_within_one_working_day",
        "contacts_decided_within_24_hours",
        "contacts_becoming_referrals",
    },
    "referrals_sex_missing": set(),
    "cafs_agency_unknown_code": {"cafs_started"},
    "absences_to_before_from": {"sickness_absence", "staff_using_ics", "children_without_social_worker"},
    "referrals_age_band_missing": {
        "referrals_leading_to_initial_assessment",
        "referrals_leading_to_any_assessment_or_section_47",
        "re_referrals_within_12_months",
        "closed_and_came_back",
        "children_without_social_worker",
        "management_oversight_on_open_cases",
    },
}


@pytest.mark.parametrize("name", THREATS)
def test_a_rule_threatens_the_measures_that_read_its_field(name: str) -> None:
    assert set(RULES[name].threatens) == THREATS[name]


def test_a_child_under_a_placeholder_threatens_every_look_back() -> None:
    by_child = {name for name, one in MEASURES.items() if "referrals" in one.definition.requires}
    assert by_child <= set(RULES["referrals_child_is_a_placeholder"].threatens)

"""The registry: every rule of every family, held to what a rule must be."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from data_access.extracts import EXTRACTS, extract_named
from data_access.measures import MEASURES
from data_access.problems import QueryProblem
from data_access.quality.rule import COLUMNS, Rule
from data_access.quality.rules import (
    blanks,
    codes,
    duplicates,
    episodes,
    future_dates,
    links,
    no_further_action,
    order_of_dates,
    placeholders,
    ranges,
    references,
    same_child,
)

_FAMILIES: Final = (
    episodes,
    no_further_action,
    links,
    placeholders,
    same_child,
    duplicates,
    order_of_dates,
    future_dates,
    blanks,
    ranges,
    references,
    codes,
)


class BrokenRuleError(Exception):
    """A rule does not say what a rule must; names the rule and what is wrong with it."""


def checked(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return the rules by name; raise BrokenRuleError where one does not keep to the contract."""
    rules = list(rules)
    wrong = [
        f"{name}: the name is taken" for name, times in Counter(rule.name for rule in rules).items() if times > 1
    ]
    for rule in rules:
        wrong += [f"{rule.name}: {fault}" for fault in _faults(rule)]
    if wrong:
        raise BrokenRuleError("; ".join(wrong))
    return {rule.name: rule for rule in rules}


def _faults(rule: Rule) -> list[str]:
    if rule.extract not in {extract.name for extract in EXTRACTS}:
        return [f"there is no extract {rule.extract}"]
    if not extract_named(rule.extract).has(rule.field):
        return [f"the extract {rule.extract} has no field {rule.field}"]
    faults = [f"nothing is said under {name}" for name in ("title", "message") if not getattr(rule, name)]
    if not rule.name.startswith(f"{rule.extract}_"):
        faults.append(f"its name does not begin with {rule.extract}")
    if unknown := sorted(set(rule.threatens) - set(MEASURES)):
        faults.append(f"there is no measure {', '.join(unknown)}")
    if (columns := tuple(rule.select.selected_columns.keys())) != COLUMNS:
        faults.append(f"it selects {', '.join(columns)}")
    return faults


RULES: Final[dict[str, Rule]] = checked(rule for family in _FAMILIES for rule in family.RULES)
"""Every rule by its name, those that need thought first, family by family."""


def rule_named(name: str) -> Rule:
    """Return the rule of this name; raise QueryProblem, naming those there are, where there is none."""
    if name not in RULES:
        msg = f"There is no rule {name!r}. There are: {', '.join(RULES)}."
        raise QueryProblem(msg)
    return RULES[name]

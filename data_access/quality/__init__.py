"""The analysts' checks that run all year round over the case tables: small named rules, one idea each."""

from data_access.quality.registry import RULES, rule_named
from data_access.quality.rule import Rule

__all__ = ["RULES", "Rule", "rule_named"]

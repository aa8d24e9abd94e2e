"""The values of a census in the words of the code lists; what no spelling knows is remarked, never dropped."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from data_access.loading.checks.nothing import FORMULAS, is_nothing
from data_access.loading.formats.cin_census.census import Element
from data_access.loading.formats.cin_census.table import Remark

UNKNOWN: Final = "unknown"
_LONGEST_SHOWN: Final = 80
_DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(T00:00:00(\.0+)?)?(Z|[+-]\d{2}:\d{2})?")
_YES_NO: Final = {
    "true": True,
    "1": True,
    "yes": True,
    "y": True,
    "false": False,
    "0": False,
    "no": False,
    "n": False,
}
_REASONS: Final = re.compile(r"RC[1-9]", re.IGNORECASE)


def date_in(text: str) -> str:
    """Return a date without the midnight and the time zone that XML allows after it; other text as it stands."""
    matched = _DATE.fullmatch(text)
    return matched[1] if matched else text


def unspelled(element: Element, at: Element, listed: str, becomes: str | None) -> Remark:
    """Return the remark on a value that no spelling of a list knows; `at` is the element of the row."""
    done = f"it was taken as {becomes}" if becomes else "it was left blank"
    value = element.text[:_LONGEST_SHOWN]
    return Remark(at.place, at.line, "unknown_spelling", element.name, value, f"is not in {listed}; {done}")


class Values:
    """Reads values by the code lists, and collects the remarks on those that no spelling knows."""

    def __init__(self, codes: Mapping[str, Mapping[str, str]]) -> None:
        self._codes = codes

    def code(self, listed: str, element: Element | None, at: Element, remarks: list[Remark]) -> str:
        """Return the code for an element's value: nothing for none, the list's `unknown` for an unknown one."""
        if element is None or not element.text:
            return ""
        known = self._codes.get(listed, {})
        code = known.get(element.text.lower())
        if code is None and is_nothing(element.text):
            # as it stands, so that the loader tells of it
            return element.text
        if code is None:
            code = known.get(UNKNOWN, "")
            remarks.append(unspelled(element, at, f"the list {listed}", code))
        return code

    def disability(self, elements: Iterable[Element], at: Element, remarks: list[Remark]) -> str:
        """Return yes where any of the disabilities listed is one, no where none is, nothing where none is listed."""
        # one of each: a list may be long, and is looked at for each referral of the child
        listed = {element.text.lower(): element for element in elements}
        codes = {self.code("disability", element, at, remarks) for element in listed.values()} - {""}
        told = next((code for code in ("yes", UNKNOWN, "no") if code in codes), "")
        # a formula that failed hides a disability, or that there is none
        return told if told == "yes" else next((code for code in codes if code.lower() in FORMULAS), told)

    def yes_no(self, element: Element | None, at: Element, remarks: list[Remark]) -> bool | None:
        """Return whether an element says yes; None where it says neither."""
        if element is None or is_nothing(element.text):
            return None
        answer = _YES_NO.get(element.text.lower())
        if answer is None:
            remarks.append(unspelled(element, at, "true, false, 1, 0", None))
        return answer

    def closure(self, element: Element | None, at: Element, remarks: list[Remark]) -> str:
        """Return the code for why a case was closed, as the census has it (RC1 to RC9)."""
        if element is None or is_nothing(element.text):
            return element.text if element else ""
        if not _REASONS.fullmatch(element.text):
            remarks.append(unspelled(element, at, "RC1 to RC9", None))
            return ""
        return element.text.upper()

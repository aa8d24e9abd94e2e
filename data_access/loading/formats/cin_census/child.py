"""A child of the census into rows of the native extracts."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data_access.loading.checks.age_bands import unread_birth
from data_access.loading.checks.column_remarks import UNREAD_DATE
from data_access.loading.checks.nothing import FORMULAS, is_no_date, is_nothing
from data_access.loading.formats.cin_census.census import Element, Places
from data_access.loading.formats.cin_census.layout import EXTRACTS, KINDS
from data_access.loading.formats.cin_census.table import BORN, Remark, Row, Table, columns_of, in_key, number_of
from data_access.loading.formats.cin_census.values import Values, date_in

_COLUMNS: Final = {
    "referrals": columns_of("referrals", "referral_id", "age_band", "team_id", before=(BORN,)),
    "assessments": columns_of("assessments", "assessment_id", "referral_id", "team_id"),
    "section_47_enquiries": columns_of("section_47_enquiries", "enquiry_id", "referral_id", "team_id"),
    "conferences": columns_of("conferences", "conference_id"),
    "plans": columns_of("plans", "plan_id", "team_id"),
}
_WORK: Final = {*KINDS, "Section47", "CINPlanDates", "ChildProtectionPlans", "DateOfInitialCPC"}
_SEX: Final = ("Sex", "GenderCurrent", "Gender")
_PLANS: Final = {
    "CINPlanDates": ("cin", "CINPlanStartDate", "CINPlanEndDate"),
    "ChildProtectionPlans": ("cp", "CPPstartDate", "CPPendDate"),
}
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Rows:
    """The rows of all children so far, a table for each extract, laid down in the folder."""

    def __init__(self, shown: str, values: Values, folder: Path) -> None:
        self.tables = {extract: Table(shown, extract, _COLUMNS[extract], folder) for extract in EXTRACTS}
        self.without_referral = Places()
        self.closed_with_referral = 0
        self.sex_called = _SEX[0]
        self._values = values

    def add(self, child: Element) -> None:
        """Take a child: its referrals, and what belongs to each."""
        identifiers = child.first("ChildIdentifiers") or child
        reference = identifiers.value("LAchildID")
        born, sex = _birth(identifiers), _first(identifiers, _SEX)
        if sex is not None:
            self.sex_called = sex.name
        characteristics = child.first("ChildCharacteristics") or child
        disabilities = [
            disability for group in characteristics.all("Disabilities") for disability in group.all("Disability")
        ]
        is_unread = born is not None and _is_unread(date_in(born.text))
        referrals = list(child.all("CINdetails"))
        if not referrals:
            self.without_referral.add(child.line)
        for details in referrals:
            remarks: list[Remark] = []
            received, values = date_in(details.value("CINreferralDate")), self._values
            if born is not None and is_unread:
                remarks.append(Remark(details.place, details.line, "unread_date", born.name, None, UNREAD_DATE))
            cells = (
                date_in(born.text) if born is not None else "",
                reference,
                received,
                *self._outcome(details, remarks),
                values.code("source", details.first("ReferralSource"), details, remarks),
                values.code("sex", sex, details, remarks),
                values.code("ethnicity", characteristics.first("Ethnicity"), details, remarks),
                values.disability(disabilities, details, remarks),
                self._closed_on(details, received),
            )
            dated, content = in_key(received), hash(details.content)
            numbers = number_of(reference), hash((reference, dated)), content
            row = Row(details.place, details.line, details.place, *numbers, dated, dated, cells)
            self.tables["referrals"].add(row, remarks)
            self._add_work(reference, details)

    def _outcome(self, details: Element, remarks: list[Remark]) -> tuple[str, str]:
        """Return the decision, as far as the census tells it, and the reason for the closure."""
        nothing_further = self._values.yes_no(details.first("ReferralNFA"), details, remarks)
        reason = self._values.closure(details.first("ReasonForClosure"), details, remarks)
        told = details.first("ReferralNFA")
        silent = told.text if told is not None and is_nothing(told.text) else ""
        return "no_further_action" if nothing_further else silent, reason

    def _closed_on(self, details: Element, received: str) -> str:
        """Return the day of the closure; that of the referral itself where nothing further came of it.

        The census asks for no closure of a referral on which no further action was taken, since it opened no case.
        """
        closed = date_in(details.value("CINclosureDate"))
        told = not is_no_date(closed) or closed.lower() in FORMULAS
        if told or any(element.name in _WORK for element in details.inner):
            return closed
        if self._values.yes_no(details.first("ReferralNFA"), details, []):
            self.closed_with_referral += 1
            return received
        return closed

    def _add_work(self, child: str, details: Element) -> None:
        for element in details.inner:
            if element.name in KINDS:
                kind, began = KINDS[element.name], date_in(element.value("AssessmentActualStartDate"))
                ended = date_in(element.value("AssessmentAuthorisationDate"))
                self._add("assessments", details, element, (child, kind, began, ended), began, kind)
            elif element.name == "Section47":
                began = date_in(element.value("S47ActualStartDate"))
                held = element.value("DateOfInitialCPC")
                outcome = held if is_no_date(held) else "conference"
                self._add("section_47_enquiries", details, element, (child, began, outcome), began)
            elif element.name in _PLANS:
                kind, first, last = _PLANS[element.name]
                began = date_in(element.value(first))
                self._add("plans", details, element, (child, kind, began, date_in(element.value(last))), began, kind)
        for at, kind, dated, due, held in sorted(
            self._conferences(details), key=lambda conference: conference[0].place
        ):
            self._add("conferences", details, at, (child, kind, due, held), dated, kind, says=(kind, held or due))

    def _conferences(self, details: Element) -> Iterator[tuple[Element, str, str, str, str]]:
        """Give the conferences of a referral: the element, kind, date in the key, day due, day held.

        One that an enquiry led to bears the enquiry's date in its key, so that it stays the same once it is held. The
        referral's own date is mostly that of an enquiry repeated, and then makes no second conference.
        """
        met = set()
        for enquiry in details.all("Section47"):
            at = enquiry.first("DateOfInitialCPC")
            held, due = _date_or_none(at.text if at else ""), _date_or_none(enquiry.value("InitialCPCtarget"))
            met.add(held)
            if held or (due and not self._values.yes_no(enquiry.first("ICPCnotRequired"), enquiry, [])):
                yield (
                    at if at and held else enquiry,
                    "initial",
                    date_in(enquiry.value("S47ActualStartDate")),
                    due,
                    held,
                )
        own = details.first("DateOfInitialCPC")
        told = own is not None and (_date_or_none(own.text) or own.text.lower() in FORMULAS)
        if own is not None and told and date_in(own.text) not in met:
            yield own, "initial", date_in(own.text), "", date_in(own.text)
        for plan in details.all("ChildProtectionPlans"):
            for reviews in plan.all("Reviews"):
                for review in reviews.all("CPPreviewDate"):
                    yield review, "review", date_in(review.text), "", date_in(review.text)

    def _add(
        self,
        extract: str,
        details: Element,
        element: Element,
        cells: tuple[str, ...],
        dated: str,
        kind: str = "",
        *,
        says: tuple[str, ...] | None = None,
    ) -> None:
        dated, of = in_key(dated), in_key(date_in(details.value("CINreferralDate")))
        content = hash(element.content if says is None else says)
        numbers = number_of(cells[0]), hash((cells[0], kind, dated)), content
        self.tables[extract].add(Row(element.place, element.line, details.place, *numbers, dated, of, cells))


def _first(element: Element, names: tuple[str, ...]) -> Element | None:
    """Return the first of these elements that says something; where none does, the first that isn't blank."""
    filled = [inner for name in names if (inner := element.first(name)) and inner.text]
    return next((inner for inner in filled if not is_nothing(inner.text)), filled[0] if filled else None)


def _birth(identifiers: Element) -> Element | None:
    return _first(identifiers, ("PersonBirthDate", "ExpectedPersonBirthDate"))


def _is_unread(birth: str) -> bool:
    """Return whether something stands for a date of birth that is none."""
    if _ISO.fullmatch(birth):
        # most are so written, and reading each by itself takes long
        try:
            date.fromisoformat(birth)
        except ValueError:
            return True
        return False
    cell = pl.DataFrame({"birth": [birth or None]}, schema={"birth": pl.String})
    return bool(cell.select(unread_birth("birth")).item())


def _date_or_none(text: str) -> str:
    """Return a date, or what stands for one and can't be read; nothing where the text says that there is none."""
    return "" if is_no_date(text) else date_in(text)

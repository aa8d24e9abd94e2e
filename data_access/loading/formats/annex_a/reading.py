"""A workbook of Annex A into native sheets."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from data_access.loading.checks.cleaning import Codes
from data_access.loading.delivery.sheet import Sheet, names_manifest
from data_access.loading.formats.annex_a.assessments import assessments
from data_access.loading.formats.annex_a.contacts import contacts
from data_access.loading.formats.annex_a.early_help import cafs
from data_access.loading.formats.annex_a.finding import ListInSheet, lists_of
from data_access.loading.formats.annex_a.lists import TITLES, USED
from data_access.loading.formats.annex_a.plans import plans
from data_access.loading.formats.annex_a.referrals import referrals
from data_access.loading.formats.annex_a.rows import Listed, listed
from data_access.loading.formats.annex_a.section_47 import conferences, section_47_enquiries
from data_access.loading.formats.annex_a.shaping import Workbook
from data_access.loading.formats.top_rows import Tables
from data_access.problems import ExtractProblem

_PERSONAL = ("birth", "worker")

_LATEST_ALONE = ("plans", "conferences")
"""What is listed of a child's latest episode or enquiry alone: that a row is no longer listed withdraws nothing.

All else is complete for its dates: without references of its own, a row that changed can't be told from another.
"""


def read(file: Path, digest: str, tables: Tables, codes: Codes) -> list[Sheet]:
    """Return the lists 1 to 7 of a workbook as native sheets, one an extract, with `stated` nothing.

    `tables` are all sheets as text without headings, `codes` for each list its codes by code, label and spelling in
    lower case. A sheet named manifest is passed over. Raise ExtractProblem where a list lacks a column that it
    needs, stands in two sheets, or where none of the lists 1 to 7 is there.
    """
    in_workbook, others = lists_of(file.name, tables)
    lists = {used.number: listed(file.name, used) for used in _in_use(file.name, in_workbook)}
    if not lists:
        msg = f"{file.name} holds none of the lists 1 to 7 of Annex A, and only those are used. Nothing was loaded."
        raise ExtractProblem(msg)
    made = _sheets(Workbook(file, digest, codes), lists)
    about = [notice for used in lists.values() for notice in used.notices]
    about += _about(file.name, in_workbook, [name for name in others if not names_manifest(name)])
    return [replace(made[0], notices=(*about, *made[0].notices)), *made[1:]]


def _sheets(workbook: Workbook, lists: dict[int, Listed]) -> list[Sheet]:
    made: list[Sheet | None] = []
    if 1 in lists:
        made.append(contacts(workbook, lists[1], lists.get(3)))
    if 2 in lists:
        made.append(cafs(workbook, lists[2]))
    if 3 in lists:
        made.append(referrals(workbook, lists[3], lists.get(6)))
    if 4 in lists:
        made.append(assessments(workbook, lists[4]))
    if 5 in lists:
        made += [section_47_enquiries(workbook, lists[5]), conferences(workbook, lists[5])]
    if both := [lists[number] for number in (6, 7) if number in lists]:
        made.append(plans(workbook, both))
    return [replace(sheet, complete=sheet.extract not in _LATEST_ALONE) for sheet in made if sheet is not None]


def _in_use(file: str, in_workbook: Iterable[ListInSheet]) -> list[ListInSheet]:
    """Return the lists in use, in order; of two sheets with the same list, the one that has rows."""
    chosen: dict[int, ListInSheet] = {}
    for candidate in in_workbook:
        if candidate.number not in USED:
            continue
        other = chosen.get(candidate.number)
        if other is not None and other.below.height and candidate.below.height:
            msg = (
                f"{file}: the sheets {other.sheet} and {candidate.sheet} both hold list {candidate.number}, "
                f"{TITLES[candidate.number]}. Keep one. Nothing of the workbook was loaded."
            )
            raise ExtractProblem(msg)
        if other is None or candidate.below.height:
            chosen[candidate.number] = candidate
    return [chosen[number] for number in sorted(chosen)]


def _about(file: str, in_workbook: list[ListInSheet], others: list[str]) -> list[str]:
    """Return notices of what of the workbook was not used: lists, sheets, columns; and of lists that it lacks."""
    used = [each for each in in_workbook if each.number in USED]
    notices = []
    if spare := sorted({each.number for each in in_workbook} - set(USED)):
        named = ", ".join(f"{number} ({TITLES[number]})" for number in spare)
        notices.append(f"{file}: of lists {named} nothing is used.")
    if lacking := [number for number in USED if number not in {each.number for each in used}]:
        named = ", ".join(f"{number} ({TITLES[number]})" for number in lacking)
        notices.append(f"{file} has no list {named}; what stands of that stays as it is.")
    if others:
        notices.append(f"{file}: the sheets {', '.join(others)} hold no list and were left out.")
    personal = sorted({each.headings[field] for each in used for field in _PERSONAL if field in each.headings})
    if personal:
        notices.append(f"{file}: {', '.join(personal)} may identify people; dropped, and kept nowhere.")
    if unused := _columns((each.number, each.unused) for each in used):
        notices.append(f"{file}: columns that no measure uses were left out: {unused}.")
    if unknown := _columns((each.number, each.unknown) for each in used):
        notices.append(f"{file}: columns that are not known were left out: {unknown}.")
    return notices


def _columns(by_list: Iterable[tuple[int, tuple[str, ...]]]) -> str:
    return "; ".join(f"{', '.join(headings)} (list {number})" for number, headings in by_list if headings)

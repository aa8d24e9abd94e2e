"""What is to be loaded: each sheet with the extract that it holds and the terms under which it comes."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from data_access.dates.london_time import to_local
from data_access.extracts import Extract, extract_named
from data_access.extracts.formats import NATIVE
from data_access.loading.checks.totals import without_totals
from data_access.loading.delivery.manifest import Terms, terms_of
from data_access.loading.delivery.recognising import headings_shown, nothing_alike, recognised, resembles_nothing
from data_access.loading.delivery.sheet import Sheet
from data_access.problems import ExtractProblem, TermsProblem


@dataclass(frozen=True)
class PlannedExtract:
    """A sheet on its way: the extract that it holds, and its terms."""

    sheet: Sheet
    extract: Extract
    terms: Terms

    @property
    def hash(self) -> str:
        """Return a hash of the file, the sheet and the terms under which it comes."""
        return hashlib.sha256(repr((self.sheet.digest, self.sheet.name, self.terms)).encode()).hexdigest()


def planned_extracts(sheets: Iterable[Sheet], terms: Terms | None) -> tuple[list[PlannedExtract], tuple[str, ...]]:
    """Return the sheets with extract and terms, and notices.

    Sheets of workbooks that are no extract, or were never filled, are left out. `terms` hold for all of them; where
    there are none, the manifest among the sheets says them, else the file itself.
    Raise ExtractProblem where a sheet has no terms, is no extract, or two hold the same one.
    """
    sheets, notices = _without_others(sheets)
    manifest = terms_of(sheet for sheet in sheets if sheet.is_manifest)
    held_by = [
        (sheet, extract_named(sheet.extract) if sheet.extract else recognised(sheet))
        for sheet in sheets
        if not sheet.is_manifest
    ]
    filled, left_out = _without_templates(held_by, manifest)
    notices += left_out
    planned: dict[str, PlannedExtract] = {}
    for sheet, extract in filled:
        held = _terms(sheet, extract, manifest, terms)
        if extract.name in planned:
            msg = (
                f"{sheet.shown} and {planned[extract.name].sheet.shown} are both {extract.name}. Load one at a time."
            )
            raise ExtractProblem(msg)
        planned[extract.name] = PlannedExtract(
            sheet if sheet.extract else without_totals(sheet, extract), extract, held
        )
    if not planned:
        shown = ", ".join(sheet.shown for sheet in sheets)
        msg = f"Nothing to load: only a manifest was found ({shown})."
        raise ExtractProblem(msg)
    absent = sorted(set(manifest) - set(planned)) if terms is None else []
    notices += [notice for extract_planned in planned.values() for notice in extract_planned.sheet.notices]
    notices += [f"The manifest names {name}, but no file holds it." for name in absent]
    return list(planned.values()), tuple(dict.fromkeys(notices))


def _without_others(sheets: Iterable[Sheet]) -> tuple[list[Sheet], list[str]]:
    """Return the sheets without those of workbooks that are like no extract, and notices naming these.

    Raise ExtractProblem for a workbook that holds no others.
    """
    kept: list[Sheet] = []
    others: list[Sheet] = []
    for sheet in sheets:
        may_be_left_out = sheet.from_workbook and sheet.extract is None and not sheet.is_manifest
        (others if may_be_left_out and resembles_nothing(sheet) else kept).append(sheet)
    for file in dict.fromkeys(sheet.file for sheet in others):
        if not any(sheet.file == file for sheet in kept):
            raise nothing_alike(sheet for sheet in others if sheet.file == file)
    return kept, [f"{sheet.shown} is like no extract and was left out: {headings_shown(sheet)}." for sheet in others]


def _without_templates(
    sheets: Sequence[tuple[Sheet, Extract]], manifest: Mapping[str, Terms]
) -> tuple[list[tuple[Sheet, Extract]], list[str]]:
    """Return the sheets without headings that nobody filled, and notices naming these.

    Left out are the one without rows of two that hold the same extract, and in a workbook with filled sheets those
    without rows that no manifest names: they are left of a template, and don't say that there was nothing to tell.
    """
    filled = [held for held in sheets if held[0].extract is not None or not held[0].is_empty()]
    extracts, files = {extract.name for _, extract in filled}, {sheet.file for sheet, _ in filled}
    kept, notices = [], []
    for sheet, extract in sheets:
        is_template = extract.name in extracts or (
            sheet.from_workbook and sheet.file in files and extract.name not in manifest
        )
        if is_template and not any(sheet is held for held, _ in filled):
            notices.append(
                f"{sheet.shown} has the headings of {extract.name} and no rows; it was left out. If there was "
                "nothing to tell, name it in a manifest."
            )
        else:
            kept.append((sheet, extract))
    return kept, notices


def _terms(sheet: Sheet, extract: Extract, manifest: Mapping[str, Terms], given: Terms | None) -> Terms:
    held = given or manifest.get(extract.name) or _stated(sheet)
    if held is None and sheet.format == NATIVE:
        msg = (
            f"{sheet.shown}: no manifest says when the extract {extract.name} was taken and which dates it "
            "covers. Put a manifest.csv beside it, or say --extracted-at, --covers-from and --covers-to."
        )
        raise (ExtractProblem if manifest else TermsProblem)(msg)
    if held is None:
        msg = (
            f"{sheet.shown}: the format {sheet.format} does not say when it was taken and which dates it covers. "
            "Say --extracted-at, --covers-from and --covers-to."
        )
        raise (ExtractProblem if manifest else TermsProblem)(msg)
    if held.extracted_at > datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1):
        taken = f"{to_local(held.extracted_at):%d %B %Y}"
        msg = (
            f"{sheet.shown}: the extract {extract.name} says that it was taken on {taken}, which is yet to "
            "come: every later one would count as older. Mend the manifest, or say --extracted-at."
        )
        raise ExtractProblem(msg)
    return held if sheet.complete is None else replace(held, complete=sheet.complete)


def _stated(sheet: Sheet) -> Terms | None:
    said = sheet.stated
    if said is None or said.extracted_at is None or said.covers_from is None or said.covers_to is None:
        return None
    try:
        return Terms(said.extracted_at, said.covers_from, said.covers_to, complete=True)
    except ExtractProblem as problem:
        msg = f"{sheet.file.name}: {problem}"
        raise ExtractProblem(msg) from None

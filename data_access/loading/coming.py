"""What is to be loaded: each sheet with the extract that it holds and the terms under which it comes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from data_access.extracts import Extract, extract_named
from data_access.extracts.formats import NATIVE
from data_access.loading.cleaning import recognised
from data_access.loading.manifest import Terms, terms_of
from data_access.loading.sheet import Sheet
from data_access.london_time import to_local
from data_access.problems import ExtractProblem, TermsProblem


@dataclass(frozen=True)
class Coming:
    """A sheet on its way: the extract that it holds, and its terms."""

    sheet: Sheet
    extract: Extract
    terms: Terms

    @property
    def hash(self) -> str:
        """Return a hash of the file, the sheet and the terms under which it comes."""
        return hashlib.sha256(repr((self.sheet.digest, self.sheet.name, self.terms)).encode()).hexdigest()


def coming_of(sheets: Iterable[Sheet], terms: Terms | None) -> tuple[list[Coming], tuple[str, ...]]:
    """Return the sheets with extract and terms, and notices.

    `terms` hold for all of them; where there are none, the manifest among the sheets says them, else the file itself.
    Raise ExtractProblem where a sheet has no terms, is no extract, or two hold the same one.
    """
    sheets = list(sheets)
    manifest = terms_of(sheet for sheet in sheets if sheet.is_manifest)
    found: dict[str, Coming] = {}
    for sheet in sheets:
        if sheet.is_manifest:
            continue
        extract = extract_named(sheet.extract) if sheet.extract else recognised(sheet)
        held = _terms(sheet, extract, manifest, terms)
        if extract.name in found:
            msg = f"{sheet.shown} and {found[extract.name].sheet.shown} are both {extract.name}. Load one at a time."
            raise ExtractProblem(msg)
        found[extract.name] = Coming(sheet, extract, held)
    if not found:
        shown = ", ".join(sheet.shown for sheet in sheets)
        msg = f"Nothing to load: only a manifest was found ({shown})."
        raise ExtractProblem(msg)
    absent = sorted(set(manifest) - set(found)) if terms is None else []
    notices = [notice for sheet in sheets for notice in sheet.notices]
    notices += [f"The manifest names {name}, but no file holds it." for name in absent]
    return list(found.values()), tuple(dict.fromkeys(notices))


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

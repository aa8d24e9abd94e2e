"""The reader of the children in need census: one XML file into sheets of the native shape."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data_access.extracts.formats import CIN_CENSUS
from data_access.loading.delivery.sheet import Sheet
from data_access.loading.formats.cin_census.census import Census
from data_access.loading.formats.cin_census.child import Rows
from data_access.loading.formats.cin_census.columns import CALLED, CELLS, SHEET_NAMES
from data_access.loading.formats.cin_census.hardened import walk
from data_access.loading.formats.cin_census.header import COLLECTION, Header
from data_access.loading.formats.cin_census.keys import keyed
from data_access.loading.formats.cin_census.layout import HOLDS
from data_access.loading.formats.cin_census.notices import notices_of
from data_access.loading.formats.cin_census.table import Remark
from data_access.loading.formats.cin_census.values import Values
from data_access.problems import ExtractProblem


def read(file: Path, digest: str, codes: Mapping[str, Mapping[str, str]], folder: Path | None = None) -> list[Sheet]:
    """Return the sheets of a census: referrals, assessments, section 47 enquiries, conferences and plans.

    `codes` maps for each list the spellings in lower case to codes. Rows are laid down in a folder of their own in
    `folder`, which must outlast the sheets; without one they stay in memory. A row's number is the line on which its
    element begins. Raise ExtractProblem, naming file and line, for what is no sound XML or no such census.
    """
    if folder is not None:
        return _sheets(file, digest, codes, Path(tempfile.mkdtemp(prefix="cin-", dir=folder)))
    with tempfile.TemporaryDirectory(prefix="cin-") as passing:
        sheets = _sheets(file, digest, codes, Path(passing))
        return [replace(sheet, cells=sheet.cells.collect().lazy()) for sheet in sheets]


def _sheets(file: Path, digest: str, codes: Mapping[str, Mapping[str, str]], folder: Path) -> list[Sheet]:
    header, rows = Header(file), Rows(file.name, Values(codes), folder)

    def misplaced(name: str, line: int) -> None:
        message = "stands where none is expected; it was left out, with what is inside"
        rows.tables[HOLDS[name]].remark(Remark(0, line, "misplaced_element", name, None, message))

    census = Census(file, header.take, rows.add, misplaced)
    walk(file, census)
    if not census.met.children:
        lack = "holds no Child" if header.collection else f"has no Collection {COLLECTION} in its header and no Child"
        msg = f"{file.name} {lack}; expected Message, Children, Child, CINdetails. Nothing of it was loaded."
        raise ExtractProblem(msg)
    notices = [*header.notices, *notices_of(file.name, census.met, rows)]
    sheets = []
    for extract, (cells, remarks, by_order) in keyed(rows.tables).items():
        called = dict(CALLED[extract])
        if extract == "referrals":
            called["sex"] = rows.sex_called
        if by_order:
            notices.append(
                f"{file.name}: several elements begin on one line, so rows of {extract} are numbered by their order."
            )
        sheets.append(
            Sheet(
                file,
                SHEET_NAMES[extract],
                CELLS[extract],
                cells,
                digest,
                extract=extract,
                format=CIN_CENSUS,
                complete=True,
                called=called,
                stated=header.stated,
                remarks=remarks,
            )
        )
    return [replace(sheets[0], notices=tuple(notices)), *sheets[1:]]

"""Which dates each format covers of an extract, so that two sources never count the same case twice."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from data_access.coverage.as_at import Coverage, Covered, last_stretch
from data_access.database.schema.figures import COVERAGE
from data_access.database.schema.loads import LOADED_EXTRACTS
from data_access.dates.stretches import Stretch, without
from data_access.extracts.formats import NATIVE
from data_access.loading.delivery.planned_extracts import PlannedExtract
from data_access.problems import ExtractProblem

Stretches = dict[str, list[Stretch]]
"""By format the stretches covered, first and last day."""


def history(connection: sa.Connection, extract: str) -> list[tuple[str, date, date]]:
    """Return format, first and last day of each time that the extract was loaded, in order."""
    table = LOADED_EXTRACTS
    loaded = sa.select(table.c.format, table.c.covers_from, table.c.covers_to).where(table.c.extract == extract)
    return [
        (row.format, row.covers_from, row.covers_to) for row in connection.execute(loaded.order_by(table.c.load_id))
    ]


def stretches(loaded: Iterable[tuple[str, date, date]]) -> Stretches:
    """Return what each format covers after all of these: a later one takes its dates from the others."""
    by_format: Stretches = {}
    for form, begins, ends in loaded:
        by_format = {
            other: held if other == form else list(without(tuple(held), [((begins, ends),)]))
            for other, held in by_format.items()
        }
        by_format.setdefault(form, []).append((begins, ends))
    return {form: held for form, held in by_format.items() if held}


def check_single_source(connection: sa.Connection, planned: PlannedExtract) -> None:
    """Raise ExtractProblem where the extract's dates stand already from another format.

    Only a complete native extract takes the place of others, since it tells the most and withdraws what they brought.
    """
    if not planned.extract.dated_by or (planned.sheet.format == NATIVE and planned.terms.complete):
        return
    sheet, terms = planned.sheet, planned.terms
    for form, held in stretches(history(connection, planned.extract.name)).items():
        for begins, ends in held:
            if form != sheet.format and begins <= terms.covers_to and ends >= terms.covers_from:
                come_as = "with changes only" if sheet.format == NATIVE else f"in the format {sheet.format}"
                msg = (
                    f"{sheet.shown} covers {terms.covers_from} to {terms.covers_to} {come_as}, but "
                    f"the {planned.extract.name} of {begins} to {ends} stand already in the format {form}: cases "
                    "would count twice. Load it for other dates, or give a complete native extract, which takes "
                    "their place."
                )
                raise ExtractProblem(msg)


def coverage_after(
    connection: sa.Connection, before: Coverage, planned: Iterable[PlannedExtract]
) -> dict[tuple[str, str], Covered]:
    """Return what is known of each extract after these have come: the latest as-at, the last unbroken stretch."""
    after = dict(before)
    for extract_planned in planned:
        name, terms = extract_planned.extract.name, extract_planned.terms
        loaded = [*history(connection, name), (extract_planned.sheet.format, terms.covers_from, terms.covers_to)]
        covered = stretches(loaded)
        for form in {form for extract, form in after if extract == name} - set(covered):
            del after[name, form]
        for form, held in covered.items():
            as_at = [after[name, form].as_at] if (name, form) in after else []
            if form == extract_planned.sheet.format:
                as_at.append(terms.extracted_at)
            after[name, form] = Covered(max(as_at), *last_stretch(held))
    return after


def write_coverage(connection: sa.Connection, coverage: Coverage) -> None:
    """Set again what is known of each extract."""
    connection.execute(sa.delete(COVERAGE))
    connection.execute(
        sa.insert(COVERAGE),
        [
            {"extract": name, "format": form, "as_at": covered.as_at, "begins": covered.begins, "ends": covered.ends}
            for (name, form), covered in coverage.items()
        ],
    )

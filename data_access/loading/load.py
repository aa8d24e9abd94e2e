"""A load: files read, checked, and merged with what stands, all in one transaction that happens or doesn't."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from data_access.as_at import Covered, read_coverage
from data_access.database import gather_statistics, reading, writing
from data_access.extracts import Extract
from data_access.facts import data_version, raise_data_version
from data_access.loading import children, merging, record, touching
from data_access.loading.checks import assessments_before_their_referral
from data_access.loading.cleaning import FIELD, REASON, VALUE, recognised
from data_access.loading.files import Sheet, sheets_of
from data_access.loading.manifest import Terms, terms_of
from data_access.loading.merging import CHANGED, MOVED, NEW, OLDER, UNCHANGED, WITHDRAWN, Merge
from data_access.loading.staging import Staged, stage
from data_access.problems import ExtractProblem
from data_access.rollup import TOUCHED
from data_access.schema import COVERAGE, LOADS, REJECTED_ROWS
from data_access.upkeep import upkeep

Progress = Callable[[str, int, int], None]
"""Told what is being done, and which step of how many it is."""


@dataclass(frozen=True)
class LoadedExtract:
    """What became of one extract: rows read, and how many were new, changed, unchanged, older, withdrawn, refused."""

    extract: str
    file: str
    read: int
    new: int
    changed: int
    unchanged: int
    older: int
    withdrawn: int
    refused: int
    warnings: int


@dataclass(frozen=True)
class LoadReport:
    """What a load did. `loaded` is empty, and the data version as it was, where every file was loaded before."""

    load_id: int | None
    data_version: int
    loaded: tuple[LoadedExtract, ...]
    known_already: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Coming:
    sheet: Sheet
    extract: Extract
    terms: Terms

    @property
    def hash(self) -> str:
        """Return a hash of the file, the sheet and the terms under which it comes."""
        return hashlib.sha256(repr((self.sheet.digest, self.sheet.name, self.terms)).encode()).hexdigest()


def load_extracts(
    engine: sa.Engine, paths: Sequence[Path], *, terms: Terms | None = None, progress: Progress = lambda *_: None
) -> LoadReport:
    """Load files, or the files of folders, into the database; all good rows of all of them appear at once.

    `terms` hold for every extract and stand in place of a manifest. Raise ExtractProblem, with nothing changed,
    where a file as a whole can't be loaded; DatabaseProblem where the database can't be written.
    """
    coming, notices = _coming(sheets_of(paths), terms)
    with reading(engine) as connection:
        codes, teams = record.known_codes(connection), record.known_teams(connection)
        wanted = [one for one in coming if not record.was_loaded(connection, one.extract.name, one.hash)]
        version = data_version(connection)
    if not wanted:
        progress("Nothing is new", 1, 1)
        return LoadReport(None, version, (), tuple(one.sheet.shown for one in coming), notices)
    steps = _Steps(progress, 3 * len(wanted) + 3)
    with tempfile.TemporaryDirectory(prefix="safe-load-") as folder:
        staged: list[tuple[_Coming, Staged]] = []
        # codes and teams first, since the others are checked against them
        for one in sorted(wanted, key=lambda one: (one.extract.name != "codes", not one.extract.reference)):
            steps.next(f"Reading {one.sheet.shown}")
            ready = stage(one.sheet, one.extract, one.terms, codes, teams, Path(folder))
            if one.extract.name == "codes":
                codes = record.with_codes(codes, ready.rows())
            if one.extract.name == "teams":
                teams = {*teams, *ready.rows().select("team_id").collect().to_series()}
            staged.append((one, ready))
        notices = (*notices, *(notice for _, ready in staged for notice in ready.clean.notices))
        with writing(engine) as connection:
            fresh = [
                (one, ready) for one, ready in staged if not record.was_loaded(connection, one.extract.name, one.hash)
            ]
            known = tuple(
                one.sheet.shown for one in coming if one.extract.name not in {o.extract.name for o, _ in fresh}
            )
            done = _Load(connection, steps)
            loaded = done.merge(fresh) if fresh else ()
            version = data_version(connection)
        steps.end()
        return LoadReport(done.load_id if fresh else None, version, loaded, known, notices)


def tick(engine: sa.Engine, as_at: datetime) -> int:
    """Move the as-at time (UTC) of every loaded extract forward to this moment; return the data version.

    Rows whose clock has run out meanwhile become due. An earlier moment changes nothing.
    """
    with writing(engine) as connection:
        before = read_coverage(connection)
        after = {name: replace(one, as_at=max(one.as_at, as_at)) for name, one in before.items()}
        if after == before:
            return data_version(connection)
        with upkeep(connection) as kept:
            kept.look(before, after, set())
            _write_coverage(connection, after)
            kept.settle(after)
        return raise_data_version(connection)


def refusals(engine: sa.Engine, load_id: int, most: int) -> list[str]:
    """Return the first refused rows of a load as sentences: file, row, field, value, and what was expected."""
    table = REJECTED_ROWS
    wanted = sa.select(table).where(table.c.load_id == load_id).order_by(table.c.extract, table.c.row).limit(most)
    with reading(engine) as connection:
        return [
            f"{row.file}, row {row.row}, {row.field}: {f'{row.value!r} ' if row.value else ''}{row.reason}"
            for row in connection.execute(wanted)
        ]


def _coming(sheets: Iterable[Sheet], terms: Terms | None) -> tuple[list[_Coming], tuple[str, ...]]:
    sheets = list(sheets)
    manifest = terms_of(sheet for sheet in sheets if sheet.is_manifest)
    found: dict[str, _Coming] = {}
    for sheet in sheets:
        if sheet.is_manifest:
            continue
        extract = recognised(sheet)
        held = terms or manifest.get(extract.name)
        if held is None:
            msg = (
                f"{sheet.shown}: no manifest says when the extract {extract.name} was taken and which dates it "
                "covers. Put a manifest.csv beside it, or say --extracted-at, --covers-from and --covers-to."
            )
            raise ExtractProblem(msg)
        if extract.name in found:
            msg = f"{sheet.shown} and {found[extract.name].sheet.shown} are both {extract.name}. Load one at a time."
            raise ExtractProblem(msg)
        found[extract.name] = _Coming(sheet, extract, held)
    if not found:
        message = "Nothing to load: only a manifest was found."
        raise ExtractProblem(message)
    absent = sorted(set(manifest) - set(found)) if terms is None else []
    return list(found.values()), tuple(f"The manifest names {name}, but no file holds it." for name in absent)


class _Steps:
    """The steps of a load, told one after the other."""

    def __init__(self, progress: Progress, steps: int) -> None:
        self.progress = progress
        self.step = 0
        self.steps = steps

    def next(self, what: str) -> None:
        """Tell of the next step, as it begins."""
        self.step += 1
        self.progress(what, self.step, self.steps)

    def end(self) -> None:
        """Tell that all is done, be it with fewer steps than foreseen."""
        self.progress("Done", self.steps, self.steps)


class _Load:
    """One load on its way, inside its transaction."""

    def __init__(self, connection: sa.Connection, steps: _Steps) -> None:
        self.connection = connection
        self.steps = steps
        self.load_id = 1 + (connection.execute(sa.select(sa.func.max(LOADS.c.load_id))).scalar() or 0)

    def merge(self, fresh: list[tuple[_Coming, Staged]]) -> tuple[LoadedExtract, ...]:
        """Merge what was staged, move the rollup, and record the load."""
        connection, coverage = self.connection, read_coverage(self.connection)
        merges_before = children.standing_merges(connection)
        merges_after = merges_before
        merges: list[tuple[_Coming, Staged, Merge]] = []
        for one, staged in sorted(fresh, key=lambda pair: pair[1].extract.name != "child_merges"):
            self.steps.next(f"Comparing {staged.extract.name}")
            merge = merging.begin(connection, staged, children.survivors(merges_after))
            ready = staged
            if staged.extract.name == "child_merges":
                merges_after, ready = _without_circles(connection, merge, staged, merges_before)
            merges.append((one, ready, merge))
        after = _covered(connection, coverage, {staged.extract.name: staged.terms for _, staged in fresh})
        survivors = children.survivors(merges_before), children.survivors(merges_after)
        moved = {merge.extract.name for _, _, merge in merges if any(merge.count(connection, fate) for fate in MOVED)}
        with upkeep(connection) as kept:
            for _, _, merge in merges:
                touching.touch(connection, merge)
            gone = touching.moved_children(*survivors)
            touching.touch_children(
                connection, {into.get(child, child) for child in gone for into in survivors} | gone
            )
            gather_statistics(connection, TOUCHED)
            self.steps.next("Working out the measures as they stand")
            kept.look(coverage, after, moved)
            touching.give_children_their_keys(connection, *survivors)
            for _, _, merge in merges:
                self.steps.next(f"Writing {merge.extract.name}")
                merging.carry_out(connection, merge, self.load_id)
            _write_coverage(connection, after)
            self.steps.next("Working out the measures again")
            kept.settle(after)
        loaded = tuple(self._recorded(*merge) for merge in merges)
        for _, _, merge in merges:
            merging.finish(connection, merge)
        version = raise_data_version(connection)
        connection.execute(
            sa.insert(LOADS).values(
                load_id=self.load_id, loaded_at=datetime.now(UTC).replace(tzinfo=None), data_version=version
            )
        )
        return loaded

    def _recorded(self, one: _Coming, staged: Staged, merge: Merge) -> LoadedExtract:
        count = {fate: merge.count(self.connection, fate) for fate in (NEW, CHANGED, UNCHANGED, OLDER, WITHDRAWN)}
        warnings = staged.warnings
        if staged.extract.name == "assessments":
            early = assessments_before_their_referral(self.connection, merge.staged)
            warnings = pl.concat([warnings, record.early_assessments(staged, early)], how="vertical_relaxed")
        result = LoadedExtract(
            staged.extract.name,
            staged.sheet.shown,
            staged.rows_read,
            count[NEW],
            count[CHANGED],
            count[UNCHANGED],
            count[OLDER],
            count[WITHDRAWN],
            staged.refused.height,
            warnings.height,
        )
        record.write(self.connection, self.load_id, result, one.hash, staged, merge, warnings)
        return result


def _without_circles(
    connection: sa.Connection, merge: Merge, staged: Staged, before: Mapping[str, str]
) -> tuple[dict[str, str], Staged]:
    """Return the merges after this extract, and the extract with the rows refused that would close a circle."""
    beside = merge.staged
    withdrawn = set(connection.execute(sa.select(beside.c.child_id).where(merge.of_fate(WITHDRAWN))).scalars())
    coming = connection.execute(sa.select(beside.c.child_id, beside.c.merged_into).where(merge.of_fate(NEW, CHANGED)))
    standing = {child: into for child, into in before.items() if child not in withdrawn}
    merges, in_a_circle = children.with_merges(standing, {row.child_id: row.merged_into for row in coming})
    if not in_a_circle:
        return merges, staged
    connection.execute(sa.delete(beside).where(beside.c.child_id.in_(in_a_circle)))
    refused = (
        staged.rows()
        .filter(pl.col("child_id").is_in(sorted(in_a_circle)))
        .with_columns(
            pl.lit("merged_into").alias(FIELD),
            pl.col("merged_into").alias(VALUE),
            pl.lit("closes a circle: the child would be merged into itself").alias(REASON),
        )
        .collect()
    )
    merging.note_refused(connection, merge, refused)
    return merges, staged.refuse(refused)


def _covered(
    connection: sa.Connection, before: Mapping[str, Covered], terms: Mapping[str, Terms]
) -> dict[str, Covered]:
    """Return what is known of each extract after these have come: the latest as-at, the last unbroken stretch."""
    after = dict(before)
    for name, one in terms.items():
        begins, ends = record.last_stretch([*record.stretches(connection, name), (one.covers_from, one.covers_to)])
        as_at = max(one.extracted_at, before[name].as_at) if name in before else one.extracted_at
        after[name] = Covered(as_at, begins, ends)
    return after


def _write_coverage(connection: sa.Connection, coverage: Mapping[str, Covered]) -> None:
    connection.execute(sa.delete(COVERAGE))
    connection.execute(
        sa.insert(COVERAGE),
        [
            {"extract": name, "as_at": one.as_at, "begins": one.begins, "ends": one.ends}
            for name, one in coverage.items()
        ],
    )

"""A load: files read, checked, and merged with what stands, all in one transaction that happens or doesn't."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access import audit
from data_access.account import this_account
from data_access.actor import Action, Actor
from data_access.coverage.as_at import read_coverage
from data_access.coverage.never_sent import read_unsent
from data_access.database.facts import data_version, raise_data_version
from data_access.database.opening import gather_statistics, reading, writing
from data_access.database.schema.loads import LOADS
from data_access.database.turns import Turn
from data_access.loading.checks import acceptance
from data_access.loading.checks.columns_sent import columns_not_sent, note_columns, notice_of
from data_access.loading.checks.row_warnings import assessments_before_their_referral
from data_access.loading.checks.same_child import remarks_on_children
from data_access.loading.delivery.covering import check_single_source, coverage_after, write_coverage
from data_access.loading.delivery.files import sheets_of
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.planned_extracts import PlannedExtract, planned_extracts
from data_access.loading.delivery.working_folder import working_folder
from data_access.loading.merge import affected_keys, affected_rows, transaction, withdrawals
from data_access.loading.merge.confirming import NOTHING_CONFIRMED, Confirmation, ConfirmationProblem, Confirmed
from data_access.loading.merge.decided_rows import notices_of_decided
from data_access.loading.merge.fates import CHANGED, MOVED, NEW, OLDER, UNCHANGED, WITHDRAWN, Merge
from data_access.loading.merge.rows_in_doubt import keep_doubts
from data_access.loading.merge.staging import Staged
from data_access.loading.merge.staging_files import stage_files
from data_access.loading.record import archive, load_log
from data_access.loading.record.restatements import latest_figures, moves, record_restatements
from data_access.loading.report import LoadedExtract, LoadReport, MeasureMove, Progress, Steps
from data_access.problems import ExtractProblem
from data_access.quality import upkeep as quality
from data_access.rollup.reach import AFFECTED_KEYS
from data_access.rollup.upkeep import upkeep
from data_access.settings import LoadSettings, load_settings

REFUSALS_TOLD: Final = 100
"""So many refused rows the report tells itself; all of them are kept in the database."""


def load_extracts(
    engine: sa.Engine,
    actor: Actor,
    paths: Sequence[Path],
    *,
    terms: Terms | None = None,
    confirmed: Confirmed = NOTHING_CONFIRMED,
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
    turn: Turn | None = None,
) -> LoadReport:
    """Load files, or the files of folders, into the database; all good rows of all of them appear at once.

    `actor` is who loads. `terms` hold for every extract and stand in place of a manifest. `confirmed` is what may be
    done of what a load otherwise only asks about. `dry_run` does it all and takes it back: the report tells what
    would change and what has to be confirmed, and nothing does. `turn` is how it waits while another writes. Raise
    ExtractProblem, with nothing changed, where a file as a whole can't be loaded, ConfirmationProblem where somebody
    has to confirm it; DatabaseProblem where the database can't be written; SettingProblem where a setting can't be
    read; NotAllowedProblem for those who may not load files. Who wanted to load a file that was refused, and why it
    was, is kept.
    """
    actor.check(Action.LOAD_FILES)
    try:
        return _loaded(engine, paths, terms, actor.name, confirmed, progress, turn, dry_run=dry_run)
    except ExtractProblem as problem:
        if not dry_run:
            load_log.note_refused_files(engine, paths, actor.name, str(problem))
        raise


def _loaded(
    engine: sa.Engine,
    paths: Sequence[Path],
    terms: Terms | None,
    who: str,
    confirmed: Confirmed,
    progress: Progress,
    turn: Turn | None,
    *,
    dry_run: bool,
) -> LoadReport:
    settings = load_settings()
    with working_folder() as folder:
        with reading(engine) as connection:
            codes, teams = load_log.known_codes(connection), load_log.known_teams(connection)
        delivered, notices = planned_extracts(sheets_of(paths, codes, folder), terms)
        with reading(engine) as connection:
            wanted = [
                planned
                for planned in delivered
                if not load_log.was_loaded(connection, planned.extract.name, planned.hash)
            ]
            for planned in wanted:
                check_single_source(connection, planned)
            known_extracts = {extract for extract, _ in read_coverage(connection)}
            version = data_version(connection)
        if not wanted:
            progress("Nothing is new", 1, 1)
            return LoadReport(None, version, (), tuple(planned.sheet.shown for planned in delivered), notices)
        steps = Steps(progress, 3 * len(wanted) + 4)
        staged = stage_files(wanted, codes, teams, folder, steps.next)
        notices = (*notices, *(notice for _, ready in staged for notice in ready.clean.notices))
        loaded = {*known_extracts, *(planned.extract.name for planned in wanted)}
        notices = (*notices, *(notice for _, ready in staged for notice in _not_sent(ready, loaded)))
        notices = (*notices, *acceptance.check(ready for _, ready in staged))
        with writing(engine, turn) as connection:
            fresh = [
                (planned, ready)
                for planned, ready in staged
                if not load_log.was_loaded(connection, planned.extract.name, planned.hash)
            ]
            names = {planned.extract.name for planned, _ in fresh}
            known = tuple(planned.sheet.shown for planned in delivered if planned.extract.name not in names)
            done = _Load(connection, steps, who, settings, confirmed, dry_run=dry_run)
            report = done.report(fresh, known, notices)
            if dry_run:
                connection.rollback()
        steps.end()
        return report


def tick(engine: sa.Engine, as_at: datetime, *, turn: Turn | None = None) -> int:
    """Move the as-at time (UTC) of every loaded extract forward to this moment; return the data version.

    Rows whose clock has run out meanwhile become due. An earlier moment changes nothing.
    """
    with writing(engine, turn) as connection:
        before = read_coverage(connection)
        after = {name: replace(covered, as_at=max(covered.as_at, as_at)) for name, covered in before.items()}
        if after == before:
            return data_version(connection)
        with upkeep(connection) as kept:
            kept.look(before, after, set())
            write_coverage(connection, after)
            kept.settle(after)
        version = raise_data_version(connection)
        if moved := sorted(name for name, change in kept.changes.items() if not change.is_empty()):
            told = {"as_at": as_at, "measures": moved, "data_version": version}
            audit.append(connection, this_account(), audit.Action.TIME_MOVED, "figures", told)
        return version


def _not_sent(staged: Staged, loaded: set[str]) -> list[str]:
    """Return a notice where the extract came without columns that measures need; none for one without rows."""
    if staged.rows_read == staged.refused.height:
        return []
    missing = columns_not_sent(staged.extract, staged.stored, staged.sheet.format)
    dates = staged.terms.covers_from, staged.terms.covers_to
    told = notice_of(staged.sheet.shown, staged.extract, missing, dates, loaded)
    return [told] if told else []


@dataclass
class _Load:
    """One load on its way, inside its transaction."""

    connection: sa.Connection
    steps: Steps
    loaded_by: str
    settings: LoadSettings
    confirmed: Confirmed
    dry_run: bool

    def report(
        self, fresh: list[tuple[PlannedExtract, Staged]], known: tuple[str, ...], notices: tuple[str, ...]
    ) -> LoadReport:
        """Load what is new, and return what became of it."""
        connection = self.connection
        if not fresh:
            return LoadReport(None, data_version(connection), (), known, notices)
        for planned, _ in fresh:
            check_single_source(connection, planned)
        load_id = 1 + (connection.execute(sa.select(sa.func.max(LOADS.c.load_id))).scalar() or 0)
        before = latest_figures(connection)
        loaded, refused, restated, asked, more = self._merge(fresh, load_id)
        version = raise_data_version(connection)
        connection.execute(
            sa.insert(LOADS).values(
                load_id=load_id,
                loaded_at=datetime.now(UTC).replace(tzinfo=None),
                loaded_by=self.loaded_by,
                data_version=version,
            )
        )
        load_log.audit_load(connection, load_id, self.loaded_by)
        moved: tuple[MeasureMove, ...] = moves(before, latest_figures(connection), restated)
        waits = tuple(confirmation for confirmation in asked if not self.confirmed.holds(confirmation))
        return LoadReport(load_id, version, loaded, known, (*notices, *more), refused, moved, waits)

    def _merge(
        self, fresh: list[tuple[PlannedExtract, Staged]], load_id: int
    ) -> tuple[tuple[LoadedExtract, ...], tuple[str, ...], dict[str, int], list[Confirmation], list[str]]:
        """Merge what was staged, move the rollup, and record the load.

        Return the extracts, refused rows, restatements, what had to be confirmed, and notices. Raise
        ConfirmationProblem where that was not confirmed, unless it is a dry run.
        """
        connection, before = self.connection, read_coverage(self.connection)
        unsent_before = read_unsent(connection)
        ready = {staged.extract.name: staged for _, staged in fresh}
        decided = transaction.decide(connection, list(ready.values()), load_id, self.steps.next)
        for staged in ready.values():
            archive.keep(connection, load_id, staged.extract, staged.rows())
        if decided.in_a_circle is not None:
            ready["child_merges"] = ready["child_merges"].refuse(decided.in_a_circle)
            acceptance.check([ready["child_merges"]])
        asked = self._to_confirm(decided.merges, ready)
        remarked = {
            merge.extract.name: remarks_on_children(
                connection, ready[merge.extract.name], merge, decided.survivors_after
            )
            for merge in decided.merges
        }
        after = coverage_after(connection, before, [planned for planned, _ in fresh])
        moved = {
            merge.extract.name: rows for merge in decided.merges if (rows := sum(merge.rows[fate] for fate in MOVED))
        }
        with upkeep(connection) as kept:
            # before the first load nothing is known, and everything is counted whole
            if before:
                for merge in decided.merges:
                    affected_keys.affect(connection, merge)
                affected_keys.affect_children(connection, decided.moved_children)
                gather_statistics(connection, AFFECTED_KEYS)
            self.steps.next("Working out the measures as they stand")
            kept.look(before, after, {*moved})
            rules = quality.begin(connection, after, moved)
            affected_rows.affect_rows(connection, rules, decided.merges)
            rules.look()
            transaction.carry_out(connection, decided, load_id, self.steps.next)
            for planned, staged in fresh:
                [merge] = [merge for merge in decided.merges if merge.extract.name == planned.extract.name]
                note_columns(connection, merge, staged.stored, planned.sheet.format, load_id)
            write_coverage(connection, after)
            self.steps.next("Working out the measures again")
            kept.settle(after)
            self.steps.next("Counting the rows that break a rule")
            rules.settle(load_id)
            restated = record_restatements(connection, kept, before, unsent_before, load_id)
        came = {planned.extract.name: planned for planned, _ in fresh}
        loaded = tuple(
            self._recorded(
                load_id,
                came[name],
                ready[name],
                merge,
                remarked[name],
                [each for each in asked if each.extract == name],
            )
            for merge in decided.merges
            for name in (merge.extract.name,)
        )
        refused = [sentence for staged in ready.values() for sentence in load_log.sentences(staged, REFUSALS_TOLD)]
        notices = [_kept_told(ready[merge.extract.name], merge.kept) for merge in decided.merges if merge.kept]
        for merge in decided.merges:
            notices += notices_of_decided(connection, merge, ready[merge.extract.name].sheet.shown)
        transaction.finish(connection, decided)
        return loaded, tuple(refused[:REFUSALS_TOLD]), restated, asked, notices

    def _to_confirm(self, merges: Sequence[Merge], ready: Mapping[str, Staged]) -> list[Confirmation]:
        """Return what has to be confirmed of these; raise ConfirmationProblem where it was not, but in a dry run."""
        questions = []
        for merge in merges:
            staged = ready[merge.extract.name]
            questions += [
                acceptance.refused_rows(staged, self.settings),
                withdrawals.confirmation_of(self.connection, merge, staged.sheet.shown, self.settings),
            ]
        asked = [question for question in questions if question is not None]
        waits = [confirmation for confirmation in asked if not self.confirmed.holds(confirmation)]
        if waits and not self.dry_run:
            raise ConfirmationProblem(waits)
        return asked

    def _recorded(
        self,
        load_id: int,
        planned: PlannedExtract,
        staged: Staged,
        merge: Merge,
        remarked: pl.DataFrame,
        asked: Sequence[Confirmation],
    ) -> LoadedExtract:
        count = merge.rows
        warnings = pl.concat([staged.warnings, remarked])
        if staged.extract.name == "assessments":
            early = assessments_before_their_referral(self.connection, merge.staged)
            warnings = pl.concat([warnings, load_log.early_assessments(staged, early)], how="vertical_relaxed")
        result = LoadedExtract(
            staged.extract.name,
            staged.sheet.shown,
            staged.sheet.format,
            staged.rows_read,
            count[NEW],
            count[CHANGED],
            count[UNCHANGED],
            count[OLDER],
            count[WITHDRAWN],
            staged.refused.height,
            warnings.height,
            load_log.counted_by(staged.refused, ("(field)", "(reason)")),
            load_log.counted_by(warnings, ("field", "message")),
        )
        confirmed = [each.kind for each in asked]
        load_log.write(self.connection, load_id, result, planned, staged, merge, warnings, confirmed)
        keep_doubts(self.connection, load_id, staged, merge, warnings)
        return result


def _kept_told(staged: Staged, kept: int) -> str:
    """Return that rows which would have been withdrawn were kept."""
    return (
        f"{staged.sheet.shown}: rows of {staged.extract.name} were refused whose reference can't be read, nor "
        f"which child they are about; they may stand for any row. So none of the {kept:,} rows that are no longer "
        "listed was withdrawn."
    )

"""Makes the sample council and writes its extracts."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from data_access.extracts import extract_named
from sample_data import (
    action_plan,
    attendance,
    audits,
    cafs,
    caseload,
    casework,
    flaws,
    front_door,
    people,
    programme,
    quality,
    story,
)
from sample_data.records import Tables
from sample_data.writing import Folder, Moment, withdrawn_between

SMALLEST = 1_000
"""Referrals of the smallest council that still tells the story."""

Progress = Callable[[int, int], None]
"""Called with how many parts of the council are written, and of how many."""


def write_extracts(
    folder: Path,
    *,
    as_at: datetime = story.AS_AT,
    covers_from: date = story.BEGINS,
    changed_since: datetime | None = None,
    referrals: int = story.REFERRALS,
    seed: int = story.SEED,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write the extracts as the council would take them at a moment; return the number of rows of each.

    Only what was known at `as_at` (London local time) is there: later events are not, what was done later is blank,
    later corrections are not made. The extracts cover the days from `covers_from` to the last one that was over by
    then, and are complete for them. With `changed_since` they are *changes* instead: rows from before `covers_from`
    that are new, or say something else, since that moment. Everything follows from `seed`.

    `referrals` is the number of children referred by 28 March 2010. Up to one and a half times the small council's it
    is one council with all tables. Beyond, the council has more areas, each with its own teams, staff and families,
    and only the tables that the headline measures read are written, area by area, in the memory of one.

    Raises ValueError where the council is too small, the moment lies outside the story, or the days to cover are not
    over by then.
    """
    if referrals < SMALLEST:
        message = f"A council has at least {SMALLEST:,} referrals."
        raise ValueError(message)
    first, last = story.BEGINS + timedelta(days=1), story.ENDS + timedelta(days=1)
    if not first <= as_at.date() <= last:
        message = f"The story runs from {first} to {last}: {as_at:%Y-%m-%d %H:%M} lies outside it."
        raise ValueError(message)
    if covers_from >= as_at.date():
        message = f"Extracts taken on {as_at:%Y-%m-%d} can't cover days from {covers_from} on: they are not over."
        raise ValueError(message)
    moment = Moment(as_at, covers_from, changed_since)
    areas = max(1, round(referrals / story.REFERRALS))
    with Folder(folder) as out:
        if areas == 1:
            out.add(council(referrals, seed), moment)
        for area in range(areas if areas > 1 else 0):
            share = referrals * (area + 1) // areas - referrals * area // areas
            out.add(_area(area, share, seed), moment)
            if progress:
                progress(area + 1, areas)
    return out.rows


def write_week(folder: Path, week: date, *, seed: int = story.SEED) -> tuple[Path, Path]:
    """Write the extracts of the Monday after a week: what is new, and what changed about the weeks before.

    `week` is the week's Monday. Returns the two folders to load: `week`, complete for its seven days (and for longer
    where rows were withdrawn), and `changes`. Loaded after a history that ended with the week before, they give the
    same rows as a history taken at the end of this week.
    """
    as_at = datetime.combine(week + timedelta(days=7), time(7))
    since = as_at - timedelta(days=7)
    tables = council(story.REFERRALS, seed)
    with Folder(folder / "week") as whole, Folder(folder / "changes") as changes:
        for name, records in tables.items():
            withdrawn = withdrawn_between(extract_named(name), records, since, as_at)
            covers_from = min(week, withdrawn or week)
            whole.add({name: records}, Moment(as_at, covers_from))
            changes.add({name: records}, Moment(as_at, covers_from, since))
    return folder / "week", folder / "changes"


@lru_cache(maxsize=1)
def council(referrals: int, seed: int) -> Tables:
    """Return every row of the small council over the whole story, with all its tables."""
    tables: Tables = {}
    staff, door = _core(0, "", "", referrals, seed, tables)
    audits.audit(seed, 0, staff, tables)
    cases, plans = casework.protect(seed, 0, staff, door.referrals, tables)
    caseload.hold(seed, 0, staff, cases, tables)
    caseload.visit(seed, 0, staff, plans, tables)
    attendance.supervise(seed, 0, staff, [case.child_id for case in cases], tables)
    quality.notify(seed, door.referrals, tables)
    quality.fail(seed, tables)
    quality.hear(seed, tables)
    quality.survey(seed, staff, tables)
    tables["schools"] = people.schools()
    programme.set_programme("", tables)
    action_plan.set_plan(tables)
    flaws.spoil(tables)
    return tables


def _area(area: int, referrals: int, seed: int) -> Tables:
    tables: Tables = {}
    prefix, name = f"{area + 1:04}-", f"Area {area + 1} "
    staff, _ = _core(area + 1, prefix, name, referrals, seed, tables)
    audits.audit(seed, area + 1, staff, tables)
    if area == 0:
        programme.set_programme(name, tables)
    return tables


def _core(
    copy: int, prefix: str, name: str, referrals: int, seed: int, tables: Tables
) -> tuple[people.People, front_door.FrontDoor]:
    """Write the tables that the headline measures read."""
    tables["teams"] = people.teams(prefix, name)
    staff = people.employ(seed, copy, prefix, tables)
    door = front_door.receive(seed, copy, staff, referrals, tables)
    casework.assess(seed, copy, staff, door.referrals, tables)
    cafs.begin(seed, copy, prefix, door.referrals, referrals / story.REFERRALS, tables)
    away = attendance.attend(seed, copy, staff, tables)
    attendance.record_use(seed, copy, staff, away, tables)
    flaws.cleanse(seed, copy, staff, door.referrals, tables)
    flaws.correct(seed, copy, staff, tables)
    return staff, door

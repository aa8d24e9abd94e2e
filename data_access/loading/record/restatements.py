"""Restatements: what a load changed in figures that were settled before it.

A case that falls due, or a week that is only now complete, changes nothing that anybody could have reported; so
only periods that were over, covered and without cases inside their clocks count here.
"""

from collections.abc import Sequence
from datetime import date
from operator import sub

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt, Coverage, as_at_of, read_coverage
from data_access.coverage.never_sent import Gap, Unsent, gaps_of, read_unsent, within
from data_access.database.bulk import rows_into
from data_access.database.frames import select_frame
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.database.schema.loads import RESTATEMENTS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import part_of, period_of, periods
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.loading.report import MeasureMove
from data_access.measures import MEASURES, Measure
from data_access.queries.figures import Parts, State
from data_access.queries.series import headline
from data_access.rollup.counting import SUMS
from data_access.rollup.upkeep import Upkeep
from data_access.scope import Scope

_CELL = ("part", "team_id")

_AT_CLOSE = {"part": pl.Date, "team_id": pl.String, "start": pl.Date} | dict.fromkeys(
    ("numerator_before", "denominator_before", "numerator_after", "denominator_after"), pl.Int64
)


def latest_figures(connection: sa.Connection) -> dict[str, tuple[date | None, float | None]]:
    """Return the latest settled figure of the whole service for each measure: first day and value."""
    figures = headline(Scope.everything(), connection, list(MEASURES))
    told = State.COMPLETE
    return {
        row["measure"]: (row["start"], row["value"]) if row["state"] == told else (None, None)
        for row in figures.iter_rows(named=True)
    }


def moves(
    before: dict[str, tuple[date | None, float | None]],
    after: dict[str, tuple[date | None, float | None]],
    restated: dict[str, int],
) -> tuple[MeasureMove, ...]:
    """Return the measures whose latest figure moves, or of which periods settled before are restated."""
    return tuple(
        MeasureMove(measure, *before[measure], *after[measure], restated.get(measure, 0))
        for measure in MEASURES
        if before[measure] != after[measure] or measure in restated
    )


def record_restatements(
    connection: sa.Connection, kept: Upkeep, before: Coverage, unsent_before: Unsent, load_id: int
) -> dict[str, int]:
    """Write down what a load changed in settled figures; return by measure how many periods of the whole changed.

    To be called when the rollup has moved. `before` and `unsent_before` are what was known before the load. A period
    that couldn't be told before it, or can't after it, for want of a column, is not restated.
    """
    counted = {}
    unsent, loaded = read_unsent(connection), {extract for extract, _ in read_coverage(connection)}
    for measure in MEASURES.values():
        was = as_at_of(measure.definition, before)
        change = kept.changes.get(measure.id)
        if was is None or change is None or change.is_empty():
            continue
        gaps = [gap for known in (unsent_before, unsent) for gap in gaps_of(measure.definition, known, loaded)]
        sums_over_time = measure.definition.adding_up.sums_over_time
        restated = (_restated if sums_over_time else _restated_at_close)(connection, measure, was, change, gaps)
        rows_into(
            connection,
            RESTATEMENTS,
            restated.select(
                pl.lit(load_id).alias("load_id"),
                pl.lit(measure.id).alias("measure"),
                "team_id",
                "part",
                *(f"{name}_{when}" for when in ("before", "after") for name in ("numerator", "denominator")),
            ),
        )
        if number := restated.filter(pl.col("team_id") == EVERY_TEAM).get_column("start").n_unique():
            counted[measure.id] = number
    return counted


def _restated(
    connection: sa.Connection, measure: Measure, was: AsAt, change: pl.DataFrame, gaps: Sequence[Gap]
) -> pl.DataFrame:
    """Return the parts of the settled periods that changed: part, team_id, start, and both figures before and after.

    Parts that stayed as they were are among them, so that a period's parts add up to its figure.
    """
    moved = _with_starts(measure, was, change)
    for gap in gaps:
        moved = moved.filter((pl.col("end") < gap.begins) | (pl.col("start") > gap.ends))
    if moved.is_empty():
        return _with_both(moved, moved)
    first, last = moved.get_column("start").min(), moved.get_column("end").max()
    kept = _with_starts(measure, was, _kept(connection, measure, moved, first, last))
    both = _with_both(kept, moved)
    cells = ("start", "team_id")
    settled = both.group_by(cells).agg(pl.col("not_yet_due_before").sum()).filter(pl.col("not_yet_due_before") == 0)
    differs = pl.any_horizontal(
        pl.col(f"{name}_before") != pl.col(f"{name}_after") for name in ("numerator", "denominator")
    )
    changed = both.filter(differs).select(cells).unique()
    return both.join(changed, on=cells, how="semi").join(settled, on=cells, how="semi").sort(_CELL)


def _restated_at_close(
    connection: sa.Connection, measure: Measure, was: AsAt, change: pl.DataFrame, gaps: Sequence[Gap]
) -> pl.DataFrame:
    """Return the settled periods of which what stands on the last day changed: its part, as `_restated` does."""
    definition = measure.definition
    moves_of = _by_team(change)
    first = min(part for moved in moves_of.values() for part in moved)
    closed = [
        (start, end)
        for start, end in periods(definition.period, was.begins, was.ends)
        if start >= was.begins and end <= was.ends and end < was.on and end >= first and not within(gaps, start, end)
    ]
    if not closed:
        return pl.DataFrame(schema=_AT_CLOSE)
    rows: list[tuple[object, ...]] = []
    kept = _by_team(_kept(connection, measure, change, FIRST_DAY, LAST_DAY))
    for team, moved in sorted(moves_of.items()):
        after, nothing = kept.get(team, {}), (0,) * len(SUMS)
        stood = {part: tuple(map(sub, after.get(part, nothing), moved.get(part, nothing))) for part in after | moved}
        before_load, now = (Parts(definition.adding_up.over_time, list(cells.items())) for cells in (stood, after))
        for start, end in closed:
            before, after_it = before_load.sums(start, end), now.sums(start, end)
            amounts = before.numerator, before.denominator, after_it.numerator, after_it.denominator
            if not before.not_yet_due and amounts[:2] != amounts[2:]:
                rows.append((part_of(end), team, start, *amounts))
    return pl.DataFrame(rows, schema=_AT_CLOSE, orient="row")


def _by_team(cells: pl.DataFrame) -> dict[str, dict[date, tuple[int, ...]]]:
    """Return the sums of each part by team."""
    teams: dict[str, dict[date, tuple[int, ...]]] = {}
    for team, part, *sums in cells.select("team_id", "part", *SUMS).iter_rows():
        teams.setdefault(team, {})[part] = tuple(sums)
    return teams


def _with_starts(measure: Measure, was: AsAt, cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of the natural periods that were over and covered, with `start` and `end` of their period."""
    parts = cells.get_column("part").unique().to_list()
    rows = [(part, *period_of(part, measure.definition.period)) for part in parts]
    natural = pl.DataFrame(rows, schema={"part": pl.Date, "start": pl.Date, "end": pl.Date}, orient="row")
    over = natural.filter(pl.col("start") >= was.begins, pl.col("end") <= was.ends, pl.col("end") < was.on)
    return cells.join(over, on="part")


def _kept(
    connection: sa.Connection, measure: Measure, change: pl.DataFrame, first: object, last: object
) -> pl.DataFrame:
    """Return the cells of the measure between two days, of the teams alone whose cells changed."""
    table = MEASURE_PERIOD
    teams = change.get_column("team_id").unique().to_list()
    kept = sa.select(table.c.part, table.c.team_id, *(table.c[name] for name in SUMS)).where(
        table.c.measure == measure.id, table.c.team_id.in_(teams), table.c.part.between(first, last)
    )
    return select_frame(
        connection, kept, {}, {"part": pl.Date, "team_id": pl.String, **dict.fromkeys(SUMS, pl.Int64)}
    )


def _with_both(after: pl.DataFrame, change: pl.DataFrame) -> pl.DataFrame:
    """Return every part with its sums before and after: a part that holds no case any more has nothing after."""
    both = after.join(change, on=[*_CELL, "start", "end"], how="full", coalesce=True, suffix="_moved").with_columns(
        pl.col(SUMS).fill_null(0), *(pl.col(f"{name}_moved").fill_null(0) for name in SUMS)
    )
    return both.select(
        *_CELL,
        "start",
        *(pl.col(name).alias(f"{name}_after") for name in SUMS),
        *((pl.col(name) - pl.col(f"{name}_moved")).alias(f"{name}_before") for name in SUMS),
    )

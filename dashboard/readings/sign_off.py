"""Signing a week off: composes what was judged, as pages show it, and hands it to be kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from dashboard.analysis.wording import figure
from dashboard.readings.agenda import effects_to_keep, meeting
from dashboard.readings.cases import listed, why_not_listed
from dashboard.readings.freshness import freshness
from dashboard.readings.measure_views import EVERY_MEASURE, MeasureView, measure_views
from dashboard.readings.reading import Reading, open_reading
from dashboard.readings.signed_weeks import definition_of
from data_access.actor import Actor
from data_access.database.turns import Turn
from data_access.problems import QueryProblem
from data_access.signed_weeks import (
    Closing,
    DataMovedOnProblem,
    ReportedMeasure,
    SignedWeek,
    check_right,
    sign_off,
)
from data_access.signed_weeks.record import Cases, as_text


@dataclass(frozen=True)
class Closed:
    """What whoever closes the meeting hands in.

    `expected` is the revision of the week that they saw, 0 where it was open; a `reason` is needed to sign it off
    again. `seen` is the `seal` of the measures that they saw, None where they take what stands.
    """

    week: date
    attendance: str
    not_reached: str = ""
    reason: str = ""
    expected: int = 0
    seen: str | None = None


def sign_week_off(actor: Actor, engine: sa.Engine, closed: Closed, *, turn: Turn | None = None) -> SignedWeek:
    """Freeze a week as it stands: figures, sentences, limits, targets, case ids, and the effects tested.

    Raise NotAllowedProblem where the actor may not, QueryProblem for a week without data, DataMovedOnProblem where
    the measures are not those seen, and what signed_weeks.sign_off raises. Nothing is changed then.
    """
    check_right(actor)
    with open_reading(engine, actor) as reading:
        known = freshness(reading).weeks
        if closed.week not in known:
            span = f" There are weeks from {known[-1]} to {known[0]}." if known else ""
            msg = f"There are no data of the week of {closed.week}: a week is named by its Monday.{span}"
            raise QueryProblem(msg)
        sunday, is_latest = closed.week + timedelta(days=6), closed.week == known[0]
        views = {view.definition.id: view for view in measure_views(reading, EVERY_MEASURE, up_to=sunday)}
        if closed.seen not in (None, seal(list(views.values()), is_latest=is_latest)):
            msg = (
                "The figures have changed since you saw them. Nothing was changed; look at them, and sign off again."
            )
            raise DataMovedOnProblem(msg)
        tested = effects_to_keep(meeting(reading, closed.week, views))
        measures = [
            ReportedMeasure(name, as_reported(view, is_latest=is_latest), _cases(reading, view))
            for name, view in views.items()
        ]
        version = reading.version
    return sign_off(
        actor,
        engine,
        closed.week,
        Closing(closed.attendance.strip(), closed.not_reached.strip(), tested),
        measures,
        of=version,
        expected=closed.expected,
        reason=closed.reason,
        turn=turn,
    )


def seal(views: Sequence[MeasureView], *, is_latest: bool) -> str:
    """Return what tells these measures, as they would be reported, from any other."""
    told = [[view.definition.id, as_reported(view, is_latest=is_latest)] for view in views]
    return hashlib.sha256(as_text(told).encode("utf-8")).hexdigest()


def as_reported(view: MeasureView, *, is_latest: bool) -> dict[str, Any]:
    """Return a measure as plain values, to be kept: what its row and its page say, every digit of it.

    Who waits is known as of now alone, so it is part of the latest week and of no older one.
    """
    judgement, headline = view.judgement, view.headline
    latest = judgement.latest
    drawn = None if latest is None else latest.drawn
    target = judgement.target
    return {
        "title": view.definition.title,
        "strand": str(view.definition.strand),
        "period": str(view.definition.period),
        **{
            name: _plain(headline.get(name))
            for name in ("start", "end", "numerator", "denominator", "value", "state")
        },
        "shown": None if headline.get("value") is None else figure(headline["value"], judgement.subject),
        "not_computable": headline.get("not_computable"),
        **{f"ytd_{name}": headline.get(f"ytd_{name}") for name in ("numerator", "denominator", "value", "state")},
        "sentence": view.sentence,
        "variation": str(judgement.variation),
        "is_concern": judgement.is_concern,
        "assurance": str(judgement.assurance),
        "limits": None if drawn is None else {"lower": drawn.lower, "mean": drawn.mean, "upper": drawn.upper},
        "target": None
        if target is None
        else {"value": target.value, "comparison": str(target.comparison), "starts": _plain(target.starts)},
        "target_state": str(judgement.target_state),
        "waiting": view.waiting if is_latest else None,
        "waiting_children": view.waiting_children if is_latest else None,
        "definition": definition_of(view.definition.id),
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _cases(reading: Reading, view: MeasureView) -> Cases:
    """Return the ids of the cases behind the reported figure by team and outcome; none where nobody may list all."""
    headline = view.headline
    if headline.get("start") is None or why_not_listed(reading.actor, view.definition.id) is not None:
        return {}
    rows = listed(reading, view.definition.id, first=headline["start"], last=headline["end"], team=None)
    by_team: dict[str, dict[str, list[str]]] = {}
    outcome = (
        pl.when(pl.col("state") != "counted")
        .then(pl.col("state"))
        .when(pl.col("numerator") > 0)
        .then(pl.lit("numerator"))
        .otherwise(pl.lit("denominator"))
    )
    named = rows.select("team", outcome.alias("outcome"), "case_id").sort("team", "outcome", "case_id")
    for team, kind, case in named.iter_rows():
        by_team.setdefault(team, {}).setdefault(kind, []).append(case)
    return by_team

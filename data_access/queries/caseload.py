"""The caseload of a team: how its social workers share it, and what it is made of. Numbers, never people."""

from datetime import date
from statistics import median
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import read_coverage
from data_access.database.frames import select_frame
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures import measure_named
from data_access.measures.sql import word
from data_access.queries.asking import as_at_times, check_team
from data_access.queries.staffing import holds_on, last_day_of
from data_access.scope import Scope

FEWEST_WORKERS: Final = 5
"""How caseloads are spread is shown from so many social workers: of fewer it would tell what each of them holds."""

SPREAD: Final = {"workers": pl.Int64, "fewest": pl.Int64, "middle": pl.Float64, "most": pl.Int64}
"""The columns of `caseload_spread`: social workers who hold a case, and the fewest, middle and most cases held."""

MIX: Final = {"work": pl.String, "held_by": pl.String, "children": pl.Int64}
"""The columns of `caseload_mix`: `work` is care, cp, cin, assessment or other; `held_by` a role of staff, nobody, or
unknown where the worker has no post."""

_ALLOCATIONS, _PLANS, _ASSESSMENTS, _STAFF = (
    CASE_TABLES[name] for name in ("allocations", "plans", "assessments", "staff")
)
_JOINT: Final = "joint_worker"
_SPREAD_OF: Final = "cases_per_social_worker"


def caseload_spread(scope: Scope, connection: sa.Connection, *, team: str, on: date) -> pl.DataFrame:
    """Return how many cases the social workers of a team hold on a day that ends a week or month: SPREAD, a row.

    By the rule of the measure of cases per social worker, of which these are the rows. The spread is null with fewer
    than five of them.
    """
    check_team(scope, connection, team)
    measure = measure_named(_SPREAD_OF)
    as_at = as_at_times(connection, [measure])[measure.id]
    held: list[int] = []
    if as_at is not None:
        row = measure.between(on, on).subquery("cohort")
        wanted = sa.select(row.c.cases_held).where(row.c.team_id == team)
        held = sorted(connection.execute(wanted, as_at.parameters()).scalars())
    spread = (held[0], float(median(held)), held[-1]) if len(held) >= FEWEST_WORKERS else (None,) * 3
    return pl.DataFrame([(len(held), *spread)], schema=SPREAD, orient="row")


def caseload_day(scope: Scope, connection: sa.Connection) -> date | None:  # noqa: ARG001 - every read takes a scope; what was loaded is open to all
    """Return the last day for which allocations and staff are known; None where either was never loaded."""
    return last_day_of(read_coverage(connection), "allocations", "staff")


def caseload_mix(scope: Scope, connection: sa.Connection, *, team: str, on: date) -> pl.DataFrame:
    """Return the children whose cases a team holds on a day, by kind of work and by who holds them: MIX.

    A child counts once: under care before child protection, before child in need, before an assessment that is open;
    under the member of staff whose allocation began last. Joint workers hold no case.
    """
    check_team(scope, connection, team)
    allocation, later = _ALLOCATIONS.alias("allocation"), _ALLOCATIONS.alias("later")
    open_now = [
        sa.and_(spell.c.team_id == team, holds_on(spell, on), sa.or_(spell.c.kind.is_(None), spell.c.kind != _JOINT))
        for spell in (allocation, later)
    ]
    began_later = sa.or_(
        later.c.from_date > allocation.c.from_date,
        sa.and_(later.c.from_date == allocation.c.from_date, later.c.allocation_id > allocation.c.allocation_id),
    )
    child = allocation.c.child_key
    role = (
        sa.select(sa.func.min(_STAFF.c.role))
        .where(_STAFF.c.staff_id == allocation.c.staff_id, holds_on(_STAFF, on))
        .correlate(allocation)
        .scalar_subquery()
    )
    held_by = sa.case(
        (allocation.c.staff_id.is_(None), word("nobody")), else_=sa.func.coalesce(role, word("unknown"))
    )
    assessed = sa.exists().where(
        _ASSESSMENTS.c.child_key == child,
        _ASSESSMENTS.c.started_on <= on,
        sa.or_(_ASSESSMENTS.c.completed_on.is_(None), _ASSESSMENTS.c.completed_on > on),
        sa.or_(_ASSESSMENTS.c.terminated_on.is_(None), _ASSESSMENTS.c.terminated_on > on),
    )
    plans = [
        (sa.exists().where(_PLANS.c.child_key == child, _PLANS.c.kind == kind, holds_on(_PLANS, on)), word(kind))
        for kind in ("care", "cp", "cin")
    ]
    work = sa.case(*plans, (assessed, word("assessment")), else_=word("other"))
    children = (
        sa.select(work.label("work"), held_by.label("held_by"))
        .select_from(allocation)
        .where(open_now[0], ~sa.exists().where(later.c.child_key == child, open_now[1], began_later))
        .subquery("child")
    )
    wanted = (
        sa.select(children.c.work, children.c.held_by, sa.func.count())
        .group_by(children.c.work, children.c.held_by)
        .order_by(children.c.work, children.c.held_by)
    )
    return select_frame(connection, wanted, {}, MIX)

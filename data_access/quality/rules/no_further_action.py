"""Activity on a referral that ended in no further action.

A decision that closes the case (`closes_case` in the list of decisions: no further action, a CAF, advice) leads to no
assessment, enquiry or plan. A row belongs to the referral that it names; where it names none, to the child's latest
referral received on or before its first day. In the second case it breaks the rule only where no case of the
child was open on that day, since it may belong to an older one.
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import extract_named
from data_access.quality.rule import Rule, any_of, measures_reading
from data_access.quality.rules.open_cases import closes, open_until
from data_access.quality.rules.placeholders import MOST_ROWS, is_a_word

_REFERRAL: Final = CASE_TABLES["referrals"].alias("referral")


def _named(extract: str, key: str) -> sa.Select[Any]:
    row = CASE_TABLES[extract].alias("activity")
    return (
        sa.select(row.c[key]).join(_REFERRAL, _REFERRAL.c.referral_id == row.c.referral_id).where(closes(_REFERRAL))
    )


def _turned_away(children: sa.Select[Any]) -> sa.Select[Any]:
    """Return which of the children, placeholders aside, had any referral closed by its decision: `child_key`."""
    row = CASE_TABLES["referrals"].alias("of_a_child")
    return (
        sa.select(row.c.child_key)
        .where(row.c.child_key.in_(children))
        .group_by(row.c.child_key)
        .having(
            sa.func.max(sa.case((closes(row), 1), else_=0)) == 1,
            sa.func.count() <= MOST_ROWS,
            ~is_a_word(row.c.child_key),
        )
    )


def _latest(extract: str, key: str, begins: str) -> sa.Select[Any]:
    """Return the rows without a referral of their own that follow one which was closed by its decision.

    The child's referrals and rows are walked once in the order of their dates, so that each row knows how many
    referrals came before it, and with that which was the latest.
    """
    row = CASE_TABLES[extract].alias("activity")
    unlinked = row.c.referral_id.is_(None) if extract_named(extract).has("referral_id") else sa.true()
    children = _turned_away(sa.select(row.c.child_key).where(unlinked))
    referrals = sa.select(
        _REFERRAL.c.child_key,
        _REFERRAL.c.received_on.label("day"),
        sa.literal_column("1", sa.Integer).label("is_referral"),
        _REFERRAL.c.received_at.label("moment"),
        _REFERRAL.c.referral_id.label("key"),
        sa.case((closes(_REFERRAL), 1), else_=0).label("closes"),
        open_until(_REFERRAL).label("open_until"),
    ).where(_REFERRAL.c.child_key.in_(children))
    nothing = sa.cast(sa.null(), sa.DateTime), row.c[key], sa.cast(sa.null(), sa.Integer), sa.cast(sa.null(), sa.Date)
    activity = sa.select(row.c.child_key, row.c[begins], sa.literal_column("0", sa.Integer), *nothing).where(
        unlinked, row.c.child_key.in_(children)
    )
    event = sa.union_all(referrals, activity).subquery("event")
    order = (event.c.day, event.c.is_referral.desc(), event.c.moment, event.c.key)
    nth, any_until = (
        counted.over(partition_by=event.c.child_key, order_by=order, rows=(None, 0))
        for counted in (sa.func.sum(event.c.is_referral), sa.func.max(event.c.open_until))
    )
    numbered = sa.select(*event.c, nth.label("nth"), any_until.label("any_until")).subquery("numbered")
    last = sa.func.max(numbered.c.closes).over(partition_by=(numbered.c.child_key, numbered.c.nth))
    judged = sa.select(*numbered.c, last.label("last_closes")).subquery("judged")
    return sa.select(judged.c.key).where(
        judged.c.is_referral == 0, judged.c.last_closes == 1, judged.c.any_until <= judged.c.day
    )


def _rule(extract: str, key: str, begins: str, field: str) -> Rule:
    described, row = extract_named(extract), CASE_TABLES[extract]
    on_closed: list[sa.Select[Any]] = [_latest(extract, key, begins)]
    if described.has("referral_id"):
        on_closed.append(_named(extract, key))
    return Rule(
        name=f"{extract}_after_no_further_action",
        title=f"{described.title} on a referral that was closed by its decision",
        extract=extract,
        field=field,
        message=(
            "The referral was decided as no further action, a CAF or advice. Correct that decision, or the referral "
            "that this belongs to."
        ),
        threatens=any_of(measures_reading(extract, field), measures_reading("referrals", "decision")),
        broken=row.c[key].in_(sa.union_all(*on_closed)),
        compared_by="child_key",
    )


RULES: Final = (
    _rule("assessments", "assessment_id", "started_on", "started_on"),
    _rule("section_47_enquiries", "enquiry_id", "strategy_discussion_on", "strategy_discussion_on"),
    _rule("plans", "plan_id", "from_date", "from"),
)

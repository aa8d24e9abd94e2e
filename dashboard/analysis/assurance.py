"""Can the target be met the way the work is done now?

As in NHS England's tools: ties count, and passing is asked first, so that a measure always at 100% passes a target
of 100%. The limits are the unclipped ones; clipping them at 0 or 100% first would turn a target of 0 or 100% into a
false failure.
"""

from collections.abc import Sequence

from dashboard.analysis.limits import Limits
from dashboard.analysis.targets import Target, same
from data_access.vocabulary import Assurance, Polarity


def assure(target: Target | None, polarity: Polarity, limits: Limits | None, values: Sequence[float]) -> Assurance:
    """The assurance from the limits at the latest point of the latest stretch.

    `values` are that stretch's judged values: where nothing varies there are no limits, and the values themselves
    are held against the target. None without a target, for a reference, without polarity, or without points.
    """
    if target is None or target.reference or polarity is Polarity.NEITHER or limits is None or not values:
        return Assurance.NONE
    if limits.lower is None or limits.upper is None:
        met = [target.is_met_by(value) for value in values]
        if all(met):
            return Assurance.PASS
        return Assurance.HIT_OR_MISS if any(met) else Assurance.FAIL
    high = target.comparison.wants_high
    worst, best = (limits.lower, limits.upper) if high else (limits.upper, limits.lower)
    if target.is_met_by(worst):
        return Assurance.PASS
    beyond_best = same(best, target.value) or (best < target.value if high else best > target.value)
    return Assurance.FAIL if beyond_best else Assurance.HIT_OR_MISS

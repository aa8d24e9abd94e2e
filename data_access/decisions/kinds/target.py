"""Targets: what a measure is to reach, from when on, for the whole, a service or a team."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from data_access.actor import Action
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.decisions.decision import Fault
from data_access.decisions.fields import fields_of
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import definition_of, fault_of_future, fault_of_measure, fault_of_team
from data_access.extracts.programme import TARGETS
from data_access.measures import Definition
from data_access.measures.definition import PERCENT, Detail, Holds
from data_access.vocabulary import COMPARISONS, Polarity

KINDS: Final = ("fixed", "trajectory", "baseline", "year_before")
WITH_VALUE: Final = ("fixed", "trajectory")
"""The kinds that name a figure; the others are worked out."""
SOURCES: Final = ("plan", "national", "ours")

_SAME: Final = ("measure", "team_id", "service", "dimension", "dimension_value")


def _check(proposed: Proposed) -> Iterator[Fault]:
    definition = definition_of(proposed)
    yield from fault_of_measure(proposed)
    yield from fault_of_team(proposed)
    yield from _service(proposed)
    yield from _days(proposed)
    yield from _baseline(proposed)
    if definition is not None:
        yield from _dimension(proposed, definition)
        yield from _comparison(proposed, definition)
        yield from _value(proposed, definition)


def _service(proposed: Proposed) -> Iterator[Fault]:
    service, teams = proposed.content["service"], CASE_TABLES["teams"]
    if service is None:
        return
    if proposed.content["team_id"] is not None:
        yield Fault("service", service, "a team or a service, not both")
    known = sorted(set(proposed.connection.execute(sa.select(teams.c.service)).scalars()) - {None})
    if service not in known:
        yield Fault("service", service, f"a service that teams belong to: {', '.join(known) or 'none is loaded'}")


def _days(proposed: Proposed) -> Iterator[Fault]:
    content = proposed.content
    if content["due_on"] is not None and content["due_on"] < content["from_date"]:
        yield Fault("due_on", content["due_on"], f"no day before it holds, {content['from_date']}")
    starts = content["due_on"] or content["from_date"]
    for other in proposed.others:
        same = all(other.content[name] == content[name] for name in _SAME)
        if same and (other.content["due_on"] or other.content["from_date"]) == starts:
            expected = f"a day on which no other target of the same begins: {other.decision_id} begins on {starts}"
            yield Fault("due_on" if content["due_on"] else "from", starts, expected)


def _baseline(proposed: Proposed) -> Iterator[Fault]:
    content = proposed.content
    first, last = content["baseline_from"], content["baseline_to"]
    if content["kind"] != "baseline":
        for name in ("baseline_from", "baseline_to"):
            if content[name] is not None:
                yield Fault(name, content[name], f"a blank, since the kind is {content['kind']}")
        return
    for name in ("baseline_from", "baseline_to"):
        if content[name] is None:
            yield Fault(name, None, "a day, since the kind is baseline")
    if first is not None and last is not None and last < first:
        yield Fault("baseline_to", last, f"no day before the baseline begins, {first}")
    yield from fault_of_future(proposed, "baseline_to", last)


def _dimension(proposed: Proposed, definition: Definition) -> Iterator[Fault]:
    name, value = proposed.content["dimension"], proposed.content["dimension_value"]
    if name is not None and name not in definition.dimensions:
        known = ", ".join(definition.dimensions) or "a blank: this measure has none"
        yield Fault("dimension", name, f"a dimension of the measure: {known}")
    if (name is None) is not (value is None):
        yield Fault("dimension_value", value, "a dimension and its value, or neither")
    elif name in definition.dimensions:
        values = _values(proposed.connection, definition.detail(name))
        if values and value not in values:
            yield Fault("dimension_value", value, f"a value of {name}: {', '.join(values)}")


def _values(connection: sa.Connection, detail: Detail) -> list[str]:
    """Return the values that cases may have under a dimension; empty where nobody can say beforehand."""
    if detail.holds is Holds.YES_NO:
        return ["yes", "no"]
    codes = CASE_TABLES["codes"]
    return sorted(connection.execute(sa.select(codes.c.code).where(codes.c.list == detail.codes)).scalars())


def _comparison(proposed: Proposed, definition: Definition) -> Iterator[Fault]:
    suited = COMPARISONS[definition.polarity]
    if proposed.content["comparison"] not in suited:
        expected = f"{' or '.join(suited)}, since of this measure {definition.polarity} is better"
        yield Fault("comparison", proposed.content["comparison"], expected)


def _value(proposed: Proposed, definition: Definition) -> Iterator[Fault]:
    value, given = proposed.content["value"], proposed.given.get("value")
    if proposed.content["kind"] not in WITH_VALUE:
        if value is not None:
            yield Fault("value", given, f"a blank, since the kind is {proposed.content['kind']}")
        return
    is_share = definition.adding_up.is_share or definition.unit == PERCENT
    if value is None:
        yield Fault("value", given, "a percentage, such as 85%" if is_share else f"a number ({definition.unit})")
    elif definition.adding_up.is_share and value > 1:
        yield Fault("value", given, "at most 100%, since the measure is a share of a whole: 85%, say, or 0.85")
    elif not is_share and str(given).strip().endswith("%"):
        yield Fault("value", given, f"a number without a percent sign ({definition.unit})")


TARGET: Final = DecisionKind(
    "target",
    "what a measure is to reach, and from when on",
    Action.SET_TARGET,
    fields_of(
        TARGETS,
        but=("target_id", "reason", "author"),
        choices={"comparison": COMPARISONS[Polarity.NEITHER], "kind": KINDS, "source": SOURCES},
    ),
    _check,
    extract="targets",
)

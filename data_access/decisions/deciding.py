"""Deciding: the one way in which people change what is decided, in one transaction that happens or doesn't."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

from data_access import audit
from data_access.actor import Actor
from data_access.database.facts import raise_data_version
from data_access.database.opening import reading, writing
from data_access.database.turns import Turn
from data_access.dates.london_time import local_date, to_local
from data_access.decisions.decision import (
    Decision,
    Fault,
    InvalidDecisionProblem,
    InvalidDecisionsProblem,
    NotWrittenProblem,
    StaleDecisionProblem,
)
from data_access.decisions.fields import Content, fault_of_text, read_fields
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds import kind_named
from data_access.decisions.revisions import Revision, append, latest
from data_access.decisions.what_stands import as_it_was, rows_of_extract, standing
from data_access.problems import DatabaseProblem
from data_access.scope import Scope

_LONGEST_REASON: Final = 1000


def decide(actor: Actor, engine: sa.Engine, decision: Decision, *, turn: Turn | None = None) -> Revision:
    """Check the right, hold the decision against what stands, and write its revision; return it.

    The revision, its audit event and the data version are written in one transaction, for which it waits as `turn`
    says while another writes. Raise NotAllowedProblem where the actor may not; InvalidDecisionProblem with every
    fault; StaleDecisionProblem where another revision stands than was expected; NotWrittenProblem where the database
    can't be written. Nothing is changed then, and the problem carries the decision.
    """
    kind = kind_named(decision.kind)
    actor.check(kind.action)
    try:
        with reading(engine) as connection:
            _checked(connection, actor, kind, decision)
        with writing(engine, turn) as connection:
            content = _checked(connection, actor, kind, decision)
            return _write(connection, actor, kind, decision, content)
    except DatabaseProblem as problem:
        raise NotWrittenProblem(str(problem), decision) from problem


def decide_all(
    actor: Actor, engine: sa.Engine, decisions: Sequence[Decision], *, turn: Turn | None = None
) -> list[Revision]:
    """Take several decisions in one transaction, all or none, each held against those before it; return them.

    Raise NotAllowedProblem where the actor may not take one of them, InvalidDecisionsProblem with the faults of all
    that can't be, DatabaseProblem where the database can't be written.
    """
    for kind in {decision.kind for decision in decisions}:
        actor.check(kind_named(kind).action)
    taken: list[Revision] = []
    refused: dict[int, InvalidDecisionProblem] = {}
    with writing(engine, turn) as connection:
        for place, decision in enumerate(decisions):
            kind_of_it = kind_named(decision.kind)
            try:
                content = _checked(connection, actor, kind_of_it, decision)
            except InvalidDecisionProblem as problem:
                refused[place] = problem
            else:
                taken.append(_write(connection, actor, kind_of_it, decision, content))
        if refused:
            raise InvalidDecisionsProblem(refused)
    return taken


def _write(
    connection: sa.Connection, actor: Actor, kind: DecisionKind, decision: Decision, content: Content
) -> Revision:
    at = datetime.now(UTC).replace(tzinfo=None)
    revision = Revision(
        kind.name,
        decision.decision_id or _new_id(connection, kind),
        decision.expected + 1,
        content,
        decision.withdrawn,
        decision.reason.strip(),
        at,
        actor.name,
        tuple(sorted(actor.roles)),
    )
    append(connection, revision)
    subject = f"{kind.name} {revision.decision_id}"
    audit.append(connection, actor.name, audit.Action.DECIDED, subject, revision.told(), at=at)
    raise_data_version(connection)
    return revision


def _checked(connection: sa.Connection, actor: Actor, kind: DecisionKind, decision: Decision) -> Content:
    """Return the content to be written; raise a DecisionProblem where it can't be."""
    before = _content_before(connection, actor, kind, decision)
    faults = list(fault_of_text("reason", "why it is decided so", decision.reason, _LONGEST_REASON))
    if decision.withdrawn:
        if before is None:
            faults.append(Fault("decision_id", None, "the id of what is to be withdrawn"))
        content = before or {}
    else:
        content, of_fields = read_fields(kind.fields, decision.content)
        faults += of_fields or kind.check(_proposed(connection, actor, kind, decision, content, before))
    if faults:
        raise InvalidDecisionProblem(decision, faults)
    return content


def _proposed(
    connection: sa.Connection,
    actor: Actor,
    kind: DecisionKind,
    decision: Decision,
    content: Content,
    before: Content | None,
) -> Proposed:
    stands = standing(Scope.everything(), connection, kind)
    others = [other for other in stands if other.decision_id != decision.decision_id]
    today = local_date(datetime.now(UTC).replace(tzinfo=None))
    return Proposed(connection, actor, decision.content, content, others, before, today)


def _content_before(
    connection: sa.Connection, actor: Actor, kind: DecisionKind, decision: Decision
) -> Content | None:
    """Return the content as it stands, None of something new; raise where it is not what was expected."""
    if decision.decision_id is None:
        return None
    before = as_it_was(actor.scope, connection, kind, decision.decision_id)
    if before is None:
        expected = f"one that there is; `safe-dashboard decisions list --kind {kind.name}` lists them"
        raise InvalidDecisionProblem(decision, [Fault("decision_id", decision.decision_id, expected)])
    content, revision = before
    last = latest(connection, kind).get(decision.decision_id)
    if revision != decision.expected:
        raise StaleDecisionProblem(_changed_meanwhile(decision, last), decision)
    if last is not None and last.withdrawn and decision.withdrawn:
        raise InvalidDecisionProblem(decision, [Fault("decision_id", decision.decision_id, "one not withdrawn yet")])
    return content


def _changed_meanwhile(decision: Decision, last: Revision | None) -> str:
    name = f"{decision.kind.replace('_', ' ')} {decision.decision_id}"
    if last is None:
        return f"There is no revision {decision.expected} of {name}: nobody has decided it yet. Nothing was changed."
    done = "withdrew" if last.withdrawn else "changed"
    return (
        f"{last.decided_by} {done} {name} meanwhile, at {to_local(last.decided_at):%Y-%m-%d %H:%M}: it is at "
        f"revision {last.revision}, you saw revision {decision.expected}. Their reason: {last.reason}. Nothing of "
        "yours was written; look at what stands now and decide again."
    )


def _new_id(connection: sa.Connection, kind: DecisionKind) -> str:
    taken = {*latest(connection, kind), *(row.decision_id for row in rows_of_extract(connection, kind))}
    number = 1
    while f"{kind.name}-{number}" in taken:
        number += 1
    return f"{kind.name}-{number}"

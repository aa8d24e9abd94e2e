"""A kind of decision: its fields, which right it needs, and what must hold of it beside what stands already."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access.actor import Action, Actor
from data_access.decisions.decision import Fault
from data_access.decisions.fields import Content, Field
from data_access.decisions.standing import Standing


@dataclass(frozen=True)
class Proposed:
    """A decision whose fields could be read, and all that it is held against.

    `given` is what was handed in, `content` the same as values; `others` are what stands of its kind, but for what it
    changes itself; `today` is the day in London.
    """

    connection: sa.Connection
    actor: Actor
    given: Mapping[str, object]
    content: Content
    others: Sequence[Standing]
    before: Content | None
    today: date


@dataclass(frozen=True)
class DecisionKind:
    """One kind of decision.

    `name` is what the store calls it; `action` the right that it needs; `check` yields what is wrong with one whose
    single fields are right. `extract` names the extract of which the rows are decisions of this kind too.
    """

    name: str
    about: str
    action: Action
    fields: tuple[Field, ...]
    check: Callable[[Proposed], Iterator[Fault]]
    extract: str | None = None

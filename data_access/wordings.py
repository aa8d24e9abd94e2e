"""How measures were defined over time: whenever the words of one change, the new ones are kept with their date."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.facts import read_fact, write_fact
from data_access.database.schema.figures import WORDINGS
from data_access.measures import Definition

WORDS: Final = ("title", "how", "misleads")
"""What of a definition is kept; `how` is its rule."""
_HASH_FACT: Final = "wordings_hash"


def keep_wordings(connection: sa.Connection, definitions: Iterable[Definition]) -> None:
    """Keep the words of every measure that are not those kept last; the older ones stay."""
    held = list(definitions)
    last = {row.measure: row for row in connection.execute(sa.select(WORDINGS).order_by(WORDINGS.c.edition))}
    now = datetime.now(UTC).replace(tzinfo=None)
    changed: list[dict[str, Any]] = [
        {
            "measure": definition.id,
            "edition": 1 if definition.id not in last else last[definition.id].edition + 1,
            "since": now,
            **_words_of(definition),
        }
        for definition in held
        if definition.id not in last
        or _words_of(definition) != {word: getattr(last[definition.id], word) for word in WORDS}
    ]
    if changed:
        connection.execute(sa.insert(WORDINGS), changed)
    write_fact(connection, _HASH_FACT, _hash(held))


def wordings_are_kept(connection: sa.Connection, definitions: Iterable[Definition]) -> bool:
    """Return whether the words of these measures are those kept last."""
    return read_fact(connection, _HASH_FACT) == _hash(definitions)


def _hash(definitions: Iterable[Definition]) -> str:
    told = repr([(definition.id, _words_of(definition)) for definition in definitions])
    return hashlib.sha256(told.encode()).hexdigest()


def _words_of(definition: Definition) -> dict[str, str]:
    return {word: getattr(definition, word) for word in WORDS}

"""One memory of compiled SQL for all databases of a kind, as in a server that has run for a while.

Tests open hundreds of databases; each engine would compile the same few hundred statements for itself.
"""

from typing import Any, Final

import sqlalchemy as sa

_DIALECTS: Final[dict[str, sa.Dialect]] = {}
_COMPILED: Final[dict[Any, Any]] = {}


def share_compiled_statements() -> None:
    """Let every engine of this process use what another one of its kind has compiled."""
    if not sa.event.contains(sa.Engine, "engine_connect", _share):
        sa.event.listen(sa.Engine, "engine_connect", _share)


def _share(connection: sa.Connection) -> None:
    engine = connection.engine
    # a compiled statement is remembered under the dialect that compiled it
    engine.dialect = connection.dialect = _DIALECTS.setdefault(engine.dialect.name, engine.dialect)
    connection.execution_options(compiled_cache=_COMPILED)

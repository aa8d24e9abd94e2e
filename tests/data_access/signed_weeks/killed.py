"""Another program that signs a week off and stops before a statement: python -m ... URL TABLE.

It says HELD on standard output where a statement that writes the table is about to run, and then waits to be killed.
"""

import sys
from typing import Any

import sqlalchemy as sa

from data_access.database.opening import connect
from tests.data_access.signed_weeks.weeks import sign


def main() -> None:
    url, table = sys.argv[1:]
    engine = connect(url)

    def hold(_connection: sa.Connection, _cursor: object, statement: str, *_: Any) -> None:
        if statement.split()[:3] in (["INSERT", "INTO", table], ["UPDATE", table, "SET"]):
            sys.stdout.write("HELD\n")
            sys.stdout.flush()
            sys.stdin.readline()

    sa.event.listen(engine, "before_cursor_execute", hold)
    sign(engine)


if __name__ == "__main__":
    main()

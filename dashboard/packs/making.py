"""Making a pack from a database: read and nothing more, or registered first where it leaves the service."""

from datetime import date

import sqlalchemy as sa

from dashboard.packs.content import pack_of
from dashboard.packs.document import Pack
from dashboard.packs.meetings import Detail, Meeting
from dashboard.packs.public_content import public_pack_of
from dashboard.readings.reading import Reading, open_reading
from data_access.actor import Actor
from data_access.database.turns import Turn
from data_access.published import publishing


def made_pack(
    engine: sa.Engine,
    actor: Actor,
    meeting: Meeting,
    *,
    on: date | None = None,
    team: str | None = None,
    turn: Turn | None = None,
) -> Pack:
    """Return the pack of a meeting held on a day (None: of the latest week), of a team or the whole service.

    A public pack is given back only when the register holds all that it shows; `turn` is how that waits while another
    writes. Raise as content.pack_of and public_content.public_pack_of do, and DatabaseProblem where the data can't be
    read or the register not be written.
    """
    if meeting.detail is not Detail.PUBLIC:
        with open_reading(engine, actor) as reading:
            return pack_of(reading, meeting, on=on, team=team)
    with publishing(engine, turn) as connection:
        made = public_pack_of(Reading.on(connection, actor), meeting, on=on, team=team)
    # only now does the register hold it
    return made  # noqa: RET504

"""The pages of every pack of the sample council as they were looked at: `python -m tests.packs.reviewed_pictures`.

The command writes them all again into `tests/packs/pictures`, a sheet for each pack. Look at what changed before you
commit it: `test_reviewed_pictures` holds the packs to these sheets.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from dashboard.packs.evidence.content import evidence_pack
from dashboard.packs.evidence.pdf import evidence_pdf_of
from dashboard.packs.making import made_pack
from dashboard.packs.meetings import meetings
from dashboard.packs.pdf import pdf_of
from dashboard.readings.reading import open_reading
from data_access.database.opening import connect
from tests.council import copy_of, make_council
from tests.packs.contact_sheet import as_png, sheet_of
from tests.reader import READER

PICTURES = Path(__file__).with_name("pictures")
EVIDENCE = "evidence"
NAMES = (*meetings(None), EVIDENCE)
_TEAM = "AT1"
_LOADED = "Data to Mon 29 Mar 2010 07:00 · loaded on a day that changes"


def pdf_named(name: str, council: str, scratch: Path) -> bytes:
    """Return a pack of the latest week as PDF, of one team where it is of a team, but for when it was loaded.

    `council` is the address of a database that nobody has open. Each pack is made over its own copy in `scratch`: a
    public pack hides more after others were published.
    """
    engine = connect(copy_of(council, scratch / f"{name}.db"))
    try:
        if name == EVIDENCE:
            with open_reading(engine, READER) as reading:
                return evidence_pdf_of(replace(evidence_pack(reading), freshness=_LOADED))
        meeting = meetings(None)[name]
        made = made_pack(engine, READER, meeting, team=_TEAM if meeting.of_team else None)
        return pdf_of(replace(made, freshness=_LOADED))
    finally:
        engine.dispose()


def _renew() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        council = make_council(Path(scratch))
        for name in NAMES:
            file = PICTURES / f"{name}.png"
            file.write_bytes(as_png(sheet_of(pdf_named(name, council, Path(scratch)))))
            yield file


if __name__ == "__main__":
    show: Callable[[object], None] = print
    PICTURES.mkdir(exist_ok=True)
    for written in _renew():
        show(f"{written} {written.stat().st_size / 1000:.0f} KB")

"""The header of a census: of which collection it is, when it was made, and which year it covers."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from data_access.dates.london_time import to_utc
from data_access.loading.delivery.other_collections import collection_called
from data_access.loading.delivery.sheet import Stated
from data_access.loading.formats.cin_census.census import Element
from data_access.loading.formats.cin_census.values import date_in
from data_access.problems import ExtractProblem

COLLECTION: Final = "CIN"
_YEAR: Final = re.compile(r"\d{4}")
_WHOLE_SECONDS: Final = re.compile(r"\.\d+")


class Header:
    """What the header says, and notices of what is not right in it. A census without a header says nothing."""

    def __init__(self, file: Path) -> None:
        self.collection = ""
        self.stated = Stated()
        self.notices: list[str] = []
        self._file = file

    def take(self, header: Element) -> None:
        """Take the header; raise ExtractProblem where it is that of another collection."""
        details, source = header.first("CollectionDetails"), header.first("Source")
        self.collection = details.value("Collection") if details else ""
        if self.collection and self.collection.upper() != COLLECTION:
            called = collection_called(self.collection)
            named = f"It is {called}. " if called else ""
            msg = (
                f"{self._file.name}, line {header.line}: its Collection is {self.collection[:40]}; expected "
                f"{COLLECTION}, the children in need census. {named}Nothing of it was loaded."
            )
            raise ExtractProblem(msg)
        self.stated = Stated(
            self._made_at(source.value("DateTime") if source else ""),
            *self._covered(
                date_in(details.value("ReferenceDate")) if details else "", details.value("Year") if details else ""
            ),
        )

    def _covered(self, reference: str, year: str) -> tuple[date | None, date | None]:
        """Return the first and last day covered: 1 April of the year before to the reference date."""
        last: date | None
        try:
            last = date.fromisoformat(reference)
        except ValueError:
            last = date(int(year), 3, 31) if _YEAR.fullmatch(year) and int(year) > 1 else None
            consequence = f"{last}, from its Year, was taken" if last else "say which dates the census covers"
            self._notice(f"its ReferenceDate is no date; {consequence}")
        else:
            if (last.month, last.day) != (3, 31):
                self._notice(f"its ReferenceDate {last} is no 31 March")
            if year and year != str(last.year):
                self._notice(f"its Year is not that of its ReferenceDate {last}; the ReferenceDate was taken")
        if last is None or last.year < 2:
            return None, last
        begins_this_year = (last.month, last.day) >= (4, 1)
        return date(last.year if begins_this_year else last.year - 1, 4, 1), last

    def _made_at(self, text: str) -> datetime | None:
        try:
            made = datetime.fromisoformat(_WHOLE_SECONDS.sub("", text))
            return to_utc(made) if made.tzinfo is None else made.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):
            self._notice("its DateTime is no date and time; say when the census was taken")
            return None

    def _notice(self, what: str) -> None:
        self.notices.append(f"{self._file.name}: {what}.")

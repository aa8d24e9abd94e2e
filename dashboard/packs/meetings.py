"""The meetings that read a pack: those that ship, and a council's own, as data.

They stand in TOML (meetings.toml says what each field means); SAFE_MEETINGS names a council's own file.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.measures import MEASURES
from data_access.measures.definition import Strand
from data_access.measures.sections import SECTIONS
from data_access.problems import Problem, QueryProblem

_SHIPPED: Final = Path(__file__).with_name("meetings.toml")
_ROLES: Final = {str(role): role for role in Role}
_STRANDS: Final = {str(strand): strand for strand in Strand}
_FIELDS: Final = ("id", "name", "rhythm", "readers", "detail", "strands", "measures", "actions", "of_team", "plan")


class MeetingProblem(Problem):
    """A file of meetings can't be used."""


class Rhythm(StrEnum):
    """How often a meeting is held."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"


class Detail(StrEnum):
    """How much of the cases a pack may tell."""

    CASES = "cases"
    """All that the pages tell, who waits longest and what was decided among it: for those who manage the cases."""
    FIGURES = "figures"
    """Figures, and nothing about a single child: for others inside the service."""
    PUBLIC = "public"
    """Only what may leave the service: small numbers are hidden, and what is shown stands in the register."""


@dataclass(frozen=True)
class Meeting:
    """A meeting: `measures` are the ids of those that it reads, in the plan's order; `readers` may make its pack.

    A pack is `of_team`, or of the whole service; `detail` says how much it may tell. `actions` are the lines of the
    plan that it reads, by number; without any, those that its measures should show. A plan (`is_plan`) tells of the
    measures that have a target alone, with where their figures go, and of the plan's actions, due or not.
    """

    id: str
    name: str
    rhythm: Rhythm
    readers: frozenset[Role]
    measures: tuple[str, ...]
    of_team: bool = False
    detail: Detail = Detail.CASES
    actions: tuple[str, ...] = ()
    is_plan: bool = False

    @property
    def reads(self) -> str:
        """Return how much it reads: "all measures", "9 measures, of a team", "2 measures, public"."""
        number = len(self.measures)
        what = "all measures" if number == len(MEASURES) else f"{number} measure{'' if number == 1 else 's'}"
        if self.detail is Detail.PUBLIC:
            return f"{what}, public"
        if self.is_plan:
            what = f"{what} with a target"
        return f"{what}, of a team" if self.of_team else what

    def check(self, actor: Actor) -> None:
        """Raise NotAllowedProblem where the actor is none of its readers."""
        if not self.readers & actor.roles:
            msg = f"You may not make the pack “{self.name}”: that is for the {', '.join(sorted(self.readers))}."
            raise NotAllowedProblem(msg)


def meetings(own: Path | None) -> dict[str, Meeting]:
    """Return every meeting by its id: those that ship, then those of a council's `own` file.

    Raise MeetingProblem for a file that can't be read, or that says what can't be.
    """
    return _shipped() | ({} if own is None else {meeting.id: meeting for meeting in _read(own)})


@cache
def _shipped() -> dict[str, Meeting]:
    return {meeting.id: meeting for meeting in _read(_SHIPPED)}


def meeting_named(name: str, own: Path | None) -> Meeting:
    """Return the meeting with this id; raise QueryProblem where there is none, and as `meetings` does."""
    known = meetings(own)
    if name not in known:
        msg = f"There is no meeting {name!r}. There are: {', '.join(known)}."
        raise QueryProblem(msg)
    return known[name]


def _read(file: Path) -> Iterator[Meeting]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("meeting", [])
    except OSError as error:
        msg = f"{file} can't be read: {error.strerror}."
        raise MeetingProblem(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{file} is not TOML: {error}."
        raise MeetingProblem(msg) from None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        msg = f"{file}: expected a table [[meeting]] for each meeting."
        raise MeetingProblem(msg)
    for number, table in enumerate(tables, start=1):
        yield _Fields(file, number, table).meeting()


@dataclass(frozen=True)
class _Fields:
    """The fields of one meeting of a file, as they were written."""

    file: Path
    number: int
    given: Mapping[str, Any]

    def meeting(self) -> Meeting:
        unknown = sorted(set(self.given) - set(_FIELDS))
        if unknown:
            raise self._wrong(unknown[0], f"no such field: {', '.join(_FIELDS)}")
        readers = self._listed("readers", _ROLES)
        if not readers:
            raise self._wrong("readers", f"one or more of {', '.join(_ROLES)}")
        of_team, is_plan = self._yes_or_no("of_team"), self._yes_or_no("plan")
        rhythm = self._text("rhythm")
        if rhythm not in set(Rhythm):
            raise self._wrong("rhythm", f"one of {', '.join(Rhythm)}")
        detail = self._text("detail") if "detail" in self.given else Detail.CASES
        if detail not in set(Detail):
            raise self._wrong("detail", f"one of {', '.join(Detail)}")
        if (of_team or is_plan) and detail == Detail.PUBLIC:
            raise self._wrong("detail", f"{Detail.CASES} or {Detail.FIGURES}: no public pack is of a team, or a plan")
        return Meeting(
            id=self._id(),
            name=self._text("name"),
            rhythm=Rhythm(rhythm),
            readers=frozenset(_ROLES[name] for name in readers),
            measures=self._measures(),
            of_team=of_team,
            detail=Detail(detail),
            actions=tuple(self._list("actions")),
            is_plan=is_plan,
        )

    def _measures(self) -> tuple[str, ...]:
        strands = {_STRANDS[name] for name in self._listed("strands", _STRANDS)}
        named = self._listed("measures", MEASURES)
        every = not strands and not named
        return tuple(
            name
            for section in SECTIONS
            for name in section.measures
            if every or section.strand in strands or name in named
        )

    def _id(self) -> str:
        text = self._text("id")
        if not text.replace("-", "").isalnum() or not text.isascii() or text != text.lower():
            raise self._wrong("id", "small letters, digits and hyphens")
        return text

    def _text(self, field: str) -> str:
        text = self.given.get(field)
        if not isinstance(text, str) or not text.strip() or not text.isprintable():
            raise self._wrong(field, "a line of text")
        return text.strip()

    def _yes_or_no(self, field: str) -> bool:
        given = self.given.get(field, False)
        if not isinstance(given, bool):
            raise self._wrong(field, "true or false")
        return given

    def _list(self, field: str) -> list[str]:
        listed = self.given.get(field, [])
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise self._wrong(field, "a list of texts")
        return listed

    def _listed(self, field: str, known: Mapping[str, Any]) -> list[str]:
        listed = self._list(field)
        for name in listed:
            if name not in known:
                raise self._wrong(field, f"some of {', '.join(known)}")
        return listed

    def _wrong(self, field: str, expected: str) -> MeetingProblem:
        who = self.given.get("id", f"number {self.number}")
        return MeetingProblem(
            f"{self.file}, meeting {who}: {field} is {self.given.get(field)!r}; expected {expected}."
        )

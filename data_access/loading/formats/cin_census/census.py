"""The elements of a census put together, a child at a time."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data_access.loading.formats.cin_census.layout import MANY, Fate, element_in, makes_rows
from data_access.problems import ExtractProblem

_LONGEST_VALUE: Final = 1_000
_MOST_ELEMENTS: Final = 20_000
_MOST_LINES: Final = 20


class Element:
    """An element that the layout knows: its name there, its line, its place in the order of all, text, inner ones."""

    __slots__ = ("_firsts", "inner", "line", "name", "place", "text")

    def __init__(self, name: str, line: int, place: int) -> None:
        self.name = name
        self.line = line
        self.place = place
        self.text = ""
        self.inner: list[Element] = []
        self._firsts: dict[str, Element] = {}

    def add(self, element: "Element") -> None:
        """Take an inner element."""
        self.inner.append(element)
        self._firsts.setdefault(element.name, element)

    def all(self, name: str) -> Iterator["Element"]:
        """Give the inner elements of that name."""
        return (element for element in self.inner if element.name == name)

    def first(self, name: str) -> "Element | None":
        """Return the first inner element of that name."""
        return self._firsts.get(name)

    def value(self, name: str) -> str:
        """Return the text of the first inner element of that name; nothing where there is none."""
        element = self.first(name)
        return element.text if element else ""

    @property
    def content(self) -> tuple[object, ...]:
        """Return all that the element says, to compare it with others."""
        return (self.name, self.text, *(element.content for element in self.inner))


@dataclass
class Places:
    """How often something was met, and the first lines where it was."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        """Note it once more."""
        self.count += 1
        if len(self.lines) < _MOST_LINES:
            self.lines.append(line)


@dataclass
class Met:
    """What was met apart from the rows: elements by name and how often, and where."""

    unknown: Counter[str] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    identifying: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    stray_text: Places = field(default_factory=Places)
    children: int = 0


class Census:
    """Takes the elements of a document in their order; hands on the header, each child, and what stands elsewhere.

    Groups that aren't known are gone through, so that what they hold is not lost. `misplaced` is told of elements
    that make rows but stand where none is expected: name and line.
    """

    def __init__(
        self,
        file: Path,
        header: Callable[[Element], None],
        child: Callable[[Element], None],
        misplaced: Callable[[str, int], None],
    ) -> None:
        self.met = Met()
        self._file = file
        self._header, self._child, self._misplaced = header, child, misplaced
        self._open: list[tuple[Element | None, bool]] = []
        self._place = 0
        self._held = 0
        self._line = 0
        self._pieces: list[str] = []
        self._length = 0
        self._takes_text = False

    def begin(self, name: str, line: int) -> None:
        """Take an element's beginning."""
        self._place += 1
        self._line = line
        self._takes_text = False
        if not self._open:
            if name.lower() != "message":
                raise self._problem(f"its first element is {name}; expected Message, as in a children in need census")
            self._open.append((Element("Message", line, self._place), True))
            return
        group = self._open[-1][0]
        name_and_fate = element_in(group.name, name) if group else None
        if group is None or name_and_fate is None:
            self._open.append((self._elsewhere(group, name), False))
            return
        known, fate = name_and_fate
        if fate is Fate.IDENTIFYING:
            self.met.identifying[known] += 1
            self._open.append((None, False))
            return
        if fate is Fate.UNUSED and group.name not in _ABOUT_THE_FILE:
            self.met.unused[known] += 1
        if known == "Child":
            self.met.children += 1
        element = Element(known, line, self._place)
        if known not in MANY and group.first(known):
            self.met.repeated[known] += 1
        if known not in _HANDED_ON and group.name not in _TOP:
            self._held += 1
            if self._held > _MOST_ELEMENTS:
                raise self._problem(f"one child, or the header, holds more than {_MOST_ELEMENTS:,} elements")
            group.add(element)
        self._open.append((element, True))
        self._takes_text = fate is not Fate.GROUP
        self._pieces, self._length = [], 0

    def _elsewhere(self, group: Element | None, name: str) -> Element | None:
        """Return the group that what stands inside this element belongs to: none inside misplaced elements."""
        known = makes_rows(name)
        if known:
            self._misplaced(known, self._line)
            return None
        if group is not None:
            self.met.unknown[name] += 1
        return group

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._takes_text:
            self._length += len(piece)
            if self._length > _LONGEST_VALUE:
                raise self._problem(f"a value is longer than {_LONGEST_VALUE:,} characters")
            self._pieces.append(piece)
        elif not piece.isspace() and self._open[-1][1]:
            self.met.stray_text.add(self._line)

    def end(self) -> None:
        """Take the end of the element that is open."""
        element, own = self._open.pop()
        if element is None or not own:
            self._takes_text = False
            return
        if self._takes_text:
            element.text = "".join(self._pieces).replace("\xa0", " ").strip()
            self._takes_text = False
        elif element.name == "Child":
            self._held = 0
            self._child(element)
        elif element.name == "Header":
            self._held = 0
            self._header(element)

    def _problem(self, what: str) -> ExtractProblem:
        return ExtractProblem(f"{self._file.name}, line {self._line}: {what}. Nothing of it was loaded.")


_HANDED_ON: Final = {"Child", "Header", "Children"}
_ABOUT_THE_FILE: Final = {"Source", "CBDSLevels"}
_TOP: Final = {"Message", "Children"}

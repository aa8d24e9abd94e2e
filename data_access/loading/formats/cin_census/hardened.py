"""XML read piece by piece, by a reader that nothing in a file can make fetch, expand, swell or hang.

Python's own expat is used, as it alone tells the line of every element of a large file (libxml2 stops at 65,535)
and lets a document type declaration be refused before anything in it is read: without one there are no entities, so
that nothing can be expanded or fetched. No tree is built. What expat itself keeps in memory is bounded here: how deep
elements stand, how long one tag may be, how many different names there are.
"""

import codecs
from pathlib import Path
from typing import Final, Protocol
from xml.parsers import expat

from data_access.problems import ExtractProblem

_BLOCK: Final = 1 << 16
_DEEPEST: Final = 40
_LONGEST_TAG: Final = 1 << 20
_MOST_NAMES: Final = 2_000
_ENCODINGS: Final = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-15", "cp1252"}
_CUT_OFF: Final = {
    expat.errors.codes[said]
    for said in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}
_UNREADABLE: Final = {
    expat.errors.XML_ERROR_INVALID_TOKEN: "holds a character that XML does not allow there, or one that "
    "is not in the encoding that the file says it is in",
    expat.errors.XML_ERROR_TAG_MISMATCH: "ends another element than the one that is open",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "uses an entity that XML does not have",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "goes on after the end of the document",
    expat.errors.XML_ERROR_INCORRECT_ENCODING: "says that it is in another encoding than it is",
}
_REASONS: Final = {expat.errors.codes[said]: reason for said, reason in _UNREADABLE.items()}


class Visitor(Protocol):
    """What is told of the elements of a document, in their order."""

    def begin(self, name: str, line: int) -> None:
        """Take an element's beginning: its name without a prefix, and its line."""

    def text(self, piece: str) -> None:
        """Take a piece of text, which may come in several."""

    def end(self) -> None:
        """Take the end of the element that began last and is open."""


def walk(file: Path, visitor: Visitor) -> None:
    """Tell the visitor of every element of a file; raise ExtractProblem, with the line, for what is no sound XML."""
    _Walk(file, visitor).go()


class _Walk:
    def __init__(self, file: Path, visitor: Visitor) -> None:
        self.file = file
        self.visitor = visitor
        self.open: list[str] = []
        self.names: dict[str, str] = {}
        self.attributes: set[str] = set()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = visitor.text

    def go(self) -> None:
        parser, fed = self.parser, 0
        try:
            with self.file.open("rb") as content:
                while block := content.read(_BLOCK):
                    fed += len(block)
                    parser.Parse(block, False)
                    if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                        raise self._problem("holds a tag or a comment longer than a million characters")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._unsound(error) from None
        except (ValueError, LookupError):
            raise self._other_encoding() from None

    def _problem(self, what: str) -> ExtractProblem:
        return ExtractProblem(
            f"{self.file.name}, line {self.parser.CurrentLineNumber} {what}. "
            "Expected the XML of a children in need census. Nothing of it was loaded."
        )

    def _unsound(self, error: expat.ExpatError) -> ExtractProblem:
        if error.code in _CUT_OFF:
            inside = f", inside {self.open[-1]}" if self.open else ""
            return ExtractProblem(
                f"{self.file.name} seems cut off: it ends in line {error.lineno}{inside}; expected </Message> at its "
                "end. Nothing of it was loaded; make the file again."
            )
        return self._problem(_REASONS.get(error.code, f"is no sound XML ({expat.errors.messages[error.code]})"))

    def _other_encoding(self) -> ExtractProblem:
        return self._problem("says that the file is in an encoding that is not read; it should be UTF-8 or UTF-16")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and codecs.lookup(encoding).name not in _ENCODINGS:
            raise self._other_encoding()

    def _document_type(self, *_: object) -> None:
        raise self._problem(
            "holds a document type declaration (DOCTYPE). No census has one, and entities that it declares could "
            "make the program fetch or swell; so it is not read"
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        known = self.names.get(name)
        if known is None:
            known = self.names[name] = name.rpartition(":")[2][:80]
        if attributes:
            self.attributes.update(attributes)
        if len(self.names) + len(self.attributes) > _MOST_NAMES:
            raise self._problem(f"brings more than {_MOST_NAMES:,} different names of elements and attributes")
        self.open.append(known)
        if len(self.open) > _DEEPEST:
            raise self._problem(f"holds elements inside each other more than {_DEEPEST} deep")
        self.visitor.begin(known, self.parser.CurrentLineNumber)

    def _end(self, _name: str) -> None:
        self.visitor.end()
        self.open.pop()

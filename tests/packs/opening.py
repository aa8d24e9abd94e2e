"""Opens the files of packs again, by other means than those that wrote them."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
import pypdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def parts(file: bytes, pattern: str) -> list[Xml.Element]:
    """Return the XML parts of an Office file whose names match, in the order of the numbers in their names."""
    with zipfile.ZipFile(BytesIO(file)) as opened:
        assert opened.testzip() is None
        names = [name for name in opened.namelist() if re.fullmatch(pattern, name)]
        names.sort(key=lambda name: int("0" + "".join(re.findall(r"\d", name))))
        return [Xml.fromstring(opened.read(name)) for name in names]  # noqa: S314 - of our own making


def paragraphs(element: Xml.Element, space: str) -> list[str]:
    """Return the text of every paragraph: `space` is that of Word (W) or of slides (A)."""
    return ["".join(text.text or "" for text in each.iter(f"{space}t")) for each in element.iter(f"{space}p")]


def text_of(ending: str, file: bytes) -> str:
    """Return all text of a pack's file, without white space, which each format sets as it likes."""
    match ending:
        case "pdf":
            told = [page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages]
        case "docx":
            told = [text for part in parts(file, "word/document.xml") for text in paragraphs(part, W)]
        case "pptx":
            told = [text for part in parts(file, r"ppt/slides/slide\d+.xml") for text in paragraphs(part, A)]
        case _:
            book = openpyxl.load_workbook(BytesIO(file))
            told = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    return bare("".join(told))


def bare(text: str) -> str:
    """Return text without white space."""
    return re.sub(r"\s+", "", text)


def tags(file: bytes) -> Iterator[dict[str, Any]]:
    """Yield every element of a PDF's structure tree."""

    def below(node: Any) -> Iterator[dict[str, Any]]:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                yield from below(each)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from below(node["/K"])

    yield from below(pypdf.PdfReader(BytesIO(file)).trailer["/Root"]["/StructTreeRoot"]["/K"])

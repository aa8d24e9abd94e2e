"""Spoiling files: bytes, cells, members of a workbook, elements of an XML document; the same for the same chance."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

_ODD: Final = [
    b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3",
    b"<", b">", b"&", b"&#0;", b"&amp;", b"]]>", b"<!--", b"-1", b"0", b"1e400", b"NaN", b"inf", b"9" * 400,
    b"1.5", b"=1+1", b"2010-02-30", b"0000-00-00", b"9999-12-31", b"31/12/1899", b"2010-03-28 01:30", b"24:00",
    b"-2147483649", b"18446744073709551616", b"45678.9999", b"e\xcc\x81", b"\xe2\x80\xae", b"\xf0\x9f\x91\xb6",
    b"\xed\xa0\x80", b" " * 50, b"x" * 5_000, b"yes", b"no", b"b) Female", b"XFD1048576", b"AAAA99999999",
    b"../../etc/passwd",
]  # fmt: skip
"""What readers have stumbled over before: marks, ends of lines, numbers and dates beyond all bounds, encodings."""

_ELEMENT: Final = re.compile(rb"<([A-Za-z_][\w:.-]*)([^<>]*)>")
_VALUE: Final = re.compile(rb">([^<>]+)<")
_ATTRIBUTE: Final = re.compile(rb'="([^"<>]*)"')

Spoil = Callable[[bytes, Random, bytes], bytes]
"""Takes content, chance, and another file's content to take pieces from."""


def spoilt(content: bytes, chance: Random, ways: Sequence[Spoil], other: bytes) -> bytes:
    """Return the content spoilt once or several times."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        content = chance.choice(ways)(content, chance, other)
    return content


def _range(content: bytes, chance: Random) -> tuple[int, int]:
    begins = chance.randrange(len(content) + 1)
    longest = chance.choice((1, 4, 64, 1024, len(content) + 1))
    return begins, min(len(content), begins + chance.randrange(longest) + 1)


def flip(content: bytes, chance: Random, _: bytes) -> bytes:
    """Flip a bit."""
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def insert(content: bytes, chance: Random, _: bytes) -> bytes:
    """Insert something odd, or random bytes."""
    at = chance.randrange(len(content) + 1)
    odd = chance.choice(_ODD) if chance.random() < 0.7 else chance.randbytes(chance.randrange(1, 40))
    return content[:at] + odd + content[at:]


def overwrite(content: bytes, chance: Random, _: bytes) -> bytes:
    """Write something odd over what stands."""
    begins, _end = _range(content, chance)
    odd = chance.choice(_ODD)
    return content[:begins] + odd + content[begins + len(odd) :]


def delete(content: bytes, chance: Random, _: bytes) -> bytes:
    """Leave a piece out."""
    begins, ends = _range(content, chance)
    return content[:begins] + content[ends:]


def repeat(content: bytes, chance: Random, _: bytes) -> bytes:
    """Let a piece stand several times."""
    begins, ends = _range(content, chance)
    times = chance.choice((1, 2, 50)) if ends - begins < 5_000 else 1
    return content[:ends] + content[begins:ends] * times + content[ends:]


def truncate(content: bytes, chance: Random, _: bytes) -> bytes:
    """Cut the end off."""
    return content[: chance.randrange(len(content) + 1)]


def swap(content: bytes, chance: Random, _: bytes) -> bytes:
    """Let two pieces change places."""
    a, b, c, d = sorted(chance.randrange(len(content) + 1) for _ in range(4))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def splice(content: bytes, chance: Random, other: bytes) -> bytes:
    """Begin as one file and go on as another."""
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


BYTES: Final[tuple[Spoil, ...]] = (flip, insert, overwrite, delete, repeat, truncate, swap, splice)


def cell(content: bytes, chance: Random, _: bytes) -> bytes:
    """Put something odd in place of a cell of a CSV file."""
    lines = content.split(b"\n")
    row = chance.randrange(len(lines))
    cells = lines[row].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(_ODD)
    lines[row] = b",".join(cells)
    return b"\n".join(lines)


def row(content: bytes, chance: Random, _: bytes) -> bytes:
    """Lengthen, shorten, repeat, move or leave out a row of a CSV file, or give it other separators."""
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            lines[at] += b"," * chance.choice((1, 3, 2_000))
        case 1:
            lines[at] = lines[at].rpartition(b",")[0]
        case 2:
            lines.insert(chance.randrange(len(lines)), lines[at])
        case 3:
            lines.append(lines.pop(at))
        case 4:
            del lines[at]
        case _:
            lines[at] = lines[at].replace(b",", chance.choice((b";", b"\t", b", ", b'","')))
    return b"\n".join(lines)


CSV: Final[tuple[Spoil, ...]] = (*BYTES, cell, cell, row, row)


def element(content: bytes, chance: Random, _: bytes) -> bytes:
    """Leave an element's tag out, repeat, rename or nest it, or put another in its place."""
    found = list(_ELEMENT.finditer(content))
    if not found:
        return content
    one, another = chance.choice(found), chance.choice(found)
    tag = one.group()
    new = chance.choice((
        b"", tag * 2, tag * 30, another.group(), b"<" + another.group(1) + one.group(2) + b">", b"<x>" + tag,
        tag + b"</" + one.group(1) + b">", b"<!DOCTYPE x [<!ENTITY y 'z'>]>" + tag, b"<![CDATA[" + tag + b"]]>",
        b"<" + one.group(1) + b' r="ZZ9999" a="1">', b"<?odd?>" + tag, tag.upper(),
    ))  # fmt: skip
    return content[: one.start()] + new + content[one.end() :]


def value(content: bytes, chance: Random, _: bytes) -> bytes:
    """Put something odd, or another's, in place of a text or an attribute."""
    found = [*_VALUE.finditer(content), *_ATTRIBUTE.finditer(content)]
    if not found:
        return content
    one = chance.choice(found)
    new = chance.choice(_ODD) if chance.random() < 0.6 else chance.choice(found).group(1)
    return content[: one.start(1)] + new + content[one.end(1) :]


XML: Final[tuple[Spoil, ...]] = (*BYTES, element, element, element, value, value, value)


def member(content: bytes, chance: Random, other: bytes) -> bytes:
    """Spoil a member of a workbook and pack it again; or leave one out, or let two change places."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError, OSError):
        return flip(content, chance, other)
    if not members:
        return insert(content, chance, other)
    names = sorted(members)
    one, another = chance.choice(names), chance.choice(names)
    match chance.randrange(10):
        case 0:
            del members[one]
        case 1:
            members[one], members[another] = members[another], members[one]
        case _:
            members[one] = spoilt(members[one], chance, XML, members[another])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, inside in members.items():
            package.writestr(zipfile.ZipInfo(name), inside, zipfile.ZIP_DEFLATED, compresslevel=1)
    return packed.getvalue()


WORKBOOK: Final[tuple[Spoil, ...]] = (*BYTES, *[member] * 16)
OLD_WORKBOOK: Final = BYTES

"""Kinds of file that hold no table that is read here, told by how they begin, and what to do instead."""

import json
import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Final

from data_access.problems import ExtractProblem

ZIP: Final = b"PK\x03\x04"
OLD_OFFICE_FILE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old workbooks begin, and new ones that a password protects."""

_GIVE: Final = "Give CSV files, a workbook (.xlsx, .xls, .ods) or a CIN census (XML)."
_EXPORT: Final = "Make the extract again as CSV or .xlsx."
_SAVE: Final = "Open it in Excel and save it as .xlsx, or as “CSV UTF-8”."
_UNPACK: Final = "Unpack it, and give the files in it."

_SIGNS: Final = (
    (b"\x89PNG", "a picture", _GIVE),
    (b"\xff\xd8\xff", "a picture", _GIVE),
    (b"GIF8", "a picture", _GIVE),
    (b"II*\0", "a picture", _GIVE),
    (b"MM\0*", "a picture", _GIVE),
    (b"%PDF", "a PDF", _GIVE),
    (b"{\\rtf", "a text document", _GIVE),
    (b"SQLite format 3", "a database", _GIVE),
    (b"\0\1\0\0Standard Jet DB", "an Access database", _EXPORT),
    (b"\0\1\0\0Standard ACE DB", "an Access database", _EXPORT),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"ARROW1", "an Arrow file", _EXPORT),
    (b"$FL2", "an SPSS file", _EXPORT),
    (b"<stata_dta>", "a Stata file", _EXPORT),
    (b"\x1f\x8b", "a compressed file", _UNPACK),
    (b"7z\xbc\xaf", "a compressed file", _UNPACK),
    (b"Rar!", "a compressed file", _UNPACK),
    (b"BZh", "a compressed file", _UNPACK),
    (b"\xfd7zXZ", "a compressed file", _UNPACK),
    (b"PK\x05\x06", "an empty zip archive", _GIVE),
)
_OLD_OFFICE: Final = (
    ("WordDocument", "a Word document", _GIVE),
    ("PowerPoint Document", "a PowerPoint presentation", _GIVE),
    ("__properties_version1.0", "an e-mail (Outlook)", "Give the files attached to it."),
)
_PACKED: Final = (
    ("word/", "a Word document", _GIVE),
    ("ppt/", "a PowerPoint presentation", _GIVE),
    ("Index/Document.iwa", "a Numbers or Pages file of Apple's", "Export it as .xlsx, or as CSV in UTF-8."),
)
_WORKBOOK_PARTS: Final = ("xl/", "content.xml", "[Content_Types].xml")
_OPEN_TEXT: Final = b"application/vnd.oasis.opendocument.text"

_WEB: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|title|script)\b", re.IGNORECASE)
_WEB_ARCHIVE: Final = re.compile(rb"^mime-version:.*?multipart/related", re.IGNORECASE | re.DOTALL)
_SIGN_IN: Final = re.compile(
    rb"""type\s*=\s*["']?password|<title>[^<]*(?:sign|log)[\s-]?(?:in|on)\b""", re.IGNORECASE
)
_SERVER_ERROR: Final = re.compile(
    rb"<(?:title|h1)>[^<]*(?:error|denied|forbidden|not found|unavailable|unauthori|timeout|timed out|[45]\d\d)",
    re.IGNORECASE,
)
_E_MAIL: Final = re.compile(
    rb"(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|x-[\w-]+):? \S[^\r\n]*\r?\n"
    rb"(?:[ \t][^\r\n]*\r?\n)*(?:[\w-]+: |\r?\n)",
    re.IGNORECASE,
)
_XML_WORKBOOK: Final = (b'progid="Excel.Sheet"', b"urn:schemas-microsoft-com:office:spreadsheet")
_FLAT_OPEN_DOCUMENT: Final = b"urn:oasis:names:tc:opendocument:xmlns:office"
_MOST_LOOKED_AT: Final = 1 << 20


def refuse_other_kinds(file: Path, start: bytes) -> None:
    """Raise ExtractProblem, naming what it is, for a file of another kind that begins with these bytes."""
    kind = _kind(file, start)
    if kind is not None:
        what, way_out = kind
        msg = f"{file.name} can't be read: it is {what}, whatever its name says. {way_out} Nothing of it was loaded."
        raise ExtractProblem(msg)


def _kind(file: Path, start: bytes) -> tuple[str, str] | None:
    for sign, what, way_out in _SIGNS:
        if start.startswith(sign):
            return what, way_out
    if start.startswith(ZIP):
        return _packed(file)
    if start.startswith(OLD_OFFICE_FILE):
        return _old_office(file)
    text = start.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    if text.startswith((b"<", b"\xff\xfe<", b"\xfe\xff<")):
        return _markup(text)
    if _WEB_ARCHIVE.match(text):
        return "a web page (HTML, with what belongs to it)", _SAVE
    if _E_MAIL.match(text):
        return "an e-mail", "Give the files attached to it."
    return ("JSON", _EXPORT) if _is_json(text) else None


def _markup(text: bytes) -> tuple[str, str] | None:
    if any(sign in text for sign in _XML_WORKBOOK) and not _WEB.search(text[:200]):
        return "a workbook in the XML of Excel 2003", _SAVE
    if _FLAT_OPEN_DOCUMENT in text and b"<office:document " in text:
        return "a flat OpenDocument file", _SAVE
    if not _WEB.search(text):
        return None
    if _SIGN_IN.search(text):
        return "a web page (HTML) on which a server asks to sign in", "Sign in, and take the extract again."
    if _SERVER_ERROR.search(text):
        return "a web page (HTML) on which a server tells of an error", "Take the extract again."
    return "a web page (HTML), as some systems export tables", _SAVE


def _packed(file: Path) -> tuple[str, str] | None:
    """Return what a zip archive is; None for a workbook, and for one that is damaged: its reader tells."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            kind = package.open("mimetype").read(200) if "mimetype" in names else b""
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        return None
    for part, what, way_out in _PACKED:
        if any(name.startswith(part) for name in names):
            return what, way_out
    if kind.startswith(_OPEN_TEXT):
        return "a text document (OpenDocument)", _GIVE
    if any(name.startswith(_WORKBOOK_PARTS) for name in names):
        return None
    files = [name for name in names if not name.endswith("/")]
    endings = Counter(Path(name).suffix.lower()[:8] for name in files)
    named = ", ".join(f"{count:,} {ending or 'without a suffix'}" for ending, count in endings.most_common(5))
    return f"a zip archive of {len(files):,} files ({named})", _UNPACK


def _old_office(file: Path) -> tuple[str, str] | None:
    with file.open("rb") as content:
        looked_at = content.read(_MOST_LOOKED_AT)
    if any(name.encode("utf-16-le") in looked_at for name in ("Workbook", "EncryptedPackage")):
        return None
    for name, what, way_out in _OLD_OFFICE:
        if name.encode("utf-16-le") in looked_at:
            return what, way_out
    return None


def _is_json(text: bytes) -> bool:
    """Return whether a text begins as JSON does: an object or a list, and not a heading in brackets."""
    if not text.startswith((b"{", b"[")):
        return False
    try:
        json.loads(text)
    except ValueError:
        return re.match(rb'(?:\[\s*)?\{\s*"[^"]*"\s*:|\[\s*\[\s*["\d]', text) is not None
    return True

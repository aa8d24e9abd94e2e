"""The encodings that a census may come in."""

from pathlib import Path

import pytest

from data_access.loading.formats.cin_census import is_xml
from data_access.problems import ExtractProblem
from tests.loading.cin_census.making import REFERRAL, census, child, column, sheets_of

TEXT = census(child("Zoë-1", REFERRAL))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        (None, "utf-8"),
        ("UTF-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        (None, "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("utf-16", "utf-16"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_an_encoding_is_read(declared: str | None, encoding: str, tmp_path: Path) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    content = (declaration + TEXT).encode(encoding)
    assert is_xml(content[:100])
    assert column(sheets_of(tmp_path, content)["referrals"], "child_id") == ["Zoë-1"]


@pytest.mark.parametrize("prefixes", [('xmlns="urn:dfe"', ""), ('xmlns:c="urn:dfe"', "c:")])
def test_namespaces_make_no_difference(prefixes: tuple[str, str], tmp_path: Path) -> None:
    declared, prefix = prefixes
    text = TEXT.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    text = text.replace(f"<{prefix}Message>", f"<{prefix}Message {declared}>")
    assert column(sheets_of(tmp_path, text)["referrals"], "child_id") == ["Zoë-1"]


@pytest.mark.parametrize(
    "declared", ["utf-7", "utf-32", "shift_jis", "hex", "unicode_escape", "no-such-thing", "idna"]
)
def test_another_encoding_is_named_as_such(declared: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match=r"census\.xml, line 1 says that the file is in an encoding"):
        sheets_of(tmp_path, f'<?xml version="1.0" encoding="{declared}"?>\n<Message/>')


def test_text_in_another_encoding_than_it_says_is_refused_on_its_line(tmp_path: Path) -> None:
    line = TEXT[: TEXT.index("Zoë")].count("\n") + 1
    with pytest.raises(ExtractProblem, match=rf"line {line} holds a character"):
        sheets_of(tmp_path, TEXT.encode("latin-1"))


@pytest.mark.parametrize("start", [b"", b"list,code\n", b"PK\x03\x04", b"\xff\xd8\xff", b"1 < 2", b"<", b"\xd0\xcf"])
def test_what_is_no_xml_is_not_taken_for_it(start: bytes) -> None:
    assert not is_xml(start)

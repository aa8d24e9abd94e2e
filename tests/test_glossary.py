"""One word for one thing: what the glossary says not to say stands nowhere, and the words that it says are used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import dashboard
from tests.test_layers import PACKAGES, modules

ROOT = Path(dashboard.__file__).parent.parent
GLOSSARY = ROOT / "dashboard" / "words" / "glossary.md"

_BETWEEN = re.compile(r"[\s#]+")
"""What may stand between two words of a phrase: a comment's next line, too."""
_NOT_HELD = ("data_access/database/migrations/versions/", "dashboard/words/glossary.md")


def table(heading: str) -> list[list[str]]:
    """Return the cells of the glossary's table under a heading, without its two first lines."""
    section = GLOSSARY.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def unwanted(where: str) -> dict[str, str]:
    """Return what is not said in names, texts or modules, in lower case, and what is said instead."""
    return {
        word.strip(): instead
        for words, instead, places in table("What we say instead")
        for word in words.split(",")
        if where in places.split(", ")
    }


def words_of(name: str) -> str:
    """Return a name as its words in lower case, parted by `_`: `_ComparedUnits` as `compared_units`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")


def is_said(word: str, name: str) -> bool:
    """Return whether the word, of one or more parts, stands among the parts of a name."""
    return f"_{word}_" in f"_{words_of(name)}_"


def names_in(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of everything that the code names itself; what it takes from elsewhere is not its own."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.alias(asname=str(name)):
                yield node.lineno, name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.ExceptHandler(name=str(name)):
                yield node.lineno, name


def wrong_names(root: Path) -> list[str]:
    """Return every unwanted name in the packages, with file, line and what to say instead."""
    return sorted(
        f"{file.relative_to(root).as_posix()}:{line}: {name}; say {instead}"
        for _, file in modules(root)
        for line, name in names_in(file.read_text(encoding="utf-8"))
        for word, instead in unwanted("names").items()
        if is_said(word, name)
    )


def wrong_modules(root: Path) -> list[str]:
    """Return every module and folder of the packages whose name is unwanted."""
    return sorted(
        f"{name}; say {instead}"
        for name in {part for module, file in modules(root) if _is_held(root, file) for part in _with_parents(module)}
        for word, instead in unwanted("modules").items()
        if is_said(word, name.rpartition(".")[2])
    )


def _with_parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:number]) for number in range(1, len(parts) + 1)]


def wrong_texts(root: Path) -> list[str]:
    """Return every unwanted phrase in code or pages, with file, line and what to say instead."""
    wrong, instead = [], unwanted("texts")
    for file in _files(root):
        text = file.read_text(encoding="utf-8")
        for said in _phrases().finditer(text):
            phrase = _BETWEEN.sub(" ", said[0])
            line = text.count("\n", 0, said.start()) + 1
            wrong.append(f"{file.relative_to(root).as_posix()}:{line}: {phrase}; say {instead[phrase.lower()]}")
    return wrong


def _is_held(root: Path, file: Path) -> bool:
    """Return whether the file is held: what migrations say is history, and the glossary names what is not said."""
    return not file.relative_to(root).as_posix().startswith(_NOT_HELD)


def _files(root: Path) -> list[Path]:
    inside = [
        file for package in PACKAGES for kind in ("py", "md", "css") for file in (root / package).rglob(f"*.{kind}")
    ]
    held = [file for file in inside if _is_held(root, file)]
    return sorted([*held, *(root / name for name in ("README.md", "Makefile") if (root / name).exists())])


@cache
def _phrases() -> re.Pattern[str]:
    either = "|".join(phrase.replace(" ", _BETWEEN.pattern) for phrase in unwanted("texts"))
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def test_no_name_is_unwanted() -> None:
    assert wrong_names(ROOT) == []


def test_no_module_bears_an_unwanted_name() -> None:
    assert wrong_modules(ROOT) == []


def test_no_text_says_what_is_not_said() -> None:
    assert wrong_texts(ROOT) == []


def test_every_word_of_the_glossary_stands_in_the_code() -> None:
    known = {module.rpartition(".")[2] for module, _ in modules(ROOT)}
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            known |= set(re.findall(r"\w+", file.read_text(encoding="utf-8")))
    rows = table("What we say")
    assert [row[0] for row in rows if not set(re.findall(r"`(\w+)`", row[2]) or ("?",)) <= known] == []
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("one = 1", ["one"]),
        ("for found in rows: pass", ["found"]),
        ("def f(*, beside=None): pass", ["beside"]),
        ("class ComparedUnits: pass", ["ComparedUnits"]),
        ("self.rows_found = []", ["rows_found"]),
        ("import measure_detail as reading_closer", ["reading_closer"]),
        ("match row:\n    case [one, *ones]: pass", ["one", "ones"]),
        ("with file as _one: pass\nlambda one: one.name", ["_one", "one"]),
        ("from x import ComparedUnits\nunits = ComparedUnits(one_of_many.found)", []),
        ("money, lone, foundation, done, pages, grounds = rows", []),
    ],
)
def test_an_unwanted_name_is_found(tmp_path: Path, code: str, wrong: list[str]) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.py").write_text(code, encoding="utf-8")
    assert [line.split("; say ")[0].split(": ")[1] for line in wrong_names(tmp_path)] == wrong


def test_an_unwanted_module_or_text_is_found(tmp_path: Path) -> None:
    for file, text in (
        ("data_access/judged/__init__.py", "# Counted\n# ANEW: the touched\n# keys"),
        ("data_access/reading_closer.py", "# a new room, in touch with all ages"),
        ("pages/judgement_pages.py", ""),
        ("README.md", "Ready charts are kept."),
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert [line.split(";")[0] for line in wrong_modules(tmp_path)] == [
        "data_access.judged",
        "data_access.reading_closer",
    ]
    assert [line.split(";")[0] for line in wrong_texts(tmp_path)] == [
        "README.md:1: Ready charts",
        "data_access/judged/__init__.py:2: ANEW",
        "data_access/judged/__init__.py:2: touched keys",
    ]

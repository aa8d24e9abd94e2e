"""The layers hold: pages → dashboard → data_access, pure analysis, and no module that hides another's name."""

import ast
import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import data_access

ROOT = Path(data_access.__file__).parent.parent
PACKAGES = ("dashboard", "data_access", "pages", "sample_data")

_DRAWS = ("altair", "dashboard.charts", "dashboard.components", "streamlit")
MUST_NOT_IMPORT = {
    "data_access": ("altair", "dashboard", "pages", "sample_data", "streamlit"),
    "dashboard": ("pages",),
    "dashboard.analysis": ("altair", "data_access", "dashboard", "sqlalchemy", "streamlit"),
    "dashboard.readings": (*_DRAWS, "dashboard.access", "dashboard.cache", "dashboard.exports"),
    "dashboard.exports": (*_DRAWS, "dashboard.access", "dashboard.cache"),
    "dashboard.cache": ("dashboard.components", "dashboard.exports"),
    "data_access.dates.periods": ("data_access", "polars", "sqlalchemy"),
    "data_access.dates.stretches": ("data_access", "polars", "sqlalchemy"),
    "data_access.vocabulary": ("data_access", "polars", "sqlalchemy"),
    "pages": ("pages",),
    "sample_data": ("altair", "click", "dashboard", "pages", "streamlit"),
}
"""For each package what nothing in it imports, itself and what it may import of it (MAY_IMPORT) aside."""

MAY_IMPORT = {
    ("dashboard.analysis", "dashboard.analysis"),
    ("dashboard.analysis", "data_access.dates.periods"),
    ("dashboard.analysis", "data_access.dates.stretches"),
    ("dashboard.analysis", "data_access.vocabulary"),
    ("data_access.dates.periods", "data_access.vocabulary"),
    ("sample_data.command", "click"),
}


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and file of every module of the packages."""
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports(name: str, file: Path) -> set[str]:
    """Return every module that a module imports anywhere in its code, and every name that it takes from one."""
    found: set[str] = set()
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            within = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*within, *([node.module] if node.module else [])])
            found |= {f"{source}.{alias.name}" for alias in node.names}
    return found


def lies_in(module: str, package: str) -> bool:
    """Return whether the module is the package or lies in it."""
    return module == package or module.startswith(f"{package}.")


def wrong_imports(root: Path) -> list[str]:
    """Return every import that a layer forbids, in words."""
    return [
        f"{name} imports {imported}"
        for name, file in modules(root)
        for imported in sorted(imports(name, file))
        if any(
            lies_in(name, package) and lies_in(imported, layer)
            for package, forbidden in MUST_NOT_IMPORT.items()
            for layer in forbidden
        )
        and not any(lies_in(name, package) and lies_in(imported, layer) for package, layer in MAY_IMPORT)
    ]


def hiding_modules(root: Path) -> list[str]:
    """Return the modules that would hide another's while `streamlit run` puts `dashboard/` first on the path."""
    taken = {*sys.stdlib_module_names, *importlib.metadata.packages_distributions(), *PACKAGES}
    found = sorted((root / "dashboard").iterdir())
    names = {file.stem for file in found if file.suffix == ".py" or (file.is_dir() and any(file.glob("*.py")))}
    return sorted(names & taken)


def test_no_layer_imports_one_above_it() -> None:
    assert wrong_imports(ROOT) == []


def test_no_module_beside_the_app_hides_another() -> None:
    assert hiding_modules(ROOT) == []


def test_there_is_no_folder_of_pages_beside_the_app() -> None:
    """Streamlit would run what lies there without the sign-in gate."""
    assert not (ROOT / "dashboard" / "pages").exists()


def test_every_package_is_looked_at() -> None:
    looked_at = {name.split(".")[0] for name, _ in modules(ROOT)}
    assert looked_at == set(PACKAGES)
    assert {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - {"tests"} == set(PACKAGES)


@pytest.mark.parametrize(
    ("file", "code", "wrong"),
    [
        ("data_access/a.py", "import streamlit as st", ["data_access.a imports streamlit"]),
        ("data_access/a.py", "def f():\n    from dashboard import b", ["data_access.a imports dashboard.b"]),
        ("data_access/a.py", "import altair.vegalite", ["data_access.a imports altair.vegalite"]),
        (
            "data_access/queries/a.py",
            "from sample_data import story",
            ["data_access.queries.a imports sample_data.story"],
        ),
        ("dashboard/a.py", "import pages.b", ["dashboard.a imports pages.b"]),
        ("dashboard/analysis/a.py", "import sqlalchemy as sa", ["dashboard.analysis.a imports sqlalchemy"]),
        ("dashboard/analysis/a.py", "from data_access import b", ["dashboard.analysis.a imports data_access.b"]),
        ("dashboard/analysis/a.py", "from ..charts import b", ["dashboard.analysis.a imports dashboard.charts.b"]),
        ("dashboard/analysis/__init__.py", "from .. import c", ["dashboard.analysis imports dashboard.c"]),
        ("dashboard/readings/a.py", "import streamlit as st", ["dashboard.readings.a imports streamlit"]),
        ("dashboard/readings/a.py", "from dashboard import cache", ["dashboard.readings.a imports dashboard.cache"]),
        (
            "dashboard/exports/a.py",
            "from dashboard.charts import b",
            ["dashboard.exports.a imports dashboard.charts.b"],
        ),
        ("sample_data/generate.py", "import click", ["sample_data.generate imports click"]),
        ("sample_data/command.py", "import dashboard", ["sample_data.command imports dashboard"]),
        ("pages/a.py", "from pages import b", ["pages.a imports pages.b"]),
        ("sample_data/command.py", "import click", []),
        ("dashboard/analysis/a.py", "from dashboard.analysis import b\nfrom . import c", []),
        ("dashboard/analysis/a.py", "from data_access.vocabulary import Chart", []),
        ("dashboard/a.py", "import data_access, streamlit", []),
        ("data_access/a.py", "import streamlit_of_another_kind", []),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, file: str, code: str, wrong: list[str]) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(code, encoding="utf-8")
    assert wrong_imports(tmp_path) == wrong


def test_a_hiding_module_is_found(tmp_path: Path) -> None:
    for file in (
        "statistics.py",
        "altair/__init__.py",
        "commands/calendar.py",
        "board.py",
        "style.css",
        "data_access.py",
    ):
        (tmp_path / "dashboard" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dashboard" / file).touch()
    assert hiding_modules(tmp_path) == ["altair", "data_access", "statistics"]

"""Ways of adding up: nothing but the measures themselves names one, so that a new way is declared in one place."""

import ast
from pathlib import Path

import pytest

import data_access.measures.adding_up as ways
from data_access.measures.adding_up import AddingUp

ROOT = Path(__file__).parents[2]
MODULE = "data_access.measures.adding_up"
MEMBERS = {name: way for name, way in vars(ways).items() if isinstance(way, AddingUp)}
STRANDS = {"systems", "accountability", "family_focus", "effective_actions"}
MODULES = [
    path
    for package in ("data_access", "dashboard", "pages", "sample_data")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path != Path(ways.__file__) and path.parent.name not in STRANDS
]


def test_each_way_has_a_name_of_its_own() -> None:
    assert len({way.name for way in MEMBERS.values()}) == len(MEMBERS) > 1


def test_only_measures_name_their_way() -> None:
    assert len(MODULES) > 100
    named = {str(path.relative_to(ROOT)): found for path in MODULES if (found := _named(path))}
    assert named == {}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_module_that_asked_for_a_way_by_name_would_be_seen(name: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    for code in (
        f"from {MODULE} import {name}",
        f"import {MODULE} as up\nup.{name}",
        f"adding_up.name == {MEMBERS[name].name!r}",
    ):
        module.write_text(code, encoding="utf-8")
        assert _named(module), code


def _named(path: Path) -> set[str]:
    """Return the ways that a module names, by import, through the module, or by asking for the name of a way."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=module) if module == MODULE:
                found |= {alias.name for alias in node.names} & {*MEMBERS, "*"}
            case ast.Import(names=names) if any(alias.name == MODULE for alias in names):
                found.add(MODULE)
            case ast.Attribute(attr="name", value=ast.Attribute(attr="adding_up") | ast.Name(id="adding_up")):
                found.add("name")
    return found

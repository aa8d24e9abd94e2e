"""The guides lead where they say: links and paths exist, and every folder stands in the guide of its package."""

import re
from pathlib import Path

import pytest

import dashboard

ROOT = Path(dashboard.__file__).parent.parent
GUIDES = ("README.md", "dashboard/README.md", "data_access/README.md")
RECORDS = ROOT / "dashboard" / "design_records"
PARTS = ("Choice", "Why", "Weighed", "What would change it")
"""What every design record says, in this order, whatever it says besides."""

PAGES = sorted(
    file.relative_to(ROOT).as_posix()
    for place in (".", "dashboard", "data_access", "pages", "sample_data", "tests")
    for file in ((ROOT / place).glob("*.md") if place == "." else (ROOT / place).rglob("*.md"))
)
_ROOTED = re.compile(r"`((?:dashboard|data_access|pages|sample_data|tests)/[a-z\d_./]+)`")


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = _without_code((ROOT / page).read_text(encoding="utf-8"))
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page in GUIDES or "design_records" in page])
def test_every_path_that_a_guide_names_exists(page: str) -> None:
    named = _ROOTED.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists() and path != "dashboard/pages"] == []


@pytest.mark.parametrize("package", ["dashboard", "data_access"])
def test_every_folder_stands_in_the_guide_of_its_package(package: str) -> None:
    guide = (ROOT / package / "README.md").read_text(encoding="utf-8")
    folders = sorted(file.parent.name for file in (ROOT / package).glob("*/__init__.py"))
    assert folders
    assert [folder for folder in folders if not re.search(rf"[(`]{folder}[)`/]", guide)] == []


def test_the_design_records_are_numbered_and_listed() -> None:
    records = sorted(RECORDS.glob("0*.md"))
    listed = re.findall(r"\| \[(\d+)\]\((.+?)\) \| .+ \|", (RECORDS / "README.md").read_text(encoding="utf-8"))
    assert listed == [(str(number), record.name) for number, record in enumerate(records, 1)]
    for number, record in enumerate(records, 1):
        text = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        said = re.findall(r"^\*\*(.+?)[.,]", text, flags=re.MULTILINE)
        assert [part for part in said if part in PARTS] == list(PARTS), record.name

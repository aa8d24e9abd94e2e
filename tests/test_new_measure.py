"""The skeleton of a measure is found, kept from being used half-written, and fails only where its author fills in."""

import datetime as dt
import importlib
import itertools
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from data_access.database.opening import connect
from data_access.measures import registry
from data_access.measures.contract import Measure
from data_access.measures.definition import Strand
from data_access.measures.registry import BrokenContractError, checked
from tests.loading.toy_files import cohort_rows, load_toys
from tests.new_measure import COUNTED_IN, ROOT, STRANDS, main, skeleton, write
from tests.oracle import World, measures

ID = "seen_within_a_day"
UNSAID = "nothing is said under title, question, why, how, misleads, owner"


@pytest.fixture
def written(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a folder with a skeleton in which the packages of measures and of the oracle look as well."""
    strand, extract = request.param
    write(skeleton(ID, strand, extract), tmp_path)
    packages = [importlib.import_module(name) for name in (f"data_access.measures.{strand}", "tests.oracle.measures")]
    with pytest.MonkeyPatch.context() as patch:
        for package in packages:
            folder = tmp_path.joinpath(*package.__name__.split("."))
            patch.setattr(package, "__path__", [*package.__path__, str(folder)])
        yield tmp_path
    for package in packages:
        sys.modules.pop(f"{package.__name__}.{ID}", None)
        vars(package).pop(ID, None)


def module(package: str) -> ModuleType:
    return importlib.import_module(f"{package}.{ID}")


def filled_in(strand: str) -> Measure:
    """Return the measure of the skeleton with words in its definition."""
    measure = module(f"data_access.measures.{strand}").MEASURE
    words = dict.fromkeys(("title", "question", "why", "how", "misleads", "owner"), "Said.")
    return replace(measure, definition=replace(measure.definition, **words))


EVERY_EXTRACT = list(zip(itertools.cycle(STRANDS), COUNTED_IN, strict=False))
SYSTEMS = ("systems", "referrals")


@pytest.mark.parametrize("written", [SYSTEMS], indirect=True)
def test_the_registry_finds_it_and_names_the_words_that_are_missing(written: Path) -> None:
    with pytest.raises(BrokenContractError) as raised:
        registry._read_measures()
    assert str(raised.value) == f"{ID}: {UNSAID}"


@pytest.mark.parametrize("written", EVERY_EXTRACT, indirect=True, ids=COUNTED_IN)
def test_the_words_are_all_that_the_contract_misses(written: Path) -> None:
    [path] = written.glob(f"data_access/measures/*/{ID}.py")
    strand = path.parent.name
    measure = filled_in(strand)
    assert module(f"data_access.measures.{strand}").MEASURE.broken_rules() == [UNSAID]
    assert checked(measure, ID, Strand[strand.upper()]) is measure


@pytest.mark.parametrize(
    "written", [SYSTEMS, ("family_focus", "visits"), ("systems", "system_incidents")], indirect=True
)
def test_its_toy_case_loads_and_fails_until_the_rule_is_written(
    written: Path, tmp_path: Path, new_sqlite: Callable[[], AbstractContextManager[str]]
) -> None:
    [path] = written.glob(f"data_access/measures/*/{ID}.py")
    measure = filled_in(path.parent.name)
    [case] = measure.toy.answers
    with new_sqlite() as url:
        engine = connect(url)
        report = load_toys(engine, measure, tmp_path / "extracts")
        assert sum(loaded.refused for loaded in report.loaded) == 0
        assert {name: row["result"] for name, row in cohort_rows(engine, measure).items()} == {case: "not met"}
        engine.dispose()
    assert measure.toy.answers == {case: "met"}


@pytest.mark.parametrize("written", [SYSTEMS], indirect=True)
def test_the_judge_finds_it_and_asks_for_the_rule(written: Path) -> None:
    assert ID in {info.name for info in pkgutil.iter_modules(measures.__path__)}
    reckon = getattr(importlib.import_module(f"{measures.__name__}.{ID}"), ID)
    world, day = World(), dt.date(2010, 3, 1)
    assert reckon(world) == []
    row = {"referral_id": "R1", "child_id": "C1", "received_at": "2010-03-01", "team_id": "T1"}
    taken = dt.datetime.fromisoformat("2010-03-02 07:00")
    world.load(
        "referrals", [row], columns=list(row), extracted_at=taken, covers_from=day, covers_to=day, complete=True
    )
    with pytest.raises(NotImplementedError, match=f"^{ID}: say in plain Python what each referral counts as"):
        reckon(world)


def test_what_it_writes_reads_as_the_rest_does(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    as_in_the_tree = ["--no-cache", "--config", f"src = ['{ROOT.as_posix()}']"]
    for number, (strand, extract) in enumerate(EVERY_EXTRACT):
        write(skeleton(f"{ID}_{number}", strand, extract), tmp_path)
    for check in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *check, *as_in_the_tree, "."]
        told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("", "systems", "referrals"), "ID '' can't be a measure's id"),
        (("Seen", "systems", "referrals"), "ID 'Seen' can't be a measure's id"),
        (("seen-soon", "systems", "referrals"), "ID 'seen-soon' can't be a measure's id"),
        (("cafs_started", "systems", "referrals"), "There is a measure 'cafs_started' already."),
        ((ID, "front_door", "referrals"), "There are: accountability, effective_actions, family_focus, systems."),
        ((ID, "systems", "audits"), "Those of these can: contacts, referrals,"),
    ],
)
def test_what_can_be_no_measure_is_refused(asked: tuple[str, str, str], said: str) -> None:
    with pytest.raises(SystemExit) as refused:
        main(asked)
    assert said in str(refused.value)
    assert not (ROOT / "data_access" / "measures" / asked[1] / f"{ID}.py").exists()


def test_no_file_is_written_over(tmp_path: Path) -> None:
    files = skeleton(ID, *SYSTEMS)
    write(files, tmp_path)
    with pytest.raises(FileExistsError):
        write(files, tmp_path)


def test_make_pages_renews_every_page_and_snapshot_that_the_code_writes() -> None:
    """Those are the modules that write a file of the tree when they are run."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\npages:")[2].partition("\n\n")[0]
    renewing = re.compile(r'^if __name__ == "__main__":\n    (PAGE\.write_text|renew)\(', re.MULTILINE)
    modules = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for package in ("dashboard", "data_access", "sample_data", "tests")
        for file in (ROOT / package).rglob("*.py")
        if renewing.search(file.read_text(encoding="utf-8"))
    }
    assert len(modules) > 4
    assert set(re.findall(r"python -m (\S+)", recipe)) == modules

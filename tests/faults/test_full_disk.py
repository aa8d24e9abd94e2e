"""Full disks, wherever a load writes: told plainly, the old state stands, and with room again the load succeeds."""

import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from data_access.database.opening import connect
from tests.loading.handing_over import assert_rollup_is_the_cohort
from tests.loading.watching.conftest import Feed, Process, manifest, referrals

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]

ROOT = Path(__file__).parents[2]
MANY = [f"R{number:05}" for number in range(5_000)]
LIMITS = [0, 1, 4_096, 30_000, 100_000, 200_000, 400_000]


def can_mount() -> bool:
    """Return whether this machine lets a process have small disks of its own."""
    unshare = shutil.which("unshare")
    command = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return unshare is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("week")
    (folder / "referrals.csv").write_text(referrals(*MANY), encoding="utf-8")
    (folder / "manifest.csv").write_text(manifest("referrals"), encoding="utf-8")
    return folder


def loaded_with(
    url: str, week: Path, limits: Sequence[int], *before: str, **environment: str
) -> list[tuple[str, bool]]:
    """Load in a process of its own; return what it said under each limit, and whether all was left as it was."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "tests.faults.on_a_small_disk", url, str(week), *map(str, limits)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(said, unchanged) for said, unchanged in json.loads(done.stdout)]


def test_wherever_writing_ends_the_old_state_stands(new_sqlite: NewDatabase, week: Path, tmp_path: Path) -> None:
    staging = tmp_path / "staging"
    staging.mkdir()
    with new_sqlite() as url:
        told = loaded_with(url, week, [*LIMITS, resource.RLIM_INFINITY], TMPDIR=str(staging))
        for said, unchanged in told[:-1]:
            assert unchanged, said
            assert "disk" in said, said
            assert "Nothing was changed" in said
        assert told[-1] == ("LOADED 1", False)
        assert {said.split()[0] for said, _ in told[:-1]} == {"DiskSpaceProblem", "DatabaseProblem"}
        assert list(staging.iterdir()) == []
        engine = connect(url)
        assert_rollup_is_the_cohort(engine)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        engine.dispose()


@pytest.mark.parametrize("full", ["staging", "database"] if can_mount() else [])
@pytest.mark.parametrize("room", [300, *(pytest.param(room, marks=pytest.mark.soak) for room in (60, 4_000))])
def test_a_disk_that_is_full_is_said_to_be_full(
    full: str, room: int, new_sqlite: NewDatabase, week: Path, tmp_path: Path
) -> None:
    """On a real disk with so many kilobytes left, which the process alone sees."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with new_sqlite() as made:
        url, file = made, Path(made.removeprefix("sqlite:///"))
        size = room + 8 + (file.stat().st_size // 1024 if full == "database" else 0)
        script = f'mount -t tmpfs -o size={size}k tmpfs "{disk}"'
        if full == "database":
            script += f' && cp "{file}" "{disk}/safe.db"'
            url = f"sqlite:///{disk}/safe.db"
        staging = {"TMPDIR": str(disk)} if full == "staging" else {}
        command = ["unshare", "-Urm", "sh", "-c", f'{script} && exec "$@"', "sh"]
        [(said, unchanged)] = loaded_with(url, week, [resource.RLIM_INFINITY], *command, **staging)
    if said == "LOADED 1":
        assert not unchanged
    else:
        assert unchanged
        assert "is full" in said or "can't be opened" in said
    assert (said == "LOADED 1") == (room == 4_000), said


@pytest.fixture
def feed(new_sqlite: NewDatabase, tmp_path: Path) -> Iterator[Feed]:
    folder = tmp_path / "feed"
    folder.mkdir()
    with new_sqlite() as url:
        yield Feed(folder, url)


def test_a_watcher_waits_until_there_is_room_again(feed: Feed) -> None:
    process = Process(feed, settle="0")
    try:
        process.until("Watching")
        most = resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (30_000, most[1]))
        feed.put_week("week", *MANY)
        process.until("is tried again")
        assert feed.loads() == 0
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, most)
        process.until("week: load 1 of referrals: rows 5,000 new")
        assert feed.lies_in("refused") == []
        assert process.end() == 0
        assert process.said().count("is tried again") == 1
    finally:
        process.close()

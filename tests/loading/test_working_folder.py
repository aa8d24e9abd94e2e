"""The folder in which a load lays down what it reads, and what killed loads left behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from data_access.loading.delivery.working_folder import working_folder


def test_what_dead_loads_left_goes_and_what_belongs_to_others_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = {
        name: tmp_path / name for name in (f"safe-load-{dead.pid}-a", f"safe-load-{os.getppid()}-b", "safe-load-x")
    }
    for folder in left.values():
        folder.mkdir()
    with working_folder() as mine:
        (mine / "rows").write_text("x", encoding="utf-8")
        assert {folder.name for folder in tmp_path.iterdir()} == {*list(left)[1:], mine.name}
    assert not mine.exists()

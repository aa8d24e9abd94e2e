"""Loads in a process whose disk is small.

Use: python -m tests.faults.on_a_small_disk URL FOLDER LIMIT…. For one limit after the other: no file may grow beyond
so many bytes, which is much like a full disk for whoever writes. Writes as JSON what each load said, and whether all
tables were left as they were before it.
"""

import json
import resource
import sys
from pathlib import Path

from data_access.database.opening import connect
from data_access.loading import load_extracts
from data_access.problems import Problem
from tests.council import LOADER
from tests.loading.handing_over import everything


def main() -> None:
    url, folder, *limits = sys.argv[1:]
    engine, told = connect(url), []
    before = everything(engine)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limit in map(int, limits):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
        try:
            said = f"LOADED {load_extracts(engine, LOADER, [Path(folder)]).load_id}"
        except Problem as problem:
            said = f"{type(problem).__name__} {problem}"
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        told.append((said, everything(engine) == before))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

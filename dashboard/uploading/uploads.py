"""Files that a reader hands over: kept in a private folder under safe names, loaded apart, and taken away again."""

import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dashboard.uploading.loading_worker import report_of, request
from data_access.actor import Action, Actor
from data_access.loading import LoadReport
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.working_folder import working_folder
from data_access.problems import Problem

_LOG = logging.getLogger(__name__)
_WORKER: Final = (sys.executable, "-P", "-m", "dashboard.uploading.loading_worker")
_UNSAFE: Final = re.compile(r"[^\w .()&+,'’-]")
_LONGEST_NAME: Final = 100
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
FAILED: Final = (
    "Something went wrong. The failure has been noted on the server. Nothing of these files was kept, unless they "
    "stand under “What came”; they may be given again, since the same file twice changes nothing."
)


@dataclass(frozen=True)
class Handed:
    """A file that a reader handed over: its name as given, and what it holds."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Asked:
    """What is to be done with files, and who asks for it.

    `terms` hold for all files where nothing in them says when they were taken. `confirmed` are the marks of what the
    preview asked to confirm.
    """

    database: str
    actor: Actor
    terms: Terms | None
    dry_run: bool
    confirmed: frozenset[str] = frozenset()


@dataclass
class Job:
    """A preview or load on its way: `what` is being done, step `step` of `steps`; in the end `report` or `problem`.

    `key` is the caller's own mark of the files and terms. `asks_terms` says that nothing tells when the files were
    taken, `is_about_files` that the problem lies in the files, `is_unconfirmed` that what has to be confirmed is no
    longer what the preview told.
    """

    key: object
    asked: Asked
    what: str = "Beginning"
    step: int = 0
    steps: int = 1
    report: LoadReport | None = None
    problem: str | None = None
    asks_terms: bool = False
    is_about_files: bool = False
    is_unconfirmed: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Return whether there is nothing left to wait for."""
        return self._ended.is_set()

    @property
    def share(self) -> float:
        """Return how much is done, from 0 to 1."""
        return min(1.0, self.step / max(1, self.steps))

    def wait(self, seconds: float) -> bool:
        """Wait for the end; return whether it has come."""
        return self._ended.wait(seconds)


def begin(key: object, asked: Asked, files: Sequence[Handed]) -> Job:
    """Begin a preview or load of some files and return it at once; raise NotAllowedProblem for who may load none."""
    asked.actor.check(Action.LOAD_FILES)
    job = Job(key, asked)
    threading.Thread(target=_run, args=(job, list(files)), name="upload", daemon=True).start()
    return job


def safe_name(given: str) -> str:
    """Return the name under which a file is kept: the last part of the given one without what leads elsewhere.

    Letters of any language, digits and plain signs stay, so that messages name the file as people know it.
    """
    last = re.split(r"[/\\]", given)[-1]
    name = _UNSAFE.sub("_", last).strip(" .")[-_LONGEST_NAME:].strip(" .")
    return f"_{name}" if not name or _RESERVED.match(name) else name


def put(folder: Path, files: Iterable[Handed]) -> list[Path]:
    """Write files into the folder, each into one of its own, and return where they are."""
    places = []
    for number, file in enumerate(files):
        place = folder / str(number) / safe_name(file.name)
        place.parent.mkdir()
        place.write_bytes(file.content)
        places.append(place)
    return places


def _run(job: Job, files: list[Handed]) -> None:
    try:
        with working_folder() as folder:
            places = put(folder, files)
            files.clear()
            _follow(job, places)
    except Problem as problem:
        job.problem = str(problem)
    except Exception:  # noqa: BLE001 - told to the server's log, never to the reader
        _LOG.exception("An upload failed")
        job.problem = FAILED
    finally:
        if job.report is None and job.problem is None:
            job.problem = FAILED
        job._ended.set()


def _follow(job: Job, places: Sequence[Path]) -> None:
    """Let a process of its own do the work and keep what it says."""
    asked = job.asked
    line = request(
        asked.database,
        places,
        asked.terms,
        asked.actor,
        confirmed=sorted(asked.confirmed),
        dry_run=asked.dry_run,
    )
    with subprocess.Popen(  # noqa: S603 - this program's own module
        _WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as worker:
        if worker.stdin is None or worker.stdout is None:
            return
        worker.stdin.write(f"{line}\n")
        worker.stdin.close()
        for told in worker.stdout:
            _take(job, told)


def _take(job: Job, told: str) -> None:
    answer = json.loads(told)
    if "what" in answer:
        job.what, job.step, job.steps = answer["what"], answer.get("step", job.step), answer.get("steps", job.steps)
    elif "report" in answer:
        job.report = report_of(answer["report"])
    elif "problem" in answer:
        job.problem = answer["problem"]
        job.asks_terms, job.is_about_files = answer["asks_terms"], answer["is_about_files"]
        job.is_unconfirmed = answer["is_unconfirmed"]

"""All that a page shows is of one version of the data, whenever a load ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from dashboard.cache import loads, measures
from dashboard.cache.page_run import run_for
from dashboard.cache.results import forget_everything
from dashboard.readings.freshness import freshness
from dashboard.readings.loads import latest_loads
from dashboard.readings.measure_views import measure_views
from dashboard.readings.reading import MovedOnProblem, Reading, open_reading
from data_access.database.facts import raise_data_version
from data_access.database.opening import writing
from data_access.database.schema.figures import COVERAGE, MEASURE_PERIOD
from tests.loading.handing_over import Council, terms
from tests.pages.reading_pages import text_of
from tests.reader import READER, now

POSTGRESQL_IN_SOAK = True

Open = Callable[..., AppTest]
CAFS = "cafs_started"


class Service:
    """A small service whose only extract is one of CAFs, each load with a few more and taken a minute later."""

    def __init__(self, engine: sa.Engine, folder: Path) -> None:
        self.council, self.engine = Council(engine, folder), engine

    def load(self) -> None:
        """Load CAFs of the last weeks; the more often, the more of them."""
        number = self.council.loads
        rows = [
            f"C{week}-{number}-{each},K{each},2010-03-{1 + 7 * week:02d},school"
            for week in range(4)
            for each in range(3)
        ]
        held = terms(taken=f"2010-03-29 07:{number:02d}")
        self.council.hand_over(held, cafs="\n".join(["caf_id,child_id,started_on,agency", *rows]))

    def change(self) -> None:
        """Change figures and freshness in one transaction, as a load does, but sooner done."""
        with writing(self.engine) as connection:
            [taken] = connection.execute(sa.select(COVERAGE.c.as_at).where(COVERAGE.c.extract == "cafs")).scalars()
            connection.execute(
                sa.update(COVERAGE).where(COVERAGE.c.extract == "cafs").values(as_at=taken + timedelta(minutes=1))
            )
            connection.execute(sa.update(MEASURE_PERIOD).values(numerator=MEASURE_PERIOD.c.numerator + 1))
            raise_data_version(connection)


@pytest.fixture
def service(database: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Give a small service with one load, the one that pages read."""
    monkeypatch.setenv("SAFE_DATABASE_URL", database.url.render_as_string(hide_password=False))
    made = Service(database, tmp_path)
    made.load()
    return made


def told(reading: Reading) -> list[object]:
    """Return what is said of freshness, of the loads and of the measure."""
    [view] = measure_views(reading, [CAFS])
    return [reading.version, freshness(reading), latest_loads(reading), view.sentence, view.figures.rows()]


def test_a_reading_sees_one_state_although_a_load_ends_meanwhile(service: Service) -> None:
    with open_reading(service.engine, READER) as reading:
        before = told(reading)
    with open_reading(service.engine, READER) as reading:
        service.load()
        assert told(reading) == before
    with open_reading(service.engine, READER) as reading:
        after = told(reading)
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_a_run_is_answered_of_its_own_version_or_not_at_all(service: Service) -> None:
    run = now()
    view, fresh = measures.measure_view(run, CAFS), measures.freshness(run)
    service.load()
    assert measures.measure_view(run, CAFS) is view
    assert measures.freshness(run) is fresh
    for read in (measures.team_names, measures.every_measure, loads.latest_loads):
        with pytest.raises(MovedOnProblem, match="The data have changed from version"):
            read(run)
    newer = run.renewed()
    assert newer.version.number == run.version.number + 1
    assert measures.measure_view(newer, CAFS).sentence != view.sentence
    assert measures.freshness(newer).data_to != fresh.data_to


def test_a_run_reads_no_file_that_was_put_in_another_s_place(
    council: str, council_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council_copy)
    run = now()
    assert measures.freshness(run) == measures.freshness(run_for(READER))
    place = Path(council_copy.removeprefix("sqlite:///"))
    other = place.with_name("other.db")
    other.write_bytes(Path(council.removeprefix("sqlite:///")).read_bytes())
    other.replace(place)
    with pytest.raises(MovedOnProblem, match="put in another's place"):
        measures.every_measure(run)
    assert run.renewed().version != run.version


@contextmanager
def before_transaction(number: int, change: Callable[[], None]) -> Iterator[list[int]]:
    """Change the data just before the transaction of this number begins; the list holds how many have begun."""
    begun, is_changing = [0], False

    @event.listens_for(sa.Engine, "begin")
    def _on_begin(_connection: sa.Connection) -> None:
        nonlocal is_changing
        if is_changing:
            return
        begun[0] += 1
        if begun[0] == number:
            is_changing = True
            change()
            is_changing = False

    try:
        yield begun
    finally:
        event.remove(sa.Engine, "begin", _on_begin)


@pytest.mark.parametrize(
    ("page", "address"), [("this_week", {}), pytest.param("measure", {"measure": CAFS}, marks=pytest.mark.soak)]
)
def test_no_page_mixes_versions_whenever_the_data_change(
    service: Service, database: sa.Engine, open_page: Open, page: str, address: dict[str, str]
) -> None:
    url = database.url.render_as_string(hide_password=False)
    with before_transaction(0, service.change) as begun:
        seen = [text_of(open_page(page, database=url, **address))]
    transactions = begun[0]
    assert transactions >= 3
    for number in range(1, transactions + 1):
        forget_everything()
        with before_transaction(number, service.change) as begun:
            meanwhile = text_of(open_page(page, database=url, **address))
        assert begun[0] >= number
        seen.append(text_of(open_page(page, database=url, **address)))
        assert meanwhile == seen[-1]
    assert len(set(seen)) == len(seen)

"""Same data, same figure, whatever the format: one council written in nine ways, and every figure compared."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect, reading
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.loading import load_extracts
from data_access.measures import MEASURES
from data_access.queries import series
from data_access.scope import Scope
from tests.council import LOADER
from tests.loading.handing_over import terms
from tests.loading.one_council.csv_dialects import DIALECTS, plain
from tests.loading.one_council.official_formats import annex_a, cin_census
from tests.loading.one_council.workbooks import WORKBOOKS

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

NewDatabase = Callable[[], AbstractContextManager[str]]
Figures = dict[tuple[Any, ...], tuple[Any, ...]]

TERMS: Final = terms("2010-03-29 07:00", "2007-04-01", "2010-03-28", complete=True)
RE_REFERRALS, CAFS = "re_referrals_within_12_months", "cafs_started"
SINCE_2013 = "assessments_within_45_working_days"
"""Its standard is younger than the council: `test_single_assessments` compares it."""


IN_TEST: Final = (next(iter(WORKBOOKS)), *[name for name in DIALECTS if name != "as described"][:1])
OTHERS: Final = [
    pytest.param(name, marks=() if name in IN_TEST else pytest.mark.soak)
    for name in {**DIALECTS, **WORKBOOKS}
    if name != "as described"
]
"""`make test` reads a dialect and a workbook, `make soak` all of them."""


@pytest.fixture(scope="module")
def as_described(new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Give the database of the council as the format describes its files."""
    folder = tmp_path_factory.mktemp("plain") / "council"
    plain(folder)
    with new_sqlite() as url:
        engine = connect(url)
        load_extracts(engine, LOADER, [folder], terms=TERMS)
        yield engine
        engine.dispose()


def kept(engine: sa.Engine) -> Figures:
    """Return every cell of the rollup."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(MEASURE_PERIOD)).mappings().all()
    keys = ("measure", "team_id", "part")
    return {tuple(row[key] for key in keys): tuple(row[name] for name in row if name not in keys) for row in rows}


def weekly(engine: sa.Engine, measure: str, *, last: dt.date) -> Figures:
    """Return the whole service's figures of each week up to a day."""
    with reading(engine) as connection:
        found = series(Scope.everything(), connection, [measure], last=last)
    names = ("numerator", "denominator", "not_computable", "state")
    return {row["start"]: tuple(row[name] for name in names) for row in found.iter_rows(named=True)}


def different(one: Figures, other: Figures) -> Figures:
    return {key: (one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key)}


def test_the_council_has_figures_of_every_measure(as_described: sa.Engine) -> None:
    """Without them the comparisons below would compare nothing."""
    cells = kept(as_described)
    assert {measure for measure, _, _ in cells} == set(MEASURES) - {SINCE_2013}
    assert len(cells) > 3_000


@pytest.mark.parametrize("name", OTHERS)
def test_every_cell_is_the_same(name: str, as_described: sa.Engine, new_sqlite: NewDatabase, tmp_path: Path) -> None:
    {**DIALECTS, **WORKBOOKS}[name](tmp_path / "council")
    with new_sqlite() as url:
        engine = connect(url)
        load_extracts(engine, LOADER, [tmp_path / "council"], terms=TERMS)
        found = kept(engine)
        engine.dispose()
    assert different(kept(as_described), found) == {}


@pytest.mark.parametrize("measure", [RE_REFERRALS, CAFS])
def test_annex_a_gives_the_same_figures_where_it_can(
    measure: str, as_described: sa.Engine, new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    annex_a(tmp_path / "council")
    with new_sqlite() as url:
        engine = connect(url)
        load_extracts(engine, LOADER, [tmp_path / "council"], terms=TERMS)
        cells = {key: sums for key, sums in kept(engine).items() if key[0] == measure}
        figures = weekly(engine, measure, last=dt.date(2010, 3, 28))
        engine.dispose()
    assert different(weekly(as_described, measure, last=dt.date(2010, 3, 28)), figures) == {}
    if measure == RE_REFERRALS:
        # CAFs of Annex A name no referral, and so no team
        assert different({key: sums for key, sums in kept(as_described).items() if key[0] == measure}, cells) == {}


def test_the_census_gives_the_same_figures_where_it_can(
    as_described: sa.Engine, new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    cin_census(tmp_path / "council")
    with new_sqlite() as url:
        engine = connect(url)
        for file in sorted((tmp_path / "council").iterdir()):
            load_extracts(engine, LOADER, [file])
        figures = weekly(engine, RE_REFERRALS, last=dt.date(2010, 3, 28))
        engine.dispose()
    assert different(weekly(as_described, RE_REFERRALS, last=dt.date(2010, 3, 28)), figures) == {}

"""A council of small numbers, and whoever keeps its public packs and reads every number in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random

import openpyxl
import sqlalchemy as sa

from dashboard.exports.rows import COLUMNS, Wanted, by_period, by_team
from dashboard.packs.document import Pack
from dashboard.packs.meetings import Detail, Meeting, Rhythm
from dashboard.packs.workbook import workbook_of
from dashboard.readings.reading import open_reading
from data_access.actor import Role
from data_access.database.facts import raise_data_version
from data_access.database.opening import writing
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import Grain, month_after, period_of
from data_access.measures import measure_named
from data_access.vocabulary import Period
from tests.attacker import SMALL, Attacker, Cell
from tests.reader import READER

TEAMS = ("(no team)", "AT1", "AT2", "AT3", "AT4", "CME", "CMW", "EDT")
FEW = (*[0] * 40, 1, 1, 2)
"""So few a week that all teams together often have from 1 to 5 a month."""
MANY = (0, 2, 6, 9, 14)
Numbers = Mapping[frozenset[Cell], int]


def public(name: str, *measures: str, rhythm: Rhythm = Rhythm.QUARTERLY) -> Meeting:
    """Return a meeting beyond the service."""
    return Meeting(name, name, rhythm, frozenset(Role), measures, detail=Detail.PUBLIC)


def shrink(engine: sa.Engine, measures: Sequence[str], seed: int) -> None:
    """Put other numbers in the place of a council's: in most weeks few, so that many have to be hidden."""
    table, random = MEASURE_PERIOD, Random(seed)  # noqa: S311 - a test's numbers
    with writing(engine) as connection:
        for measure in measures:
            of_measure = table.c.measure == measure
            rows = connection.execute(table.select().where(of_measure)).mappings().all()
            whole: dict[date, list[int]] = {}
            changed = []
            for row in sorted(rows, key=lambda row: (row["team_id"], row["part"])):
                if row["team_id"] == EVERY_TEAM:
                    continue
                choice = MANY if row["part"].month % 2 else FEW
                met, not_met = random.choice(choice), random.choice(choice)
                if not measure_named(measure).definition.adding_up.has_denominator:
                    not_met = 0
                together = whole.setdefault(row["part"], [0, 0])
                together[0] += met
                together[1] += met + not_met
                changed.append(_cell(row, met, met + not_met))
            changed += [_cell(row, *whole[row["part"]]) for row in rows if row["team_id"] == EVERY_TEAM]
            connection.execute(sa.delete(table).where(of_measure))
            connection.execute(sa.insert(table), changed)
        raise_data_version(connection)


def _cell(row: Mapping[str, object], met: int, cases: int) -> dict[str, object]:
    counts = row["denominator"] or not row["numerator"]
    numbers = {"numerator": met, "denominator": cases if counts else 0, "cases": cases}
    return {**row, **numbers, "not_yet_due": 0, "not_computable": 0}


def put_numbers(engine: sa.Engine, measure: str, numbers: Callable[[date], tuple[int, int]]) -> None:
    """Give a measure the met and not met cases that a function says of each week's first day, all of one team."""
    table = MEASURE_PERIOD
    with writing(engine) as connection:
        of_measure = table.c.measure == measure
        parts = connection.execute(sa.select(table.c.part).where(of_measure).distinct()).scalars().all()
        connection.execute(sa.delete(table).where(of_measure))
        for part in parts:
            met, not_met = numbers(part)
            row = {"measure": measure, "part": part, "numerator": met, "denominator": met + not_met}
            for team in (EVERY_TEAM, "AT1"):
                connection.execute(sa.insert(table), _cell({**row, "team_id": team}, met, met + not_met))
        raise_data_version(connection)


def small_numbers(engine: sa.Engine, attacker: Attacker, measures: Sequence[str]) -> Numbers:
    """Return every number from 1 to 5, met or not met, of a week, month or quarter, of a team or the whole."""
    found = {}
    with open_reading(engine, READER) as reading:
        for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER):
            wanted = Wanted(tuple(measures), grain)
            for row in (*by_period(reading, wanted), *by_team(reading, wanted)):
                span = period_of(row["start"], Period(grain))
                met = row["numerator"]
                kinds = {"met": met} | ({} if row["denominator"] is None else {"not_met": row["denominator"] - met})
                for kind, number in kinds.items():
                    if row["state"] != "no_data" and number in SMALL:
                        found[attacker.cells(row["measure"], kind, row["team"] or "", *span)] = number
    return found


def keep(attacker: Attacker, pack: Pack) -> list[str]:
    """Let the attacker read every number of a pack; return the numerators among them."""
    rows = list(figures_in(workbook_of(pack)))
    attacker.read(rows)
    for measure, period, figure, cases, year in told(pack):
        first, end = span_of(period)
        met = attacker.cells(measure, "met", "", first, end)
        if " of " in cases:
            numerator, denominator = (int(number.replace(",", "")) for number in cases.split(" of "))
            attacker.learn(met, numerator)
            attacker.learn(met | attacker.cells(measure, "not_met", "", first, end), denominator)
        elif measure in attacker.counts and figure.replace(",", "").isdigit():
            attacker.learn(met, int(figure.replace(",", "")))
        if measure in attacker.counts and year.replace(",", "").isdigit():
            since = period_of(end, Period.YEAR)[0]
            attacker.learn(attacker.cells(measure, "met", "", since, end), int(year.replace(",", "")))
    return [row["numerator"] for row in rows]


def figures_in(workbook: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of figures of a pack's workbook, as text."""
    sheet = openpyxl.load_workbook(BytesIO(workbook))["Figures"]
    for line in sheet.iter_rows(min_row=2, values_only=True):
        row = dict(zip(COLUMNS, line, strict=True))
        yield {name: _as_text(cell) for name, cell in row.items()}


def told(pack: Pack) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what each measure and each line of its table tells: measure, period, figure, cases, year to date."""
    for _, measure in pack.measures():
        shown = measure.figures
        if shown["Latest"] != "–":
            yield measure.name, shown["Period"], shown["Latest"], shown["Cases"], shown["Year"]
        if measure.periods is not None:
            for line in measure.periods.rows:
                row = dict(zip(measure.periods.headings, line, strict=True))
                yield measure.name, row["Period"], row["Figure"], row.get("Cases", ""), ""


def span_of(period: str) -> tuple[date, date]:
    """Return the days of "Feb 2010" or "Oct to Dec 2009"."""
    *_, year = period.split()
    first = datetime.strptime(f"{period.split(maxsplit=1)[0]} {year}", "%b %Y").date()  # noqa: DTZ007 - a day
    return first, month_after(first, 3 if " to " in period else 1) - timedelta(days=1)


def _as_text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d}"
        case _:
            return str(cell)

"""What is wrong with a written row, by the description of its extract."""

import csv
import re
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from data_access.extracts import Column, Extract, Kind
from sample_data.records import on_the_clock

CODES_FILE = Path(__file__).parents[2] / "data_access" / "extracts" / "codes.csv"


def code_lists() -> dict[str, set[str]]:
    lists: dict[str, set[str]] = defaultdict(set)
    with CODES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists[row["list"]].add(row["code"])
    return lists


LISTS = code_lists()


def wrong_columns(extract: Extract, row: dict[str, str]) -> list[str]:
    """Return the headings of the cells that a loader has to refuse."""
    return [column.name for column in extract.columns if is_wrong(column, row[column.name])]


def is_wrong(column: Column, text: str) -> bool:
    if not text:
        return column.required and column.blank_means is None
    match column.kind:
        case Kind.DATE:
            return not is_date(text)
        case Kind.WEEK:
            return not is_date(text) or date.fromisoformat(text).weekday() != 0
        case Kind.TIME:
            return not is_date(text) and not is_moment(text)
        case Kind.CODE:
            return text not in LISTS[column.codes or ""]
        case Kind.YES_NO:
            return text not in {"yes", "no"}
        case Kind.WHOLE | Kind.NUMBER | Kind.FTE:
            if not re.fullmatch(r"-?\d+" if column.kind is Kind.WHOLE else r"-?\d+(\.\d+)?", text):
                return True
            below = column.minimum is not None and float(text) < column.minimum
            return below or (column.maximum is not None and float(text) > column.maximum)
        case _:
            return False


def is_date(text: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """A date and a time to the minute that the clocks showed."""
    if not re.fullmatch(r".{10} \d\d:\d\d", text) or not is_date(text[:10]):
        return False
    moment = datetime.fromisoformat(text)
    return on_the_clock(moment) == moment

"""The fields of a kind of decision: what each may hold, how it is read from a form, and how it is kept as JSON."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.decisions.decision import Fault
from data_access.extracts import Extract, Kind
from data_access.extracts.contract import Column

Content = Mapping[str, Any]
"""A decision's fields by their stored names: text, dates, numbers, yes or no, or None for a blank."""

_LONGEST: Final = 200


@dataclass(frozen=True)
class Field:
    """One field: a column as extracts have them, how long a text may be, and the words that it is chosen from."""

    column: Column
    longest: int = _LONGEST
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name under which it is kept."""
        return self.column.stored_as


def fields_of(
    extract: Extract,
    *,
    but: tuple[str, ...],
    longest: Mapping[str, int] | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Field, ...]:
    """Return the fields of decisions that stand beside the rows of an extract: its columns `but` for some."""
    lengths, words = longest or {}, choices or {}
    return tuple(
        Field(column, lengths.get(column.name, _LONGEST), words.get(column.name, ()))
        for column in extract.columns
        if column.name not in but
    )


def read_fields(fields: tuple[Field, ...], given: Mapping[str, object]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the content that was given, every field named, and what is wrong with single fields."""
    content: dict[str, Any] = {}
    faults = [
        Fault(name, value, f"one of the fields {', '.join(field.name for field in fields)}")
        for name, value in given.items()
        if name not in {field.name for field in fields}
    ]
    for field in fields:
        content[field.name], expected = _read(field, given.get(field.name))
        if expected:
            faults.append(Fault(field.column.name, given.get(field.name), expected))
    return content, faults


def fault_of_text(name: str, meaning: str, value: object, longest: int) -> Iterator[Fault]:
    """Yield what is wrong with a text that must be given: blank, too long, or no plain line."""
    _, expected = _read(Field(Column(name, Kind.TEXT, meaning, required=True), longest), value)
    if expected:
        yield Fault(name, value, expected)


def to_json(content: Content) -> str:
    """Return content as the text in which it is kept."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def from_json(fields: tuple[Field, ...], text: str) -> dict[str, Any]:
    """Return the content that a text holds, every field named."""
    kept = json.loads(text)
    return {
        field.name: date.fromisoformat(kept[field.name])
        if field.column.kind is Kind.DATE and kept.get(field.name) is not None
        else kept.get(field.name)
        for field in fields
    }


def _read(field: Field, given: object) -> tuple[object, str]:
    """Return the value of a field, and what was expected where it can't be read; blank where nothing is wrong."""
    value = given.strip() if isinstance(given, str) else given
    if value is None or value == "":
        meaning = field.column.meaning
        return None, f"a value: {meaning[:1].lower()}{meaning[1:]}" if field.column.required else ""
    if field.column.kind is Kind.DATE:
        return _day(value)
    if field.column.kind is Kind.NUMBER:
        return _number(value, field.column.minimum)
    if field.column.kind is Kind.YES_NO:
        return _yes_no(value)
    text = str(value)
    if not text.isprintable():
        return None, "plain text on one line"
    if len(text) > field.longest:
        return None, f"at most {field.longest} characters; these are {len(text)}"
    if field.choices and text not in field.choices:
        return None, f"one of {', '.join(field.choices)}"
    return text, ""


def _day(value: object) -> tuple[date | None, str]:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        return None, f"a day from {FIRST_DAY} to {LAST_DAY}, written like 2010-03-22"
    return day, ""


def _yes_no(value: object) -> tuple[bool | None, str]:
    says = {"yes": True, "no": False, "true": True, "false": False}.get(str(value).lower())
    return says, "" if says is not None else "yes or no"


def _number(value: object, minimum: float | None) -> tuple[float | None, str]:
    text = str(value)
    try:
        number = float(text.removesuffix("%"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return None, "a number, such as 0.85, 85% or 12"
    if minimum is not None and number < minimum:
        return None, f"{minimum:g} or more"
    return round(number / 100, 12) if text.endswith("%") else number, ""

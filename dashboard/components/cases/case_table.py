"""Cases as a table: what became of each, its clock in words, its path from contact to assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from dashboard.cache.childs_path import children_of
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.html_table import LinkedCell, html_table
from dashboard.components.layout.links import Parameter, html_link
from dashboard.words.cases import (
    Case,
    clock_of,
    day_words,
    detail_words,
    kind_of,
    path_words,
    result_of,
    shown_details,
    team_words,
)
from dashboard.words.phrases import NOTHING
from data_access.measures.definition import Definition, Holds

_CLOCK: Final = "Clock"
_CHILD: Final = "Child"
_DATE: Final = "Date"
_PATH: Final = "Path"
_URGENT: Final = ("waiting",)


@dataclass(frozen=True)
class CaseWording:
    """What turns cases into words: the measure, the words for its codes, the names of teams."""

    definition: Definition
    words: Mapping[str, Mapping[str, str]]
    teams: Mapping[str, str]

    def row(self, case: Case, path: str | None, *, years: bool) -> dict[str, str]:
        """Return a case by heading; with its path where one is given; `years` tells the year of every date."""
        clock = clock_of(case, self.definition)
        cells = {
            "Case": str(case["case_id"]).partition("|")[0],
            "Result": result_of(case, self.definition),
            **({_CLOCK: clock} if clock else {}),
            _DATE: day_words(case["event_date"]),
            "Team": team_words(case["team"], self.teams),
            **{
                detail.title: team_words(case[detail.name], self.teams)
                if detail.holds is Holds.TEAM
                else detail_words(detail, case, self.words, years=years)
                for detail in shown_details(self.definition)
            },
        }
        return cells if path is None else {**cells, _PATH: path}


def case_rows(
    wording: CaseWording, cases: Sequence[Case], paths: pl.DataFrame | None = None, *, years: bool = False
) -> tuple[list[str], list[dict[str, str]]]:
    """Return the headings and the rows of some cases; with a column for paths where any case has one.

    Dates go without the year where all cases are of one year, unless `years` asks for it.
    """
    by_case: dict[str, str] = {}
    if paths is not None and not paths.is_empty():
        by_case = {str(key[0]): path_words(part) for key, part in paths.group_by("case_id", maintain_order=True)}
    years = years or len({case["event_date"].year for case in cases}) > 1
    rows = [wording.row(case, by_case.get(case["case_id"], "") if by_case else None, years=years) for case in cases]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    if _DATE in headings and _is_told_twice(wording.definition, cases):
        headings.remove(_DATE)
    if _CLOCK in headings:
        headings.remove(_CLOCK)
        headings.insert(2, _CLOCK)
    return headings, [{name: row.get(name, "–") for name in headings} for row in rows]


def child_links(
    run: PageRun, measure: str, cases: Sequence[Case], kept: Mapping[str, Parameter]
) -> dict[str, LinkedCell]:
    """Return a link to the child's path for each case behind which a child is; `kept` is what leads back."""
    children = children_of(run, measure, tuple(case["case_id"] for case in cases))
    return {
        case: LinkedCell(child, html_link("cases", child, f"The path of child {child}", **kept, child=child))
        for case, child in children.items()
    }


def _is_told_twice(definition: Definition, cases: Sequence[Case]) -> bool:
    """Return whether some detail gives the date of every case already."""
    names = definition.names_of(Holds.DATE, Holds.TIME)
    return any(all(_day(case[name]) == case["event_date"] for case in cases) for name in names)


def _day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def case_table(
    caption: str,
    wording: CaseWording,
    cases: Sequence[Case],
    paths: pl.DataFrame | None = None,
    *,
    only: Sequence[str] | None = None,
    children: Mapping[str, LinkedCell] | None = None,
) -> str:
    """Return the table of some cases as HTML; `only` narrows it to some headings. Waiting cases stand out.

    `children` are links to the path of the child behind each case, where there is one.
    """
    headings, rows = case_rows(wording, cases, paths)
    if children:
        headings.insert(headings.index(_PATH) if _PATH in headings else len(headings), _CHILD)
        rows = [row | {_CHILD: children.get(case["case_id"], NOTHING)} for row, case in zip(rows, cases, strict=True)]
    shown = headings if only is None else [name for name in headings if name in only]
    urgent = [number for number, case in enumerate(cases) if kind_of(case, wording.definition) in _URGENT]
    return html_table(caption, shown, [[row[name] for name in shown] for row in rows], marked=urgent)

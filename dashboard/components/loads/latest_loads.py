"""What came: the latest loads, and of the one that the address names what became of it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.cache import loads
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.address import menu
from dashboard.components.layout.downloads import draw_download, table_csv
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import Parameter
from dashboard.readings.loads import ROWS_SHOWN, LoadDetail, refused_rows
from dashboard.words.freshness import day_and_time
from dashboard.words.loads import counted, covers, restated_rows, title_of
from dashboard.words.phrases import NOTHING
from data_access.actor import Actor
from data_access.problems import QueryProblem

PAGE: Final = "loads_and_quality"
_LOADS_SHOWN: Final = 5
_EXTRACTS_SHOWN: Final = 6
_PERIODS_SHOWN: Final = 6
_NUMBERS: Final = ("read", "new", "changed", "unchanged", "older", "withdrawn", "refused", "warnings")
REFUSED_HEADINGS: Final = {
    "file": "File",
    "row": "Row",
    "key": "Reference",
    "field": "Field",
    "value": "Value",
    "reason": "What is wrong",
    "older_stands": "Older row stands",
}


def kept() -> dict[str, Parameter]:
    """Return what the address of this page chooses."""
    return {name: st.query_params.get(name) for name in ("load", "team", "measure", "rule", "part")}


def draw_what_came(run: PageRun) -> None:
    """Draw the latest loads and the detail of one, the latest where the address names none."""
    latest = loads.latest_loads(run)
    load = _chosen(latest)
    with st.container(key="came_bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.html('<h2 class="part">What came</h2>')
        options = {_name(listed): {**kept(), "load": listed["load_id"]} for listed in latest}
        menu(PAGE, _name(load), options, key="loads")
    st.html(_loads_table(latest, load))
    detail = loads.load_detail(run, load["load_id"])
    st.html(f'<h3 class="part">Load {load["load_id"]}: {escape(_told(load))}</h3>')
    if confirmed := _confirmed(load, detail):
        st.html(f'<p class="freshness">{escape(confirmed)}</p>')
    _draw_extracts(detail)
    _draw_refused(run, load, detail)
    if detail.warned.height:
        st.html(_warned(detail))
    if detail.restated:
        st.html(_restated(detail))
    away = loads.turned_away(run)
    if away:
        st.html(_turned_away(away))


def _chosen(loads: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    given = st.query_params.get("load")
    if not given:
        return loads[0]
    for load in loads:
        if str(load["load_id"]) == given:
            return load
    msg = f"There is no load “{given}” among the latest {len(loads)}."
    raise QueryProblem(msg)


def _name(load: Mapping[str, Any]) -> str:
    return f"Load {load['load_id']}, {day_and_time(load['loaded_at'])}"


def _told(load: Mapping[str, Any]) -> str:
    parts = [
        counted(load["read"], "row read", "rows read"),
        *(f"{load[name]:,} {name}" for name in ("new", "changed", "withdrawn", "older") if load[name]),
        counted(load["refused"], "refused", "refused"),
        counted(load["warnings"], "warning"),
    ]
    return ", ".join(parts)


def _confirmed(load: Mapping[str, Any], detail: LoadDetail) -> str:
    """Return who confirmed what, so that it was loaded all the same; empty where nothing had to be confirmed."""
    told = [
        f"{row['confirmed'].replace(', ', ' and ')} of {title_of(row['extract'])}"
        for row in detail.came.iter_rows(named=True)
        if row["confirmed"]
    ]
    return f"{load['loaded_by']} confirmed {', '.join(told)}." if told else ""


def _loads_table(loads: Sequence[Mapping[str, Any]], chosen: Mapping[str, Any]) -> str:
    shown = loads[:_LOADS_SHOWN]
    if chosen not in shown:
        shown = [*shown, chosen]
    names = ("extracts", "read", "new", "changed", "withdrawn", "refused", "warnings", "restated")
    headings = ["Load", "When", "By", *(name.capitalize() for name in names[:-1]), "Measures restated"]
    rows = [
        [
            f"Load {load['load_id']}",
            day_and_time(load["loaded_at"]),
            load["loaded_by"],
            *(f"{load[name]:,}" if load[name] else NOTHING for name in names),
        ]
        for load in shown
    ]
    numeric = {"Measures restated", *(name.capitalize() for name in names)}
    return html_table("The latest loads, the newest first", headings, rows, numeric=numeric)


def _draw_extracts(detail: LoadDetail) -> None:
    ordered = sorted(
        detail.came.iter_rows(named=True),
        key=lambda row: (-row["refused"], -row["warnings"], -(row["new"] + row["changed"] + row["withdrawn"])),
    )
    few, rest = ordered[:_EXTRACTS_SHOWN], ordered[_EXTRACTS_SHOWN:]
    if len(rest) == 1:
        few, rest = ordered, []
    st.html(_extracts_table("The extracts of this load, those with refused rows first", few))
    if rest:
        with st.expander(f"{len(rest)} more extracts"):
            st.html(_extracts_table("The other extracts of this load", rest))


def _extracts_table(caption: str, rows: Sequence[Mapping[str, Any]]) -> str:
    headings = ["Extract", "File", "Format", "Taken", "Covers", *(name.capitalize() for name in _NUMBERS)]
    cells = [
        [
            title_of(row["extract"]),
            row["file"],
            row["format"],
            day_and_time(row["extracted_at"]),
            f"{covers(row)}, {'complete' if row['complete'] else 'changes only'}",
            *(f"{row[name]:,}" if row[name] else NOTHING for name in _NUMBERS),
        ]
        for row in rows
    ]
    return html_table(caption, headings, cells, numeric={name.capitalize() for name in _NUMBERS})


def _draw_refused(run: PageRun, load: Mapping[str, Any], detail: LoadDetail) -> None:
    if not load["refused"]:
        return
    if detail.refused is None:
        st.html(f'<p class="freshness">{counted(load["refused"], "row")} refused; you may not list rows.</p>')
        return
    rows = _refused_rows(detail.refused.to_dicts())
    with st.container(key="refused_bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<h3 class="part">Refused rows{_of_all(len(rows), load["refused"], run.actor)}</h3>')
        if rows:
            draw_download(
                "Download",
                f"refused_rows_load_{load['load_id']}.csv",
                lambda: table_csv(
                    list(REFUSED_HEADINGS.values()),
                    _every_refused_row(run, load["load_id"]),
                ),
                key="download_refused",
            )
    if rows:
        headings = list(REFUSED_HEADINGS.values())
        if not detail.refused["older_stands"].any():
            headings.remove(REFUSED_HEADINGS["older_stands"])
        cells = [[str(row[name] or NOTHING) for name in headings] for row in rows]
        st.html(html_table("Refused rows", headings, cells, numeric=("Row",)))


def _every_refused_row(run: PageRun, load_id: int) -> list[dict[str, Any]]:
    with run.renewed().reading() as reading:
        return _refused_rows(refused_rows(reading, load_id).to_dicts())


def _refused_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            title: ("yes" if row[name] else "no") if name == "older_stands" else row[name]
            for name, title in REFUSED_HEADINGS.items()
        }
        for row in rows
    ]


def _of_all(shown: int, refused: int, actor: Actor) -> str:
    if actor.scope.case_teams is not None:
        return f", {counted(shown, 'of your teams', 'of your teams')}"
    return f", the first {ROWS_SHOWN} of {refused:,}" if refused > shown else ""


def _warned(detail: LoadDetail) -> str:
    rows = [
        [title_of(row["extract"]), row["field"], row["message"], f"{row['rows']:,}"]
        for row in detail.warned.iter_rows(named=True)
    ]
    table = html_table("Warnings", ["Extract", "Field", "Kept, but odd", "Rows"], rows, numeric=("Rows",))
    return f'<h3 class="part">Warnings</h3><div class="few">{table}</div>'


def _restated(detail: LoadDetail) -> str:
    rows = [[cell or NOTHING for cell in row] for row in restated_rows(detail.restated, _PERIODS_SHOWN)]
    table = html_table(
        "Figures settled before that this load changed", ["Measure", "Period", "Before", "After"], rows
    )
    return f'<h3 class="part">Settled figures that it changed</h3><div class="few">{table}</div>'


def _turned_away(away: Sequence[Mapping[str, Any]]) -> str:
    rows = [[day_and_time(row["refused_at"]), row["refused_for"], row["files"], row["reason"]] for row in away]
    table = html_table("Files turned away as a whole", ["When", "Given by", "Files", "Why"], rows)
    return f'<h3 class="part">Files turned away as a whole</h3>{table}'

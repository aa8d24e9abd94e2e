"""Quality: the rules broken now, the most threatening first, by team and measure, with the rows to correct."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.cache import loads, measures
from dashboard.cache.page_run import PageRun
from dashboard.charts.counts import counts_line, counts_told
from dashboard.charts.sparkline import as_image
from dashboard.charts.theme import Look
from dashboard.components.layout.address import menu
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.downloads import draw_download, table_csv
from dashboard.components.layout.html_table import html_table
from dashboard.components.layout.links import measure_link, page_link
from dashboard.components.loads.latest_loads import PAGE, kept
from dashboard.readings.cases import may_list_rows
from dashboard.readings.loads import ROWS_SHOWN
from dashboard.readings.quality import BrokenRule, Quality, sees_quality, to_correct
from dashboard.words.loads import counted, dated, share_of, since_before, title_of
from dashboard.words.phrases import NOTHING
from data_access.measures import MEASURES
from data_access.problems import QueryProblem
from data_access.quality import rule_named
from data_access.queries.quality import TO_CORRECT

_HEADINGS: Final = ("Rows", "Since the load before", "Load by load")


def draw_quality(run: PageRun, team: str | None) -> None:
    """Draw the broken rules of a team or of all, narrowed to a measure or rule where the address names one."""
    if not sees_quality(run.actor):
        return
    quality = loads.quality(run, team=team)
    measure, rule = _chosen_measure(), _chosen_rule()
    shown = quality.threatening(measure) if measure else quality.broken
    names = measures.team_names(run)
    with st.container(key="quality_bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.html('<h2 class="part">Quality</h2>')
        _draw_menus(team, measure, names)
    st.html(f'<p class="freshness">{escape(_told(quality, shown, measure))}</p>')
    if team is None:
        _draw_teams(quality, shown, names)
    if shown:
        _draw_rules(shown, current_look(), rule)
    _draw_to_correct(run, shown, rule, team, names)


def _chosen_measure() -> str | None:
    given = st.query_params.get("measure")
    if given and given not in MEASURES:
        msg = f"There is no measure “{given}” here."
        raise QueryProblem(msg)
    return given or None


def _chosen_rule() -> str | None:
    given = st.query_params.get("rule")
    return rule_named(given).name if given else None


def _draw_menus(team: str | None, measure: str | None, names: Mapping[str, str]) -> None:
    teams = {"All teams": {**kept(), "team": None}} | {
        name: {**kept(), "team": team_id} for team_id, name in names.items()
    }
    menu(PAGE, names[team] if team else "All teams", teams, key="teams")
    measures = {"Any measure": {**kept(), "measure": None, "rule": None}} | {
        shown.definition.title: {**kept(), "measure": name, "rule": None} for name, shown in MEASURES.items()
    }
    menu(PAGE, MEASURES[measure].definition.title if measure else "Any measure", measures, key="measures")


def _told(quality: Quality, shown: Sequence[BrokenRule], measure: str | None) -> str:
    whole = f"{counted(quality.looked_at - len(quality.broken), 'rule')} kept, {len(quality.broken)} broken"
    if measure:
        title = MEASURES[measure].definition.title
        return (
            f"{counted(len(shown), 'broken rule')} {'threatens' if len(shown) == 1 else 'threaten'} {title} · {whole}"
        )
    order = "the most threatening first: the share of rows that break it, once for each measure that reads them"
    return f"{whole}; {order}" if len(shown) > 1 else whole


def _draw_teams(quality: Quality, shown: Sequence[BrokenRule], names: Mapping[str, str]) -> None:
    wanted = {rule.name for rule in shown}
    numbers = dict.fromkeys(names, 0)
    for (rule, team), rows in quality.by_team.items():
        if rule in wanted and team in numbers:
            numbers[team] += rows
    if not any(numbers.values()):
        return
    with st.container(key="team_links", horizontal=True, gap="small"):
        st.html("<p>To correct, by team:</p>")
        for team, rows in sorted(numbers.items(), key=lambda item: -item[1]):
            if rows:
                page_link(PAGE, f"{names[team]} {rows:,}", **{**kept(), "team": team})


def _draw_rules(shown: Sequence[BrokenRule], look: Look, chosen: str | None) -> None:
    titles = "".join(f"<span>{title}</span>" for title in _HEADINGS)
    with st.container(key="rules", gap=None):
        st.html(f'<div class="rule-head" aria-hidden="true"><span>Broken rule</span><div>{titles}</div></div>')
        for rule in shown:
            with st.container(key=f"rule_{rule.name}", gap=None):
                page_link(PAGE, rule.title, **{**kept(), "rule": None if rule.name == chosen else rule.name})
                st.html(rule_html(rule, look))
                with st.container(key=f"threatens_{rule.name}", horizontal=True, gap=None):
                    st.html(f"<p>{'Threatens' if rule.threatens else 'Threatens no measure'}</p>")
                    for measure in rule.threatens:
                        measure_link(MEASURES[measure].definition.title, measure)


def rule_html(rule: BrokenRule, look: Look) -> str:
    """Return the cells of a broken rule; each says in words what it is, for those who hear it."""
    picture = as_image(counts_line(rule.over_time, look))
    cells = (
        ("rows", "Rows", f"<strong>{rule.broken:,}</strong> of {rule.rows:,}, {share_of(rule.broken, rule.rows)}"),
        ("since", "Since the load before", since_before(rule)),
        ("spark", "", f'<img src="{picture}" alt="{escape(counts_told(rule.over_time))}">'),
    )
    drawn = "".join(
        f'<div class="{name}">{f"<b>{label}: </b>" if label else ""}{content}</div>' for name, label, content in cells
    )
    return f'<div class="rule-cells">{drawn}</div>'


def _draw_to_correct(
    run: PageRun, shown: Sequence[BrokenRule], chosen: str | None, team: str | None, names: Mapping[str, str]
) -> None:
    of = [rule for rule in shown if chosen in (None, rule.name)]
    if not of or not may_list_rows(run.actor):
        return
    listed = [rule.name for rule in of if rule_named(rule.name).is_listed]
    whose = "" if team is None else f" of {names[team]}"
    what = "" if chosen is None else f": {of[0].title}"
    rows = loads.to_correct(run, tuple(listed), team=team, most=ROWS_SHOWN)
    every = sum(rule.broken for rule in of if rule.name in listed)
    with st.container(key="correct_bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<h3 class="part">Rows to correct{escape(whose)}{escape(what)}{_first(len(rows), every)}</h3>')
        if chosen is not None:
            page_link(PAGE, "All rules", **{**kept(), "rule": None})
        if rows:
            draw_download(
                "Download all",
                f"rows_to_correct{f'_{team}' if team else ''}.csv",
                lambda: table_csv(list(TO_CORRECT), _every_row(run, listed, team)),
                key="download_to_correct",
            )
    if chosen is not None:
        st.html(f'<p class="freshness">{escape(of[0].message.replace("`", ""))}</p>')
    if not rows:
        st.html(f'<p class="freshness">{_none(listed)}</p>')
        return
    st.html(_correct_table(rows, names, with_rule=chosen is None))


def _every_row(run: PageRun, rules: Sequence[str], team: str | None) -> list[dict[str, Any]]:
    with run.renewed().reading() as reading:
        return to_correct(reading, rules, team=team)


def _none(listed: Sequence[str]) -> str:
    return "None of a team whose cases you may see." if listed else "These rows are never listed person by person."


def _first(shown: int, every: int) -> str:
    return f", the first {shown} of {every:,}" if every > shown else ""


def _correct_table(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], *, with_rule: bool) -> str:
    headings = ["Row", "Extract", "Child", "Team", "Date", "Field", "Stands there"]
    headings += ["What is wrong"] if with_rule else []
    cells = [
        [
            row["key"],
            title_of(row["extract"]),
            row["child_id"] or NOTHING,
            names.get(row["team"], row["team"]),
            dated(row["dated"]) or NOTHING,
            row["field"],
            row["value"] or NOTHING,
            *([row["title"]] if with_rule else []),
        ]
        for row in rows
    ]
    return html_table("Rows to correct", headings, cells)

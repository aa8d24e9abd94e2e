"""What the evidence for inspectors says: the words of the page Inspection evidence, from the same readings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from dashboard.exports.evidence_rows import COLUMNS, evidence_rows
from dashboard.exports.rows import COLUMNS as FIGURE_COLUMNS
from dashboard.exports.rows import INTERNAL, rows_of
from dashboard.packs.document import Line, Table
from dashboard.packs.evidence.audits import audit_lines, audit_tables, tables_of_measure
from dashboard.packs.evidence.document import EvidencePack, FindingPart, KindPart, ReportPart, Sheet
from dashboard.packs.evidence.measures import TEAM_COLUMNS, MeasureEvidence
from dashboard.readings.action_plan import Plan, plan
from dashboard.readings.audits import Audits, audits
from dashboard.readings.freshness import freshness
from dashboard.readings.inspection_evidence import Evidence, inspection_evidence
from dashboard.readings.measure_detail import team_names
from dashboard.readings.measure_views import MeasureView, measure_views
from dashboard.readings.reading import Reading
from dashboard.words.action_plan import STATUS_WORDS, due_words, lead_words, moved_together
from dashboard.words.freshness import freshness_line, week_words
from dashboard.words.inspection_evidence import (
    HOW_IT_STANDS,
    KINDS,
    STANDS,
    day_words,
    source_words,
    summary_words,
)
from dashboard.words.phrases import NOTHING
from data_access.problems import QueryProblem

TITLE: Final = "Inspection evidence"
_ACTIONS: Final = ("Action of the plan", "Status", "Deadline", "Lead", "Its measures since it began")
_STEPS: Final = (
    Line("The figure. ", "On the page Inspection evidence each sentence leads to its measure, with every figure."),
    Line("Its cases. ", "“Cases” lists exactly the cases behind the figure, for those who may list them."),
    Line(
        "A random sample. ",
        "“Sample of 5” draws from that list: each case with the same chance, each team and result with its share. "
        "The seed stands below the list and in the address, and draws the same cases again.",
    ),
    Line(
        "The child. ",
        "Each case leads to the child’s path: every step, who decided and why, and what came out of order.",
    ),
    Line("In these files ", "stand figures alone: no case, child or member of staff is named."),
)


def evidence_pack(reading: Reading, *, week: date | None = None, team: str | None = None) -> EvidencePack:
    """Return the evidence as of a week, by its Monday (None: the latest), of a team or the whole service.

    Raise QueryProblem where nothing is loaded or no finding is, for a week that is not covered, and for a team that
    there is not or that the reader may not see.
    """
    fresh = freshness(reading)
    if fresh.data_to is None or fresh.latest_week is None:
        msg = "Nothing is loaded yet that evidence could tell of: load extracts first."
        raise QueryProblem(msg)
    shown = week or fresh.latest_week
    if shown not in fresh.weeks:
        msg = f"The data don't cover the week of {shown}: they begin with that of {fresh.weeks[-1]}."
        raise QueryProblem(msg)
    names = team_names(reading)
    if team is not None and team not in names:
        msg = f"There is no team {team!r} among those you may see. There are: {', '.join(names)}."
        raise QueryProblem(msg)
    up_to = None if shown == fresh.latest_week else shown + timedelta(days=6)
    every = inspection_evidence(reading, team=team, up_to=up_to)
    if not every:
        msg = "No finding is loaded: findings.csv holds a row for each."
        raise QueryProblem(msg)
    whose = "" if team is None else f"{names[team]} · "
    views = {view.definition.id: view for each in every for view in each.views}
    parts = _Parts(reading, every, views, fresh.data_to.date(), team=team, up_to=up_to)
    return EvidencePack(
        meeting=TITLE,
        title=f"{TITLE}, week to {day_words(shown + timedelta(days=6))}",
        subtitle=f"{whose}{week_words(shown, fresh)} · data version {reading.version}",
        freshness=freshness_line(fresh),
        classification=f"{INTERNAL.capitalize()}: not for publication",
        week=shown,
        as_at=fresh.data_to,
        version=reading.version,
        told=summary_words(every),
        summary=_summary(every),
        key=HOW_IT_STANDS,
        priority=tuple(_line(each) for each in every if each.finding.kind == "priority_action"),
        strengths=tuple(_line(each) for each in every if each.finding.kind == "strength"),
        steps=_STEPS,
        disagreements=tuple(_disagreements(every)),
        reports=tuple(_reports(every, parts)),
        audits=audit_lines(parts.audits),
        audit_tables=tuple(audit_tables(parts.audits).values()),
        data=tuple(_sheets(every, views, parts)),
    )


class _Parts:
    """Makes the part of each finding, and each measure once."""

    def __init__(
        self,
        reading: Reading,
        every: Sequence[Evidence],
        views: Mapping[str, MeasureView],
        data_to: date,
        *,
        team: str | None,
        up_to: date | None,
    ) -> None:
        # as on the page, the plan is that of the whole service on the day of the data
        linked = _of_the_plan(reading, every, {} if team or up_to else views)
        self.plan: Plan = plan(reading, on=data_to, views=linked)
        self.audits: Audits = audits(reading, team=team, up_to=up_to)
        self.measures = MeasureEvidence(reading, views, team=team, known_by=up_to or data_to)

    def finding(self, each: Evidence) -> FindingPart:
        """Return the part of a finding."""
        finding = each.finding
        told = (source_words(finding), finding.part, KINDS.get(finding.kind, finding.kind))
        return FindingPart(
            reference=finding.reference,
            words=finding.words,
            told=" · ".join(words for words in told if words),
            stands=STANDS[each.stands],
            measures=tuple(self.measures.part(view) for view in each.views),
            actions=self._actions(each),
            audits=tuple(
                table for view in each.views for table in tables_of_measure(self.audits, view.definition.id)
            ),
            still_not_good=finding.still_not_good or "",
            out_of_scope=finding.out_of_scope or "",
            against=tuple(
                Line(f"{other.source} says otherwise ", f"({other.reference}). {other.words}")
                for other in each.against
            ),
        )

    def lines_of(self, each: Evidence) -> Iterator[tuple[str, ...]]:
        """Yield the lines of the plan for a finding, in the words of _ACTIONS."""
        for action in each.actions:
            line = self.plan.named(action.action_id)
            if line is not None:
                yield (
                    f"{action.action_id} {action.title}",
                    STATUS_WORDS[action.status],
                    due_words(line),
                    lead_words(action),
                    moved_together(line) or NOTHING,
                )

    def _actions(self, each: Evidence) -> Table | None:
        rows = tuple(self.lines_of(each))
        return Table(f"Actions of the plan for {each.finding.reference}", _ACTIONS, rows) if rows else None


def _of_the_plan(
    reading: Reading, every: Sequence[Evidence], known: Mapping[str, MeasureView]
) -> dict[str, MeasureView]:
    """Return the measures that should show the actions for some findings; `known` are those that are at hand."""
    linked = dict.fromkeys(name for each in every for action in each.actions for name in action.measures)
    missing = measure_views(reading, [name for name in linked if name not in known])
    return {**known, **{view.definition.id: view for view in missing}}


def _summary(every: Sequence[Evidence]) -> Table:
    rows = []
    by_kind = groupby(_by_kind(every), key=lambda each: (source_words(each.finding), each.finding.kind))
    for (source, kind), group in by_kind:
        stands = [each.stands for each in group]
        counts = [len(stands), *(stands.count(state) for state in STANDS)]
        rows.append((f"{source}: {KINDS.get(kind, kind).lower()}", *(str(count) for count in counts)))
    return Table("How the findings stand now", ("Findings", "All", *STANDS.values()), tuple(rows))


def _by_kind(every: Iterable[Evidence]) -> list[Evidence]:
    """Return findings report by report, the latest first, and kind by kind, in the order of KINDS."""
    order = list(KINDS)
    return sorted(
        every,
        key=lambda each: (
            -each.finding.reported_on.toordinal(),
            each.finding.source,
            order.index(each.finding.kind) if each.finding.kind in order else len(order),
        ),
    )


def _line(each: Evidence) -> Line:
    """Return a finding for the first page: its words, and how it stands and by which measures."""
    finding = each.finding
    stands = STANDS[each.stands].lower()
    why = "; ".join(view.sentence for view in each.not_good)
    more = [f"{why}." if why else "", finding.still_not_good or "", finding.out_of_scope or ""]
    return Line(
        f"{finding.reference} {finding.words}",
        f" ({finding.source}): {stands}. {' '.join(words for words in more if words)}".rstrip(),
    )


def _disagreements(every: Sequence[Evidence]) -> Iterator[Table]:
    """Yield findings that say otherwise than each other, side by side, each pair once."""
    stands = {each.finding.reference: each for each in every}
    told: set[frozenset[str]] = set()
    for each in every:
        for other in each.against:
            pair = frozenset((each.finding.reference, other.reference))
            if pair not in told:
                told.add(pair)
                sides = (each.finding, other)
                yield Table(
                    f"{each.finding.reference} and {other.reference}",
                    tuple(f"{source_words(side)} ({side.reference})" for side in sides),
                    (tuple(side.words for side in sides), tuple(_now(stands[side.reference]) for side in sides)),
                )


def _now(each: Evidence) -> str:
    told = [f"{view.sentence}." for view in each.views] or [each.finding.out_of_scope or ""]
    return f"{STANDS[each.stands]}. {' '.join(told)}".rstrip()


def _reports(every: Sequence[Evidence], parts: _Parts) -> Iterator[ReportPart]:
    for _, report in groupby(_by_kind(every), key=lambda each: source_words(each.finding)):
        of_report = list(report)
        kinds = groupby(of_report, key=lambda each: each.finding.kind)
        yield ReportPart(
            source_words(of_report[0].finding),
            tuple(
                KindPart(KINDS.get(kind, kind), tuple(parts.finding(each) for each in group)) for kind, group in kinds
            ),
        )


def _sheets(every: Sequence[Evidence], views: Mapping[str, MeasureView], parts: _Parts) -> Iterator[Sheet]:
    findings = (tuple(row[name] for name in COLUMNS) for row in evidence_rows(every))
    yield Sheet("Findings", COLUMNS, tuple(findings))
    lines = ((each.finding.reference, *row) for each in every for row in parts.lines_of(each))
    yield Sheet("Actions", ("Finding", *_ACTIONS), tuple(lines))
    yield Sheet("Teams", ("Measure", *TEAM_COLUMNS), tuple(parts.measures.team_rows()))
    for name, table in audit_tables(parts.audits).items():
        yield Sheet(name, table.headings, table.rows)
    figures = (tuple(row[name] for name in FIGURE_COLUMNS) for view in views.values() for row in rows_of(view))
    yield Sheet("Figures", FIGURE_COLUMNS, tuple(figures))

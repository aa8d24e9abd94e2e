"""Teams, or the values of another dimension, beside each other over several periods: without ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from dashboard.analysis.funnel import Basis, Funnel, Unit, Verdict, funnel
from dashboard.analysis.small_groups import hidden_groups, small_groups
from dashboard.analysis.targets import COMPARISON_OF, Target
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_detail import team_names
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.reading import Reading
from data_access import queries
from data_access.dates.periods import month_after
from data_access.decisions.reads.value_targets import ValueTarget, targeted_dimensions, value_targets
from data_access.extracts import NO_TEAM
from data_access.measures.characteristics import characteristics_of
from data_access.measures.definition import About, Definition, Key
from data_access.queries.code_words import code_words
from data_access.vocabulary import Period

TEAM: Final = "team"
"""The dimension that every measure has, and the only one that is judged."""
WINDOWS: Final = {Period.WEEK: 13, Period.MONTH: 3, Period.QUARTER: 1, Period.YEAR: 1}
"""How many natural periods teams are compared over: never one week, in which chance alone makes a difference."""
NOT_RECORDED: Final = "Not recorded"


@dataclass(frozen=True)
class RowTarget:
    """The target of a value, and the figure that is held against it: a mean of each period for a count.

    `amount` is the target in the unit of the row's own numbers: of all periods together for a count.
    """

    target: Target
    figure: float
    amount: float
    plan_item: str | None
    reason: str


@dataclass(frozen=True)
class ComparedRow:
    """One team or value: `key` None where none is recorded. `value` and the 95% interval are fractions.

    `between` is the word between both numbers: 9 of 12, or 9 for 12.

    The interval is None where none can be given: for counts, and where the same people count again in every period.
    """

    key: str | None
    name: str
    numerator: float
    denominator: float
    between: str
    value: float | None
    lower: float | None
    upper: float | None
    verdict: Verdict
    not_yet_due: int
    not_computable: int
    hidden: bool = False
    """Whether the group is too small to be told: its numbers are then blank."""
    target: RowTarget | None = None


@dataclass(frozen=True)
class TeamComparison:
    """Teams or values in the order of their names, and the value of all of them together (None for counts)."""

    rows: tuple[ComparedRow, ...]
    centre: float | None
    funnel: Funnel | None

    @property
    def told(self) -> str:
        """Say which of them differ by more than chance: only those beyond 99.8% are named."""
        if self.funnel is None:
            return ""
        named = [f"{row.name} {_side(row, self.centre)}" for row in self.rows if row.verdict is Verdict.OUTSIDE]
        again = sum(row.verdict is Verdict.LOOK_AGAIN for row in self.rows)
        parts = [f"{', '.join(named)} than chance explains"] if named else ["none differs by more than chance"]
        if again:
            parts.append(f"{again} worth a second look")
        return "; ".join(parts)


def window(definition: Definition, start: date) -> tuple[date, date]:
    """Return the first and last day over which teams are compared: the periods that end with the one from `start`."""
    count = _periods(definition)
    if definition.period is Period.WEEK:
        return start - timedelta(weeks=count - 1), start + timedelta(days=6)
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[definition.period]
    return month_after(start, -months * (count - 1)), month_after(start, months) - timedelta(days=1)


def window_name(definition: Definition) -> str:
    """Return the window in words: "13 weeks", "the latest year", "at the end of the week"."""
    count = _periods(definition)
    if not definition.adding_up.sums_over_time:
        return f"at the end of the {definition.period}"
    return f"{count} {definition.period}s" if count > 1 else f"the latest {definition.period}"


def _periods(definition: Definition) -> int:
    """Return how many natural periods make the window: what stands on a day is compared on the last one alone."""
    return WINDOWS[definition.period] if definition.adding_up.sums_over_time else 1


def counts_people_again(definition: Definition) -> bool:
    """Return whether the same people count in every period: their rows are no independent cases to judge teams by."""
    return definition.key == Key.STAFF


def dimensions_with_targets(reading: Reading, measure: str, *, team: str | None) -> tuple[str, ...]:
    """Return the dimensions whose values have targets of their own, as far as the reader may see them."""
    return tuple(
        by
        for by in targeted_dimensions(reading.connection, measure, team=team)
        if queries.why_not_broken_down(reading.scope, measure, by=by, team=team) is None
    )


def compare_teams(reading: Reading, view: MeasureView, *, by: str, team: str | None) -> TeamComparison | None:
    """Return a measure's teams, or the values of a dimension, over the window that ends with its latest figure.

    `team` is the team chosen, whose cases a dimension divides. None where there is no figure.
    """
    latest, measure = view.judgement.latest, view.definition.id
    if latest is None:
        return None
    first, last = window(view.definition, latest.point.start)
    scope, connection = reading.scope, reading.connection
    within = None if by == TEAM else team
    amounts = queries.breakdown(scope, connection, measure, first=first, last=last, by=by, team=within)
    words = team_names(reading) if by == TEAM else code_words(scope, connection, measure).get(by, {})
    compared = compare(view.definition, amounts, by, words, judge=by == TEAM)
    if by == TEAM:
        return compared
    of_children = view.definition.about is About.CHILDREN
    may_list = _may_list_all(reading, measure, team)
    targets = value_targets(scope, connection, measure, by=by, team=team, first=first, last=last)
    if of_children and not may_list:
        # earlier figures may be as small as those that are hidden
        targets = [target for target in targets if not target.is_worked_out]
    compared = _with_targets(compared, view.definition, targets, words)
    if not of_children:
        return compared
    recorded = by in {detail.name for detail in characteristics_of(view.definition)}
    return _protected(compared, view.definition, may_list=may_list) if recorded or not may_list else compared


def _with_targets(
    compared: TeamComparison, definition: Definition, targets: Sequence[ValueTarget], words: Mapping[str, str]
) -> TeamComparison:
    """Set each value's target to it; a value of which nothing was counted has a row of 0 where it has a target."""
    rows = {row.key: row for row in compared.rows}
    is_count = not definition.adding_up.has_denominator
    for target in targets:
        key = target.dimension_value
        if is_count and key not in rows:
            rows[key] = ComparedRow(
                key, _name(key, words), 0, 0, definition.adding_up.between, 0, None, None, Verdict.INSIDE, 0, 0
            )
        row = rows.get(key)
        if row is not None and row.value is not None:
            rows[key] = replace(row, target=_row_target(definition, target, row.value))
    ordered = sorted(rows.values(), key=lambda row: (row.key is None, row.name))
    return replace(compared, rows=tuple(ordered))


def _row_target(definition: Definition, target: ValueTarget, value: float) -> RowTarget:
    counted = 1 if definition.adding_up.has_denominator else _periods(definition)
    figure = value / counted
    wanted = Target(target.value, COMPARISON_OF[target.comparison], reference=target.source == "ours")
    return RowTarget(wanted, figure, target.value * counted, target.plan_item, target.reason)


def _may_list_all(reading: Reading, measure: str, team: str | None) -> bool:
    """Return whether the reader may list every case that a figure counts."""
    teams = reading.scope.case_teams
    return why_not_listed(reading.actor, measure) is None and (teams is None or team in teams)


def _protected(compared: TeamComparison, definition: Definition, *, may_list: bool) -> TeamComparison:
    """Blank the groups that are too small, and all else that would give them away to who may list no cases."""
    groups = [(round(row.numerator), round(row.denominator)) for row in compared.rows]
    small = small_groups(groups) if may_list else hidden_groups(groups, in_parts=definition.adding_up.is_share)
    rows = []
    for place, row in enumerate(compared.rows):
        told = row if may_list else replace(row, not_yet_due=0, not_computable=0)
        blank = replace(
            told, numerator=0, denominator=0, value=None, lower=None, upper=None, hidden=True, target=None
        )
        rows.append(blank if place in small else told)
    return replace(compared, rows=tuple(rows))


def compare(
    definition: Definition,
    broken_down: pl.DataFrame,
    by: str,
    words: Mapping[str, str],
    *,
    judge: bool = True,
    centre: float | None = None,
) -> TeamComparison:
    """Place the rows of queries.breakdown beside each other; `words` gives names for teams or codes.

    `judge` False gives no verdicts: values of a dimension differ by what they are, not by how they work. `centre` is
    the value of the service, where not all of its teams are among the rows; None takes that of the rows together.
    """
    rows = [
        row
        for row in broken_down.iter_rows(named=True)
        if row["denominator"] or row["numerator"] or row["not_yet_due"] or row["not_computable"]
    ]
    is_share = definition.adding_up.is_share and not counts_people_again(definition)
    units = [Unit(str(row[by]), int(row["numerator"]), int(row["denominator"])) for row in rows] if is_share else []
    placed = funnel(units, Basis.PROPORTION, centre=centre)
    by_name = {} if placed is None else {each.unit.name: each for each in placed.units}
    compared = []
    for row in rows:
        here = by_name.get(str(row[by]))
        compared.append(
            ComparedRow(
                key=row[by],
                name=_name(row[by], words),
                numerator=row["numerator"],
                denominator=row["denominator"],
                between=definition.adding_up.between,
                value=row["value"],
                lower=None if here is None else here.interval.lower,
                upper=None if here is None else here.interval.upper,
                verdict=Verdict.INSIDE if here is None or not judge else here.verdict,
                not_yet_due=row["not_yet_due"],
                not_computable=row["not_computable"],
            )
        )
    compared.sort(key=lambda row: (row.key is None or row.key == NO_TEAM, row.name))
    middle = _centre(definition, compared) if centre is None else centre
    return TeamComparison(tuple(compared), middle, placed if judge else None)


def _centre(definition: Definition, rows: list[ComparedRow]) -> float | None:
    total = sum(row.denominator for row in rows)
    if not definition.adding_up.has_denominator or not total:
        return None
    return sum(row.numerator for row in rows) / total


def _name(key: str | None, words: Mapping[str, str]) -> str:
    if key is None:
        return NOT_RECORDED
    return "No team recorded" if key == NO_TEAM else words.get(key, key)


def _side(row: ComparedRow, centre: float | None) -> str:
    return "higher" if row.value is not None and centre is not None and row.value > centre else "lower"

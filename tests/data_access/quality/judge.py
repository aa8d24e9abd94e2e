"""Every rule stated naively: rows walked one by one and compared with all others, in plain Python."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from data_access.extracts import NO_TEAM, Column, Extract, Kind, extract_named
from data_access.extracts.placeholders import NO_CHILD
from data_access.quality.dates import HAPPENED, IN_ORDER
from data_access.quality.rules.placeholders import MOST_ROWS
from tests.data_access.quality.standing import AS_AT, BEGINS, CODES, Row, key_text

World = Mapping[str, Sequence[Row]]
Verdict = tuple[int, set[str]]
"""How many rows a rule looks at, and the keys of those that break it."""

CLOSES = ("no_further_action", "caf", "advice")
TODAY = AS_AT.date()


class Judge:
    """Judges a world. An extract that the world does not name was never loaded."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.found: defaultdict[str, list[tuple[str, Row, bool, bool]]] = defaultdict(list)

    def verdicts(self) -> dict[str, Verdict]:
        """Return what each rule of the extracts loaded should find; none for those that look at no row."""
        for name in self.world:
            extract = extract_named(name)
            for row in self.world[name]:
                self._dates(extract, row)
                self._values(extract, row)
                self._neighbours(extract, row)
                self._same_child(extract, row)
        verdicts = {
            rule: (sum(looks for _, _, looks, _ in rows), {key for key, _, looks, broken in rows if looks and broken})
            for rule, rows in self.found.items()
        }
        return {rule: verdict for rule, verdict in verdicts.items() if verdict[0]}

    def _say(self, extract: Extract, rule: str, row: Row, broken: object, *, looks: object = True) -> None:
        key = key_text(extract.name, row)
        self.found[f"{extract.name}_{rule}"].append((key, row, bool(looks), bool(looks and broken)))

    def _dates(self, extract: Extract, row: Row) -> None:
        for first, second in IN_ORDER:
            if extract.has(first) and extract.has(second):
                one, other = extract.column(first), extract.column(second)
                looks = row[one.local_date] is not None and row[other.local_date] is not None
                self._say(
                    extract, f"{second}_before_{first}", row, looks and _before(row, other, row, one), looks=looks
                )
        for name in HAPPENED:
            if extract.has(name):
                day = row[extract.column(name).local_date]
                self._say(extract, f"{name}_in_the_future", row, day and day > TODAY, looks=day)
        for first, second in (("received_at", "decided_at"), ("started_on", "completed_on"), ("from", "to")):
            if (extract.name, second) in {
                ("referrals", "decided_at"),
                ("assessments", "completed_on"),
                ("absences", "to"),
            }:
                begins, ends = (row[extract.column(name).local_date] for name in (first, second))
                rule = f"{second}_more_than_a_year_after_{first}"
                self._say(extract, rule, row, ends and begins < ends.replace(year=ends.year - 1), looks=ends)

    def _values(self, extract: Extract, row: Row) -> None:
        rows = self.world[extract.name]
        for column in extract.columns:
            value = row[column.stored_as]
            if not extract.reference or extract.name == "teams":
                if column.codes:
                    unknown = value not in CODES[column.codes]
                    self._say(extract, f"{column.name}_unknown_code", row, unknown, looks=value is not None)
                if column.refers_to:
                    self._reference(extract, column, row)
            if column.kind is Kind.TIME and extract.name in {
                "contacts", "referrals", "notifications", "system_incidents"
            } and column.name not in {"acknowledged_at", "referrer_told_at"}:  # fmt: skip
                given = any(one[column.has_time] for one in rows)
                looks = given and value is not None
                self._say(extract, f"{column.name}_without_time", row, not row[column.has_time], looks=looks)
        telling = {"contacts": ["source"], "referrals": ["source", "age_band", "sex", "ethnicity", "disability"]}
        for name in telling.get(extract.name, []):
            given = any(one[name] is not None for one in rows)
            self._say(extract, f"{name}_missing", row, row[name] in (None, "unknown"), looks=given)
        if extract.has("team_id") and not extract.reference and extract.name != "surveys":
            given = any(one["team_id"] not in (None, NO_TEAM) for one in rows)
            self._say(extract, "no_team", row, row["team_id"] in (None, NO_TEAM), looks=given)
        if extract.name == "referrals":
            for rule, given, field in (
                ("decided_without_decision", "decided_at", "decision"),
                ("decision_without_date", "decision", "decided_at"),
                ("decided_by_nobody", "decided_at", "decided_by_role"),
            ):
                looks = row[given] is not None and any(one[field] is not None for one in rows)
                self._say(extract, rule, row, row[field] is None, looks=looks)
        for name, part, whole in (
            ("core_groups", "agencies_attended", "agencies_invited"),
            ("surveys", "agreed", "answered"),
        ):
            if extract.name == name:
                looks = row[part] is not None and row[whole] is not None
                self._say(extract, f"{part}_more_than_{whole}", row, looks and row[part] > row[whole], looks=looks)
        if extract.name == "plans":
            interval = row["visit_every_working_days"]
            self._say(extract, "visits_too_rare", row, interval and interval > 65, looks=interval is not None)

    def _reference(self, extract: Extract, column: Column, row: Row) -> None:
        to, value = extract_named(str(column.refers_to)), row[column.stored_as]
        dated = next((day for day in _dated(extract, row) if day is not None), None)
        known = to.name in self.world and (to.reference or (dated is not None and dated >= BEGINS))
        there = {one[to.stored_key[0]] for one in self.world.get(to.name, ())}
        looks = known and value not in (None, NO_TEAM)
        self._say(extract, f"{column.name}_leads_nowhere", row, value not in there, looks=looks)

    def _neighbours(self, extract: Extract, row: Row) -> None:
        judge: dict[str, Callable[[Extract, Row], None]] = {
            "referrals": self._referral,
            "assessments": self._assessment,
            "section_47_enquiries": self._enquiry,
            "plans": self._plan,
            "allocations": self._allocation,
        }
        if extract.name in judge:
            judge[extract.name](extract, row)
        if extract.name in {"contacts", "assessments", "section_47_enquiries", "plans", "cafs"}:
            self._say(extract, "child_is_a_placeholder", row, _tells_no_child(row))
        if extract.name in SAME:
            fields = SAME[extract.name]
            same = [
                one
                for one in self.world[extract.name]
                if all(one[name] == row[name] for name in fields)
                and one[extract.stored_key[0]] < row[extract.stored_key[0]]
            ]
            child = row[fields[0]] if fields[0] == "child_key" else ""
            crowd = extract.name == "referrals" and self._rows_of(extract.name, child) > MOST_ROWS
            looks = row[fields[0]] is not None and row[fields[1]] is not None
            self._say(extract, "twice", row, same and not crowd and str(child).lower() not in NO_CHILD, looks=looks)

    def _same_child(self, extract: Extract, row: Row) -> None:
        child = row.get("child_key")
        for column in extract.columns:
            if extract.has("child_id") and column.refers_to and extract_named(column.refers_to).has("child_id"):
                named = self._named(column.refers_to, extract_named(column.refers_to).stored_key[0], row[column.name])
                others = named is not None and child is not None and named["child_key"] not in (None, child)
                looks = row[column.name] is not None and child is not None
                self._say(extract, f"{column.name}_of_another_child", row, others, looks=looks)
        if extract.name in {"referrals", "contacts", "assessments", "section_47_enquiries", "plans", "cafs"}:
            known = {one["child_key"] for name in (extract.name, "referrals") for one in self.world.get(name, ())}
            alike = [one for one in known - {None} if _plain(one) == _plain(child) and one != child]
            self._say(extract, "child_under_two_references", row, _plain(child) and alike)

    def _rows_of(self, extract: str, child: object) -> int:
        return sum(one["child_key"] == child for one in self.world[extract])

    def _is_child(self, extract: str, child: str) -> bool:
        return child.lower() not in NO_CHILD and self._rows_of(extract, child) <= MOST_ROWS

    def _earlier(self, extract: str, row: Row, order: Callable[[Row], Any]) -> Iterator[Row]:
        """Yield the child's rows before this one; none for a placeholder."""
        if self._is_child(extract, row["child_key"]):
            for one in self.world[extract]:
                if one["child_key"] == row["child_key"] and order(one) < order(row):
                    yield one

    def _referral(self, extract: Extract, row: Row) -> None:
        def order(one: Row) -> tuple[Any, ...]:
            return one["received_at"], one["referral_id"]

        handed_on = row["decision"] == "passed_to_open_case"
        earlier = list(self._earlier("referrals", row, order))
        was_open = any(_is_open(one, row["received_on"]) for one in earlier)
        self._say(extract, "while_a_case_is_open", row, was_open and not handed_on)
        both_open = _is_open(row, TODAY) and any(
            _is_open(one, TODAY) and one["decision"] != "passed_to_open_case" for one in earlier
        )
        self._say(extract, "open_with_another", row, both_open and not handed_on)
        crowd = not self._is_child("referrals", row["child_key"])
        self._say(extract, "child_is_a_placeholder", row, crowd or _tells_no_child(row))
        contact = self._named("contacts", "contact_id", row["contact_id"])
        received = extract.column("received_at")
        late = contact is not None and _before(row, received, contact, received)
        self._say(extract, "before_their_contact", row, late, looks=row["contact_id"])

    def _assessment(self, extract: Extract, row: Row) -> None:
        self._activity(extract, row, "started_on")
        referral = self._named("referrals", "referral_id", row["referral_id"])
        late = referral is not None and row["started_on"] < referral["received_on"]
        self._say(extract, "before_their_referral", row, late, looks=row["referral_id"])
        seen = row["child_seen_on"]
        unasked = seen is not None and referral is not None and seen < referral["received_on"]
        self._say(extract, "child_seen_before_their_referral", row, unasked, looks=row["referral_id"] and seen)
        both = row["completed_on"] is not None and row["terminated_on"] is not None
        self._say(extract, "completed_and_terminated", row, both, looks=row["completed_on"])

        def is_open(one: Row) -> bool:
            return one["completed_on"] is None and one["terminated_on"] is None

        earlier = self._earlier("assessments", row, lambda one: (one["started_on"], one["assessment_id"]))
        another_open = any(is_open(one) and one["kind"] == row["kind"] for one in earlier)
        self._say(extract, "open_with_another", row, is_open(row) and another_open)
        closed = referral is not None and referral["closed_on"] is not None and referral["closed_on"] <= TODAY
        self._say(extract, "open_on_a_closed_case", row, closed, looks=is_open(row) and row["referral_id"])

    def _enquiry(self, extract: Extract, row: Row) -> None:
        begins = "strategy_discussion_on"
        self._activity(extract, row, begins)
        referral = self._named("referrals", "referral_id", row["referral_id"])
        late = referral is not None and row[begins] < referral["received_on"]
        self._say(extract, "before_their_referral", row, late, looks=row["referral_id"])

    def _plan(self, extract: Extract, row: Row) -> None:
        self._activity(extract, row, "from_date")
        self._say(extract, "overlapping_another", row, self._overlaps(extract, row))

    def _allocation(self, extract: Extract, row: Row) -> None:
        holds = row["kind"] == "case_holder"
        self._say(extract, "overlapping_another", row, holds and self._overlaps(extract, row))

    def _overlaps(self, extract: Extract, row: Row) -> bool:
        key = extract.stored_key[0]
        return any(
            one["kind"] == row["kind"] and (one["to_date"] is None or one["to_date"] > row["from_date"])
            for one in self._earlier(extract.name, row, lambda one: (one["from_date"], one[key]))
        )

    def _activity(self, extract: Extract, row: Row, begins: str) -> None:
        if row.get("referral_id") is not None:
            referral = self._named("referrals", "referral_id", row["referral_id"])
            broken = referral is not None and referral["decision"] in CLOSES
        else:
            before = [
                one
                for one in self.world.get("referrals", ())
                if one["child_key"] == row["child_key"] and one["received_on"] <= row[begins]
            ]
            latest = max(before, key=lambda one: (one["received_at"], one["referral_id"]), default=None)
            broken = (
                latest is not None
                and self._is_child("referrals", row["child_key"])
                and latest["decision"] in CLOSES
                and not any(_is_open(one, row[begins]) for one in before)
            )
        self._say(extract, "after_no_further_action", row, broken)

    def _named(self, extract: str, key: str, value: object) -> Row | None:
        return next((one for one in self.world.get(extract, ()) if value is not None and one[key] == value), None)


SAME = {
    "contacts": ("child_key", "received_on", "source"),
    "referrals": ("child_key", "received_on", "source"),
    "notifications": ("child_key", "received_on", "kind"),
    "cafs": ("child_key", "started_on", "agency"),
    "assessments": ("child_key", "started_on", "kind"),
    "section_47_enquiries": ("child_key", "strategy_discussion_on"),
    "conferences": ("child_key", "held_on", "kind"),
    "plans": ("child_key", "from_date", "kind"),
    "core_groups": ("plan_id", "due_on"),
    "visits": ("child_key", "made_on", "staff_id"),
    "allocations": ("child_key", "from_date", "kind", "staff_id"),
    "oversight": ("child_key", "recorded_on", "kind", "staff_id"),
    "supervisions": ("staff_id", "due_on", "kind", "child_key"),
    "absences": ("staff_id", "from_date", "kind"),
}


def _plain(reference: object) -> str:
    """Return a reference as it is whatever its capitals, spaces and leading zeros."""
    return "".join(str(reference).lower().split()).replace("\u200b", "").replace("\ufeff", "").lstrip("0")


def _is_open(referral: Row, day: Any) -> bool:
    """Return whether the case of a referral, received by then, is open on a day."""
    closed = referral["closed_on"] is not None and referral["closed_on"] <= day
    decided = referral["decided_on"] is not None and referral["decided_on"] <= day
    return not closed and not (decided and referral["decision"] in CLOSES)


def _before(row: Row, column: Column, other_row: Row, other: Column) -> bool:
    """Return whether a date lies before another: by the moment where both have a time of day."""
    if column.kind is other.kind is Kind.TIME and row[column.has_time] and other_row[other.has_time]:
        return bool(row[column.stored_as] < other_row[other.stored_as])
    return bool(row[column.local_date] < other_row[other.local_date])


def _dated(extract: Extract, row: Row) -> Iterator[Any]:
    yield from (row[extract.column(name).local_date] for name in extract.dated_by)


def _tells_no_child(row: Row) -> bool:
    return row["child_id"].lower() in NO_CHILD or " child_id " in (row.get("unreadable") or "")

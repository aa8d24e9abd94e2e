"""The headline figures, reckoned from the written rows in the plainest way: for the story, not for the product."""

import csv
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sample_data import story, working_days
from sample_data.flaws import REFUSED

MANAGERS = {"practice_manager", "team_manager", "group_manager", "smt"}
BELOW = {"no_further_action", "caf", "advice"}
LEADS = {"initial_assessment", "core_assessment", "single_assessment", "strategy_discussion"}
Cases = list[tuple[date, str, int]]
"""Date, team and whether the measure was met: one a case that counts."""


def read(folder: Path, extract: str) -> list[dict[str, str]]:
    with (folder / f"{extract}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [dict(refused.cells) for refused in REFUSED if refused.extract == extract]
    return [row for row in rows if not any(all(row[c] == (v or "") for c, v in cells.items()) for cells in wrong)]


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def moment(text: str) -> datetime:
    """UTC, near enough for the story: an hour less in summer time."""
    local = datetime.fromisoformat(text)
    year = local.year
    spring, autumn = (
        datetime.combine(date(year, m, 31), time(1)) - timedelta(days=(date(year, m, 31).weekday() + 1) % 7)
        for m in (3, 10)
    )
    return local - timedelta(hours=1) if spring <= local < autumn + timedelta(hours=1) else local


def share(cases: Cases, first: date, last: date, team: str | None = None) -> float:
    met = [m for when, t, m in cases if first <= when <= last and team in {None, t}]
    return sum(met) / len(met)


class Council:
    """A folder of extracts and its headline figures."""

    def __init__(self, folder: Path, as_at: datetime = story.AS_AT) -> None:
        self.folder, self.as_at = folder, as_at
        merges = {row["child_id"]: row["merged_into"] for row in read(folder, "child_merges")}

        def child(reference: str) -> str:
            while reference in merges:
                reference = merges[reference]
            return reference

        self.referrals = sorted(read(folder, "referrals"), key=lambda r: (moment(r["received_at"]), r["referral_id"]))
        self.assessments = read(folder, "assessments")
        self.cafs = read(folder, "cafs")
        for rows in (self.referrals, self.assessments, self.cafs):
            for row in rows:
                row["child"] = child(row["child_id"])
        self.contacts = {row["contact_id"]: row for row in read(folder, "contacts")}
        self.by_child: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.referrals:
            self.by_child[row["child"]].append(row)

    def waiting(self) -> list[tuple[float, dict[str, str]]]:
        """Hours waited so far, of every referral without a decision."""
        now = moment(self.as_at.isoformat())
        open_ones = [row for row in reversed(self.referrals) if not row["decided_at"]]
        return [((now - moment(row["received_at"])).total_seconds() / 3600, row) for row in open_ones]

    def decisions(self) -> tuple[Cases, int]:
        """Cases, and how many could not be computed."""
        cases: Cases = []
        not_computable = 0
        first_by_referral: dict[str, str] = {}
        for contact in self.contacts.values():
            if contact["referral_id"]:
                first_by_referral.setdefault(contact["referral_id"], contact["received_at"])
        now = moment(self.as_at.isoformat())
        for row in self.referrals:
            if row["contact_id"] in self.contacts:
                first = self.contacts[row["contact_id"]]["received_at"]
            else:
                first = first_by_referral.get(row["referral_id"], row["received_at"])
            decided = row["decided_at"]
            if not decided:
                if now - moment(first) >= timedelta(hours=24):
                    cases.append((day(first), row["team_id"], 0))
                continue
            if len(first) > 10 and len(decided) > 10:
                in_time = moment(decided) - moment(first) <= timedelta(hours=24)
            elif (day(decided) - day(first)).days == 1:
                not_computable += 1
                continue
            else:
                in_time = day(decided) <= day(first)
            cases.append((day(first), row["team_id"], int(in_time and row["decided_by_role"] in MANAGERS)))
        return cases, not_computable

    def to_assessment(self) -> Cases:
        initial: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.assessments:
            if row["kind"] == "initial" and not row["terminated_on"]:
                initial[row["child"]].append(row)
        cases: Cases = []
        today = working_days.number(self.as_at.date())
        for rows in self.by_child.values():
            for place, row in enumerate(rows):
                received = day(row["received_at"])
                if any(is_open(earlier, received) for earlier in rows[:place]):
                    continue
                later = [day(r["received_at"]) for r in rows[place + 1 :]]
                started = [
                    day(ia["started_on"])
                    for ia in initial[row["child"]]
                    if ia["referral_id"] == row["referral_id"]
                    or (
                        not ia["referral_id"]
                        and day(ia["started_on"]) >= received
                        and not any(other <= day(ia["started_on"]) for other in later)
                    )
                ]
                number = working_days.number(received)
                met = any(working_days.number(start) - number <= 10 for start in started)
                known = row["decision"] and row["decided_at"] and row["decision"] not in LEADS
                if met or known or today - number > 10:
                    cases.append((received, row["team_id"], int(met)))
        return cases

    def assessed_in_time(self) -> Cases:
        by_id = {row["referral_id"]: row for row in self.referrals}
        cases: Cases = []
        for row in self.assessments:
            if row["kind"] != "initial" or not row["completed_on"] or row["terminated_on"]:
                continue
            if row["new_information_on"]:
                start = day(row["new_information_on"])
            elif row["referral_id"]:
                start = day(by_id[row["referral_id"]]["received_at"])
            else:
                before = [day(r["received_at"]) for r in self.by_child[row["child"]]]
                before = [received for received in before if received <= day(row["started_on"])]
                if not before:
                    continue
                start = before[-1]
            completed = day(row["completed_on"])
            standard = 7 if start <= date(2010, 3, 31) else 10
            in_time = working_days.number(completed) - working_days.number(start) <= standard
            cases.append((completed, row["team_id"], int(in_time)))
        return cases

    def re_referrals(self) -> Cases:
        cases: Cases = []
        for rows in self.by_child.values():
            for place, row in enumerate(rows):
                received = day(row["received_at"])
                year_before = received - timedelta(days=365)
                met = any(day(earlier["received_at"]) >= year_before for earlier in rows[:place])
                cases.append((received, row["team_id"], int(met)))
        return cases

    def cafs_by_week(self) -> dict[date, int]:
        weeks: dict[date, int] = defaultdict(int)
        for row in self.cafs:
            if row["started_on"]:
                weeks[working_days.monday(day(row["started_on"]))] += 1
        return weeks

    def to_caf(self) -> Cases:
        by_child: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.cafs:
            if row["started_on"]:
                by_child[row["child"]].append(row)
        cases: Cases = []
        today = working_days.number(self.as_at.date())
        for row in self.referrals:
            if row["decision"] not in BELOW or not row["decided_at"]:
                continue
            decided = day(row["decided_at"])
            number = working_days.number(decided)
            met = any(
                working_days.number(day(caf["started_on"])) - number <= 20
                and (not caf["closed_on"] or day(caf["closed_on"]) >= decided)
                for caf in by_child[row["child"]]
            )
            if met or today - number > 20:
                cases.append((decided, row["team_id"], int(met)))
        return cases

    def using_ics(self) -> Cases:
        use: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for row in read(self.folder, "system_use"):
            use[row["staff_id"], row["week"]][row["system"]] = int(row["recorded"])
        away = self._away("sickness", "leave", "other")
        cases: Cases = []
        staff = [row for row in read(self.folder, "staff") if row["uses_case_system"] == "yes"]
        week = date(2009, 3, 30)
        while week + timedelta(days=6) < self.as_at.date():
            days = set(working_days.between(week, week + timedelta(days=6)))
            for row in staff:
                if not holds(row, week) or days <= away[row["staff_id"]]:
                    continue
                used = use[row["staff_id"], week.isoformat()]
                met = used.get("ics", 0) > 0 and not used.get("swift", 0)
                cases.append((week, row["team_id"], int(met)))
            week += timedelta(days=7)
        return cases

    def sickness(self) -> dict[date, float]:
        """Share of FTE working days lost, by month."""
        away = self._away("sickness")
        lost: dict[date, float] = defaultdict(float)
        had: dict[date, float] = defaultdict(float)
        for row in read(self.folder, "staff"):
            first = max(day(row["from"]), date(2007, 4, 1))
            last = min(day(row["to"]) if row["to"] else date.max, self.as_at.date() - timedelta(days=1))
            for one in working_days.between(first, last) if first <= last else []:
                had[one.replace(day=1)] += float(row["fte"])
                lost[one.replace(day=1)] += float(row["fte"]) * (one in away[row["staff_id"]])
        return {month: lost[month] / had[month] for month in sorted(had)}

    def views(self) -> Cases:
        audits: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in read(self.folder, "audits"):
            if row["question"] in {"child_views_recorded", "parents_views_recorded"}:
                audits[row["audit_id"]].append(row)
        cases: Cases = []
        for rows in audits.values():
            asked = [row["answer"] for row in rows if not (row["answer"] == "not_applicable" and row["reason"])]
            if asked:
                cases.append((day(rows[0]["audited_on"]), rows[0]["team_id"], int(set(asked) == {"yes"})))
        return cases

    def _away(self, *kinds: str) -> dict[str, set[date]]:
        away: dict[str, set[date]] = defaultdict(set)
        for row in read(self.folder, "absences"):
            if row["kind"] in kinds and row["part_day"] != "yes":
                last = day(row["to"]) if row["to"] else self.as_at.date() - timedelta(days=1)
                if day(row["from"]) <= last:
                    away[row["staff_id"]].update(working_days.between(day(row["from"]), last))
        return away


def is_open(earlier: dict[str, str], received: date) -> bool:
    closed = earlier["closed_on"] and day(earlier["closed_on"]) <= received
    ended = earlier["decision"] in BELOW and earlier["decided_at"] and day(earlier["decided_at"]) <= received
    return not closed and not ended


def holds(spell: dict[str, str], when: date) -> bool:
    return day(spell["from"]) <= when and (not spell["to"] or when <= day(spell["to"]))

"""Makes `README.md`, the page on which councils read what is checked all year round, from the rules themselves.

Renew it with `python -m data_access.quality.rules_page`.
"""

from pathlib import Path
from typing import Final

from data_access.extracts import EXTRACTS
from data_access.measures import MEASURES
from data_access.quality import RULES
from data_access.quality.rule import NEVER_LISTED
from data_access.quality.rules.placeholders import MOST_ROWS

PAGE: Final = Path(__file__).with_name("README.md")

_INTRODUCTION: Final = f"""\
# What is checked all year round

A load refuses what can't be read and warns of what is odd in a row. The rules below look, after every load, at
everything that stands: rows against one another, against other extracts and against the calendar. A row that breaks a
rule is kept; the rule says what to correct in the case system, so that the next extract brings it right.
`safe-dashboard check --rows FILE.csv` writes the rows to correct.

A row whose dates can't be true (decided before it was received, over before it began, dated after the data were
taken) never improves a figure: a measure whose rule needs these dates leaves the case out and counts it
separately, as a case that could not be worked out.

- A rule looks only at rows that have what it needs; where a source never gives something (times of day, teams), its
  absence is no fault of single rows and is not counted. An extract that was never loaded has no counts, not zero.
- "In the future" means after the day on which the extract was taken.
- A case is open from the referral until it is closed, or until the day of a decision that closes it (no further
  action, a CAF, advice, and whatever else the list of decisions flags as closing).
- Activity on a referral that was closed by its decision: the assessment, enquiry or plan names such a referral; or
  names none, follows one as the child's latest, and no case of the child was open on its first day.
- References that lead nowhere are looked for only where the other extract was loaded, in rows no older than its
  dates.
- Rules that compare a child's rows leave out references that stand for no child: `UNKNOWN` and the like, and those
  under which more than {MOST_ROWS} referrals (or assessments, plans, allocations) lie. A rule of its own names these.
- Duplicates are the second and later rows with the same child, day and kind or source; the first by reference stays.
  Of contacts, visits and other things a child may have more than {MOST_ROWS}.
- Rows of {", ".join(sorted(NEVER_LISTED))} are counted and never listed, since they tell of people's health.
- Counts are kept for the last load of each day, and for the latest two loads.
"""


def page() -> str:
    """Return the whole page in Markdown: a table for each extract that has rules."""
    parts = [_INTRODUCTION]
    for extract in EXTRACTS:
        rules = [rule for rule in RULES.values() if rule.extract == extract.name]
        if not rules:
            continue
        lines = ["| rule | what is wrong | what to do | measures that it threatens |", "| --- | --- | --- | --- |"]
        for rule in rules:
            measures = " · ".join(MEASURES[name].definition.title for name in rule.threatens)
            lines.append(f"| `{rule.name}` | {rule.title} | {rule.message} | {measures} |")
        parts.append("\n".join([f"## {extract.title} ({extract.name})", "", *lines, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

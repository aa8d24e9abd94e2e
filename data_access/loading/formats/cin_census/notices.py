"""What is told of a census beside its rows: what was left out, dropped, or not as expected."""

from collections import Counter

from data_access.loading.formats.cin_census.census import Met
from data_access.loading.formats.cin_census.child import Rows

_MOST_NAMED = 20


def notices_of(shown: str, met: Met, rows: Rows) -> list[str]:
    """Return the notices on a file."""
    found = []
    if met.identifying:
        found.append(f"it identifies children ({_named(met.identifying)}); this was dropped and is kept nowhere")
    found.append("dates of birth were used for the age band at referral, then dropped and kept nowhere")
    if met.unused:
        found.append(f"elements that nothing here is worked out from were left out: {_named(met.unused)}")
    if met.unknown:
        found.append(
            f"elements that are not known where they stand were left out, though not the known ones inside them: "
            f"{_named(met.unknown)}"
        )
    if met.repeated:
        found.append(f"elements that may stand once stand again; the first was taken: {_named(met.repeated)}")
    if met.stray_texts:
        lines = ", ".join(map(str, met.stray_text))
        found.append(f"text between elements was left out: {met.stray_texts:,} times, first near line {lines}")
    if rows.without_referral:
        lines = ", ".join(map(str, rows.without_referral[:_MOST_NAMED]))
        found.append(f"{len(rows.without_referral):,} children have no CINdetails, and so no row: line {lines}")
    if rows.closed_with_referral:
        found.append(
            f"{rows.closed_with_referral:,} referrals without further action bear no CINclosureDate, as the census "
            "asks; they count as closed on their own day"
        )
    return [f"{shown}: {one}." for one in found]


def _named(counted: Counter[str]) -> str:
    named = ", ".join(f"{name} ({count:,})" for name, count in sorted(counted.items())[:_MOST_NAMED])
    more = len(counted) - _MOST_NAMED
    return f"{named} and {more:,} more" if more > 0 else named

"""What is told of a census apart from its rows: what was left out, dropped, or not as expected."""

from collections import Counter

from data_access.loading.formats.cin_census.census import Met, Places
from data_access.loading.formats.cin_census.child import Rows

_MOST_NAMED = 20


def notices_of(shown: str, met: Met, rows: Rows) -> list[str]:
    """Return the notices on a file."""
    notices = []
    if met.identifying:
        notices.append(f"it identifies children ({_named(met.identifying)}); this was dropped and is kept nowhere")
    notices.append("dates of birth were used for the age band at referral, then dropped and kept nowhere")
    if met.unused:
        notices.append(f"elements that nothing here is worked out from were left out: {_named(met.unused)}")
    if met.unknown:
        notices.append(
            f"elements that are not known where they stand were left out, though not the known ones inside them: "
            f"{_named(met.unknown)}"
        )
    if met.repeated:
        notices.append(f"elements that may stand once stand again; the first was taken: {_named(met.repeated)}")
    if met.stray_text.count:
        notices.append(f"text between elements was left out ({_placed(met.stray_text)})")
    if rows.without_referral.count:
        notices.append(f"children without CINdetails make no row ({_placed(rows.without_referral)})")
    if rows.closed_with_referral:
        notices.append(
            f"referrals without further action, work or CINclosureDate ({rows.closed_with_referral:,}) count as "
            "closed on their own day"
        )
    return [f"{shown}: {notice}." for notice in notices]


def _named(counted: Counter[str]) -> str:
    named = ", ".join(f"{name} ({count:,})" for name, count in sorted(counted.items())[:_MOST_NAMED])
    more = len(counted) - _MOST_NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _placed(places: Places) -> str:
    more = ", …" if places.count > len(places.lines) else ""
    return f"{places.count:,}; line {', '.join(map(str, places.lines))}{more}"

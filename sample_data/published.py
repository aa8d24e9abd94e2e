"""Published figures of other areas with their sources, and which councils are statistical neighbours."""

from datetime import date

from sample_data import story
from sample_data.records import Record, morning

_IN_SEVEN_DAYS = "initial_assessments_within_7_working_days"
_RE_REFERRALS = "re_referrals_within_12_months"
_PER_REFERRAL = "initial_assessments_per_referral"
_CORE = "core_assessments_within_35_working_days"

_DCSF = "DCSF Statistical First Release 24/2008, as reported by Family Law, 22 September 2008"
_TES = "DCSF release for the year to March 2009, as reported by TES, 2 October 2009"
_DFE = "DfE children in need tables, 2012 to 2013"
_SERIES = "DfE children in need statistics, re-referrals by local authority"

_LOCAL_RE_REFERRALS = (9.8, 10.2, 16.9, 16.3, 13.7, 15.8, 14.3, 14.6, 12.3, 17.3, 26.1, 21.2, 21.8)
"""Barking and Dagenham, years to 31 March 2013 to 2025, in percent."""


_NEIGHBOURS = (
    (
        "Statistical neighbours of April 2021",
        date(2021, 4, 1),
        "Greenwich, Enfield, Manchester, Luton, Birmingham, Waltham Forest, Slough, Nottingham, Coventry, Newham",
    ),
    (
        "Statistical neighbours of May 2025",
        date(2025, 5, 1),
        "Enfield, Luton, Hounslow, Sandwell, Wolverhampton, Ealing, Brent, Hillingdon, Peterborough, Greenwich",
    ),
)
"""Barking and Dagenham's, as the DfE set them; the set of 2009 is not known."""


def comparators() -> list[Record]:
    """Return the published figures. They are no part of the story: they are listed whatever the moment."""
    england: list[tuple[str, int, str, tuple[int, int] | None, str]] = [
        (_PER_REFERRAL, 2007, "0.5596", (305_000, 545_000), _DCSF),
        (_PER_REFERRAL, 2008, "0.5941", (319_900, 538_500), _DCSF),
        (_IN_SEVEN_DAYS, 2007, "0.68", None, _DCSF),
        (_IN_SEVEN_DAYS, 2008, "0.71", None, _DCSF),
        (_IN_SEVEN_DAYS, 2009, "0.72", None, _TES),
        (_CORE, 2007, "0.78", None, _DCSF),
        (_CORE, 2008, "0.8", None, _DCSF),
        (_RE_REFERRALS, 2008, "0.24", None, _DCSF),
        (_PER_REFERRAL, 2013, "0.744", None, _DFE),
        (_RE_REFERRALS, 2013, "0.247", None, _DFE),
        (_RE_REFERRALS, 2025, "0.226", None, _SERIES),
    ]
    published = [("England", *figure) for figure in england]
    published += [
        ("London", _RE_REFERRALS, year, f"{v:g}", None, _SERIES) for year, v in ((2013, 0.177), (2025, 0.194))
    ]
    published += [
        ("Barking and Dagenham", _RE_REFERRALS, year, f"{percent / 100:g}", None, _SERIES)
        for year, percent in enumerate(_LOCAL_RE_REFERRALS, 2013)
    ]
    return [
        Record(
            {
                "comparator_id": f"CP-{number:02}",
                "measure": measure,
                "area": area,
                "from": date(year - 1, 4, 1),
                "to": date(year, 3, 31),
                "value": value,
                "numerator": counts[0] if counts else None,
                "denominator": counts[1] if counts else None,
                "source": source,
            },
            morning(story.BEGINS),
        )
        for number, (area, measure, year, value, counts, source) in enumerate(published, 1)
    ]


def neighbour_sets() -> list[Record]:
    """Return the sets of statistical neighbours, listed whatever the moment, as the comparators are."""
    return [
        Record(
            {
                "neighbour_set": name,
                "council": council,
                "from": first,
                "source": "DfE, statistical neighbours of Barking and Dagenham",
            },
            morning(story.BEGINS),
        )
        for name, first, councils in _NEIGHBOURS
        for council in councils.split(", ")
    ]

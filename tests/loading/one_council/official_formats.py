"""The same council as an Annex A workbook, and as a children in need census for each year."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Final

from tests.loading.annex_a.layouts import table, xlsx
from tests.loading.cin_census.making import census, child, element
from tests.loading.one_council.council import Rows, extract

_HEADER: Final = """<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>
<Source><DateTime>{year}-05-03T07:00:00</DateTime></Source></Header>"""

YEARS: Final = (2008, 2009, 2010)


def annex_a(folder: Path) -> None:
    """Write the lists of early help and of referrals; times of day are asked for nowhere."""
    cafs = [
        {
            "Child Unique ID": row["child_id"],
            "Assessment start date": row["started_on"],
            "Organisation completing assessment": row["agency"],
        }
        for row in extract("cafs")
        if row["started_on"]
    ]
    referrals = [
        {
            "Child Unique ID": row["child_id"],
            "Date of referral": row["received_at"][:10],
            "Referral Source": row["source"],
            "Referral NFA?": "Yes" if row["decision"] == "no_further_action" else "No",
            "Allocated Team": row["team_id"],
            "Number of Referrals in Last 12 Months": str(number),
        }
        for number, row in enumerate(extract("referrals"))
    ]
    folder.mkdir()
    lists = {2: cafs, 3: referrals}
    xlsx(folder / "annex-a.xlsx", {f"List {number}": table(number, *rows) for number, rows in lists.items()})


def cin_census(folder: Path) -> None:
    """Write a census for each year with the referrals received in it."""
    folder.mkdir()
    for year in YEARS:
        by_child: defaultdict[str, Rows] = defaultdict(list)
        for row in extract("referrals"):
            received = row["received_at"][:10]
            if dt.date(year - 1, 4, 1).isoformat() <= received <= dt.date(year, 3, 31).isoformat():
                by_child[row["child_id"]].append(row)
        children = [
            child(
                reference,
                *(
                    element("CINreferralDate", row["received_at"][:10]) + element("CINclosureDate", row["closed_on"])
                    for row in rows
                ),
            )
            for reference, rows in by_child.items()
        ]
        text = census(*children, header=_HEADER.format(year=year))
        (folder / f"cin-{year}.xml").write_text(text, encoding="utf-8")

"""Tables of other collections that come in place of extracts, told by their headings; what to give instead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from data_access.loading.delivery.names import name_of
from data_access.loading.formats.annex_a.finding import list_like
from data_access.loading.formats.annex_a.lists import TITLES


@dataclass(frozen=True)
class _Collection:
    """A collection: what it is called, the headings of its tables (as `name_of` gives them), and what to do.

    `needs` are headings of which one must be there. Two of `headings` tell it.
    """

    title: str
    headings: frozenset[str]
    way_out: str
    needs: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOT_USED: Final = "Nothing here is worked out from it; give the extracts, Annex A or the children in need census."

_COLLECTIONS: Final = (
    _Collection(
        "a table of the children in need census",
        _words(
            "lachildid cindetailsid cinreferraldate primaryneedcode referralsource referralnfa cinclosuredate "
            "reasonforclosure dateofinitialcpc assessmentactualstartdate assessmentinternalreviewdate "
            "assessmentauthorisationdate assessmentfactors factorsidentifiedatassessment s47actualstartdate "
            "initialcpctarget icpcnotrequired cinplanstartdate cinplanenddate cppstartdate cppenddate cppid "
            "initialcategoryofabuse latestcategoryofabuse numberofpreviouscpp cppreviewdate"
        ),
        "Give the census itself, the XML file that is sent to the Department for Education.",
    ),
    _Collection(
        "a table of the looked-after children return (SSDA903)",
        _words(
            "decom rne ls cin place place_provider dec rec reason_place_change home_post pl_post mc_dob ethnic "
            "review review_code duc sdq_score sdq_reason convicted health_check immunisations teeth_check "
            "health_assessment substance_misuse intervention_received in_touch activ accom date_int date_match "
            "date_placed prev_perm la_perm date_perm missing mis_start mis_end mother"
        ),
        _NOT_USED,
        frozenset({"child"}),
    ),
    _Collection(
        "the children's social work workforce census",
        _words(
            "agencyworker sweno cswwid cswwworker orgrole rolestartdate startorigin roleenddate leaverreason "
            "leaverdestination fte30 cases30 workingdayslost frontlinegrad absat30sept reasonabsence cfkssstatus "
            "qualinst quallevel stepup contractweeks"
        ),
        "Nothing here is worked out from it; give the extracts staff, posts and absences.",
    ),
    _Collection(
        "the school census",
        _words(
            "formerupn pupilid legalsurname preferredsurname legalforename ncyearactual enrolstatus fsmeligible "
            "fsmstartdate senprovision entrydate leavingdate possibleunits authorisedabsence attendancemark"
        ),
        _NOT_USED,
    ),
)

_CODES: Final = {
    "CSWW": "the children's social work workforce census",
    "CSWWCENSUS": "the children's social work workforce census",
    "SSDA903": "the looked-after children return (SSDA903)",
    "CLA": "the looked-after children return (SSDA903)",
    "SC": "the school census",
    "SCHOOL": "the school census",
    "SWF": "the school workforce census",
    "WORKFORCE": "the school workforce census",
    "AP": "the alternative provision census",
    "EYC": "the early years census",
    "EARLYYEARS": "the early years census",
    "PLASC": "the school census",
}
"""What the codes of collections stand for, as the header of an XML file gives them."""


def collection_called(code: str) -> str | None:
    """Return which collection an XML file is of, by the code in its header; None for one that isn't known."""
    return _CODES.get("".join(code.upper().split()))


def seems(headings: Collection[str], typed: Sequence[str]) -> str | None:
    """Return what a table seems to be, as sentences to follow its name; None where nothing is known of it.

    `headings` are names as `name_of` makes them, `typed` the headings as they stand in the file.
    """
    if (number := list_like(typed)) is not None:
        return (
            f"It seems to be list {number} of Annex A, {TITLES[number]}, by itself. Give the workbook of Annex A, "
            "with a sheet a list."
        )
    names = {name_of(heading) for heading in headings}
    for collection in _COLLECTIONS:
        if len(names & collection.headings) >= 2 and (not collection.needs or names & collection.needs):
            return f"It seems to be {collection.title}. {collection.way_out}"
    return None

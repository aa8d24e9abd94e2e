"""The formats in which extracts come, and what each can tell."""

from typing import Final

NATIVE: Final = "native"
ANNEX_A: Final = "Annex A"
CIN_CENSUS: Final = "CIN census"


def _fields(**extracts: str) -> frozenset[str]:
    return frozenset(f"{extract}.{column}" for extract, columns in extracts.items() for column in columns.split())


_GIVES: Final[dict[str, frozenset[str]]] = {
    # not what is told only in part: no further action alone of the decisions, the latest episode alone of the closing
    # days, initial and core assessments in older layouts alone
    ANNEX_A: _fields(
        contacts="child_id received_at source referral_id",
        cafs="child_id started_on completed_on agency",
        referrals="child_id received_at source team_id age_band sex ethnicity",
        assessments="child_id started_on completed_on team_id",
        section_47_enquiries="child_id strategy_discussion_on team_id",
        conferences="child_id kind held_on outcome",
        plans="child_id kind from to team_id",
    ),
    CIN_CENSUS: _fields(
        referrals="child_id received_at source closed_on reason age_band sex ethnicity disability",
        assessments="child_id referral_id started_on completed_on",
        section_47_enquiries="child_id referral_id strategy_discussion_on outcome",
        conferences="child_id kind due_on held_on",
        plans="child_id kind from to",
    ),
}
"""The columns (`extract.column`) that every file of a format which isn't native can tell."""


def gives(form: str, field: str) -> bool:
    """Return whether the format can tell the field (`extract.column`); the native one can tell all."""
    return form == NATIVE or field in _GIVES[form]

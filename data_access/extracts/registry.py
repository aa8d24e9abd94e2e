"""Every extract, in the order in which the format page lists them."""

from data_access.extracts import action_plan, casework, front_door, people_and_teams, programme, quality
from data_access.extracts.contract import Extract

EXTRACTS: tuple[Extract, ...] = (
    people_and_teams.TEAMS,
    people_and_teams.POSTS,
    people_and_teams.STAFF,
    people_and_teams.SCHOOLS,
    front_door.CONTACTS,
    front_door.REFERRALS,
    casework.ASSESSMENTS,
    casework.SECTION_47_ENQUIRIES,
    casework.CONFERENCES,
    casework.PLANS,
    casework.CORE_GROUPS,
    casework.VISITS,
    casework.ALLOCATIONS,
    casework.OVERSIGHT,
    people_and_teams.SUPERVISIONS,
    front_door.CAFS,
    front_door.NOTIFICATIONS,
    quality.AUDITS,
    people_and_teams.ABSENCES,
    people_and_teams.SYSTEM_USE,
    quality.SYSTEM_INCIDENTS,
    quality.FEEDBACK,
    people_and_teams.SURVEYS,
    casework.CHILD_MERGES,
    programme.TARGETS,
    programme.STANDARDS,
    programme.EVENTS,
    programme.REBASES,
    programme.COMPARATORS,
    programme.NEIGHBOUR_SETS,
    action_plan.ACTIONS,
    action_plan.ACTION_UPDATES,
    programme.FINDINGS,
    programme.CODES,
    programme.SPELLINGS,
)

_BY_NAME = {extract.name: extract for extract in EXTRACTS}


def extract_named(name: str) -> Extract:
    """Return the extract of this name; raise KeyError where there is none."""
    return _BY_NAME[name]

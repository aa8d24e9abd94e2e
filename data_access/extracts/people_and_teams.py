"""Extracts about the service itself: teams, posts, staff, schools, absence, supervision, surveys."""

from data_access.extracts.contract import (
    NO_TEAM,
    Column,
    Extract,
    Kind,
    begins,
    child,
    code,
    date,
    ends,
    fte,
    reference,
    team,
    text,
    whole,
    worker,
    yes_no,
)

TEAMS = Extract(
    "teams",
    "Teams",
    "One row a team. Teams belong to a service; a team that closes may name the team that took its work over.",
    ("team_id",),
    (
        reference("team_id", "The team's reference", required=True),
        text("name", "The team's name as people know it", required=True),
        text("service", "The service that the team belongs to", required=True),
        code("kind", "team_kind", "What the team does"),
        date("opened", "First day of the team"),
        date("closed", "Last day of the team"),
        reference("successor_id", "The team that took its work over", to="teams"),
    ),
    reference=True,
)

POSTS = Extract(
    "posts",
    "Posts",
    "One row a post and the way it is filled.",
    ("post_id", "from"),
    (
        reference("post_id", "The post's reference", required=True),
        team(required=True, meaning="The team that the post belongs to"),
        code("role", "role", "The role of the post", required=True),
        fte("Full-time equivalent of the post"),
        begins("First day on which this row is true"),
        ends("Last day on which this row is true"),
        code("filled_by", "filled_by", "Staff, agency or vacant"),
    ),
    dated_by=("from",),
)

STAFF = Extract(
    "staff",
    "Staff",
    "One row a spell: a person in one role and team. A change of team, role or hours ends a spell and begins one.",
    ("staff_id", "from"),
    (
        reference("staff_id", "The person's pseudonymous reference", required=True),
        begins("First day of the spell"),
        ends("Last day of the spell"),
        team(meaning="The team of the spell"),
        code("role", "role", "The role held", required=True),
        fte("Full-time equivalent, 0.01 to 1.5"),
        yes_no("uses_case_system", "Whether the work is recorded in the case system"),
    ),
    dated_by=("from",),
)

SCHOOLS = Extract(
    "schools",
    "Schools",
    "One row a school.",
    ("school_id",),
    (
        reference("school_id", "The school's reference", required=True),
        date("opened", "First day of the school"),
        date("closed", "Last day of the school"),
    ),
    reference=True,
)

SUPERVISIONS = Extract(
    "supervisions",
    "Supervision",
    "One row a supervision session, held or due.",
    ("supervision_id",),
    (
        reference("supervision_id", "The session's reference", required=True),
        worker("staff_id", "The person supervised", required=True),
        code("kind", "supervision_kind", "Casework or personal", required=True),
        date("due_on", "Day on which it was due", required=True),
        date("held_on", "Day on which it was held"),
        date("recorded_on", "Day on which the record was made"),
        yes_no("on_childs_file", "Whether the casework record stands on the child's file"),
        child(required=False, meaning="The child whose case was discussed"),
    ),
    dated_by=("due_on",),
)

ABSENCES = Extract(
    "absences",
    "Absences",
    "One row an absence. Sickness is counted by team and month; nobody is ever listed.",
    ("absence_id",),
    (
        reference("absence_id", "The absence's reference", required=True),
        worker("staff_id", "The person absent", required=True),
        begins("First day of the absence"),
        ends("Last day of the absence"),
        yes_no("part_day", "Whether each day was only half lost"),
        code("kind", "absence_kind", "Sickness, leave or other"),
    ),
    dated_by=("from",),
)

SURVEYS = Extract(
    "surveys",
    "Staff surveys",
    "Counts only, since surveys are anonymous: one row a survey, question and team.",
    ("survey", "question", "team_id"),
    (
        text("survey", "Name of the survey", required=True),
        date("asked_on", "Day on which the survey closed", required=True),
        text("question", "The question", required=True),
        Column("team_id", Kind.ID, "The team asked; blank for all", refers_to="teams", blank_means=NO_TEAM),
        whole("answered", "How many answered", required=True),
        whole("agreed", "How many of them agreed", required=True),
    ),
    dated_by=("asked_on",),
)

SYSTEM_USE = Extract(
    "system_use",
    "Use of the case systems",
    "One row a person, week and system.",
    ("staff_id", "week", "system"),
    (
        worker("staff_id", "The person", required=True),
        Column("week", Kind.WEEK, "Monday of the week", required=True),
        code("system", "system", "The system", required=True),
        whole("recorded", "New records made in it that week", required=True),
        whole("looked_up", "Records only looked up in it that week"),
    ),
    dated_by=("week",),
)

"""The action plan: what is to be done, by whom and until when, and what was reported about it."""

from data_access.extracts.contract import Column, Extract, code, date, reference, text, yes_no

ACTIONS = Extract(
    "actions",
    "Actions",
    "One row a line of the action plan, as it stands.",
    ("action_id",),
    (
        reference("action_id", "The line's number in the plan, 9a say", required=True),
        text("title", "What is to be done, in a few words", required=True),
        code("strand", "strand", "The strand of SAFE", required=True),
        text("lead", "The roles that lead it"),
        yes_no("lead_to_be_named", "Whether a lead, or one of several, is still to be named"),
        text("monitored_by", "The group that monitors it"),
        date("began_on", "Day on which work on it began"),
        text("deadline_printed", "The deadline as the plan prints it, Dec-10 say"),
        date("due_on", "Day by which it is due: the deadline as it is understood"),
        text("deadline_note", "Why that day differs from what the plan prints"),
        text("outcome", "What is to be so when it is done"),
        text("target", "Its target, in the plan's words"),
        text("remark", "Anything else that readers should know of it"),
        code("status", "action_status", "How far it is", required=True),
        text("evidence", "Where it can be seen that it was done: minutes, a policy, an audit"),
        text("measures", "The ids of the measures that should show it, between spaces"),
        text("author", "The role that wrote it", required=True),
    ),
    reference=True,
)

ACTION_UPDATES = Extract(
    "action_updates",
    "Updates of actions",
    "One row what was reported about a line of the action plan on a day.",
    ("update_id",),
    (
        reference("update_id", "The update's reference", required=True),
        Column("action_id", ACTIONS.column("action_id").kind, "The line of the plan", required=True),
        date("dated_on", "Day of the report", required=True),
        text("words", "What was reported", required=True),
        text("evidence", "Where it can be seen"),
        text("author", "The role that reported", required=True),
    ),
    reference=True,
)

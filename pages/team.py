"""Team: which teams children wait in; or one team's report, who waits, its measures, caseload, staff and records."""

from dashboard.components.team.team_page import draw_team_page

draw_team_page()

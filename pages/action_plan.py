"""The action plan: what is due, who leads it, and whether the measures moved since each action began."""

from dashboard.components.plan.plan_page import draw_plan_page

draw_plan_page()

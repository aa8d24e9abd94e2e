"""Loads and quality: what was loaded, refused and restated, which rules are broken, and the upload of files."""

from dashboard.components.loads.loads_page import draw_loads_page

draw_loads_page()

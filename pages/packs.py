"""Packs: what a meeting reads, as a file to print, to edit, to show in the room, or to work with."""

from dashboard.components.packs.packs_page import draw_packs_page

draw_packs_page()

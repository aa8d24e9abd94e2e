"""The board of This week and of the strand pages, and what needs attention."""

"""The page of a team, and the index of teams."""

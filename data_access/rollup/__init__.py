"""The rollup of every measure by week and team: counted, kept in step, checked."""

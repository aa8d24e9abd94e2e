"""What can go wrong, said plainly: every message tells what was found, where, and what to do."""


class Problem(Exception):  # noqa: N818 - readers of the message are people, not programmers
    """Something that the person at the keyboard can put right. Its text is shown as it stands."""


class DatabaseProblem(Problem):
    """The database is missing, locked, of another version, or cannot be reached."""


class BusyProblem(DatabaseProblem):
    """Another writer was at work for longer than this one may wait."""


class ExtractProblem(Problem):
    """A file as a whole cannot be loaded."""


class TermsProblem(ExtractProblem):
    """Nothing says when the files were taken and which dates they cover; whoever loads them can say it."""


class SettingProblem(Problem):
    """A setting in the environment holds what it can't."""


class DiskSpaceProblem(Problem):
    """A disk is full; there is nothing wrong with what was given."""


class QueryProblem(Problem):
    """What was asked for does not exist: a measure, team, period or dimension."""

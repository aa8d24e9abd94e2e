"""Who may see what: for which teams aggregates, for which teams cases. Every read takes a Scope first."""

from dataclasses import dataclass

from data_access.problems import QueryProblem


@dataclass(frozen=True)
class Scope:
    """What a reader may see.

    `teams` are those whose figures may be read (None: every team), `case_teams` those whose cases may be listed
    (None: every team), and `whole` says whether the figures of the service as a whole may be read. A scope filters
    results; it never changes how a case is counted, so a look-back crosses it.
    """

    teams: frozenset[str] | None
    case_teams: frozenset[str] | None
    whole: bool = True

    @classmethod
    def everything(cls) -> "Scope":
        """Return the scope of those who answer for the whole service."""
        return cls(teams=None, case_teams=None)

    @classmethod
    def of_team(cls, *teams: str) -> "Scope":
        """Return the scope of a manager: the service's figures, and the own teams' figures and cases."""
        return cls(teams=frozenset(teams), case_teams=frozenset(teams))

    @classmethod
    def figures_only(cls) -> "Scope":
        """Return the scope of boards and partners: figures of the service, no team's and no case."""
        return cls(teams=frozenset(), case_teams=frozenset())

    def check_team(self, team: str) -> None:
        """Raise QueryProblem where the figures of the team may not be read."""
        if self.teams is not None and team not in self.teams:
            msg = f"There is no team {team!r} among those you may see."
            raise QueryProblem(msg)

    def check_cases(self, team: str | None) -> None:
        """Raise QueryProblem where no case of the team, or of any team, may be listed."""
        allowed = self.case_teams
        if allowed is not None and (not allowed or (team is not None and team not in allowed)):
            whose = "of any team" if team is None else f"of team {team!r}"
            msg = f"You may not list the cases {whose}."
            raise QueryProblem(msg)

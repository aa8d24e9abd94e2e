"""The audit trail: what changed figures or decisions, each event chained to the one before by its hash."""

from data_access.audit.chain import Action, Event, append, events
from data_access.audit.verifying import Verified, listed, verify

__all__ = ["Action", "Event", "Verified", "append", "events", "listed", "verify"]

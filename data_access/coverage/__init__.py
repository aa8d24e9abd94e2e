"""For which dates each measure is known: what was loaded, and what was never sent."""

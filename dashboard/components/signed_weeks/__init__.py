"""The page of a year's signed weeks, and what stands otherwise now."""

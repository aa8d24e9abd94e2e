"""The page Inspection evidence."""

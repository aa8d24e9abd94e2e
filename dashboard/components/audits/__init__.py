"""The page Audits."""

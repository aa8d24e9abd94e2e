"""The page of meeting packs."""

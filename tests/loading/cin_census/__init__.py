"""The reader of the children in need census."""

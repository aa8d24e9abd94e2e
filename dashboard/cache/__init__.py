"""Readings kept for pages: by the state of the data and by what the reader may see."""

"""The Definitions page: the data dictionary."""

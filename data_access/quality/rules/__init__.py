"""The rules, one family a file; each file gives `RULES`."""

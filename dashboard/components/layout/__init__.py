"""What every page has: the frame, heading, filters, links, tables, messages."""

"""The pieces that pages share: links, filters, the board, messages, how fresh the data are."""

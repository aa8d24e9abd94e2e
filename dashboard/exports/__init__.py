"""Figures, cases and the register for other programs and for publication, from the same readings as the pages."""

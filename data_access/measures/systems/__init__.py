"""Systems: an accurate, factual approach that follows procedures and is checked by managers."""

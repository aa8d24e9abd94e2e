"""What each cell and row means, which rows are refused, and of which people are warned."""

"""The page of one measure, part by part."""

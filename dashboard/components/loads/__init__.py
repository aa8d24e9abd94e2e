"""The page Loads and quality, part by part."""

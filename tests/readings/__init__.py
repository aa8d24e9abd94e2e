"""Tests of what pages, exports and packs say."""

"""Tests of the loader: what it refuses, reads, merges, keeps to itself, and survives."""

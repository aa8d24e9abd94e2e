"""Sentences that several pages and commands say alike."""

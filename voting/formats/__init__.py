"""Ballots as other programs keep them: one file a format, read and written."""

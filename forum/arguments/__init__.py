"""Reasons for and against: threads of any depth, their revisions and reactions."""

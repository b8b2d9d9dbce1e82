"""Whole occasions, played against a real server by clients that behave as people and lines do."""

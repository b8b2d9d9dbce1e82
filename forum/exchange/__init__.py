"""Consultations and threads from other platforms: one file a format."""

"""Patterns of consultations, one file each: being there is being offered."""

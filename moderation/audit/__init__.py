"""The audit: the log, read."""

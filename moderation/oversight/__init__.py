"""Oversight: the one queue of what waits, what is done about it, appeals, and the public count."""

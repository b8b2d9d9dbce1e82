"""Sessions: the live occasion of a consultation."""

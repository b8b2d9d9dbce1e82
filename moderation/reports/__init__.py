"""Reports: what people flag, and what became of it."""

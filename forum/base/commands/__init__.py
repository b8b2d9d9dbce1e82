"""The commands of run.py that belong to no room; each imports what is heavy when it runs."""

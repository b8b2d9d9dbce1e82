"""Keeping the process honest."""
